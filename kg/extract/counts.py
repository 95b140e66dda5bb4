"""Finds how many people an event killed, injured, detained ..., as bounds with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.numbers import bounds
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Count, CountKind, Span

_INTRANSITIVE = frozenset("die perish disappear flee".split())
_NOT_PEOPLE = frozenset({"Object", "Place", "MediaOutlet"})
_TOLL = frozenset("toll number".split())


@dataclass(frozen=True, slots=True)
class Casualty:
    """A count and the token whose subtree or ancestors decide which event it belongs to."""

    cue: int
    count: Count


def find_casualties(tree: Tree, lexicon: Lexicon, text: str) -> Iterator[Casualty]:
    """Yield the casualties that a sentence counts, in the order of the text."""
    for token in tree.sentence.tokens:
        kind = lexicon.casualties.get(token.lemma.lower()) or lexicon.casualties.get(token.text.lower())
        if kind is None:
            continue
        for noun in _counted(tree, token.index):
            if lexicon.nouns.get(tree.lemma(noun)) in _NOT_PEOPLE:
                continue
            if count := _count(tree, noun, kind, text):
                yield Casualty(token.index, count)


def _counted(tree: Tree, cue: int) -> list[int]:
    """Return the nouns that may say how many."""
    token = tree.token(cue)
    if token.pos in {"VERB", "AUX"} and token.dep not in {"amod", "oprd"}:
        found = tree.agents(cue) if token.lemma.lower() in _INTRANSITIVE else tree.patients(cue)
        return [index for index, _ in found]
    if token.dep in {"oprd", "acomp", "xcomp", "ccomp"} or token.tag == "JJ":
        return _of_adjective(tree, cue)
    if token.pos == "NOUN":
        inside = tree.prepositional(cue, frozenset({"of", "to", "at"}))
        toll = [a for a in (token.head,) if tree.lemma(a) in _TOLL]
        rise = [i for t in toll for i in _toll(tree, t)]
        return rise or inside or [cue]
    return []


def _of_adjective(tree: Tree, cue: int) -> list[int]:
    """ "left two men dead", "two people dead", "38 dead"."""
    head = tree.token(cue).head
    if tree.token(head).pos in {"VERB", "AUX"}:
        own = tree.kids(head, "dobj") or ([] if tree.lemma(head) != "be" else tree.kids(head, "nsubj"))
        return own or [cue]
    return [cue] if tree.kids(cue, "nummod") else ([head] if tree.token(head).pos == "NOUN" else [])


def _toll(tree: Tree, toll: int) -> list[int]:
    """ "the death toll rose to 38"."""
    head = tree.token(toll).head
    return tree.prepositional(head, frozenset({"to", "at"})) + tree.prepositional(toll, frozenset({"of"}))


def _count(tree: Tree, noun: int, kind: CountKind, text: str) -> Count | None:
    phrase = tree.phrase(noun)
    start = _from_modifier(tree, phrase)
    found = bounds(Span(start, phrase.end).of(text))
    token = tree.token(noun)
    personal = token.pos == "PRON" and token.tag in {"PRP", "WP", "WDT"}
    if found is None or personal or (token.pos == "PROPN" and found.least == 1):
        return None
    return Count(kind, found.least, found.most, Span(start, phrase.end), phrase)


def _from_modifier(tree: Tree, phrase: Span) -> int:
    """Take in "at least", "up to", "more than" where the parser left them outside the phrase."""
    before = [t for t in tree.sentence.tokens if t.span.end <= phrase.start][-3:]
    words = [t.text.lower() for t in before]
    for size in (3, 2, 1):
        if " ".join(words[-size:]) in _MODIFIERS and len(words) >= size:
            return before[-size].span.start
    return phrase.start


_MODIFIERS = frozenset(
    {"at least", "up to", "more than", "as many as", "fewer than", "less than", "over", "about",
     "around", "nearly", "almost", "no fewer than", "at most", "no more than"}
)  # fmt: skip
