"""Laws of finding and anchoring: nothing crashes, and a wider publication allows more."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from edtf_validate.valid_edtf import is_valid
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Window
from kg.timex import edtf
from kg.timex.context import Context, Tense
from kg.timex.find import find
from kg.timex.resolve import resolve

PHRASES = (
    *("today", "yesterday", "overnight", "last night", "the day before yesterday"),
    *("on Friday", "last Friday", "next Tuesday", "this Monday", "over the weekend"),
    *("last week", "this month", "next year", "late last year", "earlier this year"),
    *("last December", "next May", "last winter", "next summer", "in December last year"),
    *("two days ago", "three weeks ago", "a few months ago", "more than ten years ago"),
    *("recently", "over the past five years", "in recent weeks", "in the next few days"),
    *("since last year", "before last month", "after last Friday", "until last week"),
    *("in the first half of last year", "since yesterday", "before Friday", "by next Friday"),
)
WORDS = (
    *("on", "in", "the", "of", "from", "to", "until", "since", "last", "next", "late", "Back"),
    *("July", "May", "Dec.", "3", "31", "2024", "2024-02-30", "1990s", "Friday", "days", "two"),
    *("ago", "later", "then", "Then", "recently", ",", ".", "-", "year", "week", "Q1", "a few"),
)
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
tenses: st.SearchStrategy[Tense | None] = st.sampled_from(["past", "future", None])


@settings(deadline=None)
@given(texts)
def test_expressions_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = [timex.span for timex in find(text)]

    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert not any(a.overlaps(b) for a, b in pairwise(spans))


@settings(deadline=None)
@given(texts, days, tenses)
def test_whatever_is_found_resolves_to_valid_edtf_or_to_nothing(
    text: str, day: date, tense: Tense | None
) -> None:
    context = Context(edtf.day(day), edtf.day(day), tense=tense)
    windows = [resolve(timex, context).window for timex in find(text)]

    assert all(window is None or is_valid(window.edtf) for window in windows)


@pytest.mark.parametrize("words", PHRASES)
@settings(deadline=None)
@given(first=days, length=st.integers(0, 800), at=st.floats(0, 1), tense=tenses)
def test_a_window_of_publication_allows_all_that_each_of_its_days_gives(
    words: str, first: date, length: int, at: float, tense: Tense | None
) -> None:
    last = first + length * date.resolution
    day = first + round(at * length) * date.resolution
    window = edtf.one_of(first, last)
    assert window is not None

    wide = _resolved(words, Context(window, tense=tense))
    exact = _resolved(words, Context(edtf.day(day), tense=tense))

    assert wide is not None
    assert exact is not None
    assert edtf.covers(wide, exact)


@settings(deadline=None)
@given(first=days, length=st.integers(0, 30), tense=st.sampled_from(["past", "future"]))
def test_a_range_of_weekdays_runs_forwards(first: date, length: int, tense: Tense) -> None:
    window = edtf.one_of(first, first + length * date.resolution)

    found = _resolved("from Monday to Wednesday", Context(window, tense=tense))

    assert found is not None
    assert found.earliest is not None
    assert found.earliest.weekday() == 0
    assert found.latest is not None
    assert found.latest.weekday() == 2


def _resolved(words: str, context: Context) -> Window | None:
    (timex,) = find(words)
    return resolve(timex, context).window
