"""Finds the patterns of the event types in a sentence.

One phrase covers active, passive, relative, participial and coordinated forms (the tree's
deep subject and object), the possessive and the adjective for `by`/`of` slots of nouns, and
nouns carried by light verbs ("carried out a raid on ...").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from kg.extract.candidates import (
    by_nearness,
    candidates,
    is_fixed,
    modified,
    named_so,
    nearby,
    personal,
    phrases,
    prepositional,
    takes,
    worded,
)
from kg.extract.hedging import negated
from kg.extract.particles import behind, particle
from kg.extract.tree import Found, Tree
from kg.model import Basis, Span
from kg.patterns import Argument, Form, Kind, Pattern, Slot, Words

Fits = Callable[[Tree, int, Slot], bool]

_BY = frozenset({"by"})
_OF = frozenset({"of"})
_SOMEBODY = frozenset({"Actor", "Person", "Group"})
_PERSON = frozenset({"Actor", "Person"})
_PEOPLE = frozenset({"I", "i", "he", "she", "we", "they"})
_PERSONAL = frozenset(
    "he she they him her them we us i me you anyone anybody someone somebody everyone everybody nobody"
    " each both all another".split()
)
_PREFIXES = frozenset("anti co non pre post pseudo quasi mock would".split())
_SUBJECT = -1  # where a subject that fills no role stands among the fixed words
_PARTICLE = -2  # where the particle stands among them


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
    def weight(self) -> tuple[int, int, int]:
        """How specific: the fixed words, then how many slots are filled, then what was asked for."""
        return self.pattern.fixed, len(self.bound), self.pattern.limits


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
        for token in tree.sentence.tokens if self.patterns else ():
            for event_type, pattern in self.patterns.get(token.lemma.lower(), ()):
                if match := self._match(tree, token.index, event_type, pattern):
                    yield match

    def _match(self, tree: Tree, head: int, event_type: str, pattern: Pattern) -> Match | None:
        verbal = pattern.form is Form.VERB
        if verbal != (tree.token(head).pos in {"VERB", "AUX"}) or (verbal and not takes(tree, head, pattern)):
            return None
        if _within(tree, head) or not modified(tree, head, pattern.head):
            return None
        particles = particle(tree, head, pattern)
        if particles is None:
            return None
        bound: list[Bound] = []
        fixed: dict[int, int] = {_PARTICLE: particles[0]} if particles else {}
        if pattern.subject and not self._subject(tree, head, pattern, bound):
            return None
        if pattern.subject and not pattern.subject.roles and bound:
            fixed[_SUBJECT] = bound[0].index
        if not self._arguments(tree, head, pattern, bound, fixed):
            return None
        if not verbal:
            self._carried(tree, head, pattern, bound)
        trigger = _trigger(tree, head, particles)
        told = [i for n, i in fixed.items() if n >= 0 and is_fixed(pattern.arguments[n].content)]
        claimed = tuple(dict.fromkeys([*told, *map(tree.counted, told)]))
        used = frozenset({head, *fixed.values(), *(item.index for item in bound)})
        return Match(event_type, pattern, head, trigger, tuple(bound), claimed, used)

    def _subject(self, tree: Tree, head: int, pattern: Pattern, bound: list[Bound]) -> bool:
        """Bind the subject; it may be missing from a passive or an infinitive, not be wrong."""
        slot = pattern.subject
        if slot is None:
            return True
        found = tree.agents(head)
        kept = [item for item in found if self.fits(tree, item[0], slot)]
        if slot.several and len(kept) < 2:
            return False
        bound.extend(Bound(slot, index, basis) for index, basis in kept)
        told = [
            i for i, _ in found if not personal(tree, i) or (tree.lemma(i) in _PEOPLE and _no_person(slot))
        ]
        return bool(kept) or not (
            told or slot.lemmas or (slot.classes and not found and not tree.passive(head))
        )

    def _arguments(
        self, tree: Tree, head: int, pattern: Pattern, bound: list[Bound], fixed: dict[int, int]
    ) -> bool:
        for number, argument in enumerate(pattern.arguments):
            if not self._argument(tree, head, number, argument, bound, fixed) and not argument.optional:
                return False
        told = {*fixed.values(), *(item.index for item in bound)}
        if pattern.form is Form.NOUN and _of_others(tree, head, pattern, told):
            return False
        return _told_apart(bound, set(fixed.values()))

    def _argument(
        self, tree: Tree, head: int, number: int, argument: Argument,
        bound: list[Bound], fixed: dict[int, int],
    ) -> bool:  # fmt: skip
        leans = argument.after >= 0 or argument.kind is Kind.PREPOSITION
        word = fixed.get(argument.after, head)
        particles = [fixed[_PARTICLE]] if _PARTICLE in fixed else []
        anchors = list(dict.fromkeys([word, tree.counted(word), head, *particles])) if leans else [head]
        if argument.kind is Kind.NEARBY:
            return self._near(tree, head, argument, bound, fixed)
        found = candidates(tree, head, anchors, argument)
        if argument.kind is Kind.OBJECT and anchors == [head]:
            found = [*found, *behind(tree, particles, argument.content)]
        kept = self._kept(tree, found, argument)
        if not kept and argument.kind is Kind.PREPOSITION:
            anchors = nearby(tree, head, [item.index for item in bound])
            kept = self._kept(tree, phrases(tree, anchors, argument.prepositions), argument)
        content = argument.content
        if isinstance(content, Words) or not content.roles:
            fixed.update({number: kept[0][0]} if kept else {})
            return bool(kept)
        taken = {item.index for item in bound}
        bound.extend(Bound(content, i, basis) for i, basis in kept if i not in taken)
        return bool(kept) or self._unnamed(tree, head, argument)

    def _unnamed(self, tree: Tree, head: int, argument: Argument) -> bool:
        """Let "stripped them of ..." hold where the slot wants somebody, and bind nobody."""
        slot = argument.content
        if argument.kind is not Kind.OBJECT or not isinstance(slot, Slot) or slot.lemmas:
            return False
        somebody = not slot.classes or bool(slot.classes & _SOMEBODY)
        return somebody and any(tree.lemma(i) in _PERSONAL for i, _ in tree.patients(head))

    def _near(
        self, tree: Tree, head: int, argument: Argument, bound: list[Bound], fixed: Mapping[int, int]
    ) -> bool:
        """Bind the first words behind the head that fit, unless the role is filled already."""
        slot = argument.content
        if not isinstance(slot, Slot) or any(set(slot.roles) & set(item.slot.roles) for item in bound):
            return True
        taken = {i for item in bound for i in tree.subtree(item.index)} | set(fixed.values())
        for index in by_nearness(tree, head, taken):
            for noun in (tree.noun_head(index), tree.name_head(index)):
                if noun not in taken and self.fits(tree, noun, slot):
                    bound.extend(Bound(slot, each, Basis.INFERRED) for each in tree.coordinated(noun))
                    return True
        return True

    def _kept(self, tree: Tree, found: list[Found], argument: Argument) -> list[Found]:
        """Return the candidates that the argument's words or slot accept."""
        content = argument.content
        if is_fixed(content) and argument.kind is Kind.PREPOSITION:  # "promised not to attack"
            found = [f for f in found if not negated(tree, f[0])]
        if isinstance(content, Words):  # "pleaded not guilty"
            found = [f for f in found if tree.token(f[0]).pos != "ADJ" or not negated(tree, f[0])]
            return [f for f in found if worded(tree, f[0], content) and modified(tree, f[0], content)]
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
            found = tree.agents(verb) if by else prepositional(tree, [verb], argument.prepositions)
            bound.extend(Bound(slot, i, b) for i, b in found if self.fits(tree, i, slot) and i != noun)


def _no_person(slot: Slot) -> bool:
    """Tell whether a slot is for other than people: "they left the village" withdraws no troops."""
    return bool(slot.classes) and slot.classes.isdisjoint(_PERSON)


def _told_apart(bound: list[Bound], named: set[int]) -> bool:
    """Take out of the slots what the phrase names; False where a slot is left empty by that.

    "gave a plane" does not say to whom: the plane is not both what was given and who got it.
    """
    lost = [item for item in bound if item.index in named and item.slot.roles]
    bound[:] = [item for item in bound if item not in lost]
    left = {item.slot for item in bound}
    return all(item.slot in left for item in lost)


def _of_others(tree: Tree, noun: int, pattern: Pattern, bound: Collection[int]) -> bool:
    """Tell whether a deed is of what its phrase does not allow: "the release of the album"."""
    of = [a.content for a in pattern.arguments if a.prepositions & _OF]
    if not any(isinstance(slot, Slot) and slot.classes for slot in of):
        return False
    things = [tree.token(i) for i in tree.prepositional(noun, _OF) if i not in bound]
    return any(t.tag in {"NN", "NNS"} and not t.entity for t in things)


def _within(tree: Tree, head: int) -> bool:
    """Tell whether a word is only part of another one, or of a name."""
    return named_so(tree, head) or _tells_which(tree, head) or _prefixed(tree, head)


def _tells_which(tree: Tree, noun: int) -> bool:
    """Tell whether a noun stands before another one, and only tells which: "the protest law"."""
    token = tree.token(noun)
    return token.pos in {"NOUN", "PROPN"} and token.dep in {"compound", "nmod"} and token.head > noun


def _prefixed(tree: Tree, index: int) -> bool:
    """Tell whether a hyphen ties a word to one that makes another of it: "anti-riot", "co-accused"."""
    first, hyphen, word = (tree.token(max(0, i)) for i in (index - 2, index - 1, index))
    tied = first.span.end == hyphen.span.start and hyphen.span.end == word.span.start
    return tied and hyphen.text == "-" and first.text.lower() in _PREFIXES


def _trigger(tree: Tree, head: int, particle: list[int]) -> Span:
    tokens = [tree.token(i).span for i in (head, *particle)]
    return Span(min(s.start for s in tokens), max(s.end for s in tokens))
