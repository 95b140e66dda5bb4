"""The page of the vocabulary is made from the ontology's own words, and is the ontology as RDF."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.resources import Resources, shipped
from kg.store import Store
from kg.web.asked import Asked
from kg.web.respond import respond
from kg.web.site import Site

HTML = {"Accept": "text/html"}
TERM = re.compile(r"^kg:(\w+) a owl:(?:Class|\w*Property)", re.MULTILINE)


@pytest.fixture(scope="module")
def page(site: str) -> str:
    return httpx.get(f"{site}/vocabulary", headers=HTML, timeout=60).text


def test_each_class_and_property_has_a_place_of_its_own(page: str) -> None:
    files = [shipped() / "ontology" / name for name in ("kg.ttl", "plover.ttl")]
    files += (shipped() / "ontology" / "events").glob("*.ttl")
    names = {name for path in files for name in TERM.findall(path.read_text("utf-8"))}
    ids = re.findall(r' id="(\w+)"', page)

    assert len(names) > 100
    assert names <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_type_has_its_comment_code_and_examples(page: str) -> None:
    raid = page[page.index('id="Raid"') :].partition("</article>")[0]

    assert "Officials or armed men force their way in" in raid
    assert "PLOVER COERCE" in raid
    assert "Police raided the warehouse at dawn." in raid
    assert '<a href="#Coerce">' in raid


def test_every_link_in_the_page_leads_to_a_term(page: str) -> None:
    ids = set(re.findall(r' id="([^"]+)"', page))

    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_its_turtle_is_the_ontology_itself(client: httpx.Client) -> None:
    data = client.get("/vocabulary.ttl").content
    found = {quad.triple for quad in parse(data, format=RdfFormat.TURTLE)}
    core = parse(path=str(shipped() / "ontology" / "kg.ttl"), format=RdfFormat.TURTLE)
    named = {
        quad.triple
        for quad in core
        if isinstance(quad.subject, NamedNode) and "BlankNode" not in repr(quad.object)
    }

    assert len(named) > 300
    assert named <= found
    assert client.get("/vocabulary.ttl").content == data


def test_a_type_of_ones_own_is_on_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "ontology" / "events"
    folder.mkdir(parents=True)
    text = (shipped() / "ontology" / "events" / "raid.ttl").read_text("utf-8")
    own = text.replace("kg:Raid", "kg:Picnic").replace('"raid"@en', '"<b>picnic"@en')
    (folder / "picnic.ttl").write_text(own, "utf-8")
    site = Site.of(Store.memory(), Resources((shipped(), tmp_path)), 2**31)
    page = respond(site, Asked("/vocabulary", accept="text/html")).body.decode()

    assert 'id="Picnic"' in page
    assert "&lt;b&gt;picnic" in page and "<b>picnic" not in page


def test_the_kind_of_a_thing_leads_to_its_term(client: httpx.Client) -> None:
    listed = client.get("/", headers=HTML).text
    event = re.search(r'href="(/event/[^"]+)"', listed)
    assert event is not None

    assert re.search(r'href="/vocabulary#\w+"', client.get(event[1], headers=HTML).text)
