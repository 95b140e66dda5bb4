"""How narrative, frame, tense and a fuzzy publication anchor what a text says."""

from __future__ import annotations

import pytest

from kg.model import Window
from kg.timex.context import Context, Tense
from kg.timex.edtf_text import parse
from kg.timex.find import find
from kg.timex.resolve import resolve

ONE_YEAR = parse("[2025-02-01..2025-12-17]")
TWO_YEARS = parse("[2024-11-01..2025-02-10]")
FRAME = parse("2020-07-10/2025-07-10")


def dated(words: str, context: Context) -> str | None:
    (timex,) = find(words)
    window = resolve(timex, context).window
    return window.edtf if window else None


def tell(text: str, publication: Window | None, tense: Tense = "past") -> list[str | None]:
    context, told = Context(publication, tense=tense), []
    for timex in find(text):
        when = resolve(timex, context)
        context = context.told(timex, when)
        told.append(when.window.edtf if when.window else None)
    return told


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("last year", "2024"),
        ("this year", "2025"),
        ("before last month", "[..2025-10-31]"),
        ("before July 3", "[..2025-07-02]"),
        ("on July 3", "2025-07-03"),
        ("in December", "2025-12"),
        ("on December 20", "2024-12-20"),
        ("yesterday", "[2025-01-31..2025-12-16]"),
        ("last month", "[2025-01-01..2025-11-30]"),
        ("only recently", "[2024-11-01..2025-12-17]"),
        ("in late December last year", "[2024-12-21..2024-12-31]"),
        ("over the past five years", "2020-02-01/2025-12-17"),
    ],
)
def test_a_publication_within_one_year_widens_only_what_it_must(words: str, edtf: str) -> None:
    assert dated(words, Context(ONE_YEAR, tense="past")) == edtf


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("last year", "[2023-01-01..2024-12-31]"),
        ("on July 3", None),
        ("in December", None),
        ("last summer", "2024-22"),
        ("in 2014", "2014"),
        ("late last year", "[2023-09-01..2024-12-31]"),
        ("in late December last year", "[2023-12-21..2024-12-31]"),
    ],
)
def test_a_publication_across_years_never_pins_a_year(words: str, edtf: str | None) -> None:
    assert dated(words, Context(TWO_YEARS, tense="past")) == edtf


def test_a_page_clock_alone_bounds_only_the_end() -> None:
    context = Context(parse("[..2025-12-17]"), tense="past")

    assert dated("yesterday", context) == "[..2025-12-16]"
    assert dated("on July 3", context) is None


def test_a_fuzzy_anchor_gives_a_fuzzy_next_day() -> None:
    context = Context(narrative=parse("[2024-12-21..2024-12-31]"))

    assert dated("the very next day", context) == "[2024-12-22..2025-01-01]"


def test_each_date_becomes_the_anchor_of_the_next() -> None:
    text = "On July 3 they met. The very next day they left. Two days later they came back."

    assert tell(text, ONE_YEAR) == ["2025-07-03", "2025-07-04", "2025-07-06"]


def test_a_duration_does_not_move_the_narrative() -> None:
    text = "On July 3, 2024 they met. They talked for two days. The next day they left."

    assert tell(text, None) == ["2024-07-03", None, "2024-07-04"]


def test_an_open_stretch_does_not_move_the_narrative() -> None:
    text = "On July 3, 2024 they met. They had talked since 2014. The next day they left."

    assert tell(text, None) == ["2024-07-03", "2014-01-01/..", "2024-07-04"]


def test_then_after_an_event_inside_a_wider_frame_is_the_frame() -> None:
    context = Context(narrative=parse("2021-03-14"), frame=FRAME)

    assert dated("Then they left", context) == FRAME.edtf


def test_then_stays_inside_a_wider_frame() -> None:
    text = "Much changed over the past five years. In those years they met. Then they left."

    assert tell(text, parse("2025-07-10")) == [FRAME.edtf] * 3


def test_a_frame_is_what_the_same_days_and_the_meantime_point_at() -> None:
    context = Context(parse("2025-07-10"), frame=FRAME)

    assert dated("in the meantime", context) == FRAME.edtf
    assert dated("Almost in the same days", context) == FRAME.edtf


def test_then_is_the_month_after_a_dated_event_that_the_frame_does_not_hold() -> None:
    context = Context(narrative=parse("2019-03-14"), frame=FRAME)

    assert dated("Already then", context) == "[2019-03-14..2019-04-14]"


def test_then_of_the_past_ends_at_publication() -> None:
    context = Context(parse("2025-07-10"), parse("2025-07-03"), tense="past")

    assert dated("Already then", context) == "[2025-07-03..2025-07-10]"


def test_a_paragraph_ends_a_frame_and_a_heading_the_narrative() -> None:
    context = Context(narrative=parse("2019-03-14"), frame=FRAME)

    assert context.paragraph() == Context(narrative=parse("2019-03-14"))
    assert context.section() == Context()


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in the run-up to the vote", "[2024-02-03..2024-05-03]"),
        ("after the vote", "[2024-05-03..2025-07-10]"),
        ("since the vote", "2024-05-03/.."),
        ("during the vote", "2024-05-03"),
    ],
)
def test_an_event_that_the_caller_dates_anchors_what_lies_around_it(words: str, edtf: str) -> None:
    context = Context(parse("2025-07-10"), event=parse("2024-05-03"), tense="past")

    assert dated(words, context) == edtf


def test_the_anchors_say_what_was_counted_from() -> None:
    (timex,) = find("two days later")

    assert resolve(timex, Context(narrative=parse("2025-07-03"))).anchors == (
        "narrative 2025-07-03",
        "+2 day",
    )
