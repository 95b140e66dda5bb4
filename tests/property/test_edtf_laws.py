"""Laws of windows: every string is valid EDTF and says the same as its bounds."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from edtf_validate.valid_edtf import is_valid
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Window
from kg.timex import edtf
from kg.timex.edtf import Part, Unit
from kg.timex.edtf_text import parse

days = st.dates(date(1200, 1, 1), date(2800, 1, 1))
years = st.integers(1200, 2800)
units = st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR])


def closed(pair: tuple[date, date], whole: bool) -> Window:
    first, last = sorted(pair)
    found = edtf.stretch(first, last) if whole else edtf.one_of(first, last)
    assert found is not None
    return found


plain = st.one_of(
    days.map(edtf.day),
    st.builds(edtf.month, years, st.integers(1, 12)),
    years.map(edtf.year),
)
windows = st.one_of(
    plain,
    years.map(edtf.decade),
    st.builds(edtf.subyear, years, st.sampled_from(sorted(edtf.SUBYEAR))),
    st.builds(closed, st.tuples(days, days), st.booleans()),
    st.builds(
        edtf.part_of,
        st.one_of(st.builds(edtf.month, years, st.integers(1, 12)), years.map(edtf.year)),
        st.sampled_from([Part.EARLY, Part.MID, Part.LATE]),
    ),
    plain.map(edtf.approximate),
)
open_windows = st.one_of(
    windows,
    windows.map(edtf.before),
    windows.map(edtf.after),
    days.map(lambda d: edtf.stretch(d, None)),
    days.map(lambda d: edtf.stretch(None, d)),
)


@settings(deadline=None)
@given(open_windows)
def test_every_string_is_valid_edtf(window: Window) -> None:
    assert is_valid(window.edtf)


@settings(deadline=None)
@given(open_windows)
def test_a_string_reads_back_as_the_same_window(window: Window) -> None:
    assert parse(window.edtf) == window


@settings(deadline=None)
@given(windows)
def test_a_closed_window_never_ends_before_it_begins(window: Window) -> None:
    assert window.earliest is not None
    assert window.latest is not None
    assert window.earliest <= window.latest


@settings(deadline=None)
@given(windows, st.integers(-500, 500))
def test_shifting_by_days_and_back_restores_the_bounds(window: Window, amount: int) -> None:
    there = edtf.shift(window, amount, Unit.DAY)
    back = edtf.shift(there, -amount, Unit.DAY)

    assert (back.earliest, back.latest) == (window.earliest, window.latest)


@settings(deadline=None)
@given(windows, windows, units, st.integers(-50, 50))
def test_shifting_keeps_the_order_of_bounds(one: Window, two: Window, unit: Unit, n: int) -> None:
    first, last = sorted((one, two), key=lambda w: w.earliest or date.min)
    moved = edtf.shift(first, n, unit).earliest, edtf.shift(last, n, unit).earliest

    assert moved[0] is not None
    assert moved[1] is not None
    assert moved[0] <= moved[1]


@settings(deadline=None)
@given(windows, windows)
def test_an_intersection_lies_in_both(one: Window, two: Window) -> None:
    both = edtf.intersect(one, two)

    assert both is None or (edtf.covers(one, both) and edtf.covers(two, both))


@settings(deadline=None)
@given(windows, windows)
def test_an_intersection_has_the_same_bounds_either_way(one: Window, two: Window) -> None:
    left, right = edtf.intersect(one, two), edtf.intersect(two, one)

    assert (left and (left.earliest, left.latest)) == (right and (right.earliest, right.latest))


@settings(deadline=None)
@given(windows)
def test_nothing_lies_both_before_and_in_a_window(window: Window) -> None:
    earlier, later = edtf.before(window), edtf.after(window)

    assert earlier is not None
    assert later is not None
    assert edtf.intersect(earlier, window) is None
    assert edtf.intersect(window, later) is None


@settings(deadline=None)
@given(st.builds(edtf.month, years, st.integers(1, 12)))
def test_the_three_parts_tile_their_month(window: Window) -> None:
    pieces = [edtf.part_of(window, part) for part in (Part.EARLY, Part.MID, Part.LATE)]

    assert pieces[0].earliest == window.earliest
    assert pieces[2].latest == window.latest
    assert all(
        (right.earliest or date.min) - (left.latest or date.min) == date.resolution
        for left, right in pairwise(pieces)
    )


@pytest.mark.parametrize(
    "text",
    ["", "2025-02-30", "2025-13", "[..]", "../..", "soon", "2025-7", "2025~~", "2025" + "~" * 9999, "9999~"],
    ids=lambda text: text[:12],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        edtf.one_of(date(2024, 1, 2), date(2024, 1, 1))
