"""Pages as a pure function: formats, addresses that are wrong, and words that would do harm."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kg.resources import resources
from kg.store import Store
from kg.terms import LABEL, TYPE, kg, schema
from kg.web.asked import Answered, Asked
from kg.web.respond import respond
from kg.web.site import Site

ROOT = "http://127.0.0.1:1"
BASE = "https://w3id.org/kgnews/"
SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    SCRIPT, '" onmouseover="alert(1)', "=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "\u202egnp.exe",
    "\x1b[31mred\x07", "</title><img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "a\tb\nc",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(story: Path) -> Site:
    with Store.open(story, read_only=True) as store:
        quads = pyoxigraph.Store()
        quads.extend(store.oxigraph)
    return Site.of(Store.over(quads), resources(), 10_000_000)


def ask(site: Site, path: str, **given: str) -> Answered:
    accept = given.pop("accept", "text/html")
    return respond(site, Asked(path, tuple(given.items()), accept=accept, root=ROOT))


def event(site: Site) -> str:
    rows = ask(site, "/timeline.csv").body.decode().splitlines()
    return "/event/" + next(csv.DictReader(rows))["event"].rpartition("/")[2]


@pytest.mark.parametrize(
    ("ending", "accept", "kind"),
    [
        ("", "text/html", "text/html; charset=utf-8"),
        (".ttl", "text/html", "text/turtle; charset=utf-8"),
        ("", "text/turtle", "text/turtle; charset=utf-8"),
        ("", "application/ld+json;q=0.9, text/html;q=0.1", "application/ld+json"),
        (".csv", "*/*", "text/csv; charset=utf-8"),
        (".json", "", "application/json"),
    ],
)
def test_a_page_is_written_in_what_is_asked_for(site: Site, ending: str, accept: str, kind: str) -> None:
    for path in (event(site), "/timeline", "/actors", "/q/claims", "/quality"):
        found = ask(site, path + ending, accept=accept)

        assert (found.status, found.kind) == (200, kind)
        assert found.body


def test_what_nobody_can_write_is_refused(site: Site) -> None:
    assert ask(site, "/timeline", accept="image/png").status == 406


def test_the_turtle_of_an_event_leads_to_the_words(site: Site) -> None:
    body = ask(site, event(site) + ".ttl").body
    quads = list(pyoxigraph.parse(body, format=RdfFormat.TURTLE))

    assert {quad.predicate for quad in quads} >= {kg("about"), kg("evidence"), kg("status")}
    assert any(quad.predicate.value.endswith("#exact") for quad in quads)


def test_the_iri_of_a_thing_leads_to_its_page(site: Site) -> None:
    found = ask(site, "/id" + event(site))

    assert (found.status, found.headers["Location"]) == (303, ROOT + event(site))


@pytest.mark.parametrize("name", ["a\r\nX: y", "Grünau", "a b", "%41"])
def test_an_address_that_leads_on_is_one_that_a_header_can_hold(site: Site, name: str) -> None:
    place = ask(site, f"/id/event/{name}").headers["Location"]

    assert place.isascii()
    assert place.isprintable()
    assert " " not in place
    assert unquote(place) == f"{ROOT}/event/{name}"


def test_a_program_that_leaves_out_what_is_needed_gets_no_empty_answer(site: Site) -> None:
    assert ask(site, "/q/actor").status == 200
    for ending in ("csv", "json", "ttl", "jsonld"):
        found = ask(site, f"/q/actor.{ending}")

        assert (found.status, found.body) == (400, b"give Actor to ask this\n")


def test_a_merged_event_leads_to_the_one_that_goes_on(site: Site) -> None:
    quads = pyoxigraph.Store()
    quads.extend(site.store.oxigraph)
    new = NamedNode(f"{BASE}id{event(site)}")
    quads.add(Quad(NamedNode(f"{BASE}id/event/old"), kg("mergedInto"), new, NamedNode(f"{BASE}graph/links")))
    found = ask(Site.of(Store.over(quads), resources(), 10_000_000), "/event/old")

    assert (found.status, found.headers["Location"]) == (301, ROOT + event(site))


@pytest.mark.parametrize(
    "path",
    ["/event/none", "/event/a b", "/none", "/q/none", "/actor/%3Cscript%3E", "/event/" + "x" * 3000, "/id"],
)
def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    found = ask(site, path)

    assert found.status == 404
    assert b"<script" not in found.body


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/timeline", {"from": "yesterday"}),
        ("/q/actor", {"actor": "Nobody at all"}),
        ("/q/timeline", {"to": "2025-13"}),
    ],
)
def test_a_value_that_does_not_fit_is_told(site: Site, path: str, given: dict[str, str]) -> None:
    found = ask(site, path, **given)

    assert found.status == 400
    assert next(iter(given.values())).encode() in found.body


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999", "²"])
def test_a_page_that_is_none_is_the_first_or_the_last(site: Site, page: str) -> None:
    assert ask(site, "/timeline", page=page).status == 200


def test_pages_are_only_read(site: Site) -> None:
    assert respond(site, Asked("/timeline", method="POST")).status == 405
    assert respond(site, Asked("/timeline", method="OPTIONS")).headers["Allow"] == "GET, HEAD, OPTIONS"


def test_what_is_described_names_what_is_there(site: Site) -> None:
    body = ask(site, "/.well-known/void", accept="text/turtle").body
    quads = list(pyoxigraph.parse(body, format=RdfFormat.TURTLE))
    questions = {
        q.subject for q in quads if q.object == NamedNode("http://www.w3.org/ns/shacl#SPARQLExecutable")
    }
    paths = json.loads(ask(site, "/openapi.json").body)["paths"]

    assert {node.value.rpartition("/")[2] for node in questions} == set(site.queries)
    assert {path.removeprefix("/q/").removesuffix(".json") for path in paths} == set(site.queries)
    assert all(ask(site, path).status in (200, 400) for path in paths)


@pytest.fixture(params=HOSTILE)
def harmful(request: pytest.FixtureRequest, site: Site) -> Site:
    """The examples, with one text in place of every label, headline, quote and reason."""
    words = Literal(request.param)
    quads = pyoxigraph.Store()
    worded = {
        LABEL,
        schema("headline"),
        kg("reason"),
        NamedNode("http://www.w3.org/ns/oa#exact"),
        kg("anchor"),
    }
    for quad in site.store.oxigraph:
        ours = quad.graph_name != NamedNode(f"{BASE}graph/ontology") and quad.predicate in worded
        quads.add(Quad(quad.subject, quad.predicate, words if ours else quad.object, quad.graph_name))
    link = NamedNode("javascript:alert(1)")
    for node in {q.subject for q in quads.quads_for_pattern(None, TYPE, kg("State"), None)}:
        quads.add(Quad(node, NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch"), link))
    return Site.of(Store.over(quads), resources(), 10_000_000)


def test_words_that_would_do_harm_stay_words(harmful: Site) -> None:
    found = [
        ask(harmful, path) for path in ("/", event(harmful), "/actors", "/articles", "/q/claims", "/quality")
    ]
    actors = ask(harmful, "/actors").body.decode()
    paths = {part.partition('"')[0] for part in actors.split('href="')[1:]}
    found += [ask(harmful, path) for path in sorted(paths) if path.startswith("/actor/")][:3]

    for each in found:
        page = each.body.decode()
        assert each.status == 200
        for wrong in (
            "<script",
            "<img",
            'href="javascript:',
            '" onmouseover',
            "\u202e",
            "\x1b",
            "\x07",
            ">49<",
        ):
            assert wrong not in page


def test_no_cell_of_a_csv_is_a_formula(harmful: Site) -> None:
    for path in ("/timeline.csv", "/q/claims.csv", "/articles.csv", event(harmful) + ".csv"):
        rows = list(csv.reader(io.StringIO(ask(harmful, path).body.decode())))

        assert len(rows) > 1
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "@", "\t", "\r"))
            assert not (cell.startswith(("+", "-")) and not cell[1:].replace(".", "").isdigit())


def test_a_hostile_query_is_shown_as_words(site: Site) -> None:
    found = ask(site, "/sparql", query=f"SELECT * WHERE {{ BIND ('{SCRIPT}' AS ?a) }}")

    assert found.status == 200
    assert b"<script" not in found.body
    assert quote(SCRIPT) not in found.body.decode()
