"""Reads each node of a dataset once, for as long as nothing is written to it.

To take in or to validate an article asks some two thousand times about some two hundred nodes: each
question alone would go down into the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode, Quad

from kg.dataset import Dataset, Subject, Value

# So many quads of a node, and to it, are read at once; of one that has more each question is asked anew.
OUT, INTO = 512, 32

_Block: TypeAlias = dict[NamedNode | None, list[Quad]]  # by predicate, and all under None


class Remembered:
    """A dataset that remembers what was read; wrong once something is written, so make a new one then."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._of: dict[Subject, _Block | None] = {}
        self._to: dict[Value, _Block | None] = {}

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object: Value | None,  # as in Dataset
        graph_name: NamedNode | None = None,
        /,
    ) -> Iterator[Quad]:
        """Yield the quads that fit, None standing for any."""
        if subject is not None:
            block = self._said_of(subject)
        else:
            block = None if object is None else self._leading_to(object)
        if block is None:
            return self._dataset.quads_for_pattern(subject, predicate, object, graph_name)
        found: Iterable[Quad] = block.get(predicate, ())
        if subject is not None and object is not None:
            found = (quad for quad in found if quad.object == object)
        if graph_name is not None:
            found = (quad for quad in found if quad.graph_name == graph_name)
        return iter(found)

    def named_graphs(self) -> Iterator[NamedNode | BlankNode]:
        """Yield the names of the graphs."""
        return self._dataset.named_graphs()

    def __contains__(self, quad: Quad) -> bool:
        block = self._said_of(quad.subject)
        return quad in self._dataset if block is None else quad in block.get(quad.predicate, ())

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._dataset)

    def __len__(self) -> int:
        return len(self._dataset)

    def _said_of(self, node: Subject) -> _Block | None:
        if node not in self._of:
            self._of[node] = _block(self._dataset.quads_for_pattern(node, None, None, None), OUT)
        return self._of[node]

    def _leading_to(self, node: Value) -> _Block | None:
        if node not in self._to:
            self._to[node] = _block(self._dataset.quads_for_pattern(None, None, node, None), INTO)
        return self._to[node]


def _block(quads: Iterable[Quad], most: int) -> _Block | None:
    """Return quads by predicate; None where they are many."""
    found = list(islice(quads, most + 1))
    if len(found) > most:
        return None
    block: _Block = {None: found} if found else {}
    for quad in found:
        block.setdefault(quad.predicate, []).append(quad)
    return block
