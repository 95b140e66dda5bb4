"""Finds the patterns of the event types in a sentence.

One phrase covers active, passive, relative, participial and coordinated forms (the tree's
deep subject and object), the possessive and the adjective for `by`/`of` slots of nouns, and
nouns carried by light verbs ("carried out a raid on ...").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.extract.tree import Found, Tree
from kg.model import Basis, Span
from kg.patterns import Argument, Form, Kind, Pattern, Slot, Words

Fits = Callable[[Tree, int, Slot], bool]

_BY = frozenset({"by"})
_OF = frozenset({"of"})
_WHERE = frozenset("in at near from over along off around across outside inside into onto".split())


@dataclass(frozen=True, slots=True)
class Bound:
    """A slot of a pattern with one token that fills it."""

    slot: Slot
    index: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a pattern holds: the head token, the trigger's span, the filled slots.

    `fixed` are the words that the phrase names; `used` all tokens that it has a use for, so
    that no filler swallows another.
    """

    type: str
    pattern: Pattern
    head: int
    trigger: Span
    bound: tuple[Bound, ...]
    fixed: tuple[int, ...] = ()
    used: frozenset[int] = frozenset()

    @property
    def weight(self) -> tuple[int, int]:
        """How specific: the pattern's weight, then how many slots are filled."""
        return self.pattern.weight, len(self.bound)


@dataclass(frozen=True, slots=True)
class Matcher:
    """Patterns by head lemma, with the two tests that need more than the tree.

    `fits` tells whether a token may fill a slot; `light` are the verbs that carry nouns.
    """

    patterns: Mapping[str, tuple[tuple[str, Pattern], ...]]
    light: frozenset[str]
    fits: Fits

    def matches(self, tree: Tree) -> Iterator[Match]:
        """Yield every match in a sentence, in the order of the text."""
        for token in tree.sentence.tokens:
            for event_type, pattern in self.patterns.get(token.lemma.lower(), ()):
                if match := self._match(tree, token.index, event_type, pattern):
                    yield match

    def _match(self, tree: Tree, head: int, event_type: str, pattern: Pattern) -> Match | None:
        verbal = pattern.form is Form.VERB
        if verbal and not _takes(tree, head, pattern):
            return None
        if verbal != (tree.token(head).pos in {"VERB", "AUX"}) or not _modified(tree, head, pattern.head):
            return None
        particle = _particle(tree, head, pattern.particle)
        if particle is None:
            return None
        bound: list[Bound] = []
        fixed: dict[int, int] = {}
        if pattern.subject and not self._subject(tree, head, pattern, bound):
            return None
        for number, argument in enumerate(pattern.arguments):
            if not self._argument(tree, head, number, argument, bound, fixed) and not argument.optional:
                return None
        if not verbal:
            self._carried(tree, head, pattern, bound)
        trigger = _trigger(tree, head, particle)
        claimed = tuple(i for number, i in fixed.items() if _is_fixed(pattern.arguments[number].content))
        used = frozenset({head, *fixed.values(), *(item.index for item in bound)})
        return Match(event_type, pattern, head, trigger, tuple(bound), claimed, used)

    def _subject(self, tree: Tree, head: int, pattern: Pattern, bound: list[Bound]) -> bool:
        """Bind the subject; it may be missing from a passive or an infinitive, not be wrong."""
        slot = pattern.subject
        if slot is None:
            return True
        found = tree.agents(head)
        kept = [item for item in found if self.fits(tree, item[0], slot)]
        bound.extend(Bound(slot, index, basis) for index, basis in kept)
        told = [index for index, _ in found if not _personal(tree, index)]
        return bool(kept) or not (
            told or slot.lemmas or (slot.classes and not found and not tree.passive(head))
        )

    def _argument(
        self, tree: Tree, head: int, number: int, argument: Argument,
        bound: list[Bound], fixed: dict[int, int],
    ) -> bool:  # fmt: skip
        anchors = [head] if argument.after < 0 else [fixed.get(argument.after, head), head]
        if argument.kind is Kind.NEARBY:
            return self._near(tree, head, argument, bound)
        kept = self._kept(tree, _candidates(tree, head, anchors, argument), argument)
        if not kept and argument.kind is Kind.PREPOSITION:
            kept = self._kept(tree, _candidates(tree, head, _nearby(tree, head, bound), argument), argument)
        content = argument.content
        if isinstance(content, Words) or not content.roles:
            fixed.update({number: kept[0][0]} if kept else {})
            return bool(kept)
        taken = {item.index for item in bound}
        bound.extend(Bound(content, i, basis) for i, basis in kept if i not in taken)
        return bool(kept)

    def _near(self, tree: Tree, head: int, argument: Argument, bound: list[Bound]) -> bool:
        """Bind the first words behind the head that fit, unless the role is filled already."""
        slot = argument.content
        if not isinstance(slot, Slot) or any(set(slot.roles) & set(item.slot.roles) for item in bound):
            return True
        taken = {i for item in bound for i in tree.subtree(item.index)}
        for index in sorted(i for i in _clause(tree, head) if i > head and i not in taken):
            if not _may_be_meant(tree, index) or _located(tree, index):
                continue
            for noun in (tree.noun_head(index), tree.name_head(index)):
                if noun not in taken and self.fits(tree, noun, slot):
                    bound.extend(Bound(slot, each, Basis.INFERRED) for each in tree.coordinated(noun))
                    return True
        return True

    def _kept(self, tree: Tree, found: list[Found], argument: Argument) -> list[Found]:
        """Return the candidates that the argument's words or slot accept."""
        content = argument.content
        if isinstance(content, Words):
            return [f for f in found if _worded(tree, f[0], content) and _modified(tree, f[0], content)]
        return [item for item in found if self.fits(tree, item[0], content)]

    def _carried(self, tree: Tree, noun: int, pattern: Pattern, bound: list[Bound]) -> None:
        """Give a noun the subject and the prepositional phrases of the light verb it hangs on."""
        verb = tree.token(noun).head
        if tree.lemma(verb) not in self.light or tree.token(verb).pos != "VERB":
            return
        if noun not in {i for i, _ in tree.patients(verb)}:
            return
        filled = {role for item in bound for role in item.slot.roles}
        for argument in pattern.arguments:
            slot = argument.content
            if not isinstance(slot, Slot) or filled & set(slot.roles):
                continue
            by = argument.prepositions & _BY
            found = tree.agents(verb) if by else _prepositional(tree, [verb], argument.prepositions)
            bound.extend(Bound(slot, i, b) for i, b in found if self.fits(tree, i, slot) and i != noun)


def _nearby(tree: Tree, head: int, bound: list[Bound]) -> list[int]:
    """Return where a parser may have hung a phrase by mistake: the nouns already bound behind
    the head ("stripped bankers of ..."), and the verb whose object the head is ("got aid from").
    """
    nouns = [item.index for item in bound if item.index > head]
    token = tree.token(head)
    verb = [token.head] if token.dep == "dobj" and token.pos == "NOUN" else []
    return nouns + verb


def _candidates(tree: Tree, head: int, anchors: list[int], argument: Argument) -> list[Found]:
    if argument.kind is Kind.OBJECT:
        return tree.patients(anchors[0])
    if argument.kind is Kind.COMPLEMENT:
        predicate = tree.kids(head, "oprd", "attr", "ccomp")
        free = isinstance(argument.content, Slot)
        return [(i, Basis.EXPLICIT) for i in (predicate if free else _complements(tree, head))]
    if argument.kind is Kind.CLAUSE:
        clauses = tree.kids(head, "ccomp", "acl", "xcomp")
        if argument.prepositions:
            helped = {k: {tree.lemma(a) for a in tree.kids(k, "aux")} for k in clauses}
            clauses = [k for k in clauses if helped[k] & argument.prepositions]
        if isinstance(argument.content, Slot) and argument.content.roles == ("content",):
            return [(i, Basis.EXPLICIT) for clause in clauses for i in tree.coordinated(clause)]
        return [item for clause in clauses for item in tree.agents(clause)]
    return _prepositional(tree, anchors, argument.prepositions)


def _prepositional(tree: Tree, anchors: list[int], prepositions: frozenset[str]) -> list[Found]:
    found = [i for anchor in dict.fromkeys(anchors) for i in tree.prepositional(anchor, prepositions)]
    if "to" in prepositions:
        found += [i for anchor in dict.fromkeys(anchors) for i in _infinitives(tree, anchor)]
    spread = [(each, Basis.EXPLICIT) for i in found for each in tree.coordinated(i)]
    noun = anchors[0] if anchors else -1
    if noun < 0 or tree.token(noun).pos not in {"NOUN", "PROPN"}:
        return spread
    owner = [(each, Basis.EXPLICIT) for each in _owners(tree, noun)]
    if prepositions & _BY:
        adjective = [(k, Basis.EXPLICIT) for k in tree.kids(noun, "amod", "compound", "nmod")]
        strong = [item for item in spread if tree.token(tree.token(item[0]).head).dep == "agent"]
        return strong or adjective_first(tree, adjective, owner, spread)
    return spread or (owner if prepositions & _OF else [])


def adjective_first(
    tree: Tree, adjective: list[Found], owner: list[Found], phrase: list[Found]
) -> list[Found]:
    """Order the ways in which a noun names its doer: capitalised adjective, owner, by-phrase.

    "British sanctions by way of businessmen": the adjective names who acts, and a second
    by-phrase is left alone rather than guessed at.
    """
    proper = [item for item in adjective if tree.token(item[0]).text[:1].isupper()]
    common = [item for item in adjective if item not in proper]
    return proper or owner or phrase or common


def _infinitives(tree: Tree, index: int) -> list[int]:
    """Return the verbs that a word governs by "to"."""
    kids = tree.kids(index, "xcomp", "acl", "advcl", "ccomp")
    return [k for k in kids if any(tree.lemma(a) == "to" for a in tree.kids(k, "aux"))]


def _owners(tree: Tree, noun: int) -> list[int]:
    """Return the possessors that carry the 's or stand as a pronoun.

    In "support for A and B's funding" the parser takes A for an owner too: only B is sure.
    """
    found = [each for k in tree.kids(noun, "poss") for each in tree.coordinated(k)]
    return [i for i in found if tree.kids(i, "case") or tree.token(i).pos == "PRON"]


def _complements(tree: Tree, head: int) -> list[int]:
    own = tree.kids(head, "oprd", "acomp", "attr", "xcomp", "ccomp", "advmod", "amod", "dobj")
    objects = tree.kids(head, "dobj")
    return own + [k for noun in objects for k in tree.kids(noun, "amod") if k > noun]


def _is_fixed(content: Slot | Words) -> bool:
    """Tell whether the phrase names these very words, so that they name the same happening."""
    return bool(content.lemmas) and "*" not in content.lemmas


def _takes(tree: Tree, head: int, pattern: Pattern) -> bool:
    """A phrase without an object does not match a verb that has one: "withdrew a remark"."""
    kinds = {argument.kind for argument in pattern.arguments}
    transitive = bool(tree.kids(head, "dobj")) or (tree.passive(head) and pattern.subject is not None)
    return (
        not transitive or bool(kinds & {Kind.OBJECT, Kind.COMPLEMENT, Kind.CLAUSE}) or bool(pattern.particle)
    )


def _personal(tree: Tree, index: int) -> bool:
    """Tell whether a word is a pronoun that stands for somebody whom we do not know."""
    return tree.token(index).tag == "PRP"


def _clause(tree: Tree, index: int) -> Iterator[int]:
    """Yield a word and what hangs on it, without relative and subordinate clauses."""
    yield index
    for kid in tree.children[index]:
        if tree.token(kid).dep not in {"relcl", "advcl", "parataxis", "nsubj", "nsubjpass"}:
            yield from _clause(tree, kid)


def _may_be_meant(tree: Tree, index: int) -> bool:
    """Tell whether a word may name whom an act concerns: a name or noun, but not one's own."""
    token = tree.token(index)
    if token.pos == "NOUN":
        return token.dep != "compound" and not any(tree.token(k).tag == "PRP$" for k in tree.kids(index, "poss"))
    named = token.pos == "PROPN" or (token.pos == "ADJ" and token.entity == "NORP")
    return named and token.entity not in {"DATE", "LOC", "FAC"}


def _located(tree: Tree, index: int) -> bool:
    """Tell whether a name only says where: "in Sanaa", "from Minsk"."""
    top = tree.noun_head(index)
    above = tree.lemma(tree.token(top).head)
    return tree.token(top).dep == "pobj" and above in _WHERE


def _worded(tree: Tree, index: int, words: Words) -> bool:
    if "*" in words.lemmas:
        return tree.token(index).pos in {"VERB", "AUX"}
    return tree.lemma(index) in words.lemmas


def _modified(tree: Tree, index: int, words: Words) -> bool:
    kids = {tree.lemma(k) for k in tree.kids(index, "amod", "compound", "nmod", "poss", "advmod")}
    return all(kids & wanted for wanted in words.modifiers)


def _particle(tree: Tree, head: int, wanted: frozenset[str]) -> list[int] | None:
    """Return the particle's tokens, or None where they do not fit what is wanted."""
    own = [k for k in tree.kids(head, "prt", "advmod", "prep") if tree.lemma(k) in wanted]
    if wanted:
        return own[:1] or None
    return [] if not tree.kids(head, "prt") else None


def _trigger(tree: Tree, head: int, particle: list[int]) -> Span:
    tokens = [tree.token(i).span for i in (head, *particle)]
    return Span(min(s.start for s in tokens), max(s.end for s in tokens))
