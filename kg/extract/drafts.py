"""Turns the matches of a sentence into drafts of events: one for each happening, idioms refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.extract.figures import figurative, in_goals
from kg.extract.match import Fits, Match, Matcher
from kg.extract.resolve import Resolver
from kg.extract.tree import Tree
from kg.model import Basis, Entity, Filler, Refusal
from kg.ontology import EventType, Ontology
from kg.patterns import Form, Pattern, Slot

_SPOKEN = frozenset({"REQUEST", "THREATEN", "ACCUSE", "SUPPORT", "AGREE"})
_PLACE_PREPOSITIONS = frozenset("in at near over inside around across on within above".split())
_PRECISION = ("City", "Route", "Region", "Country", "Place")


@dataclass(frozen=True, slots=True)
class Draft:
    """An event on its way: its tree, its match, and what fills its roles.

    `senses` counts the other categories that phrases with this trigger have, `company` the drafts of its
    text; `likely` is how likely the words around it make its own, from 0 to 1, or None where nothing tells.
    """

    tree: Tree
    match: Match
    roles: tuple[tuple[str, Filler], ...]
    content: tuple[int, ...] = ()
    senses: int = 0
    likely: float | None = None
    company: int = 0

    @property
    def head(self) -> int:
        """The token of the trigger."""
        return self.match.head


Table = Mapping[str, tuple[tuple[str, Pattern], ...]]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All patterns by head lemma: those that stand alone, those over other events, refusals."""

    plain: Table
    framing: Table
    refused: Table

    @property
    def lemmas(self) -> frozenset[str]:
        """The lemmas that start a phrase."""
        return frozenset(self.plain) | frozenset(self.framing) | frozenset(self.refused)

    @classmethod
    def of(cls, ontology: Ontology) -> Phrases:
        """Sort the patterns of an ontology's event types."""
        types = sorted(ontology.types.values(), key=lambda kind: kind.name)
        return cls(
            _table(types, lambda kind: [p for p in kind.patterns if not _framing(p)]),
            _table(types, lambda kind: [p for p in kind.patterns if _framing(p)]),
            _table(types, lambda kind: list(kind.refusals)),
        )


def _framing(pattern: Pattern) -> bool:
    slots = (a.content for a in pattern.arguments)
    return any(isinstance(s, Slot) and "content" in s.roles for s in slots)


def _table(types: Iterable[EventType], of: Callable[[EventType], list[Pattern]]) -> Table:
    found: dict[str, list[tuple[str, Pattern]]] = {}
    for kind in types:
        for pattern in of(kind):
            for lemma in pattern.head.lemmas:
                found.setdefault(lemma, []).append((kind.name, pattern))
    return {lemma: tuple(rows) for lemma, rows in found.items()}


def find_drafts(
    tree: Tree, phrases: Phrases, ontology: Ontology, resolver: Resolver
) -> tuple[list[Draft], list[Refusal]]:
    """Return the drafts of a sentence in the order of the text, and the refused idioms."""
    light = ontology.lexicon.light
    plain = list(Matcher(phrases.plain, light, resolver.fits).matches(tree))
    kinds = {m.head: m.type for m in plain if not _own_deed(tree, m)}

    def fits(tree: Tree, index: int, slot: Slot) -> bool:
        if slot.roles == ("content",):
            return index in kinds and ontology.is_a(kinds[index], slot.classes)
        return resolver.fits(tree, index, slot)

    found = [*plain, *Matcher(phrases.framing, light, fits).matches(tree)]
    doers = {b.index for m in found for b in m.bound if "agent" in b.slot.roles}
    found = [m for m in found if m.bound or m.head not in doers]  # "the prosecution accused him"
    if not found:
        return [], []
    idioms = {(m.head, m.type): m for m in Matcher(phrases.refused, light, _anything(resolver)).matches(tree)}
    won = {m.head for m in found if ontology.harms(m.type) and in_goals(tree, m.head)}
    spoken = [m for m in found if m.head in won or _spoken(tree, m, ontology)]
    meant = [m for m in found if (m.head, m.type) not in idioms and m not in spoken]
    chosen = _best(tree, meant, ontology)
    taken = {m.head for m in chosen}
    refused = [
        Refusal(m.type, m.trigger, "idiom", idioms[m.head, m.type].pattern.phrase)
        for m in _best(tree, (m for m in found if (m.head, m.type) in idioms), ontology)
        if m.head not in taken
    ]
    drafts = [_weighed(_draft(tree, m, resolver), phrases, ontology) for m in chosen]
    refused += [Refusal(m.type, m.trigger, "figure", "") for m in _best(tree, spoken, ontology)]
    return [_mishap(draft, ontology) for draft in drafts], refused


def stated(draft: Draft) -> Draft:
    """Return a draft without those whom its sentence only names nearby (`~` in a phrase)."""
    return replace(draft, roles=tuple(role for role in draft.roles if role[1].basis is not Basis.INFERRED))


def _spoken(tree: Tree, match: Match, ontology: Ontology) -> bool:
    """Tell whether a match is a figure of speech."""
    return ontology.harms(match.type) and figurative(tree, match.head, ontology.lexicon, match.fixed)


def _weighed(draft: Draft, phrases: Phrases, ontology: Ontology) -> Draft:
    """Count the other categories that phrases whose words are there give to the trigger."""
    lemma = draft.tree.lemma(draft.head)
    rows = (*phrases.plain.get(lemma, ()), *phrases.framing.get(lemma, ()))
    form = draft.match.pattern.form
    senses = {ontology.plover_of(kind) for kind, pattern in rows if pattern.form is form}
    return replace(draft, senses=len(senses - {ontology.plover_of(draft.match.type)}))


def _mishap(draft: Draft, ontology: Ontology) -> Draft:
    """Call what befell people by its own name where it is told as an accident, and nobody did it."""
    other = ontology.accidental.get(draft.match.type)
    if other is None or any(role == "agent" for role, _ in draft.roles):
        return draft
    words = {t.lemma.lower() for t in draft.tree.sentence.tokens}
    accident = bool(words & ontology.lexicon.accidents)
    return replace(draft, match=replace(draft.match, type=other)) if accident else draft


def _own_deed(tree: Tree, match: Match) -> bool:
    """Tell whether somebody of the speaker's own does it: "claimed that its troops captured ..."."""
    agents = [b.index for b in match.bound if "agent" in b.slot.roles]
    return any(tree.token(k).tag == "PRP$" for i in agents for k in tree.kids(i, "poss"))


def _anything(resolver: Resolver) -> Fits:
    def fits(tree: Tree, index: int, slot: Slot) -> bool:
        if slot.lemmas:
            return tree.lemma(index) in slot.lemmas
        return not slot.classes or resolver.fits(tree, index, slot)

    return fits


def _best(tree: Tree, matches: Iterable[Match], ontology: Ontology) -> list[Match]:
    """Keep one match for each happening: the most specific, then a user's own, the narrower type."""

    def rank(match: Match) -> tuple[int, bool, tuple[int, int], int, str]:
        fixed, *rest = match.weight
        depth = len(ontology.supers.get(match.type, ()))
        return fixed, match.type in ontology.own, (rest[0], rest[1]), depth, match.type

    ranked = sorted(matches, key=rank, reverse=True)
    heads: set[int] = set()
    claimed: set[int] = set()
    kept = []
    for match in ranked:
        # "paid a visit": the noun names the same happening; two verbs may share an object
        same = set() if _of_another(tree, match, ontology) else set(match.fixed)
        if match.head not in heads | claimed and not heads & same:
            kept.append(match)
            heads.add(match.head)
            claimed |= same
    return sorted(kept, key=lambda m: m.trigger)


def _of_another(tree: Tree, match: Match, ontology: Ontology) -> bool:
    """Tell whether the words of a verb's phrase name what it speaks of: "threatened a strike" is two things.

    "Made a threat" is one.
    """
    pattern, light = match.pattern, ontology.lexicon.light
    spoken = ontology.plover_of(match.type) in _SPOKEN
    return spoken and pattern.form is Form.VERB and tree.lemma(match.head) not in light


def _draft(tree: Tree, match: Match, resolver: Resolver) -> Draft:
    roles: list[tuple[str, Filler]] = []
    content = []
    for bound in match.bound:
        for role in bound.slot.roles:
            if role == "content":
                content.append(bound.index)
            elif filler := resolver.filler(
                tree, bound.index, role, bound.slot, basis=bound.basis, without=match.used - {bound.index}
            ):
                roles.append((role, filler))
    draft = Draft(tree, match, _distinct(roles), tuple(content))
    return draft if any(role == "place" for role, _ in roles) else _with_place(draft, resolver)


def _distinct(roles: Iterable[tuple[str, Filler]]) -> tuple[tuple[str, Filler], ...]:
    """Drop a second filler of the same words, and whoever would act on themselves."""
    seen: dict[tuple[str, int], tuple[str, Filler]] = {}
    for role, filler in roles:
        seen.setdefault((role, filler.span.start), (role, filler))
    agents = {f.span for role, f in seen.values() if role == "agent"}
    own = {e.key for role, f in seen.values() if role == "agent" for e in (f.entity, *_acted_for(f))}
    seen = {k: v for k, v in seen.items() if not (v[1].basis is Basis.INFERRED and v[1].entity.key in own)}
    return tuple(
        item for item in seen.values() if item[0] in {"agent", "place"} or item[1].span not in agents
    )


def _acted_for(filler: Filler) -> tuple[Entity, ...]:
    return tuple(other for name, other in filler.entity.links if name == "actsFor")


def _with_place(draft: Draft, resolver: Resolver) -> Draft:
    found = _places(draft, resolver)
    if not found:
        return draft
    best = min(found, key=lambda f: (_rank(f), f.span))
    return replace(draft, roles=(*draft.roles, ("place", best)))


def _rank(filler: Filler) -> int:
    """Rank a place by how narrow it is; a town that the text calls so is one, known or not."""
    kind = "City" if filler.entity.described and filler.entity.links else filler.entity.kind
    return _PRECISION.index(kind) if kind in _PRECISION else len(_PRECISION)


def _places(draft: Draft, resolver: Resolver) -> list[Filler]:
    """Return the places that hang on the trigger, on its object, or on the verb that carries it."""
    tree, head = draft.tree, draft.head
    slot = Slot(("place",))
    taken = {filler.span for _, filler in draft.roles}
    anchors = [head, *draft.match.fixed, *_carriers(tree, head)]
    if resolver.ontology.is_a(draft.match.type, resolver.ontology.at_target):
        anchors += [b.index for b in draft.match.bound]
    found = []
    for anchor in dict.fromkeys(anchors):
        for noun in tree.prepositional(anchor, _PLACE_PREPOSITIONS):
            filler = resolver.filler(tree, noun, "place", slot)
            if filler and filler.span not in taken:
                found.append(filler)
        if found:
            break
    return found


def _carriers(tree: Tree, head: int) -> list[int]:
    """Return the verbs that a noun or a complement leans on for its circumstances."""
    token = tree.token(head)
    if token.head == head:
        return []
    if token.pos == "NOUN" and token.dep in {"dobj", "nsubjpass", "nsubj", "attr"}:
        return [token.head]
    if token.dep in {"xcomp", "conj"} and tree.token(token.head).pos == "VERB":
        return [token.head] if token.dep == "xcomp" else []
    return []
