"""Validates a whole store: a few thousand nodes at a time, on one process or on several.

The store must be open for reading only where several processes are to read it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.axioms import Axioms
from kg.changes import neighbourhood
from kg.errors import KgError, StoreError
from kg.iri import Names
from kg.reach import HIDDEN, Field, Reach
from kg.report import Result
from kg.store import Store
from kg.terms import TYPE
from kg.validate import Checker, see
from kg.view import View

SIZE = 2000  # nodes that are checked at once
_AHEAD = 2  # pieces of work that wait at each process

Checked = tuple[tuple[Result, ...], tuple[str, ...]]
_Bench = tuple[Path, str, tuple[Path, ...], Axioms, str]


def sweep(store: Store, checker: Checker, processes: int = 1) -> Iterator[Checked]:
    """Yield the results of all nodes of a store, with notes; a result may come twice.

    Raises OntologyError for shapes that cannot be used, StoreError where a process dies.
    """
    lists = _lists(store, checker.field)
    if processes < 2 or store.shared is None:
        view = store.view()
        for nodes in lists:
            yield _checked(view, nodes, checker, store.names)
    else:
        bench = (store.shared, store.names.base, checker.files, checker.axioms, checker.engine)
        yield from _on_all(lists, bench, processes)
    yield from _opaque(store, checker)


def _lists(store: Store, field: Field) -> Iterator[list[str]]:
    """Yield the nodes that shapes are about, graph by graph."""
    hidden = {NamedNode(store.names.graph(name)) for name in HIDDEN}
    free = {p for state, target in field.others if target.free for p, _, _ in field.reads.edges[state]}
    keys = {name for _, target in field.others for name in (*target.subjects_of, *target.objects_of)} | free
    nodes = dict.fromkeys(sorted(name for _, target in field.others for name in target.nodes))
    for graph in sorted(store.dataset.named_graphs(), key=str):
        for node in _of_graph(store, graph, field, keys) if graph not in hidden else ():
            nodes[node] = None
            if len(nodes) >= SIZE:
                yield list(nodes)
                nodes = {}
    if nodes:
        yield list(nodes)


def _of_graph(store: Store, graph: object, field: Field, keys: Iterable[str]) -> Iterator[str]:
    def match(predicate: NamedNode) -> Iterator[Quad]:
        assert isinstance(graph, NamedNode)
        return store.dataset.quads_for_pattern(None, predicate, None, graph)

    for quad in match(TYPE):
        if getattr(quad.object, "value", "") in field.by_class:
            yield getattr(quad.subject, "value", "")
    for key in sorted(keys):
        for quad in match(NamedNode(key)):
            yield from (t.value for t in (quad.subject, quad.object) if isinstance(t, NamedNode))


def _checked(view: View, nodes: Iterable[str], checker: Checker, names: Names) -> Checked:
    reach = Reach.into(view, checker.field, names)
    found, notes = see(reach, [NamedNode(node) for node in nodes], checker)
    return checker.report(found, view).results, tuple(notes)


def _opaque(store: Store, checker: Checker) -> Iterator[Checked]:
    """Check each article's neighbourhood against the shapes of which it is not known what they see."""
    view = store.view()
    if any(part.opaque for part in checker.parts):
        for article in store.articles():
            around = neighbourhood(view, store.graph_of(article), store.names)
            found, notes = checker.findings(around, opaque=True)
            yield checker.report(found, view).results, tuple(notes)


def _on_all(lists: Iterator[list[str]], bench: _Bench, processes: int) -> Iterator[Checked]:
    """Hand out work in turn, and take back the results in the same order."""
    with _workers(bench, processes) as pipes:
        sent = 0
        for nodes in islice(lists, processes * _AHEAD):
            pipes[sent % processes].send(nodes)
            sent += 1
        taken = 0
        while taken < sent:
            pipe = pipes[taken % processes]
            yield _received(pipe)
            taken += 1
            for nodes in islice(lists, 1):
                pipes[sent % processes].send(nodes)
                sent += 1


def _received(pipe: Connection) -> Checked:
    try:
        found = pipe.recv()
    except EOFError as error:
        raise StoreError("a process that validates died; try with --processes 1") from error
    if isinstance(found, KgError):
        raise found
    results, notes = found
    return results, notes


@contextmanager
def _workers(bench: _Bench, processes: int) -> Iterator[list[Connection]]:
    """Start processes, each with a pipe; end them when the work is done or given up."""
    context = get_context("spawn")
    pipes, started = [], []
    try:
        for _ in range(processes):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, bench), daemon=True)
            process.start()
            theirs.close()
            pipes.append(ours)
            started.append(process)
        yield pipes
    finally:
        for pipe in pipes:
            pipe.close()
        for process in started:
            process.terminate()
            process.join()


def _work(pipe: Connection, bench: _Bench) -> None:
    """Check what comes through a pipe until it is closed."""
    path, base, files, axioms, engine = bench
    gc.disable()  # nothing here goes round in circles, and looking for it takes a quarter of the time
    view = View(pyoxigraph.Store.read_only(str(path / "oxigraph")))
    checker = Checker.of(files, axioms, engine=engine)
    while True:
        try:
            nodes = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(_checked(view, nodes, checker, Names(base)))
        except KgError as error:
            pipe.send(error)
