"""The map: points on degrees, cropped to them, with names that do not lie on each other."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from kg.picture.boxes import Box, first_free
from kg.picture.map import Spot, map_of

SVG = "{http://www.w3.org/2000/svg}"


def points(root: Element) -> list[tuple[float, float]]:
    circles = [c for c in root.iter(f"{SVG}circle") if c.get("class") == "full"]
    return [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in circles]


def test_north_is_up_and_east_is_right() -> None:
    spots = [Spot("north", 60, 10), Spot("south", 40, 10), Spot("east", 50, 30)]
    north, south, east = points(fromstring(map_of(spots, "t")))

    assert north[1] < east[1] < south[1]
    assert east[0] > north[0] == south[0]


def test_a_map_across_the_date_line_stays_small() -> None:
    svg = map_of([Spot("Fiji", -17, 178), Spot("Samoa", -14, -172)], "t")
    left, right = points(fromstring(svg))

    assert left[0] < right[0]
    assert ">0°<" not in svg


def test_each_place_is_a_link_with_its_name_and_number() -> None:
    link = fromstring(map_of([Spot("Oslo", 59.9, 10.7, "/place/oslo", 3)], "t")).find(f".//{SVG}a")

    assert link is not None and link.get("aria-label") == "Oslo: 3 events"


def test_a_name_without_room_is_left_to_the_description() -> None:
    spots = [Spot(f"Town{n}", 50 + n / 10000, 10, f"/{n}") for n in range(30)]
    root = fromstring(map_of(spots, "t"))
    names = [text.text for text in root.iter(f"{SVG}text") if (text.text or "").startswith("Town")]

    assert len(names) < 30
    assert len(root.findall(f".//{SVG}a")) == 30


def test_the_area_of_a_circle_grows_with_the_number() -> None:
    root = fromstring(map_of([Spot("a", 0, 0, count=1), Spot("b", 9, 9, count=100)], "t"))
    few, many = (float(c.get("r", "")) for c in root.iter(f"{SVG}circle") if c.get("class") == "full")

    assert few < many


SPOT = st.builds(Spot, st.text(), st.floats(-90, 90), st.floats(-180, 180), st.text(), st.integers(0, 10**9))


@given(st.lists(SPOT, max_size=12))
def test_every_point_lies_on_the_map(spots: list[Spot]) -> None:
    root = fromstring(map_of(spots, "t"))
    _, _, wide, high = map(float, root.get("viewBox", "").split())

    assert len(points(root)) == len(spots)
    assert all(0 <= x <= wide and 0 <= y <= high for x, y in points(root))


def test_what_is_nowhere_on_earth_is_not_drawn() -> None:
    assert points(fromstring(map_of([Spot("x", 91, 0), Spot("y", float("nan"), 0)], "t"))) == []


def test_a_box_is_placed_only_where_none_lies() -> None:
    whole, taken = Box(0, 0, 10, 10), Box(0, 0, 4, 4)

    assert first_free([Box(3, 3, 6, 6), Box(8, 8, 12, 9), Box(5, 5, 9, 9)], [taken], whole) == 2
    assert first_free([Box(3, 3, 6, 6)], [taken], whole) is None
