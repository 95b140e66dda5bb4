"""Bounds of events: what order says narrows them, never widens them, and a circle does no harm."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kg.bounds import Bounds, bounds, tightened

NAMES = "abcd"
days = st.dates(date(2031, 1, 1), date(2031, 2, 1))
span: st.SearchStrategy[Bounds] = st.one_of(
    st.just((None, None)),
    st.tuples(days, st.none()),
    st.tuples(st.none(), days),
    st.tuples(days, st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + timedelta(pair[1]))),
)
events = st.fixed_dictionaries(dict.fromkeys(NAMES, span))
order = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=6)


@given(own=events, after=order)
def test_order_never_widens_and_never_leaves_no_day(
    own: dict[str, Bounds], after: list[tuple[str, str]]
) -> None:
    for name, (first, last) in tightened(own, after).items():
        assert own[name][0] is None or (first is not None and first >= own[name][0])
        assert own[name][1] is None or (last is not None and last <= own[name][1])
        assert first is None or last is None or first <= last


@given(own=events, after=order)
def test_the_order_in_which_it_is_told_does_not_matter(
    own: dict[str, Bounds], after: list[tuple[str, str]]
) -> None:
    assert tightened(own, after) == tightened(dict(reversed(own.items())), after[::-1])


def test_what_follows_is_no_earlier_along_the_whole_row() -> None:
    day = date(2031, 5, 3)
    found = tightened({"a": (None, None), "b": (None, None), "c": (day, day)}, [("a", "b"), ("b", "c")])

    assert found["a"] == found["b"] == (day, None)


def test_a_circle_is_borne() -> None:
    day = date(2031, 5, 3)

    assert tightened({"a": (day, None), "b": (None, None)}, [("a", "b"), ("b", "a")])["b"] == (day, None)


@given(spans=st.lists(span, max_size=4))
def test_bounds_are_days_that_all_allow_or_the_hull(spans: list[Bounds]) -> None:
    first, last = bounds(spans)
    known = [each for each in spans if each != (None, None)]

    assert first is None or last is None or first <= last
    assert first is None or any(first == each[0] for each in known)
    assert last is None or any(last == each[1] for each in known)


def test_the_hull_of_times_that_share_no_day_is_open_where_one_of_them_is() -> None:
    early, late = date(2031, 5, 1), date(2031, 5, 9)

    assert bounds([(late, late), (None, early)]) == (None, late)
    assert bounds([(late, None), (early, early)]) == (early, None)
