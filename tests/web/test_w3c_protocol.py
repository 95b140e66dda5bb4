"""The W3C cases of the SPARQL 1.1 Protocol and of its neighbours that speak HTTP, through running servers.

`kg serve` refuses what would change something; `kg serve --scratch` takes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyoxigraph
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF

from kg.store import Store

SHARED = Path(os.environ.get("KG_EVAL") or Path(__file__).resolve().parents[3] / "shared" / "eval").parent
SUITE = SHARED / "w3c" / "rdf-tests" / "sparql" / "sparql11"
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
    graph, file = rdflib.Graph(), SUITE / f"{name}.ttl"
    return graph.parse(file, publicID="http://example.org/m") if file.exists() else graph


def names(graph: rdflib.Graph, kind: rdflib.URIRef) -> list[str]:
    return sorted(str(case).rpartition("#")[2] for case in graph.subjects(RDF.type, kind))


PROTOCOL = manifest("protocol/manifest")
CASES = names(PROTOCOL, MF.ProtocolTest)
STORED = manifest("graph-store-protocol/manifest-direct") + manifest("graph-store-protocol/manifest-indirect")
STORING = names(STORED, MF.GraphStoreProtocolTest)
STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}


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


def steps(graph: rdflib.Graph, name: str) -> Iterator[rdflib.term.Node]:
    """Yield the requests of a case, one after the other."""
    case = next(s for s in graph.subjects(MF.action) if str(s).endswith(f"#{name}"))
    yield from Collection(graph, graph.value(graph.value(case, MF.action), HT.requests))


def headers(graph: rdflib.Graph, each: rdflib.term.Node | None) -> dict[str, str]:
    fields = graph.value(each, HT.headers)
    return {
        str(graph.value(field, HT.fieldName)).lower(): str(graph.value(field, HT.fieldValue))
        for field in (Collection(graph, fields) if fields is not None else ())
    }


def body(graph: rdflib.Graph, each: rdflib.term.Node | None) -> bytes:
    node = graph.value(each, HT.body)
    coding = str(graph.value(node, CNT.characterEncoding) or "utf-8")
    return str(graph.value(node, CNT.chars)).encode(coding) if node is not None else b""


def made(graph: rdflib.Graph, each: rdflib.term.Node, address: str) -> httpx.Request:
    path, method = (str(graph.value(each, name)) for name in (HT.absolutePath, HT.methodName))
    return httpx.Request(method, address + path, headers=headers(graph, each), content=body(graph, each))


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


def check(response: httpx.Response, expected: rdflib.term.Node | None) -> None:
    """Check a response of the protocol."""
    wanted = {str(s)[-3] for s in PROTOCOL.objects(expected, MF.expectedStatus)}
    assert str(response.status_code)[0] in wanted, response.text
    form = PROTOCOL.value(expected, MF.expectedFormat)
    if form is not None:
        assert response.headers["content-type"].partition(";")[0] in FORMATS[str(form)]
    truth = PROTOCOL.value(expected, MF.expectedBoolean)
    if truth is not None:
        assert boolean(response) is (str(truth) == "true")


@pytest.mark.parametrize("name", CASES)
def test_a_protocol_case_passes_or_is_refused_by_design(address: str, name: str) -> None:
    with httpx.Client() as client:
        for each in steps(PROTOCOL, name):
            response = client.send(made(PROTOCOL, each, address))
            if name in REFUSED:
                assert response.status_code == 403
                break
            check(response, PROTOCOL.value(each, HT.resp))


@pytest.mark.parametrize("name", CASES)
def test_a_protocol_case_passes_where_updates_are_taken(scratch: str, name: str) -> None:
    with httpx.Client() as client:
        client.post(f"{scratch}/sparql", data={"update": "DROP ALL"})
        for number in (1, 2, 3):
            client.put(
                f"{scratch}/graphs",
                params={"graph": f"{DATA}data{number}.rdf"},
                content=(SUITE / "protocol" / f"data{number}.nt").read_bytes(),
                headers={"Content-Type": "application/n-triples"},
            ).raise_for_status()
        for each in steps(PROTOCOL, name):
            check(client.send(made(PROTOCOL, each, scratch)), PROTOCOL.value(each, HT.resp))


def test_nothing_can_be_put_into_a_store(address: str) -> None:
    to = f"{address}/graphs?default"

    assert (
        httpx.put(to, content="<a:b> <a:b> 1 .", headers={"Content-Type": "text/turtle"}).status_code == 405
    )


def test_no_case_of_the_protocol_is_left_out() -> None:
    assert (len(CASES), len(STORING)) in ((34, 14), (0, 0))


@pytest.mark.parametrize("name", STORING)
def test_a_case_of_the_graph_store_protocol_passes(scratch: str, name: str) -> None:
    location = ""
    with httpx.Client() as client:
        client.post(f"{scratch}/sparql", data={"update": "DROP ALL"})
        for each in steps(STORED, name):
            asked = made(STORED, each, scratch)
            to = str(asked.url).replace("/gsp", "/graphs", 1).replace("$LOCATION$", location)
            response = client.request(asked.method, to, headers=asked.headers, content=asked.content)
            expected = STORED.value(each, HT.resp)
            statuses = {
                STATUS[str(s).rpartition("#")[2]] for s in STORED.objects(expected, MF.expectedStatus)
            }
            assert response.status_code in statuses, response.text
            for field, value in headers(STORED, expected).items():
                assert response.headers[field] == value
            if wanted := body(STORED, expected):
                got = rdflib.Graph().parse(data=response.content, format="turtle")
                assert isomorphic(got, rdflib.Graph().parse(data=wanted, format="turtle"))
            location = response.headers.get("location", "")


def test_each_case_that_is_refused_is_in_the_suite() -> None:
    assert set(CASES) >= REFUSED or not CASES


@pytest.mark.parametrize("server", ["address", "scratch"])
def test_the_endpoint_describes_itself(server: str, request: pytest.FixtureRequest) -> None:
    address = request.getfixturevalue(server)
    response = httpx.get(f"{address}/sparql", headers={"Accept": "application/rdf+xml"})
    graph = rdflib.Graph().parse(data=response.text, format="xml")
    service = next(graph.subjects(RDF.type, SD.Service))

    assert graph.value(service, SD.endpoint) == rdflib.URIRef(f"{address}/sparql")
    assert (graph.value(service, SD.defaultDataset), RDF.type, SD.Dataset) in graph
    known = {term for term in (*graph.predicates(), *graph.objects(None, RDF.type)) if term in SD}
    assert {str(term).rpartition("#")[2] for term in known} <= {
        "Service", "Dataset", "Graph", "endpoint", "supportedLanguage", "feature", "resultFormat",
        "inputFormat", "defaultDataset", "defaultGraph",
    }  # fmt: skip


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_an_endpoint_that_takes_updates_says_so(scratch: str, accept: str) -> None:
    response = httpx.get(f"{scratch}/sparql", headers={"Accept": accept})
    graph = rdflib.Graph().parse(data=response.text, format=accept)
    (service,) = graph.subjects(SD.endpoint, rdflib.URIRef(f"{scratch}/sparql"))

    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert (service, SD.feature, SD.UnionDefaultGraph) not in graph
