"""The W3C cases of the SPARQL 1.1 Protocol and Service Description, through a running `kg serve`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyoxigraph
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF

from kg.store import Store

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "rdf-tests" / "sparql" / "sparql11"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
DATA = "http://kasei.us/2009/09/sparql/data/"
# kg serve changes nothing: what a case that changes something asks for is refused with 403.
REFUSED = {
    "update_dataset_default_graph", "update_dataset_default_graphs", "update_dataset_named_graphs",
    "update_dataset_full", "update_post_form", "update_post_direct", "update_base_uri",
}  # fmt: skip


def manifest(name: str) -> rdflib.Graph:
    """Read a manifest; empty where the suite is not here."""
    graph, file = rdflib.Graph(), SUITE / name / "manifest.ttl"
    return graph.parse(file, publicID="http://example.org/m") if file.exists() else graph


PROTOCOL = manifest("protocol")
CASES = sorted(str(case).rpartition("#")[2] for case in PROTOCOL.subjects(RDF.type, MF.ProtocolTest))


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., AbstractContextManager[str]]
) -> Iterator[str]:
    if not SUITE.is_dir():
        pytest.skip(f"{SUITE}: the W3C suite is not here")
    path = tmp_path_factory.mktemp("w3c") / "store"
    with Store.open(path, create=True) as store:
        for number in (1, 2, 3):
            graph = pyoxigraph.NamedNode(f"{DATA}data{number}.rdf")
            file = SUITE / "protocol" / f"data{number}.nt"
            store.oxigraph.load(path=str(file), to_graph=graph, base_iri=graph.value)
    with serving(path) as found:
        yield found


def node(name: str) -> rdflib.URIRef:
    return next(s for s in PROTOCOL.subjects(RDF.type, MF.ProtocolTest) if str(s).endswith(f"#{name}"))


def requests(case: rdflib.URIRef, address: str) -> Iterator[tuple[httpx.Request, rdflib.term.Node]]:
    """Yield the requests of a case to an address, each with what is expected of its response."""
    head = PROTOCOL.value(PROTOCOL.value(case, MF.action), HT.requests)
    for each in Collection(PROTOCOL, head):
        path = str(PROTOCOL.value(each, HT.absolutePath))
        body = PROTOCOL.value(each, HT.body)
        words = str(PROTOCOL.value(body, CNT.chars)) if body is not None else ""
        coding = str(PROTOCOL.value(body, CNT.characterEncoding) or "utf-8") if body is not None else "utf-8"
        fields = PROTOCOL.value(each, HT.headers)
        headers = {
            str(PROTOCOL.value(field, HT.fieldName)): str(PROTOCOL.value(field, HT.fieldValue))
            for field in (Collection(PROTOCOL, fields) if fields is not None else ())
        }
        method = str(PROTOCOL.value(each, HT.methodName))
        yield httpx.Request(method, address + path, headers=headers, content=words.encode(coding)), each


def boolean(response: httpx.Response) -> bool:
    if "json" in response.headers["content-type"]:
        return bool(json.loads(response.content)["boolean"])
    found = ElementTree.fromstring(response.content).find("{http://www.w3.org/2005/sparql-results#}boolean")
    assert found is not None
    return found.text == "true"


FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_protocol_case_passes_or_is_refused_by_design(address: str, name: str) -> None:
    refused = []
    for request, each in requests(node(name), address):
        expected = PROTOCOL.value(each, HT.resp)
        with httpx.Client() as client:
            response = client.send(request)
        if name in REFUSED:
            refused.append(response.status_code)
            continue
        wanted = {str(s)[-3] for s in PROTOCOL.objects(expected, MF.expectedStatus)}
        assert str(response.status_code)[0] in wanted, response.text
        form = PROTOCOL.value(expected, MF.expectedFormat)
        if form is not None:
            assert response.headers["content-type"].partition(";")[0] in FORMATS[str(form)]
        truth = PROTOCOL.value(expected, MF.expectedBoolean)
        if truth is not None:
            assert boolean(response) is (str(truth) == "true")
    assert not refused or refused[0] == 403


def test_each_case_that_is_refused_is_in_the_suite() -> None:
    assert set(CASES) >= REFUSED or not CASES


def test_the_endpoint_describes_itself(address: str) -> None:
    response = httpx.get(f"{address}/sparql", headers={"Accept": "application/rdf+xml"})
    graph = rdflib.Graph().parse(data=response.text, format="xml")
    service = next(graph.subjects(RDF.type, SD.Service))

    assert graph.value(service, SD.endpoint) == rdflib.URIRef(f"{address}/sparql")
    assert (graph.value(service, SD.defaultDataset), RDF.type, SD.Dataset) in graph
    known = {term for term in (*graph.predicates(), *graph.objects(None, RDF.type)) if term in SD}
    assert {str(term).rpartition("#")[2] for term in known} <= {
        "Service", "Dataset", "Graph", "endpoint", "supportedLanguage", "feature", "resultFormat",
        "defaultDataset", "defaultGraph",
    }  # fmt: skip
