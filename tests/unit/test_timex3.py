"""A table of TIMEX3 extents, types and values, worked out by hand from a calendar.

Published on Monday 20 October 2008.
"""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest

from kg.model import Span
from kg.timex.edtf_text import parse
from kg.timex.find import find
from kg.timex.timex3 import annotate

PUBLISHED = parse("2008-10-20")

DATES = [
    ("It opened on May 3, 2004.", "May 3, 2004", "2004-05-03"),
    ("It opened on the 3rd of May 2004.", "the 3rd of May 2004", "2004-05-03"),
    ("It opened on 2004-05-03.", "2004-05-03", "2004-05-03"),
    ("It opened in May 2004.", "May 2004", "2004-05"),
    ("It opened in 2004.", "2004", "2004"),
    ("The 2004 edition won.", "2004", "2004"),
    ("It grew in the 1990s.", "the 1990s", "199"),
    ("It belongs to the 21st century.", "the 21st century", "20"),
    ("It grew from 1999-2003.", "1999-2003", "1999/2003"),
    ("It fell on Friday.", "Friday", "2008-10-17"),
    ("It fell on Monday.", "Monday", "2008-10-20"),
    ("It will open on Friday.", "Friday", "2008-10-24"),
    ("They agreed to talk and met on Friday.", "Friday", "2008-10-17"),
    ("It fell last Thursday.", "last Thursday", "2008-10-16"),
    ("Yesterday it fell.", "Yesterday", "2008-10-19"),
    ("It fell in March.", "March", "2008-03"),
    ("It would close in January.", "January", "2009-01"),
    ("It fell last week.", "last week", "2008-W42"),
    ("It fell over the weekend.", "the weekend", "2008-W42-WE"),
    ("It was sold late last year.", "late last year", "2007"),
    ("It must sell by the end of the year.", "the end of the year", "2008"),
    ("It will sell in the first week of March.", "the first week of March", "2009-03"),
    ("It opens in the week of June 8, 2009.", "the week of June 8, 2009", "2009-W24"),
    ("It was sold two weeks ago.", "two weeks ago", "2008-W41"),
    ("It was sold three months ago.", "three months ago", "2008-07"),
    ("It was sold five years ago.", "five years ago", "2003"),
    ("It was sold more than two years ago.", "more than two years ago", "2006"),
    ("It was sold nearly two years ago.", "nearly two years ago", "2006"),
    ("Its October sales fell.", "October", "2008-10"),
    ("It was sold in the year 2000.", "the year 2000", "2000"),
    ("It was sold a few days ago.", "a few days ago", "PAST_REF"),
    ("It opened on Christmas Eve.", "Christmas Eve", "2007-12-24"),
    ("It will open on Thanksgiving.", "Thanksgiving", "2008-11-27"),
    ("It opened on Labor Day 2006.", "Labor Day 2006", "2006-09-04"),
    ("It opened on Memorial Day 2006.", "Memorial Day 2006", "2006-05-29"),
]
BUSINESS = [
    ("It lost money in the first quarter of 2007.", "the first quarter of 2007", "2007-Q1"),
    ("Its third-quarter loss grew.", "third-quarter", "2008-Q3"),
    ("Its Q4 2007 loss grew.", "Q4 2007", "2007-Q4"),
    ("It lost money in the fourth quarter of last year.", "the fourth quarter of last year", "2007-Q4"),
    ("It lost money in the last quarter.", "the last quarter", "2008-Q3"),
    ("It will earn more this quarter.", "this quarter", "2008-Q4"),
    ("It earned little for the quarter.", "the quarter", "2008-Q3"),
    ("It opens in the second half of 2009.", "the second half of 2009", "2009-H2"),
    ("Its first-half loss grew.", "first-half", "2008-H1"),
    ("It opened in the summer of 2006.", "the summer of 2006", "2006-SU"),
    ("It earned most in the final quarter of 2007.", "the final quarter of 2007", "2007-Q4"),
    ("It earned most in the June quarter.", "the June quarter", "2008-Q2"),
    ("Its fiscal 2007 sales grew.", "fiscal 2007", "FY2007"),
    ("Sales grew last fiscal year.", "last fiscal year", "FY2007"),
    ("Sales grew by the end of the fiscal year.", "the end of the fiscal year", "FY2008"),
    ("Sales grew in late fiscal 2007.", "late fiscal 2007", "FY2007"),
    ("Sales grew in FY07.", "FY07", "FY2007"),
    ("Sales of the 2007 fiscal year grew.", "the 2007 fiscal year", "FY2007"),
    ("It lost money in last year's first quarter.", "last year's first quarter", "2007-Q1"),
    ("It earned more a year earlier.", "a year earlier", "2007"),
    ("It earned more in the same period last year.", "the same period last year", "2007"),
]
TIMES = [
    ("It fell on Tuesday morning.", "Tuesday morning", "2008-10-14TMO"),
    ("It fell last night.", "last night", "2008-10-19TNI"),
    ("It fell overnight.", "overnight", "2008-10-20TNI"),
    ("It fell in the afternoon.", "the afternoon", "2008-10-20TAF"),
    ("It fell on the morning of October 10.", "the morning of October 10", "2008-10-10TMO"),
    ("It fell at 10 a.m. Eastern Time.", "10 a.m. Eastern Time", "2008-10-20T10:00"),
    ("It fell by 3:30pm.", "3:30pm", "2008-10-20T15:30"),
    ("It fell (at 14:10 UTC).", "14:10 UTC", "2008-10-20T14:10"),
    ("It fell at 9:30 a.m. Friday.", "9:30 a.m. Friday", "2008-10-17T09:30"),
    ("It fell at midday.", "midday", "2008-10-20T12:00"),
    ("It fell at midnight.", "midnight", "2008-10-20T00:00"),
]
DURATIONS = [
    ("It was shut for three days.", "three days", "P3D"),
    ("It was shut for nearly two years.", "nearly two years", "P2Y"),
    ("It has made them for more than a decade.", "more than a decade", "P10Y"),
    ("It has at least three weeks.", "at least three weeks", "P3W"),
    ("It has to wait a year and a half.", "a year and a half", "P1.5Y"),
    ("It takes three to five years.", "three to five years", "P5Y"),
    ("It was halted for 15 minutes.", "15 minutes", "PT15M"),
    ("Sales halved over the past 52 weeks.", "the past 52 weeks", "P52W"),
    ("Sales halved in the past decade.", "the past decade", "P10Y"),
    ("Sales halved in recent years.", "recent years", "PXY"),
    ("They have talked for years.", "years", "PXY"),
    ("They have talked for several months.", "several months", "PXM"),
    ("It lost money for two straight quarters.", "two straight quarters", "P2Q"),
    ("It fell to an 18-month low.", "18-month", "P18M"),
    ("They signed a multi-year deal.", "multi-year", "PXY"),
    ("It lasted half an hour.", "half an hour", "PT30M"),
    ("It lasted a long period of time.", "a long period of time", "PXD"),
]
SETS = [
    ("They meet every Monday.", "every Monday", "XXXX-WXX-1"),
    ("They meet each week.", "each week", "P1W"),
    ("They meet every two weeks.", "every two weeks", "P2W"),
    ("They meet every morning.", "every morning", "XXXX-XX-XXTMO"),
    ("It costs 30 dollars a month.", "a month", "P1M"),
    ("It pays twice a year.", "a year", "P1Y"),
    ("It makes nine per day.", "per day", "P1D"),
    ("Its annual report is out.", "annual", "P1Y"),
    ("Annual sales fell.", "Annual", "P1Y"),
]
POINTERS = [
    ("It currently makes four.", "currently", "PRESENT_REF"),
    ("It makes none at the moment.", "the moment", "PRESENT_REF"),
    ("It recently made one.", "recently", "PAST_REF"),
    ("It will make more in the near future.", "the near future", "FUTURE_REF"),
    ("It later made one.", "later", "XXXX-XX-XX"),
]
NOT_MARKED = [
    "Three quarters of them, and a quarter of ours, left.",
    "A second plane flew on Flight 2004 to Room 2008.",
    "It cost $1999, and 2,008 others came to see No. 2001.",
    "A 65-year-old man, 12 years old at heart, may march in a night shirt.",
    "It will cut 2000 jobs now that sales fell; the Sunday Times said so.",
    "The ratio is 29:30, and 61 p.m. is no hour.",
    "Mrs May spoke first of the quarterback and the third man.",
]


def marked(text: str) -> list[tuple[str, str, str]]:
    return [(t.span.of(text), t.type, t.value) for t in annotate(text, PUBLISHED)]


@pytest.mark.parametrize(("text", "words", "value"), DATES + BUSINESS + POINTERS)
def test_a_date_has_its_extent_and_value(text: str, words: str, value: str) -> None:
    assert marked(text) == [(words, "DATE", value)]


@pytest.mark.parametrize(("text", "words", "value"), TIMES)
def test_a_time_of_day_belongs_to_a_day(text: str, words: str, value: str) -> None:
    assert marked(text) == [(words, "TIME", value)]


@pytest.mark.parametrize(("text", "words", "value"), DURATIONS)
def test_a_length_has_a_period_for_its_value(text: str, words: str, value: str) -> None:
    assert marked(text) == [(words, "DURATION", value)]


@pytest.mark.parametrize(("text", "words", "value"), SETS)
def test_what_recurs_is_a_set(text: str, words: str, value: str) -> None:
    assert marked(text) == [(words, "SET", value)]


@pytest.mark.parametrize("text", NOT_MARKED)
def test_what_is_no_time_is_not_marked(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It grew from 2001 to 2005.", ["2001", "2005"]),
        ("It grew in 2005. It fell the previous week.", ["2005", "2008-W42"]),
        ("It lost in the first quarter, as in the same quarter of 2006.", ["2008-Q1", "2006-Q1"]),
        ("It lost money in the third quarter, against a gain a year earlier.", ["2008-Q3", "2007-Q3"]),
        ("It met on May 3, 2004. The next day it closed.", ["2004-05-03", "2004-05-04"]),
        ("At 4 p.m. on Friday it closed.", ["2008-10-17T16:00", "2008-10-17"]),
        ("On Friday it opened. At 4 p.m. it closed.", ["2008-10-17", "2008-10-17T16:00"]),
        ("It was sold in May 2004, and in June it closed.", ["2004-05", "2008-06"]),
        ("The third quarter was bad. For the quarter it lost money.", ["2008-Q3", "2008-Q3"]),
    ],
)
def test_a_value_may_count_from_what_was_told_before_it(text: str, values: list[str]) -> None:
    assert [value for _, _, value in marked(text)] == values


@pytest.mark.parametrize("text", ["It fell on Friday.", "It fell last year.", "It fell in March."])
def test_without_a_day_of_publication_the_value_stays_open(text: str) -> None:
    published = parse("[2008-10-01..2008-10-20]")

    assert [t.value for t in annotate(text, published)] == ["XXXX-XX-XX"]
    assert [t.value for t in annotate(text, None)] == ["XXXX-XX-XX"]


def test_an_hour_of_an_unknown_day_keeps_its_hour() -> None:
    assert [t.value for t in annotate("It fell at 10:30.", None)] == ["XXXX-XX-XXT10:30"]


def test_what_lies_outside_the_calendar_has_no_value() -> None:
    assert [t.value for t in annotate("It fell yesterday.", parse("0001-01-01"))] == ["XXXX-XX-XX"]


def test_the_modifier_of_one_expression_is_never_taken_from_another() -> None:
    assert [words for words, _, _ in marked("It ran 3 days of 2004.")] == ["3 days", "2004"]


def test_many_times_in_one_sentence_cost_no_more_each() -> None:
    def seconds(count: int) -> float:
        started = process_time()
        annotate("Monday " * count, PUBLISHED)
        return (process_time() - started) / count

    assert min(seconds(2000) for _ in range(3)) < 5 * min(seconds(200) for _ in range(3))


def test_a_block_that_is_not_given_is_not_read() -> None:
    text = "Sold in 2004.\n\nSold in 2005."

    assert [t.value for t in annotate(text, PUBLISHED, [Span(15, len(text))])] == ["2005"]


@pytest.mark.parametrize("text", [row[0] for row in SETS + POINTERS if row[1] != "recently"])
def test_what_only_timex3_marks_never_reaches_extraction(text: str) -> None:
    assert find(text) == ()


DOCS = (Path(__file__).parents[2] / "docs" / "time.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| ([^|`]+) \| ([A-Z]+) \| ([^|]+) \|$", DOCS[DOCS.index("## TIMEX3") :], re.MULTILINE)


@pytest.mark.parametrize(("words", "kind", "values"), [row for row in TABLE if '"' not in row[0]])
def test_an_example_of_the_documentation_holds(words: str, kind: str, values: str) -> None:
    found = [(t.type, t.value) for one in words.split(" · ") for t in annotate(one, PUBLISHED)]

    assert found == [(kind, value.strip("`")) for value in values.split(" · ")]
