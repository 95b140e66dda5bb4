"""Laws of TIMEX3: extents lie apart and in order, values are well formed, nothing crashes."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.timex import edtf
from kg.timex.timex3 import annotate

DAY = r"(?:\d{4}|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?)?"
NAMED = r"(?:Q[1-4]|H[12]|SP|SU|FA|WI|W\d\d(?:-WE)?)"
DATE = rf"{DAY}|\d{{2,3}}|FY\d{{4}}|\d{{4}}-{NAMED}|(?:PAST|PRESENT|FUTURE)_REF"
PERIOD = r"PT?(?:X|\d+(?:\.\d+)?)(?:S|M|H|D|W|WE|Q|Y|DE)"
SHAPES = {
    "DATE": re.compile(rf"(?:{DATE})(?:/(?:{DATE}))?"),
    "TIME": re.compile(rf"{DAY}T(?:\d\d:\d\d|MO|MI|AF|EV|NI)"),
    "DURATION": re.compile(PERIOD),
    "SET": re.compile(rf"{PERIOD}|XXXX-WXX-(?:[1-7]|WE)|XXXX-XX-XXT(?:MO|AF|EV|NI)"),
}
WORDS = (
    *("on", "in", "the", "of", "from", "to", "every", "each", "a", "last", "next", "late", "end", "year-end"),
    *(
        "July",
        "May",
        "3",
        "31",
        "24",
        "2024",
        "9999",
        "1990s",
        "Friday",
        "days",
        "years",
        "two",
        "first",
        "half",
    ),
    *("ago", "later", "earlier", "quarter", "year", "week", "week of", "Q1", "a few", "10 a.m.", "at 25:00"),
    *("morning", "night", "Christmas", "Thanksgiving", "fiscal", "third", "per", "daily", "now", "UTC", "30"),
    *(",", ".", "-", "and", "will", "said", "over", "the past", "24:30", "same", "period", "century", "21st"),
)
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(deadline=None)
@given(texts, days)
def test_extents_lie_in_the_text_in_order_and_apart(text: str, day: date) -> None:
    spans = [found.span for found in annotate(text, edtf.day(day))]

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@settings(deadline=None)
@given(texts, days)
def test_every_value_has_the_form_of_its_type(text: str, day: date) -> None:
    found = annotate(text, edtf.day(day))

    assert [t for t in found if not SHAPES[t.type].fullmatch(t.value)] == []
