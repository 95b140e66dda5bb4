"""Quads that are looked up by their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Subject: TypeAlias = NamedNode | BlankNode | Triple
Value: TypeAlias = Subject | Literal


class Dataset(Protocol):
    """Named graphs for look-ups; pyoxigraph's store is one, `kg.remote.Remote` another."""

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object: Value | None,
        graph_name: NamedNode | None = None,
        /,
    ) -> Iterator[Quad]:
        """Yield the quads that fit, None standing for any."""

    def named_graphs(self) -> Iterator[NamedNode | BlankNode]:
        """Yield the names of the graphs."""

    def __contains__(self, quad: Quad, /) -> bool: ...

    def __iter__(self) -> Iterator[Quad]: ...

    def __len__(self) -> int: ...
