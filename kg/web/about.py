"""Describes the endpoint: SPARQL service description, VoID and DCAT, saved questions, OpenAPI."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from kg.params import Param
from kg.saved import SavedQuery
from kg.terms import PREFIXES, RDFS, SH, TYPE, integer
from kg.web.accept import preferred
from kg.web.asked import Answered, Asked
from kg.web.protocol import GRAPHS
from kg.web.site import Site

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
FORMATS: Final = "http://www.w3.org/ns/formats/"
_SPACES: Final = {**PREFIXES, "sd": SD, "void": VOID, "dcat": DCAT, "dcterms": DCT, "formats": FORMATS}
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_INPUTS: Final = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")


def answer(site: Site, asked: Asked) -> Answered | None:
    """Return what is at a well-known address, or None for another path."""
    match asked.path:
        case "/.well-known/void":
            return _rdf(asked, list(_void(site, asked.root)))
        case "/openapi.json":
            return Answered(200, "application/json", _openapi(site, asked.root))
    return None


def service(asked: Asked) -> Answered:
    """Return the description of the endpoint (SPARQL 1.1 Service Description)."""
    return _rdf(asked, list(_service(asked.root)))


def scratch_service(asked: Asked) -> Answered:
    """Return the description of an endpoint that takes updates, with a default graph of its own."""
    endpoint = NamedNode(f"{asked.root}/sparql")
    inputs = [Triple(endpoint, _sd("inputFormat"), NamedNode(FORMATS + name)) for name in _INPUTS]
    language = Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    return _rdf(asked, [*_endpoint(asked.root), language, *inputs])


def _rdf(asked: Asked, triples: list[Triple]) -> Answered:
    kind = preferred(asked.accept, tuple(GRAPHS)) or "text/turtle"
    body = serialize(triples, format=GRAPHS[kind], prefixes=_SPACES) or b""
    return Answered(200, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, body)


def _service(root: str) -> Iterator[Triple]:
    yield from _endpoint(root)
    yield Triple(NamedNode(f"{root}/sparql"), _sd("feature"), _sd("UnionDefaultGraph"))


def _endpoint(root: str) -> Iterator[Triple]:
    endpoint, dataset, default = NamedNode(f"{root}/sparql"), BlankNode("dataset"), BlankNode("default")
    yield Triple(endpoint, TYPE, _sd("Service"))
    yield Triple(endpoint, _sd("endpoint"), endpoint)
    yield Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _RESULTS:
        yield Triple(endpoint, _sd("resultFormat"), NamedNode(FORMATS + name))
    yield Triple(endpoint, _sd("defaultDataset"), dataset)
    yield Triple(dataset, TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, TYPE, _sd("Graph"))


def _void(site: Site, root: str) -> Iterator[Triple]:
    dataset = NamedNode(f"{root}/.well-known/void#dataset")
    yield from _service(root)
    for kind in (f"{VOID}Dataset", f"{DCAT}Dataset"):
        yield Triple(dataset, TYPE, NamedNode(kind))
    yield Triple(dataset, NamedNode(f"{DCT}title"), Literal("Events taken from news articles", language="en"))
    yield Triple(dataset, NamedNode(f"{VOID}sparqlEndpoint"), NamedNode(f"{root}/sparql"))
    yield Triple(dataset, NamedNode(f"{VOID}uriSpace"), Literal(f"{site.store.names.base}id/"))
    yield Triple(dataset, NamedNode(f"{VOID}triples"), integer(len(site.store)))
    yield Triple(dataset, NamedNode(f"{DCAT}accessService"), NamedNode(f"{root}/sparql"))
    for space in sorted(PREFIXES.values()):
        yield Triple(dataset, NamedNode(f"{VOID}vocabulary"), NamedNode(space))
    for saved in site.queries.values():
        yield from _executable(saved, root)


def _executable(saved: SavedQuery, root: str) -> Iterator[Triple]:
    """Yield a saved question as sh:SPARQLExecutable (SHACL Advanced Features)."""
    node = NamedNode(f"{root}/q/{saved.name}")
    kind = "SPARQLConstructExecutable" if saved.view == "graph" else "SPARQLSelectExecutable"
    yield Triple(node, TYPE, NamedNode(f"{SH}SPARQLExecutable"))
    yield Triple(node, TYPE, NamedNode(SH + kind))
    yield Triple(node, NamedNode(f"{RDFS}label"), Literal(saved.summary, language="en"))
    yield Triple(node, NamedNode(f"{RDFS}comment"), Literal(saved.description, language="en"))
    yield Triple(
        node, NamedNode(SH + ("construct" if saved.view == "graph" else "select")), Literal(saved.text)
    )
    for param in saved.params:
        each = NamedNode(f"{node.value}#{param.name}")
        yield Triple(node, NamedNode(f"{SH}parameter"), each)
        yield Triple(each, TYPE, NamedNode(f"{SH}Parameter"))
        yield Triple(each, NamedNode(f"{SH}name"), Literal(param.label, language="en"))
        yield Triple(each, NamedNode(f"{SH}path"), NamedNode(f"{root}/q/param#{param.name}"))
        yield Triple(each, NamedNode(f"{SH}optional"), Literal(not param.required))
        if param.kind:
            yield Triple(each, NamedNode(f"{SH}class"), NamedNode(param.kind))


def _openapi(site: Site, root: str) -> bytes:
    """Return the saved questions as an OpenAPI 3.1 description."""
    paths = {f"/q/{name}.json": {"get": _operation(saved)} for name, saved in sorted(site.queries.items())}
    about = {
        "title": "kg",
        "version": "1",
        "description": "Saved questions to a graph of events in the news.",
    }
    found = {"openapi": "3.1.0", "info": about, "servers": [{"url": root or "/"}], "paths": paths}
    return json.dumps(found, indent=1, ensure_ascii=False).encode("utf-8")


def _operation(saved: SavedQuery) -> dict[str, object]:
    table = {"description": "rows (SPARQL 1.1 Query Results JSON)", "content": {"application/json": {}}}
    return {
        "operationId": saved.name,
        "summary": saved.summary,
        "description": saved.description,
        "tags": list(saved.tags),
        "parameters": [_parameter(param) for param in saved.params],
        "responses": {"200": table, "400": {"description": "a parameter is missing or wrong"}},
    }


def _parameter(param: Param) -> dict[str, object]:
    kinds = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
    schema: dict[str, object] = {"type": kinds.get(param.type, "string")}
    if param.options:
        schema["enum"] = list(param.options)
    if param.many:
        schema = {"type": "array", "items": schema}
    return {
        "name": param.name, "in": "query", "required": param.required, "description": param.label,
        "schema": schema,
    }  # fmt: skip


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
