"""The quads of a store that are kept on a SPARQL 1.1 server.

A change goes to the server in one update where it is small. What is larger goes in parts, with a
note from the first to the last that tells others so. Until the server has all of it the change is
in a file beside the log, and whoever opens the store for writing next makes it again: that
leaves the same, whatever the server had of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby, islice
from typing import Final

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from kg.address import Address
from kg.backing import Found
from kg.body import Body
from kg.errors import StoreError
from kg.folder import FORMAT, Folder
from kg.iri import Names
from kg.log import Log
from kg.pending import keep, kept
from kg.remote import Remote
from kg.seal import put_seal
from kg.server import ROWS, TRIPLES, RefusedError, Server
from kg.terms import kg, plain
from kg.view import NOTHING, Change

SIZE: Final = 500  # quads that one update holds at most
DROPS: Final = 100  # graphs that are emptied in one update
FOREIGN: Final = 200  # graphs that a server may have before there is a store on it


class Served:
    """The quads on a server below a base. Only one process may change them.

    A change is kept in the file `pending` of the folder, if there is one, until the server has it.
    """

    def __init__(self, server: Server, base: str, folder: Folder | None = None) -> None:
        self.server = server
        self.base = base
        self._log = NamedNode(Names(base).graph("log"))
        self.dataset = Remote(server, _foreign(Remote(server), self._log))
        self._united = False
        self._folder = folder
        self._pending = folder.path / "pending" if folder else None
        self._busy = Quad(self._log, kg("writing"), Literal("in parts"), self._log)

    @property
    def busy(self) -> bool:
        """Whether a change is being made in parts, or was begun and never ended."""
        return self._busy in self._notes()

    def query(self, text: str) -> Found:
        """Ask SPARQL of the union of all graphs.

        Raises ValueError where the server does not take the query, StoreError where it fails or is
        not set up so that the default graph is that union.
        """
        if not self._united:
            self._unite()
        return self._asked(text)

    def _unite(self) -> None:
        """Find out once whether the default graph has what the named graphs have."""
        rows = self.dataset.rows(f"SELECT ?begun WHERE {{ {self._log} {kg('begun')} ?begun }}")
        self._united = bool([*rows])
        if not self._united:
            fix = "set it up so (Fuseki: tdb2:unionDefaultGraph true)"
            raise StoreError(f"{self.server.url}: its default graph is not the union of all graphs; {fix}")

    def _asked(self, text: str) -> Found:
        try:
            with self.server.answer(text, f"{ROWS}, {TRIPLES};q=0.9") as body:
                return _found(body)
        except RefusedError as error:
            if error.status == 400:
                raise ValueError(str(error)) from error
            raise

    @property
    def applied(self) -> str:
        """The generation of a log, and the byte up to which the server knows it; empty without a store."""
        return next((plain(q.object) for q in self._notes() if q.predicate == kg("applied")), "")

    def expect(self, quads: Iterable[Quad]) -> None:
        """Read the nodes of these quads together with the next one that is asked for."""
        self.dataset.expect(quads)

    def change(self, change: Change, notes: Change) -> None:
        """Make a change, then its notes. Raises StoreError where the server fails."""
        if change and self._pending is not None:
            keep(self._pending, change, notes)
        self._send(change, notes)
        if self._pending is not None:
            self._pending.unlink(missing_ok=True)
        self.expect(change.new)

    def recover(self) -> None:
        """Make the change again that a run which was stopped may have made in part.

        Raises StoreError where the server fails, or the file of the change is damaged.
        """
        found = kept(self._pending) if self._pending is not None else None
        if found is not None:
            self.change(*found)

    def begin(self) -> None:
        """Remember once which graphs the server has that are none of ours. Raises StoreError for too many."""
        if any(note.predicate == kg("begun") for note in self._notes()):
            return
        graphs = sorted(islice(self.dataset.named_graphs(), FOREIGN + 1), key=str)
        if len(graphs) > FOREIGN:
            raise StoreError(f"{self.server.url}: full of other data; give kg a data set of its own")
        notes = {Quad(self._log, kg("foreign"), graph, self._log) for graph in graphs}
        notes.add(Quad(self._log, kg("begun"), Literal(FORMAT), self._log))
        self.change(NOTHING, Change(frozenset(), frozenset(notes)))
        self.dataset = Remote(self.server, graphs)

    def clear(self) -> None:
        """Empty all graphs but those that were there before the store, and clear the folder."""
        if self._folder is not None:
            self._folder.clear()
        graphs = iter(sorted(map(str, set(self.dataset.named_graphs()) - {self._log})))
        while part := list(islice(graphs, DROPS)):
            self.server.update(" ;\n".join(f"DROP SILENT GRAPH {graph}" for graph in part))
        stay = (kg("foreign"), kg("begun"))
        old = frozenset(note for note in self._notes() if note.predicate not in stay)
        self.change(NOTHING, Change(old, frozenset()))
        if self._pending is not None:
            self._pending.unlink(missing_ok=True)

    def publish(self) -> None:
        """Do nothing: everybody reads what the server has."""

    def close(self) -> None:
        """Close the connections, and seal what is in the folder."""
        self.server.close()
        if self._folder is not None and not self._folder.read_only:
            with suppress(OSError):
                put_seal(self._folder.path)

    def _notes(self) -> list[Quad]:
        return list(self.dataset.quads_for_pattern(self._log, None, None, self._log))

    def _send(self, change: Change, notes: Change) -> None:
        whole = change | notes
        small = len(whole.gone) + len(whole.new) <= SIZE
        try:
            if change and not (small and self.server.writes.atomic):
                self._send_in_parts(change, notes)
            elif whole:
                self.server.update(whole.update())
        finally:
            self.dataset.forget()

    def _send_in_parts(self, change: Change, notes: Change) -> None:
        busy = Change(frozenset(), frozenset({self._busy}))
        self.server.update(busy.update())
        for graph, quads in _by_graph(change.new):
            self._put(graph, quads)
        for graph, quads in _by_graph(change.gone):
            self._update("DELETE", graph, quads)
        self.server.update((notes | Change(busy.new, busy.gone)).update())

    def _put(self, graph: str, quads: list[Quad]) -> None:
        """Add quads to a graph: by the Graph Store Protocol where the server has it."""
        if self.server.writes.graphs is None:
            self._update("INSERT", graph, quads)
        else:
            data = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
            self.server.add(graph, data or b"")

    def _update(self, verb: str, graph: str, quads: list[Quad]) -> None:
        rest = iter(quads)
        while part := " .\n".join(str(quad.triple) for quad in islice(rest, SIZE)):
            self.server.update(f"{verb} DATA {{ GRAPH {NamedNode(graph)} {{\n{part}\n}} }}")


def _foreign(dataset: Remote, log: NamedNode) -> list[NamedNode]:
    """Return the graphs that a server had before there was a store on it."""
    noted = dataset.quads_for_pattern(log, kg("foreign"), None, log)
    return [note.object for note in noted if isinstance(note.object, NamedNode)]


def _by_graph(quads: Iterable[Quad]) -> Iterator[tuple[str, list[Quad]]]:
    for graph, found in groupby(sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad))), _graph):
        yield graph, list(found)


def _found(body: Body) -> Found:
    """Return an answer. Raises StoreError where it cannot be read, or is not all."""
    data = body.read()
    try:
        if ROWS not in body.kind:
            triples = [quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES)]
            body.whole(len(triples))
            return triples
        rows = parse_query_results(data, format=QueryResultsFormat.JSON)
        if isinstance(rows, QuerySolutions):
            body.whole(sum(1 for _ in rows))
            rows = parse_query_results(data, format=QueryResultsFormat.JSON)
        return rows
    except SyntaxError as error:
        raise body.unreadable(error) from error


def _graph(quad: Quad) -> str:
    return str(quad.graph_name)[1:-1]


def opened(folder: Folder, log: Log, *, anew: bool) -> Served:
    """Return the quads of a store that a server has.

    Raises StoreError where the server does not answer, or was written from another log.
    """
    found = Served(Server(Address.of(folder.server)), folder.base, folder)
    if not folder.read_only:
        found.begin()  # before anything goes: what others have here is noted, so that it stays
    if anew:
        found.clear()
    elif found.applied and found.applied.partition(":")[0] != log.generation:
        fix = f"use the folder with that log, or kg rebuild --store {folder.path} to write the server anew"
        raise StoreError(f"{folder.server}: written from another log than {folder.path / 'log'}; {fix}")
    if not folder.read_only:
        found.recover()
    return found


def reached(url: str) -> Served:
    """Return the quads of the store that a server has, for reading; its base is asked of the server.

    Raises StoreError where the server does not answer, or has no store or several.
    """
    server = Server(Address.of(url))
    asked = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?g {kg('applied')} ?place }} }}"
    names = sorted(row["g"].value for row in Remote(server).rows(asked))
    if len(names) != 1 or not names[0].endswith("graph/log"):
        server.close()
        what = "several stores are" if names else "no store is"
        raise StoreError(f"{server.url}: {what} here; kg build --store {server.url} makes one")
    return Served(server, names[0].removesuffix("graph/log"))
