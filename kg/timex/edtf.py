"""Windows of time: builds them, shifts them, intersects them, reads their EDTF back.

Dates are EDTF (ISO 8601-2:2019) strings with the first and last day they allow. `[a..b]` is
one unknown day from a to b, `a/b` the whole stretch; both ends always carry a full date.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum

from kg.model import Window
from kg.timex import conventions as say


class Unit(StrEnum):
    """A unit of the calendar."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Part(StrEnum):
    """A part of a month, a year or a decade; earlier and later are cut at publication."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    EARLIER = "earlier"
    LATER = "later"


# EDTF sub-year codes: (first month, number of months) from January of that year. Winter may be
# the one that begins or the one that ends in the year, so both are allowed.
SUBYEAR = {
    "21": (3, 3),
    "22": (6, 3),
    "23": (9, 3),
    "24": (0, 15),
    "33": (1, 3),
    "34": (4, 3),
    "35": (7, 3),
    "36": (10, 3),
    "40": (1, 6),
    "41": (7, 6),
}
NAMED = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}


def day(when: date) -> Window:
    """Return the window of one day.

    >>> day(date(2024, 5, 3)).edtf
    '2024-05-03'
    """
    return Window(when.isoformat(), when, when)


def month(year_number: int, number: int) -> Window:
    """Return the window of one calendar month (1 to 12)."""
    last = calendar.monthrange(year_number, number)[1]
    return Window(
        f"{year_number:04d}-{number:02d}",
        date(year_number, number, 1),
        date(year_number, number, last),
    )


def year(number: int) -> Window:
    """Return the window of one calendar year."""
    return Window(f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def decade(first: int) -> Window:
    """Return the window of ten years, given the first (1990)."""
    start = first - first % 10
    return Window(f"{start // 10:03d}X", date(start, 1, 1), date(start + 9, 12, 31))


def subyear(year_number: int, code: str) -> Window:
    """Return a season (21-24, northern), quarter (33-36) or half (40, 41) of a year.

    >>> subyear(2024, "22").latest
    datetime.date(2024, 8, 31)
    """
    first, count = SUBYEAR[code]
    start = add_months(date(year_number, 1, 1), first - 1)
    return Window(f"{year_number:04d}-{code}", start, add_months(start, count) - timedelta(days=1))


def one_of(first: date | None, last: date | None) -> Window | None:
    """Return the window of one unknown day between two bounds; None where both are open.

    Raises ValueError where the first lies after the last.
    """
    if first is None and last is None:
        return None
    if first is not None and first == last:
        return day(first)
    _check(first, last)
    return Window(f"[{_iso(first)}..{_iso(last)}]", first, last)


def stretch(first: date | None, last: date | None) -> Window | None:
    """Return the window of the whole stretch between two bounds; None where both are open.

    Raises ValueError where the first lies after the last.
    """
    if first is None and last is None:
        return None
    _check(first, last)
    return Window(f"{_iso(first) or '..'}/{_iso(last) or '..'}", first, last)


def _iso(when: date | None) -> str:
    return "" if when is None else when.isoformat()


def _check(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and first > last:
        raise ValueError(f"a window cannot end ({last}) before it begins ({first})")


def within(window: Window) -> Window | None:
    """Return the same bounds as one unknown day: for what happened at some time in it."""
    return one_of(window.earliest, window.latest)


def is_day(window: Window | None) -> bool:
    """Tell whether the window is one exact day."""
    return window is not None and window.earliest is not None and window.earliest == window.latest


def unit_of(window: Window) -> Unit | None:
    """Return the unit that a window is one whole of: year, month or day; else None."""
    if is_day(window):
        return Unit.DAY
    first = window.earliest
    if first is None:
        return None
    whole = {month(first.year, first.month): Unit.MONTH, year(first.year): Unit.YEAR}
    return whole.get(window)


def part_of(window: Window, part: Part) -> Window:
    """Return the early, mid or late part of a closed month, year or longer window, by thirds."""
    first, last = window.earliest, window.latest
    if first is None or last is None:
        raise ValueError(f"{window.edtf} is open: it has no parts")
    cuts = _cuts(first, last)
    pieces = {
        Part.EARLY: (first, cuts[0]),
        Part.MID: (cuts[0] + timedelta(days=1), cuts[1]),
        Part.LATE: (cuts[1] + timedelta(days=1), last),
    }
    found = one_of(*pieces[part])
    assert found is not None
    return found


def _cuts(first: date, last: date) -> tuple[date, date]:
    days = (last - first).days + 1
    if days <= 31:
        return first.replace(day=say.EARLY_LAST_DAY), first.replace(day=say.MID_LAST_DAY)
    if days in (365, 366):
        months = (say.EARLY_LAST_MONTH, say.MID_LAST_MONTH)
    elif last.year == first.year + 9:
        months = (12 * (say.EARLY_LAST_YEAR + 1), 12 * (say.MID_LAST_YEAR + 1))
    else:
        return first + timedelta(days=days // 3 - 1), first + timedelta(days=2 * days // 3 - 1)
    early, mid = (add_months(first, count) - timedelta(days=1) for count in months)
    return early, mid


def approximate(window: Window) -> Window:
    """Return an approximate day, month or year (`~`), with bounds widened by convention."""
    slack = {10: (say.ABOUT_DAYS, Unit.DAY), 7: (say.ABOUT_MONTHS, Unit.MONTH)}
    if not re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", window.edtf):
        return window
    amount, unit = slack.get(len(window.edtf), (say.ABOUT_YEARS, Unit.YEAR))
    first, last = shift(window, -amount, unit).earliest, shift(window, amount, unit).latest
    return Window(f"{window.edtf}~", first, last)


def add_months(when: date, count: int) -> date:
    """Return the same day some months away, or the last day of that month where it is shorter.

    Raises OverflowError outside the years 1 to 9999.

    >>> add_months(date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    years, zero_based = divmod(when.year * 12 + when.month - 1 + count, 12)
    if not 1 <= years <= 9999:
        raise OverflowError("outside the calendar")
    last = calendar.monthrange(years, zero_based + 1)[1]
    return date(years, zero_based + 1, min(when.day, last))


def move(when: date, amount: int, unit: Unit) -> date:
    """Return a day some units away; whole days for hours. Raises OverflowError."""
    if unit is Unit.YEAR:
        return add_months(when, 12 * amount)
    if unit is Unit.MONTH:
        return add_months(when, amount)
    if unit is Unit.HOUR:
        return when + timedelta(days=amount // 24)
    return when + timedelta(days=amount * (7 if unit is Unit.WEEK else 1))


def shift(window: Window, amount: int, unit: Unit) -> Window:
    """Return the window moved by some units; months and years keep their precision.

    Raises OverflowError outside the years 1 to 9999.
    """
    first, last = window.earliest, window.latest
    if unit in (Unit.MONTH, Unit.YEAR) and first is not None:
        moved = move(first, amount, unit)
        if re.fullmatch(r"\d{4}-(0\d|1[0-2])", window.edtf):
            return month(moved.year, moved.month)
        if re.fullmatch(r"\d{4}", window.edtf) and unit is Unit.YEAR:
            return year(moved.year)
    ends = (
        None if first is None else move(first, amount, unit),
        None if last is None else move(last, amount, unit),
    )
    return (stretch(*ends) if "/" in window.edtf else one_of(*ends)) or window


def intersect(one: Window, other: Window) -> Window | None:
    """Return what both windows allow, or None where they share no day."""
    first = max((d for d in (one.earliest, other.earliest) if d is not None), default=None)
    last = min((d for d in (one.latest, other.latest) if d is not None), default=None)
    if first is not None and last is not None and first > last:
        return None
    for window in (one, other):
        if (window.earliest, window.latest) == (first, last):
            return window
    return one_of(first, last)


def covers(one: Window, other: Window) -> bool:
    """Tell whether every day of the other window lies in the first."""
    starts = one.earliest is None or (other.earliest or date.min) >= one.earliest
    return starts and (one.latest is None or (other.latest or date.max) <= one.latest)


def before(window: Window) -> Window | None:
    """Return the days before a stated date; None where its start is open."""
    first = window.earliest
    return None if first is None else one_of(None, first - timedelta(days=1))


def after(window: Window) -> Window | None:
    """Return the days after a stated date; None where its end is open."""
    return None if window.latest is None else one_of(window.latest + timedelta(days=1), None)
