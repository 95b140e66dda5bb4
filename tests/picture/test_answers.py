"""Answers become pictures by the names of their columns."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from pyoxigraph import Literal, NamedNode

from kg.picture.answers import can_draw, identifiers, map_from, network_of, timeline_of, without_point
from kg.query import Answer
from kg.resources import shipped
from kg.saved import load_query

SVG = "{http://www.w3.org/2000/svg}"
ONE, TWO = NamedNode("https://example.org/1"), NamedNode("https://example.org/2")
PLACES = Answer(
    ("place", "label", "match", "count"),
    ((ONE, Literal("Here"), Literal("m1"), Literal("3")), (TWO, Literal("There"), Literal(""), Literal("1"))),
)


def page(iri: str) -> str:
    return f"/page{iri[-1]}"


def links(svg: str) -> list[str | None]:
    return [link.get("href") for link in fromstring(svg).findall(f".//{SVG}a")]


def test_an_event_with_several_rows_is_drawn_once_in_its_first_place() -> None:
    rows = tuple((Literal("2031-05-03"), event) for event in (ONE, TWO, ONE))

    assert links(timeline_of(Answer(("earliest", "event"), rows), "t", page)) == ["/page1", "/page2"]


def test_a_day_that_is_none_bounds_nothing() -> None:
    row = (Literal("2031-05-03"), Literal("-44-03-15"), ONE)

    assert "from 2031-05-03" in timeline_of(Answer(("earliest", "latest", "event"), (row,)), "t", page)


def test_the_rows_between_two_are_added_up() -> None:
    row = (ONE, Literal("A"), TWO, Literal("B"), Literal("2"))
    columns = ("source", "sourceLabel", "target", "targetLabel", "count")

    assert "A; acts on B (4)" in network_of(Answer(columns, (row, row)), "t", page)


def test_a_place_without_coordinates_is_named_and_not_drawn() -> None:
    points = {"m1": (50.0, 8.0)}

    assert links(map_from(PLACES, "t", page, points)) == ["/page1"]
    assert without_point(PLACES, points) == ["There"]
    assert identifiers(PLACES) == ("m1",)


def test_where_no_place_is_known_there_is_no_map() -> None:
    assert map_from(PLACES, "t", page, {}) == ""


def test_an_answer_without_rows_or_columns_is_not_drawn() -> None:
    assert not can_draw("map", Answer(PLACES.columns, ()))
    assert not can_draw("timeline", PLACES)
    assert not can_draw("table", PLACES)


@pytest.mark.parametrize("path", sorted((shipped() / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_each_shipped_question_has_the_columns_that_its_picture_needs(path: Path) -> None:
    saved = load_query(path)
    columns = tuple(name for name, _ in saved.columns)

    assert saved.view not in ("timeline", "network", "map") or can_draw(saved.view, Answer(columns, ((),)))
