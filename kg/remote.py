"""The quads on a SPARQL 1.1 server, looked up like those of pyoxigraph.

What is said of a node is read once, together with what was read of its neighbours and not asked
for yet, so that an article takes some dozens of requests and not thousands.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from typing import IO, Final, TypeAlias, cast

from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolution, QuerySolutions, parse_query_results

from kg.dataset import Subject, Value
from kg.errors import StoreError
from kg.server import Server

OUT: Final = 250  # nodes whose own quads are asked for at once
INTO: Final = 40  # nodes for which it is asked at once what leads to them
MANY: Final = 60  # quads that lead to a node; where there are more, each property is asked for
FEW: Final = 4  # quads that lead to a node; where there are more, their subjects are not read ahead
PAGE: Final = 1001  # quads of a pattern that are asked for first

Pattern: TypeAlias = tuple[Subject | None, NamedNode | None, Value | None, NamedNode | None]


class Remote:
    """The quads on a server, as they were when they were first looked at.

    What is in the graphs `foreign` is nothing of ours and is not seen.
    """

    def __init__(self, server: Server, foreign: Iterable[NamedNode] = ()) -> None:
        self._server = server
        others = ", ".join(sorted(map(str, foreign)))
        self._ours = f"FILTER(?g NOT IN ({others}))" if others else ""
        self._out: dict[Value, tuple[Quad, ...]] = {}
        self._into: dict[Value, tuple[Quad, ...] | None] = {}
        self._pages: dict[Pattern, tuple[Quad, ...]] = {}
        self._out_next: dict[Value, None] = {}
        self._into_next: dict[Value, None] = {}

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._said_of(quad.subject)

    def __iter__(self) -> Iterator[Quad]:
        return self._quads(_where((None, None, None, None)))

    def __len__(self) -> int:
        rows = self.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}")
        return int(next(iter(rows))["n"].value)

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        value: Value | None,
        graph: NamedNode | None = None,
        /,
    ) -> Iterator[Quad]:
        """Yield the quads that fit, None standing for any. Raises StoreError where the server fails."""
        pattern = (subject, predicate, value, graph)
        if subject is not None:
            return iter([quad for quad in self._said_of(subject) if _fits(quad, pattern)])
        if value is not None:
            known = self._leading_to(value)
            if known is not None:
                return iter([quad for quad in known if _fits(quad, pattern)])
        return self._paged(pattern)

    def named_graphs(self) -> Iterator[NamedNode]:
        """Yield the named graphs."""
        for row in self.rows(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}"):
            yield row["g"]

    def rows(self, text: str) -> Iterator[QuerySolution]:
        """Yield the rows of a SELECT as they come in. Raises StoreError where they break off."""
        number = 0
        with self._server.answer(text) as body:
            try:
                found = parse_query_results(cast(IO[bytes], body), format=QueryResultsFormat.JSON)
                if not isinstance(found, QuerySolutions):
                    raise StoreError(f"{self._server.url}: no rows came for a SELECT")
                for row in found:
                    number += 1
                    yield row
            except SyntaxError as error:
                raise body.unreadable(error) from error
            body.whole(number)

    def expect(self, quads: Iterable[Quad]) -> None:
        """Read the nodes of these quads together with the next one that is asked for."""
        for quad in quads:
            for node in (quad.subject, quad.object):
                if isinstance(node, NamedNode):
                    self._out_next.setdefault(node)
                    self._into_next.setdefault(node)

    def forget(self) -> None:
        """Look at everything anew."""
        for held in (self._out, self._into, self._pages, self._out_next, self._into_next):
            held.clear()

    def _said_of(self, node: Subject) -> tuple[Quad, ...]:
        if node not in self._out:
            self._read_out(_batch(node, self._out_next, self._out, OUT))
        return self._out[node]

    def _leading_to(self, node: Value) -> tuple[Quad, ...] | None:
        """Return the quads that lead to a node, or None where they are many."""
        if node not in self._into:
            self._read_into(_batch(node, self._into_next, self._into, INTO))
        return self._into[node]

    def _read_out(self, nodes: list[Value]) -> None:
        found: dict[Value, list[Quad]] = {node: [] for node in nodes}
        values = " ".join(map(str, nodes))
        for quad in self._quads(f"VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }}"):
            found[quad.subject].append(quad)
        for node, quads in found.items():
            self._out[node] = tuple(quads)
            for quad in quads:
                if isinstance(quad.object, NamedNode):
                    self._out_next.setdefault(quad.object)
            self._into_next.setdefault(node)

    def _read_into(self, nodes: list[Value]) -> None:
        found: dict[Value, list[Quad]] = {node: [] for node in nodes}
        parts = (
            f"{{ SELECT ?s ?p ({node} AS ?o) ?g WHERE {{ GRAPH ?g {{ ?s ?p {node} }} }} LIMIT {MANY + 1} }}"
            for node in nodes
        )
        for quad in self._quads(" UNION ".join(parts)):
            found[quad.object].append(quad)
        for node, quads in found.items():
            self._into[node] = tuple(quads) if len(quads) <= MANY else None
            for quad in quads if len(quads) <= FEW else ():
                self._out_next.setdefault(quad.subject)

    def _paged(self, pattern: Pattern) -> Iterator[Quad]:
        """Yield a page of what fits, and where that is not all, all the rest."""
        if pattern not in self._pages:
            self._pages[pattern] = tuple(self._quads(_where(pattern), f" LIMIT {PAGE}"))
        page = self._pages[pattern]
        yield from page
        if len(page) == PAGE:
            told = set(page)
            yield from (quad for quad in self._quads(_where(pattern)) if quad not in told)

    def _quads(self, where: str, more: str = "") -> Iterator[Quad]:
        for row in self.rows(f"SELECT ?s ?p ?o ?g WHERE {{ {where} {self._ours} }}{more}"):
            yield Quad(row["s"], row["p"], row["o"], row["g"])


def _batch(node: Value, waiting: dict[Value, None], known: Container[Value], most: int) -> list[Value]:
    """Return a node with others that wait, so many at most; they wait no longer."""
    others = (each for each in waiting if each not in known and each != node)
    found = [node, *islice(others, most - 1)]
    for each in found:
        waiting.pop(each, None)
    return found


def _fits(quad: Quad, pattern: Pattern) -> bool:
    _, predicate, value, graph = pattern
    return (
        (predicate is None or quad.predicate == predicate)
        and (value is None or quad.object == value)
        and (graph is None or quad.graph_name == graph)
    )


def _where(pattern: Pattern) -> str:
    """Return a pattern that binds ?s, ?p, ?o and ?g."""
    s, p, o, g = (
        f"?{name}" if term is None else str(term) for name, term in zip("spog", pattern, strict=True)
    )
    bound = (
        f"BIND({term} AS ?{name})" for name, term in zip("spog", pattern, strict=True) if term is not None
    )
    return f"GRAPH {g} {{ {s} {p} {o} }} {' '.join(bound)}"
