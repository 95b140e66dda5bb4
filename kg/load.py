"""Loads RDF files into a store, each into a graph of its own unless the file names graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.commit import Knowledge, as_nquads, catch_up, load, now
from kg.errors import ReadError
from kg.guard import Guard
from kg.iri import digest
from kg.records import Loaded
from kg.store import Store

LARGE: Final = 32_000_000  # bytes of a file that goes in by parts
PART: Final = 200_000  # quads
_SHOWN: Final = 300  # characters of a quad in a message
_STEP: Final = 8_000_000  # bytes
_TERMS: Final = 256  # of RDF 1.2
_NAMELESS: Final = frozenset({ox.BlankNode, ox.DefaultGraph})
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
        _refuse_terms(path)
        yield from ox.parse(path=str(path), format=kind, base_iri=base)
    except MemoryError as error:
        raise ReadError(f"{path}: a token of more than 16 MB; shorten it") from error
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise ReadError(f"{path}{line}: not valid RDF: {' '.join(str(error.msg).split())}") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error


def _refuse_terms(path: Path) -> None:
    """Raise ReadError for very many triple terms: nested, they would take the parser's stack."""
    number, rest = 0, b""
    if not path.is_file():
        return  # a pipe is read once
    with path.open("rb") as file:
        while piece := file.read(_STEP):
            number += (rest + piece).count(b"<<(")
            rest = piece[-2:]
            if number > _TERMS:
                raise ReadError(f"{path}: kg keeps no triple terms (RDF 1.2); write them as claims")


def load_file(path: Path, store: Store, knowledge: Knowledge) -> int:
    """Put a file's quads into the store; return how many were new.

    Triples without a graph go to `graph/loaded-<name>-<digest of the path's name>`, whose
    older content they replace. Blank nodes get IRIs, so that a store never holds any. A large file
    goes in by parts, each whole or not at all, after all of it was read once; where that was stopped
    the same file goes on. Raises ReadError for a file that is not valid, or changes meanwhile, or
    would change what the words and things of the store mean (`kg.guard`).
    """
    name = ox.NamedNode(store.names.graph(f"loaded-{quote(path.stem, safe='')}-{digest(path.name)}"))
    try:
        large = path.stat().st_size > LARGE
    except OSError:
        large = False  # said when it is read
    of = _sum(path) if large else ""
    catch_up(store, knowledge)
    known = store.dataset.__contains__
    guard = Guard(store.names, knowledge.axioms, known, _is_new(store, name.value, of))
    home = _Home(path, name, guard)
    if large:
        return _by_parts(path, of, store, home, knowledge)
    quads = home.placed(parsed(path))
    return load(store, Loaded(now(), name.value, as_nquads(quads), str(path)), knowledge)


def _is_new(store: Store, graph: str, of: str) -> bool:
    """Tell whether a store has nothing yet, or only parts of this file."""
    return all(
        isinstance(record, Loaded) and of and (record.graph, record.of) == (graph, of)
        for record in store.records()
    )


def _by_parts(path: Path, of: str, store: Store, home: _Home, knowledge: Knowledge) -> int:
    wanted = sum(1 for _ in home.placed(parsed(path)))
    quads, found, new = home.placed(parsed(path)), 0, 0
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
    """A file, the graph that is its own, and who judges what it says."""

    path: Path
    name: ox.NamedNode
    guard: Guard

    def placed(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield quads as a store keeps them. Raises ReadError, with file and quad, for others."""
        for quad in quads:
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                raise ReadError(
                    f"{self.path}: {quad.predicate}: kg keeps no triple terms (RDF 1.2); write them as claims"
                )
            try:
                found = self.guard.passed(self._here(quad))
            except ValueError as error:
                raise ReadError(f"{self.path}: {_shown(quad)}: {error}") from error
            if found is not None:
                yield found

    def _here(self, quad: ox.Quad) -> ox.Quad:
        subject, predicate, value, graph = quad
        if _NAMELESS.isdisjoint((type(subject), type(value), type(graph))):
            return quad
        if isinstance(graph, ox.DefaultGraph):
            graph = self.name
        term = self._named(value) if isinstance(value, ox.BlankNode) else value
        return ox.Quad(self._named(subject), predicate, term, self._named(graph))

    def _named(self, term: ox.NamedNode | ox.BlankNode) -> ox.NamedNode:
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(self.guard.names.mint("node", digest(self.name.value, term.value)))
        return term


def _shown(quad: ox.Quad) -> str:
    words = str(quad)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
