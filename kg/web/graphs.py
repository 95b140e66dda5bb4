"""The SPARQL 1.1 Graph Store HTTP Protocol, for a data set that may be changed over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from typing import Final
from urllib.parse import quote
from uuid import uuid4

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.web.accept import preferred
from kg.web.asked import Answered, Asked, said
from kg.web.protocol import GRAPHS, Bounded, RefusedError, kind_of, told

PATH: Final = "/graphs"
MULTIPART: Final = "multipart/form-data"
_METHODS: Final = {"Allow": "GET, HEAD, PUT, POST, DELETE, OPTIONS"}
_DONE: Final = Answered(204, "", b"")

Graph = NamedNode | DefaultGraph


def graphs(store: Store, asked: Asked, most: int) -> Answered:
    """Answer a request about one graph with at most so many bytes."""
    return told(lambda: _answer(store, asked, most))


def _answer(store: Store, asked: Asked, most: int) -> Answered:
    match asked.method:
        case "OPTIONS":
            return Answered(204, "", b"", _METHODS)
        case "GET" | "HEAD":
            return _read(store, asked, most)
        case "PUT" | "POST":
            return _write(store, asked)
        case "DELETE":
            return _delete(store, asked)
    return said(405, f"{asked.method}: a graph is not changed in this way", _METHODS)


def _named(asked: Asked) -> Graph | None:
    """Return the graph that a request is about, None for a new one.

    Raises RefusedError where it names none or two, ValueError where a name is no absolute IRI.
    """
    keys = [(key, value) for key, value in asked.query if key in ("default", "graph")]
    direct = asked.path.rstrip("/") != PATH
    if len(keys) + direct > 1:
        raise RefusedError(400, "name one graph: ?default, or ?graph=IRI, or a path below /graphs/")
    if direct:
        return NamedNode(asked.root + quote(asked.path, safe="/:@!$&'()*+,;=~"))
    if not keys:
        return None
    (key, value), *_ = keys
    return DefaultGraph() if key == "default" else NamedNode(value)


def _known(store: Store, asked: Asked) -> Graph:
    graph = _named(asked)
    if graph is None:
        raise RefusedError(400, "name a graph: ?default, or ?graph=IRI, or a path below /graphs/")
    if not _is_there(store, graph):
        raise RefusedError(404, f"{graph}: there is no such graph")
    return graph


def _is_there(store: Store, graph: Graph) -> bool:
    return isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)


def _read(store: Store, asked: Asked, most: int) -> Answered:
    graph = _known(store, asked)
    kind = preferred(asked.accept, tuple(GRAPHS))
    if kind is None:
        return said(406, f"a graph can be had in {', '.join(GRAPHS)}")
    buffer = Bounded(most)
    store.dump(buffer, format=GRAPHS[kind], from_graph=graph)
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Answered(200, f"{kind}{charset}", buffer.getvalue())


def _write(store: Store, asked: Asked) -> Answered:
    """Put triples in the place of a graph's, or add them to it, once all of them are read."""
    graph = _named(asked)
    if graph is None and asked.method == "PUT":
        raise RefusedError(400, "PUT names a graph; only POST makes up a name")
    target = graph or NamedNode(f"{asked.root}{PATH}/{uuid4().hex}")
    base = target.value if isinstance(target, NamedNode) else f"{asked.root}{PATH}"
    triples = list(_triples(asked, base))
    made = not _is_there(store, target)
    if asked.method == "PUT":
        store.clear_graph(target)
    if isinstance(target, NamedNode):
        store.add_graph(target)
    store.extend(Quad(t.subject, t.predicate, t.object, target) for t in triples)
    if not made:
        return _DONE
    return said(201, f"{target} is made", {"Location": base})


def _delete(store: Store, asked: Asked) -> Answered:
    store.remove_graph(_known(store, asked))
    return _DONE


def _triples(asked: Asked, base: str) -> Iterator[Triple]:
    """Yield the triples of a body, or of each file of a form; blank nodes are new ones.

    Raises RefusedError for a type that is not read and for what is malformed, ValueError for such a form.
    """
    if kind_of(asked) != MULTIPART:
        yield from _parsed(asked.body, kind_of(asked), base)
        return
    for part in _parts(asked):
        body = part.get_payload(decode=True)
        yield from _parsed(body if isinstance(body, bytes) else b"", part.get_content_type(), base)


def _parsed(body: bytes, kind: str, base: str) -> Iterator[Triple]:
    form: RdfFormat | None = GRAPHS.get(kind)
    if form is None:
        raise RefusedError(415, f"{kind or 'no Content-Type'}: send {', '.join(GRAPHS)}")
    try:
        quads = parse(body, form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
        yield from (quad.triple for quad in quads)
    except SyntaxError as error:
        raise RefusedError(400, f"malformed {kind}: {' '.join(str(error).split())}") from error


def _parts(asked: Asked) -> list[Message]:
    """Return the files of a form (RFC 7578). Raises ValueError where it is cut off or has none."""
    head = f"Content-Type: {asked.kind}\r\n\r\n".encode("latin-1")
    try:
        form = BytesParser().parsebytes(head + asked.body)
    except RecursionError as error:
        raise ValueError("forms within forms") from error
    parts = form.get_payload()
    if form.defects or not isinstance(parts, list) or not parts:
        raise ValueError(f"a malformed {MULTIPART}")
    return [part for part in parts if isinstance(part, Message)]
