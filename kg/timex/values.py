"""TIMEX3 values: what an expression is worth in ISO-TimeML, seen from a day of publication.

A value commits to one reading, as annotators do. So it is for comparing and exporting alone, and
never makes a window: `kg.timex.resolve` alone dates what kg believes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.timex import edtf, feasts, yearless
from kg.timex.edtf import Unit
from kg.timex.forms import (
    Bound,
    ByEvent,
    Calendar,
    Cycle,
    Decade,
    Distance,
    Duration,
    Near,
    Past,
    Range,
    Season,
    Vague,
    Weekday,
)
from kg.timex.marks import BusinessYear, Clock, DayPart, Fixed, Holiday, Kind3, Mark, Quarters, YearBefore

UNKNOWN: Final = "XXXX-XX-XX"
CODES: Final = {
    "21": "SP",
    "22": "SU",
    "23": "FA",
    "24": "WI",
    "33": "Q1",
    "34": "Q2",
    "35": "Q3",
    "36": "Q4",
    "40": "H1",
    "41": "H2",
}
_FINE: Final = frozenset({Unit.HOUR, Unit.DAY, Unit.WEEK})
FAR_DAYS: Final = 45  # a date this far on the wrong side of its verb belongs to another year


@dataclass(frozen=True, slots=True)
class Moment:
    """What a value is counted from: the day of publication, the last value told, the tense.

    `words` are those of the expression.
    """

    day: date | None = None
    told: str | None = None
    ahead: bool | None = None
    words: str = ""


Typed = tuple[Kind3, str]


def value(mark: Mark, moment: Moment) -> Typed | None:
    """Return the TIMEX3 type and value of an expression, or None where TIMEX3 marks none.

    >>> value(Weekday(0), Moment(date(2024, 5, 8)))
    ('DATE', '2024-05-06')
    """
    try:
        return _value(mark, moment)
    except (OverflowError, ValueError):
        return "DATE", UNKNOWN


def _value(mark: Mark, moment: Moment) -> Typed | None:
    if isinstance(mark, Clock | DayPart):
        return "TIME", _of_day(mark, moment)
    if (found := _stated(mark, moment)) is not None:
        return found
    if isinstance(mark, Vague | Duration | Past | ByEvent):
        return None
    if moment.day is None:
        return "DATE", UNKNOWN
    match mark:
        case Weekday():
            found = _weekday(mark, moment, moment.day)
        case Cycle():
            found = _cycle(mark, moment, moment.day)
        case _:
            found = "DATE", _date(mark, moment, moment.day)
    return found


def _stated(mark: Mark, moment: Moment) -> Typed | None:
    """Return what needs no anchor."""
    found: Typed | None = None
    match mark:
        case Fixed():
            found = mark.type, mark.value
        case Decade():
            found = "DATE", f"{mark.first // 10:03d}"
        case Bound():
            found = value(mark.of, moment)
        case Range():
            found = _range(mark, moment)
        case Calendar() | Season() if mark.year is not None:
            found = "DATE", _in_year(mark, mark.year)
        case BusinessYear() if mark.year is not None:
            found = "DATE", _business(mark.year)
    return found


def _business(year: int) -> str:
    return f"FY{year:04d}"


def _range(form: Range, moment: Moment) -> Typed | None:
    first, last = value(form.first, moment), value(form.last, moment)
    return ("DATE", f"{first[1]}/{last[1]}") if first and last else None


def _in_year(form: Calendar | Season, year: int) -> str:
    if isinstance(form, Season):
        return f"{year:04d}-{CODES[form.code]}"
    parts = (f"{number:02d}" for number in (form.month, form.day) if number is not None)
    return "-".join((f"{year:04d}", *parts))


def _of_day(mark: Clock | DayPart, moment: Moment) -> str:
    told = moment.told if moment.told and len(moment.told) >= 10 else None
    if isinstance(mark, Clock):
        base = told[:10] if told else moment.day.isoformat() if moment.day else UNKNOWN
        return f"{base}{mark.time}"
    if mark.shift is None and told:
        return f"{told[:10]}T{mark.part}"
    if moment.day is None:
        return f"{UNKNOWN}T{mark.part}"
    return f"{edtf.move(moment.day, mark.shift or 0, Unit.DAY).isoformat()}T{mark.part}"


def _date(mark: Mark, moment: Moment, day: date) -> str:
    match mark:
        case Calendar() | Season():
            found = _calendar(mark, moment, day)
        case Distance():
            found = _distance(mark, moment, day)
        case Quarters():
            found = _quarter(mark, moment.told or "", day)
        case BusinessYear():
            found = _business(day.year + mark.shift)
        case Holiday():
            found = _holiday(mark, moment, day)
        case YearBefore():
            found = _year_before(mark, moment, day)
        case _:
            raise ValueError(f"{mark} gives no date")
    return found


def at(day: date, unit: str) -> str:
    """Return the value of the unit that holds a day.

    >>> at(date(2008, 6, 20), "week"), at(date(2008, 6, 20), "quarter")
    ('2008-W25', '2008-Q2')
    """
    week = day.isocalendar()
    return {
        "week": f"{week.year:04d}-W{week.week:02d}",
        "month": day.isoformat()[:7],
        "quarter": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "year": f"{day.year:04d}",
        "decade": f"{day.year // 10:03d}",
        "century": f"{day.year // 100:02d}",
    }.get(unit, day.isoformat())


def _start(told: str | None, day: date, unit: Unit = Unit.YEAR) -> date:
    """Return the first day of a told value, or of publication where it is too coarse for a unit."""
    found = re.match(r"(?:FY)?(\d{4})(?:-Q([1-4])|-W(\d\d)|-(\d\d)(?:-(\d\d))?)?", told or "")
    if found is None:
        return day
    year, quarter, week, month, number = (int(part) if part else 0 for part in found.groups())
    if week:
        return date.fromisocalendar(year, week, 1)
    if (unit is Unit.MONTH and not (quarter or month)) or (unit in _FINE and not number):
        return day
    return date(year, 3 * quarter - 2 if quarter else month or 1, number or 1)


def _calendar(form: Calendar | Season, moment: Moment, day: date) -> str:
    if form.shift is not None:
        return _in_year(form, day.year + form.shift)
    if form.near is not Near.PLAIN:
        start = _start(moment.told, day) if form.near in (Near.FOLLOWING, Near.PREVIOUS) else day
        window = yearless.nearest(form, start)
        if window is None or window.latest is None:
            return UNKNOWN
        return _in_year(form, window.latest.year)
    return _in_year(form, _near_year(form, moment, day))


def _near_year(form: Calendar | Season, moment: Moment, day: date) -> int:
    """Return the year that brings an unpinned date nearest to publication, on the side of its verb."""
    options = []
    for year in (day.year - 1, day.year, day.year + 1):
        window = yearless.in_year(form, year)
        if window is None or window.earliest is None or window.latest is None:
            continue
        over, off = (day - window.latest).days, (window.earliest - day).days
        wrong = (moment.ahead is True and over > FAR_DAYS) or (moment.ahead is False and off > FAR_DAYS)
        wrong |= moment.ahead is None and off > FAR_DAYS
        wrong |= isinstance(form, Season) and moment.ahead is not True and off > 0
        options.append((wrong, max(over, off, 0), year))
    return min(options)[2] if options else day.year


def _weekday(form: Weekday, moment: Moment, day: date) -> Typed:
    first, last = yearless.weekday(form, day, "future" if moment.ahead else "past")
    if form.near in (Near.FOLLOWING, Near.PREVIOUS):
        first, last = yearless.weekday(form, _start(moment.told, day), "past")
    found = last if form.near in (Near.LAST, Near.PREVIOUS) else first
    if form.weekend:
        return "DATE", f"{at(found, 'week')}-WE"
    part = _part(moment.words)
    return ("TIME", f"{found.isoformat()}T{part}") if part else ("DATE", found.isoformat())


def _part(words: str) -> str:
    found = re.search(r"(?i)(morning|afternoon|evening|night)", words)
    return {"mor": "MO", "aft": "AF", "eve": "EV", "nig": "NI"}[found[1][:3].lower()] if found else ""


def _cycle(form: Cycle, moment: Moment, day: date) -> Typed:
    start = _start(moment.told, day, form.unit) if form.narrative else day
    found = at(edtf.move(start, form.shift, form.unit), form.unit.value)
    part = _part(moment.words) if form.unit is Unit.DAY else ""
    return ("TIME", f"{found}T{part}") if part else ("DATE", found)


def _distance(form: Distance, moment: Moment, day: date) -> str:
    count = _count(form, moment.words)
    if count is None:
        return "FUTURE_REF" if form.least > 0 else "PAST_REF"
    start = _start(moment.told, day, form.unit) if form.narrative else day
    found = re.search(r"(?i)\b(decade|centur|fortnight)", moment.words)
    unit = {"centur": "century", "decade": "decade", "fortnight": "week"}.get(
        found[1].lower() if found else "", form.unit.value
    )
    return at(edtf.move(start, count, form.unit), unit)


def _count(form: Distance, words: str) -> int | None:
    """Return the number that is said: "more than two years ago" is valued as two years ago."""
    if form.least == form.most:
        return form.least
    near, far = sorted((form.least, form.most), key=abs)
    if re.search(r"(?i)\b(?:few|several|couple|some|half)\b", words):
        return None
    if re.match(r"(?i)(?:more|over|at least)\b", words):
        return near
    return far if re.match(r"(?i)(?:less|nearly|almost|under)\b", words) else None


def _quarter(form: Quarters, told: str, day: date) -> str:
    if form.told and re.fullmatch(r"\d{4}-Q\d", told):
        return told
    start = _start(told, day) if form.narrative else day
    return at(edtf.add_months(start, 3 * form.shift), "quarter")


def _year_before(form: YearBefore, moment: Moment, day: date) -> str:
    told = moment.told or ""
    if re.fullmatch(r"\d{4}-(?:Q[1-4]|H[12]|\d\d)", told):
        return f"{form.year or int(told[:4]) - 1:04d}{told[4:]}"
    return f"{form.year or day.year - 1:04d}"


def _holiday(feast: Holiday, moment: Moment, day: date) -> str:
    if feast.year is not None:
        return feasts.fall(feast, feast.year).isoformat()
    options = [feasts.fall(feast, year) for year in (day.year - 1, day.year, day.year + 1)]
    over, coming = [one for one in options if one <= day], [one for one in options if one >= day]
    if feast.near is Near.LAST or (feast.near is Near.PLAIN and moment.ahead is False):
        return over[-1].isoformat()
    if feast.near is Near.NEXT or moment.ahead:
        return coming[0].isoformat()
    return min(options, key=lambda one: abs(one - day)).isoformat()
