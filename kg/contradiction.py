"""Finds claims on one event that cannot hold together; nobody's version is preferred.

A denial contradicts what it denies. Times contradict each other where they share no day, counts
where no number of the same people fits both, agents where two articles name others and neither
acts for the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations

from pyoxigraph import NamedNode

from kg.model import Factuality
from kg.terms import LABEL, TYPE, kg
from kg.told import Said, Told

_ARTICLES = frozenset({"the", "a", "an"})
_BODIES = frozenset({kg("SecurityForce"), kg("Group")})  # "Police" begins a sentence, and names nobody
AFFIRMED = frozenset({Factuality.ASSERTED, Factuality.REPORTED, Factuality.ALLEGED})


def contradictions(told: Told, claims: list[Said]) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Yield the pairs of claims on one event that cannot hold together, both ways round."""
    aspects = Counter(claim.aspect for claim in claims)
    for aspect in sorted(aspects, key=str):
        alike = [claim for claim in claims if claim.aspect == aspect]
        pairs = _blames(told, alike) if aspect == kg("agent") else ()
        for one, other in (*_clashes(told, alike), *pairs):
            yield one.node, other.node
            yield other.node, one.node


def _clashes(told: Told, alike: list[Said]) -> Iterator[tuple[Said, Said]]:
    for one, other in permutations(alike, 2):
        if _clash(told, one, other):
            yield one, other


def _clash(told: Told, one: Said, other: Said) -> bool:
    if one.factuality not in AFFIRMED:
        return False
    if other.factuality is Factuality.DENIED:
        return _meant(told, one) == _meant(told, other)
    if other.factuality not in AFFIRMED:
        return False
    if one.aspect == kg("casualties"):
        return _counts_clash(told, one.value, other.value)
    return one.aspect == kg("when") and _before(told, one.value, other.value)


def _meant(told: Told, claim: Said) -> NamedNode | None:
    """Return a claim's value; of another event, the event and not the report."""
    return told.event_of(claim.value) or claim.value


def _before(told: Told, one: NamedNode, other: NamedNode) -> bool:
    last, first = told.span(one)[1], told.span(other)[0]
    return last is not None and first is not None and last < first


def _counts_clash(told: Told, one: NamedNode, other: NamedNode) -> bool:
    """Tell whether no number of the same kind and of the same people fits both counts."""
    kinds = told.of_node(one, "casualtyKind"), told.of_node(other, "casualtyKind")
    people = [
        {words for group in told.of_node(node, "ofGroup") for words in told.quote(group)}
        for node in (one, other)
    ]
    most, least = told.number(one, "atMost"), told.number(other, "atLeast")
    same = kinds[0] == kinds[1] and (not all(people) or people[0] == people[1])
    return same and most is not None and least is not None and most < least


def _blames(told: Told, agents: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """Yield claims of two articles that give the event to agents who have nothing to do with each other."""
    by_article: dict[str, list[Said]] = defaultdict(list)
    for claim in agents:
        if claim.factuality in AFFIRMED and kg("Inferred") not in told.of_node(claim.node, "basis"):
            by_article[told.stated_in(claim.node)].append(claim)
    for one, other in permutations(sorted(by_article), 2):
        mine, theirs = by_article[one], by_article[other]
        circles = _circle(told, mine), _circle(told, theirs)
        if "" not in circles[0] | circles[1] and not circles[0] & circles[1]:
            yield from ((a, b) for a in mine for b in theirs)


def _circle(told: Told, claims: Iterable[Said]) -> set[str]:
    """Return the values of claims and those that they act for, however far up.

    Those whom one article alone knows go by their name; "" stands for who is only described.
    """
    waiting = [claim.value for claim in claims]
    found: set[str] = set()
    seen: set[NamedNode] = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            found.add(_name(told, node))
            waiting.extend(NamedNode(other.value) for other in told.of_node(node, "actsFor"))
    return found


def _name(told: Told, node: NamedNode) -> str:
    """Return what to tell an actor by: the IRI of one who is known, the name of another, or nothing."""
    if "-x" not in node.value:
        return node.value
    known = told.facts.get(node, {})
    label = next((value.value for value in known.get(LABEL.value, ())), "")
    words = [word for word in label.split() if word.lower() not in _ARTICLES]
    described = len(words) < 2 and bool(_BODIES & set(known.get(TYPE.value, ())))
    return label.lower() if words and not described and all(w[:1].isupper() for w in words) else ""
