"""Loads RDF files into a store, each into a graph of its own unless the file names graphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.commit import Knowledge, as_nquads, load, now
from kg.errors import ReadError
from kg.iri import Names, digest
from kg.records import Loaded
from kg.store import Store

LARGE: Final = 32_000_000  # bytes of a file that goes in by parts
PART: Final = 200_000  # quads
_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def read_rdf(path: Path, base: str | None = None) -> list[ox.Quad]:
    """Parse a file by its ending; relative IRIs need a base. Raises ReadError with file, line and reason."""
    return list(parsed(path, base))


def parsed(path: Path, base: str | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of a file as they are read. Raises ReadError as `read_rdf`."""
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise ReadError(f"{path}: unknown ending; kg loads {', '.join(_FORMATS)}")
    try:
        yield from ox.parse(path=str(path), format=kind, base_iri=base)
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise ReadError(f"{path}{line}: not valid RDF: {error.msg}") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error


def load_file(path: Path, store: Store, knowledge: Knowledge) -> int:
    """Put a file's quads into the store; return how many were new.

    Triples without a graph go to `graph/loaded-<name>-<digest of the path's name>`, whose
    older content they replace. Blank nodes get IRIs, so that a store never holds any. A large file
    goes in by parts, each whole or not at all, after all of it was read once; where that was stopped
    the same file goes on. Raises ReadError for a file that is not valid, or changes meanwhile.
    """
    name = ox.NamedNode(store.names.graph(f"loaded-{quote(path.stem, safe='')}-{digest(path.name)}"))
    home = _Home(name, ox.NamedNode(store.names.graph("log")), store.names)
    try:
        large = path.stat().st_size > LARGE
    except OSError:
        large = False  # said when it is read
    if not large:
        quads = map(home.placed, parsed(path))
        return load(store, Loaded(now(), name.value, as_nquads(quads), str(path)), knowledge)
    return _by_parts(path, store, home, knowledge)


def _by_parts(path: Path, store: Store, home: _Home, knowledge: Knowledge) -> int:
    of, wanted = _sum(path), sum(1 for _ in map(home.placed, parsed(path)))
    quads, found, new = map(home.placed, parsed(path)), 0, 0
    done = _done(store, home.name.value, of)
    for part in range(1, -(-wanted // PART) + 1):
        piece = list(islice(quads, PART))
        found += len(piece)
        if part > done:
            record = Loaded(now(), home.name.value, _text(piece), str(path), part, of)
            new += load(store, record, knowledge)
    if found != wanted or next(quads, None) is not None or _sum(path) != of:
        raise ReadError(f"{path}: changed while it was loaded; load it again")
    return new


def _sum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()[:32]
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error


def _done(store: Store, graph: str, of: str) -> int:
    """Return how many parts of a file the store took last; none where its graph came from another one."""
    done = 0
    for record in store.records():
        if isinstance(record, Loaded) and record.graph == graph:
            done = record.part if record.of == of else 0
    return done


def _text(quads: list[ox.Quad]) -> str:
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")


@dataclass(frozen=True, slots=True)
class _Home:
    """The graph of a file, the one that is a store's own, and the names of the store."""

    name: ox.NamedNode
    log: ox.NamedNode
    names: Names

    def placed(self, quad: ox.Quad) -> ox.Quad:
        """Return a quad as a store keeps it. Raises ReadError for what it does not keep."""
        subject, predicate, value, graph = quad
        if graph == self.log:
            raise ReadError(f"{graph}: in this graph a store keeps how far its log is known; use another")
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            raise ReadError(f"{predicate}: kg keeps no triple terms (RDF 1.2); write them as claims")
        if not any(isinstance(term, ox.BlankNode | ox.DefaultGraph) for term in (subject, value, graph)):
            return quad
        if isinstance(graph, ox.DefaultGraph):
            graph = self.name
        term = self._named(value) if isinstance(value, ox.BlankNode) else value
        return ox.Quad(self._named(subject), predicate, term, self._named(graph))

    def _named(self, term: ox.NamedNode | ox.BlankNode) -> ox.NamedNode:
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(self.names.mint("node", digest(self.name.value, term.value)))
        return term
