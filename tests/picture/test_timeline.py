"""The timeline: what is known solid, what is not dashed or dotted, hostile words harmless."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.picture.timeline import MOST, Mark, sort_of, timeline, when

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2031, 5, 3)


def read(svg: str) -> Element:
    return fromstring(svg)


def days(number: int) -> date:
    return DAY + timedelta(number)


def test_each_event_is_one_link_with_a_name_of_its_own() -> None:
    marks = [Mark(f"raid {n}", days(n), days(n), f"/event/raid-{n}", "actual", "raid") for n in range(40)]
    links = read(timeline(marks, "Raids")).findall(f".//{SVG}a")

    assert [link.get("href") for link in links] == [mark.href for mark in marks]
    assert len({link.get("aria-label") for link in links}) == 40


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (DAY, DAY, "exact"),
        (DAY, days(1), "near"),
        (DAY, days(31), "near"),
        (DAY, days(32), "wide"),
        (None, DAY, "wide"),
        (DAY, None, "wide"),
    ],
)
def test_a_day_is_exact_near_or_wide(earliest: date | None, latest: date | None, expected: str) -> None:
    assert sort_of(Mark("x", earliest, latest)) == expected


def test_a_known_day_is_a_dot_and_an_unknown_one_a_broken_line() -> None:
    exact, near = (timeline([Mark("x", DAY, days(n))], "t") for n in (0, 9))

    assert "<circle" in exact and "dasharray" not in exact
    assert "<circle" not in near and "dasharray" in near


@pytest.mark.parametrize(("earliest", "latest"), [(None, DAY), (DAY, None)])
def test_an_open_end_is_an_arrow(earliest: date | None, latest: date | None) -> None:
    svg = timeline([Mark("x", earliest, latest), Mark("y", days(-60), days(60))], "t")

    assert svg.count("<path") == 1


def test_what_has_no_day_is_left_out_and_that_is_said() -> None:
    svg = timeline([Mark("x", DAY, DAY), Mark("nowhen", None, None)], "t")

    assert "nowhen" not in svg
    assert "1 event without any date is left out" in svg


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark("x", DAY, DAY), "2031-05-03"),
        (Mark("x", DAY, days(1)), "2031-05-03 to 2031-05-04"),
        (Mark("x", DAY, None), "from 2031-05-03"),
        (Mark("x", None, DAY), "by 2031-05-03"),
    ],
)
def test_the_days_are_told_in_words(mark: Mark, words: str) -> None:
    assert when(mark) == words


def test_more_than_a_thousand_events_become_months_with_numbers() -> None:
    marks = [Mark(f"x{n}", days(n % 60), days(n % 60), f"/event/{n}") for n in range(MOST + 1)]
    texts = [each.text for each in read(timeline(marks, "t")).iter(f"{SVG}text")]
    numbers = [
        int(found[1]) for text in texts if (found := re.fullmatch(r"2031-\d\d: (\d+) events?", text or ""))
    ]

    assert sum(numbers) == MOST + 1


def test_many_months_become_years() -> None:
    marks = [Mark("x", days(40 * n), days(40 * n)) for n in range(MOST + 1)]
    texts = [each.text or "" for each in read(timeline(marks, "t")).iter(f"{SVG}text")]

    assert texts and all(re.fullmatch(r"\d{4}: \d+ events?", text) for text in texts)


def test_no_two_words_stand_on_one_line_at_one_place() -> None:
    marks = [
        Mark("a long name of something that happened somewhere far away " * 4, days(n), None)
        for n in range(9)
    ]
    places = [(t.get("x"), t.get("y")) for t in read(timeline(marks, "t")).iter(f"{SVG}text")]

    assert len(places) == len(set(places))


def test_the_names_of_ticks_do_not_meet() -> None:
    for length in (1, 20, 70, 200, 400, 900, 2000, 9000, 90000):
        root = read(timeline([Mark("x", DAY, days(length))], "t"))
        ticks = [t for t in root.findall(f"{SVG}text") if t.get("y") == "16"]
        at = [float((t.get("x") or "").removesuffix("%")) * 3.28 for t in ticks]
        ends = [x + len(t.text or "") * 6 for x, t in zip(at, ticks, strict=True)]

        assert all(end <= after for end, after in zip(ends, at[1:], strict=False)), length


@given(
    st.lists(
        st.builds(Mark, st.text(), st.dates() | st.none(), st.dates() | st.none(), st.text()), max_size=5
    )
)
def test_whatever_the_words_the_picture_is_well_formed(marks: list[Mark]) -> None:
    root = read(timeline(marks, "".join(mark.label for mark in marks)))

    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "style", "g", "a", "rect", "circle", "line", "path", "text",
    }  # fmt: skip


def test_hostile_words_stay_words() -> None:
    evil = '</text><script>alert(1)</script>"\u202e\x1b[31m'
    svg = timeline([Mark(evil, DAY, DAY, 'x" onload="alert(1)')], evil)

    assert "<script" not in svg and "\u202e" not in svg and "\x1b" not in svg
    assert read(svg).find(f".//{SVG}a").attrib.keys() == {"href", "aria-label"}  # type: ignore[union-attr]  # it is there


def test_it_is_a_group_because_links_in_an_image_cannot_be_reached() -> None:
    assert read(timeline([Mark("x", DAY, DAY, "/x")], "t")).get("role") == "group"


def test_every_process_draws_the_same_bytes() -> None:
    code = (
        "from datetime import date; from kg.picture.timeline import Mark, timeline;"
        "print(timeline([Mark(str(n), date(2031, 1, n), None, str(n)) for n in range(1, 30)], 't'))"
    )
    found = {
        subprocess.check_output([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    }

    assert len(found) == 1
