"""Describes things in RDF: what is said of them, and each claim on them down to its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.show import claims_on
from kg.store import Store
from kg.terms import TYPE, kg

_PARTS = ("words", "evidence", "inSentence", "value", "about")
_WHOLE = ("Passage", "TimeSpan", "CasualtyCount", "EventReport")


def described(store: Store, nodes: Iterable[NamedNode]) -> Iterator[Quad]:
    """Yield the quads of things, of the claims on them, and of the passages, times and counts of these."""
    for node in nodes:
        yield from store.view().match(node)
        for claim in claims_on(store, node):
            yield from _whole(store, claim, set())


def _whole(store: Store, node: NamedNode, seen: set[NamedNode]) -> Iterator[Quad]:
    seen.add(node)
    for quad in store.view().match(node):
        yield quad
        value = quad.object
        part = isinstance(value, NamedNode) and quad.predicate in map(kg, _PARTS) and value not in seen
        if part and isinstance(value, NamedNode) and _is_part(store, value):
            yield from _whole(store, value, seen)


def _is_part(store: Store, node: NamedNode) -> bool:
    kinds = {quad.object for quad in store.view().match(node, TYPE)}
    return not kinds.isdisjoint(map(kg, _WHOLE))
