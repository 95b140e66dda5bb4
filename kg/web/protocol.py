"""The query part of the SPARQL 1.1 Protocol, read-only: a request becomes results in what is accepted."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from kg.errors import QueryError
from kg.outside import refuse_deep
from kg.web.accept import preferred
from kg.web.asked import Answered, Asked, said
from kg.web.dataset import refuse_remote

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
LARGEST: Final = 65_536  # bytes of a query

TABLES: Final[Mapping[str, QueryResultsFormat]] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
GRAPHS: Final[Mapping[str, RdfFormat]] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/xml": RdfFormat.RDF_XML,
}
Pairs = tuple[tuple[str, str], ...]
_TABLED_ONLY: Final = (QueryResultsFormat.CSV, QueryResultsFormat.TSV)  # cannot say yes or no
_METHODS: Final = {"Allow": "GET, HEAD, POST, OPTIONS"}
_READ_ONLY: Final = "read-only: kg build, kg load and kg retract change a store, and nothing over HTTP does"


class RefusedError(QueryError):
    """A request is refused, with this HTTP status."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Bounded(io.BytesIO):
    """A buffer of so many bytes. Raises RefusedError beyond."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # only bytes come here
        """Take more bytes. Raises RefusedError where that is too many."""
        self._left -= len(data)
        if self._left < 0:
            raise RefusedError(500, "the result is too large; ask for less of it, with LIMIT")
        return super().write(data)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, what its relative IRIs begin with, and the dataset that the request names, if any.

    Where it names none, `union` asks all graphs at once, else the default graph alone; `known` allows
    FROM for graphs that are there only, otherwise others are empty.
    """

    text: str
    base: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    union: bool = True
    known: bool = True


def sparql(store: Store, asked: Asked, most: int) -> Answered:
    """Answer a request of the protocol, which only asks, with at most so many bytes."""
    return answered(asked, lambda: results(store, question(asked), asked.accept, most))


def answered(asked: Asked, make: Callable[[], Answered]) -> Answered:
    """Return the answer that is made, or why a request to the endpoint is refused."""
    if asked.method == "OPTIONS":
        return Answered(204, "", b"", _METHODS)
    if asked.method not in ("GET", "HEAD", "POST"):
        return said(405, f"{asked.method}: ask with GET or POST", _METHODS)
    return told(make)


def told(make: Callable[[], Answered]) -> Answered:
    """Return the answer that is made, or a line that says why there is none."""
    try:
        return make()
    except RefusedError as error:
        return said(error.status, str(error))
    except (QueryError, ValueError) as error:
        return said(400, str(error))


def question(asked: Asked) -> Question:
    """Return what a request asks (SPARQL 1.1 Protocol, section 2.1). Raises RefusedError."""
    given = pairs(asked)
    if updates(asked, given):
        raise RefusedError(403, _READ_ONLY)
    default, named = (tuple(v for k, v in given if k == f"{name}-graph-uri") for name in ("default", "named"))
    return Question(text_of(asked, given, "query", QUERY), f"{asked.root}/sparql", default, named)


def pairs(asked: Asked) -> Pairs:
    """Return the pairs of a request's address, and those of a form that it sends. Raises RefusedError."""
    if asked.method != "POST" or kind_of(asked) != FORM:
        return asked.query
    return (*asked.query, *parse_qsl(_body(asked), keep_blank_values=True, errors="strict"))


def updates(asked: Asked, given: Pairs) -> bool:
    """Tell whether a request with these pairs would change something."""
    if asked.method == "POST" and kind_of(asked) == UPDATE:
        return True
    return any(key in ("update", "using-graph-uri", "using-named-graph-uri") for key, _ in given)


def text_of(asked: Asked, given: Pairs, name: str, kind: str) -> str:
    """Return the query or update of a request: a pair of that name, or a body of that type.

    Raises RefusedError where there is none or more than one, or it is too long.
    """
    texts = [value for key, value in given if key == name]
    if asked.method == "POST" and kind_of(asked) != FORM:
        if kind_of(asked) != kind:
            raise RefusedError(415, f"send {FORM} or {kind}")
        texts.append(_body(asked))
    if len(texts) != 1:
        raise RefusedError(400, f"give one {name}" if texts else f"no {name}: give {name}=, or POST one")
    if len(texts[0].encode("utf-8", "replace")) > LARGEST:
        raise RefusedError(413, f"{name}: at most {LARGEST} bytes")
    return texts[0]


def kind_of(asked: Asked) -> str:
    """Return the media type of a request's body, without parameters."""
    return asked.kind.partition(";")[0].strip().lower()


def _body(asked: Asked) -> str:
    if len(asked.body) > 2 * LARGEST:
        raise RefusedError(413, f"SPARQL may have {LARGEST} bytes")
    try:
        return asked.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"SPARQL is UTF-8; byte {error.start} is not") from error


def results(store: Store, asked: Question, accept: str, most: int) -> Answered:
    """Ask a store; return the results in what is accepted, whole or not at all.

    Raises QueryError for a query that is malformed or reaches out, ValueError for a graph's name.
    """
    found = found_by(store, asked)
    graph = isinstance(found, QueryTriples)
    offered: Mapping[str, QueryResultsFormat | RdfFormat] = GRAPHS if graph else TABLES
    if isinstance(found, QueryBoolean):
        offered = {kind: form for kind, form in TABLES.items() if form not in _TABLED_ONLY}
    kind = preferred(accept, tuple(offered))
    if kind is None:
        return said(406, f"this can be answered in {', '.join(offered)}")
    buffer = Bounded(most)
    found.serialize(buffer, format=offered[kind])  # type: ignore[arg-type]  # they fit each other
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Answered(200, f"{kind}{charset}", buffer.getvalue())


def found_by(store: Store, asked: Question) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Ask a store. Raises what `results` raises."""
    refuse_deep(asked.text)
    named = bool(asked.default or asked.named)
    graphs = refuse_remote(store, asked.text, named=named or not asked.known)
    try:
        if named:
            return store.query(
                asked.text,
                base_iri=asked.base,
                default_graph=[NamedNode(name) for name in asked.default],
                named_graphs=[NamedNode(name) for name in asked.named],
            )
        union = asked.union and not graphs
        return store.query(asked.text, base_iri=asked.base, use_default_graph_as_union=union)
    except SyntaxError as error:
        raise QueryError(f"malformed SPARQL: {' '.join(str(error).split())}") from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error
