"""A table of phrases, with dates computed by hand from a calendar.

Published on Thursday 10 July 2025; the narrative anchor is Friday 14 March 2025.
"""

from __future__ import annotations

import re

import pytest

from kg.model import Span
from kg.timex.context import Context, Tense
from kg.timex.edtf_text import parse
from kg.timex.find import find
from kg.timex.resolve import resolve

PUBLISHED = parse("2025-07-10")
TOLD = parse("2025-03-14")

CALENDAR = [
    ("They met on July 3, 2024.", "on July 3, 2024", "2024-07-03"),
    ("They met on 3 July 2024.", "on 3 July 2024", "2024-07-03"),
    ("They met on the 3rd of July 2024.", "on the 3rd of July 2024", "2024-07-03"),
    ("They met on Jul. 3, 2024.", "on Jul. 3, 2024", "2024-07-03"),
    ("Signed 2024-07-03 in Bern.", "2024-07-03", "2024-07-03"),
    ("Signed 23/07/2024 in Bern.", "23/07/2024", "2024-07-23"),
    ("Signed 07/23/2024 in Bern.", "07/23/2024", "2024-07-23"),
    ("They met on Wednesday, July 3, 2024.", "on Wednesday, July 3, 2024", "2024-07-03"),
    ("They met on 29 February 2024.", "on 29 February 2024", "2024-02-29"),
    ("They met on July 3.", "on July 3", "2025-07-03"),
    ("They met on December 3.", "on December 3", "2024-12-03"),
    ("They met on 3 July last year.", "on 3 July last year", "2024-07-03"),
    ("They met in July 2024.", "in July 2024", "2024-07"),
    ("They met in March.", "in March", "2025-03"),
    ("They met in December.", "in December", "2024-12"),
    ("They met last December.", "last December", "2024-12"),
    ("They met in mid-July 2024.", "in mid-July 2024", "[2024-07-11..2024-07-20]"),
    (
        "It fell in late December last year.",
        "in late December last year",
        "[2024-12-21..2024-12-31]",
    ),
    ("It fell in early May.", "in early May", "[2025-05-01..2025-05-10]"),
    (
        "It fell at the end of February 2024.",
        "at the end of February 2024",
        "[2024-02-21..2024-02-29]",
    ),
    ("It fell in 2024.", "in 2024", "2024"),
    ("Back in 2024, they met.", "Back in 2024", "2024"),
    ("It fell in late 2023.", "in late 2023", "[2023-09-01..2023-12-31]"),
    ("It fell in early 2023.", "in early 2023", "[2023-01-01..2023-04-30]"),
    ("The 2020 ceasefire failed.", "2020", "2020"),
    ("The treaty (1994) failed.", "1994", "1994"),
    ("It was the fashion of the 1990s.", "the 1990s", "199X"),
    ("It began in the late 1990s.", "in the late 1990s", "[1997-01-01..1999-12-31]"),
    ("It fell in the summer of 2023.", "in the summer of 2023", "2023-22"),
    ("It fell in spring 2023.", "in spring 2023", "2023-21"),
    ("It fell last autumn.", "last autumn", "2024-23"),
    ("Sales fell in the third quarter of 2024.", "in the third quarter of 2024", "2024-35"),
    ("Sales fell in Q1 2024.", "in Q1 2024", "2024-33"),
    ("Sales fell in the second half of last year.", "in the second half of last year", "2024-41"),
    ("They met around 3 July 2024.", "around 3 July 2024", "2024-07-03~"),
]
RELATIVE = [
    ("They met today.", "today", "2025-07-10"),
    ("Yesterday they met.", "Yesterday", "2025-07-09"),
    ("They met the day before yesterday.", "the day before yesterday", "2025-07-08"),
    ("They met last night.", "last night", "2025-07-09"),
    ("They met overnight.", "overnight", "[2025-07-09..2025-07-10]"),
    ("They met on Friday.", "on Friday", "2025-07-04"),
    ("They met on Thursday.", "on Thursday", "2025-07-10"),
    ("They met on Monday night.", "on Monday night", "2025-07-07"),
    ("They met last Friday.", "last Friday", "2025-07-04"),
    ("They met last Monday.", "last Monday", "[2025-06-30..2025-07-07]"),
    ("They met over the weekend.", "over the weekend", "[2025-07-05..2025-07-06]"),
    ("They met last year.", "last year", "2024"),
    ("They met earlier this year.", "earlier this year", "[2025-01-01..2025-07-10]"),
    ("They met late last year.", "late last year", "[2024-09-01..2024-12-31]"),
    ("They met last month.", "last month", "2025-06"),
    ("They met earlier this month.", "earlier this month", "[2025-07-01..2025-07-10]"),
    ("It fell at the start of the year.", "at the start of the year", "[2025-01-01..2025-04-30]"),
    ("They met three hours ago.", "three hours ago", "[2025-07-09..2025-07-10]"),
    ("They met 24 hours ago.", "24 hours ago", "2025-07-09"),
    ("They met more than ten days ago.", "more than ten days ago", "[2025-06-25..2025-06-30]"),
    ("They met last week.", "last week", "[2025-06-30..2025-07-06]"),
    ("They met this week.", "this week", "[2025-07-07..2025-07-13]"),
    ("They met earlier this week.", "earlier this week", "[2025-07-07..2025-07-10]"),
    ("They met two days ago.", "two days ago", "2025-07-08"),
    ("They met 10 days ago.", "10 days ago", "2025-06-30"),
    ("They met three weeks ago.", "three weeks ago", "[2025-06-16..2025-06-22]"),
    ("They met a few days ago.", "a few days ago", "[2025-07-04..2025-07-08]"),
    ("They met two years ago.", "two years ago", "[2023-01-10..2024-01-10]"),
    ("They met half a year ago.", "half a year ago", "[2024-01-10..2025-07-10]"),
    ("They met after the July 2024 attack.", "after the July 2024", "[2024-08-01..2025-07-10]"),
    ("They met recently.", "recently", "[2025-04-10..2025-07-10]"),
    ("They have only recently met.", "only recently", "[2025-04-10..2025-07-10]"),
    ("The last few months were calm.", "The last few months", "2025-01-10/2025-07-10"),
    ("They met over the past five years.", "over the past five years", "2020-07-10/2025-07-10"),
    ("They met in recent weeks.", "in recent weeks", "2025-05-29/2025-07-10"),
    ("They met during the past year.", "during the past year", "2024-07-10/2025-07-10"),
    ("They ruled since 2014.", "since 2014", "2014-01-01/.."),
    ("They ruled until May 2014.", "until May 2014", "../2014-05-31"),
    ("They left before July 2024.", "before July 2024", "[..2024-06-30]"),
    ("They left after 3 July 2024.", "after 3 July 2024", "[2024-07-04..2025-07-10]"),
    ("They left by Monday.", "by Monday", "[..2025-07-07]"),
    ("They met from 3 to 5 May.", "from 3 to 5 May", "2025-05-03/2025-05-05"),
    ("They met on July 3-5, 2024.", "on July 3-5, 2024", "2024-07-03/2024-07-05"),
    ("It fell between May and July 2024.", "between May and July 2024", "[2024-05-01..2024-07-31]"),
    ("It ran from 2014 to 2016.", "from 2014 to 2016", "2014-01-01/2016-12-31"),
]  # fmt: skip
RELATIVE += [
    ("It ran from May to June 2024.", "from May to June 2024", "2024-05-01/2024-06-30"),
    ("It ran from November to May 2024.", "from November to May 2024", "2023-11-01/2024-05-31"),
    (
        "From 3 May 2024 until 5 June 2024",
        "From 3 May 2024 until 5 June 2024",
        "2024-05-03/2024-06-05",
    ),
    ("It was twenty-five days ago.", "twenty-five days ago", "2025-06-15"),
    ("Weeks ago they met.", "Weeks ago", "[2025-05-05..2025-06-29]"),
]
FUTURE = [
    ("They will meet tomorrow.", "tomorrow", "2025-07-11"),
    ("They will meet on Friday.", "on Friday", "2025-07-11"),
    ("They will meet next Tuesday.", "next Tuesday", "2025-07-15"),
    ("They will meet next Saturday.", "next Saturday", "[2025-07-12..2025-07-19]"),
    ("They will meet on January 3.", "on January 3", "2026-01-03"),
    ("They will meet on August 3.", "on August 3", "2025-08-03"),
    ("They will meet next month.", "next month", "2025-08"),
    ("They will meet next year.", "next year", "2026"),
    ("They will meet in the next three days.", "in the next three days", "2025-07-10/2025-07-13"),
    ("They will leave by the end of this year.", "by the end of this year", "[..2025-12-31]"),
]
NARRATIVE = [
    ("The next day they met.", "The next day", "2025-03-15"),
    ("The very next day, they met.", "The very next day", "2025-03-15"),
    ("Next day they met.", "Next day", "2025-03-15"),
    ("They met the following day.", "the following day", "2025-03-15"),
    ("They met the following Monday.", "the following Monday", "2025-03-17"),
    ("They met the following Friday.", "the following Friday", "2025-03-21"),
    ("They met the previous Friday.", "the previous Friday", "2025-03-07"),
    ("They met the previous day.", "the previous day", "2025-03-13"),
    ("They met on the same day.", "on the same day", "2025-03-14"),
    ("They met that night.", "that night", "2025-03-14"),
    ("They met that same month.", "that same month", "2025-03"),
    ("They met the same year.", "the same year", "2025"),
    ("They met the following week.", "the following week", "[2025-03-17..2025-03-23]"),
    ("They met the following month.", "the following month", "2025-04"),
    ("They met the previous year.", "the previous year", "2024"),
    ("Two days later they met.", "Two days later", "2025-03-16"),
    ("They had met two days earlier.", "two days earlier", "2025-03-12"),
    ("They met three weeks later.", "three weeks later", "[2025-04-01..2025-04-07]"),
    ("They met a month later.", "a month later", "[2025-03-30..2025-04-29]"),
    ("They met several hours later.", "several hours later", "[2025-03-14..2025-03-15]"),
    ("They had met the day before.", "the day before", "2025-03-13"),
    ("Already then they met.", "Already then", "[2025-03-14..2025-04-14]"),
    ("Then they met.", "Then", "[2025-03-14..2025-04-14]"),
    ("Shortly after, they met.", "Shortly after", "[2025-03-14..2025-04-14]"),
    ("They met at the same time.", "at the same time", "2025-03-14"),
    ("Almost in the same days they met.", "Almost in the same days", "2025-03-14"),
    ("In the meantime they met.", "In the meantime", "[2025-03-14..2025-07-10]"),
    ("They have met since then.", "since then", "2025-03-14/.."),
]
UNDATED = [
    ("They met in winter.", "in winter"),
    ("They fought for three days.", "for three days"),
    ("It was a 12-day war.", "12-day"),
    ("It calmed in the run-up to the vote.", "in the run-up to the vote"),
    ("They met after the ceasefire collapsed.", "after the ceasefire collapsed"),
    ("It happened 9,000 years ago, or hundreds of years ago.", None),
    ("It happened 9000 years ago.", "9000 years ago"),
]
NOT_TIMES = [
    "They may leave. May spoke to March about it.",
    "Mrs May said so, and April Smith agreed with August Braun.",
    "The second man and the third woman came 3 times.",
    "More than 1,000 were there, 2024 people in all.",
    "A total of 2024 votes, or 2024.5 points, went to 2,024 others.",
    "The crowd will march on the palace. March on!",
    "The 12-year-old reads the Sunday Times.",
    "If it rains, then the then-president stays.",
    "On 30 February 2024 nothing can happen.",
    "Signed 03/07/2024 somewhere.",
    "Kabul saw the fall of the regime in the fall of the capital.",
    "The room is 2024 metres high and holds 1850 homes.",
    "They meet every Monday, each Friday night and every other Sunday.",
    "Black Friday sales and Good Friday prayers.",
    "He saw for the first time the last days of the war.",
    "At the same time as the rest, one second passed.",
]


def read(sentence: str, tense: Tense) -> list[tuple[str, str | None]]:
    known = Context(PUBLISHED, TOLD, tense=tense)
    found = find(sentence)
    return [
        (timex.span.of(sentence), when.window.edtf if when.window else None)
        for timex in found
        for when in [resolve(timex, known)]
    ]


@pytest.mark.parametrize(("sentence", "words", "edtf"), CALENDAR + RELATIVE + NARRATIVE)
def test_a_past_phrase_gives_its_date(sentence: str, words: str, edtf: str) -> None:
    assert read(sentence, "past") == [(words, edtf)]


@pytest.mark.parametrize(("sentence", "words", "edtf"), FUTURE)
def test_a_future_phrase_gives_its_date(sentence: str, words: str, edtf: str) -> None:
    assert read(sentence, "future") == [(words, edtf)]


@pytest.mark.parametrize(("sentence", "words"), UNDATED)
def test_a_phrase_that_nothing_anchors_stays_undated(sentence: str, words: str | None) -> None:
    assert read(sentence, "past") == ([] if words is None else [(words, None)])


@pytest.mark.parametrize("sentence", NOT_TIMES)
def test_what_is_no_time_is_not_found(sentence: str) -> None:
    assert find(sentence) == ()


@pytest.mark.parametrize(("sentence", "words", "edtf"), NARRATIVE)
def test_a_narrative_phrase_without_an_anchor_stays_undated(sentence: str, words: str, edtf: str) -> None:
    (timex,) = find(sentence)

    assert resolve(timex, Context(PUBLISHED, tense="past")).window is None


@pytest.mark.parametrize(
    "sentence",
    [row[0] for row in RELATIVE + CALENDAR + FUTURE if not re.search(r"\d{4}", row[0])],
)
def test_nothing_is_dated_without_a_year_or_a_publication(sentence: str) -> None:
    (timex,) = find(sentence)

    assert resolve(timex, Context(tense="past")).window is None


def test_the_offsets_count_from_the_start_of_the_whole_text() -> None:
    text = "Nothing on Monday. They met on Friday."

    assert [t.span.of(text) for t in find(text, Span(19, len(text)))] == ["on Friday"]


def test_a_sentence_may_begin_after_any_space() -> None:
    text = "They met.  Then they left.\n   Next day they wrote."
    starts = [t.span.of(text) for t in find(text)]

    assert starts == ["Then", "Next day"]
    assert [t.span.of(text) for t in find(text, Span(11, 26))] == ["Then"]


def test_a_day_ahead_without_a_tense_stays_undated() -> None:
    (timex,) = find("A summit on December 3.")

    assert resolve(timex, Context(PUBLISHED)).window is None


def test_a_weekday_without_a_tense_may_be_the_one_before_or_after() -> None:
    (timex,) = find("A summit on Friday.")
    window = resolve(timex, Context(PUBLISHED)).window

    assert window == parse("[2025-07-04..2025-07-11]")
