"""Sums over what a store holds, the same in whatever order it is read, to compare stores by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import pyoxigraph
from pyoxigraph import Quad

_PART: Final = 500_000  # objects that are held in memory at a time


@dataclass(frozen=True, slots=True)
class Digest:
    """How many things there are, and the sum of their hashes (BLAKE2b, 128 bits)."""

    number: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.number}:{self.total:032x}"

    def __add__(self, other: Digest) -> Digest:
        return Digest(self.number + other.number, (self.total + other.total) % (1 << 128))


def digest_of(things: Iterable[object]) -> Digest:
    """Return the digest of things, by how they are written."""
    number = total = 0
    for thing in things:
        number += 1
        total += int.from_bytes(blake2b(str(thing).encode("utf-8"), digest_size=16).digest())
    return Digest(number, total % (1 << 128))


def orders(quads: pyoxigraph.Store) -> dict[str, Digest]:
    """Return the digest of all quads by each order in which RocksDB keeps them.

    What an order holds of a term that no other one knows is not seen. Raises OSError for what
    cannot be read.
    """
    graphs = list(quads.named_graphs())
    found = {"GSPO": _sum(_in(quads, graph=graph) for graph in graphs)}
    found["GPOS"] = Digest()
    predicates = set[object]()
    for graph in graphs:
        own = {quad.predicate for quad in _in(quads, graph=graph)}
        predicates |= own
        found["GPOS"] += _sum(_in(quads, predicate=each, graph=graph) for each in own)
    found["POSG"] = _sum(_in(quads, predicate=each) for each in predicates)
    found["SPOG"] = _sum(_in(quads, subject=s) for part in _parts(quads, 0) for s in part)
    found["OSPG"] = _sum(_in(quads, value=o) for part in _parts(quads, 2) for o in part)
    found["GOSP"] = _sum(
        _in(quads, value=o, graph=graph) for graph in graphs for part in _parts(quads, 2, graph) for o in part
    )
    return found


def _sum(parts: Iterable[Iterable[Quad]]) -> Digest:
    total = Digest()
    for part in parts:
        total += digest_of(part)
    return total


def _in(
    quads: pyoxigraph.Store,
    *,
    subject: object = None,
    predicate: object = None,
    value: object = None,
    graph: object = None,
) -> Iterator[Quad]:
    # pyoxigraph 0.5.13 on disk finds 256 integers for one whose last byte is 255.
    found = quads.quads_for_pattern(subject, predicate, value, graph)  # type: ignore[arg-type]  # terms of quads
    return (quad for quad in found if value is None or quad.object == value)


def _parts(quads: pyoxigraph.Store, place: int, graph: object = None) -> Iterator[set[object]]:
    """Yield the different terms at a place of the quads, so many at a time that memory holds them."""
    waiting = set[object]()
    for quad in _in(quads, graph=graph):
        waiting.add(quad[place])
        if len(waiting) > _PART:
            break
    else:
        yield waiting
        return
    number = len(quads) // _PART + 1
    for part in range(number):
        yield {quad[place] for quad in _in(quads, graph=graph) if hash(str(quad[place])) % number == part}
