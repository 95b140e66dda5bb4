"""Loads RDF files into a store, each into a graph of its own unless the file names graphs."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.commit import Knowledge, as_nquads, load, now
from kg.errors import ReadError
from kg.iri import digest
from kg.records import Loaded
from kg.store import Store

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def read_rdf(path: Path, base: str | None = None) -> list[ox.Quad]:
    """Parse a file by its ending; relative IRIs need a base. Raises ReadError with file, line and reason."""
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise ReadError(f"{path}: unknown ending; kg loads {', '.join(_FORMATS)}")
    try:
        return list(ox.parse(path=str(path), format=kind, base_iri=base))
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise ReadError(f"{path}{line}: not valid RDF: {error.msg}") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error


def load_file(path: Path, store: Store, knowledge: Knowledge) -> int:
    """Put a file's quads into the store in one transaction; return how many were new.

    Triples without a graph go to `graph/loaded-<name>-<digest of the path's name>`, whose
    older content they replace. Blank nodes get IRIs, so that a store never holds any.
    """
    home = ox.NamedNode(store.names.graph(f"loaded-{quote(path.stem, safe='')}-{digest(path.name)}"))
    quads = [_placed(quad, home, store) for quad in read_rdf(path)]
    return load(store, Loaded(now(), home.value, as_nquads(quads), str(path)), knowledge)


def _placed(quad: ox.Quad, home: ox.NamedNode, store: Store) -> ox.Quad:
    if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
        raise ReadError(f"{quad.predicate}: kg keeps no triple terms (RDF 1.2); write them as claims")
    graph = home if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name
    if graph == ox.NamedNode(store.names.graph("log")):
        raise ReadError(f"{graph.value}: in this graph a store keeps how far its log is known; use another")

    def named(term: ox.NamedNode | ox.BlankNode) -> ox.NamedNode:
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(store.names.mint("node", digest(home.value, term.value)))
        return term

    value = named(quad.object) if isinstance(quad.object, ox.NamedNode | ox.BlankNode) else quad.object
    return ox.Quad(named(quad.subject), quad.predicate, value, named(graph))
