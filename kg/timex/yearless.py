"""Days, months, seasons and weekdays that are named without saying which."""

from __future__ import annotations

from datetime import date, timedelta

from kg.model import Window
from kg.timex import edtf
from kg.timex.context import Context, Tense
from kg.timex.forms import Calendar, Decade, Form, Near, Season, Weekday
from kg.timex.grammar import exists
from kg.timex.spread import Found, nothing

WINTER = "24"


def in_year(form: Calendar | Season, year: int) -> Window | None:
    """Return a named day, month or season of one year; None where that year lacks the day."""
    if not 1 <= year <= 9999:
        raise OverflowError("outside the calendar")
    if isinstance(form, Season):
        return edtf.subyear(year, form.code)
    if form.month is None:
        return edtf.year(year)
    if form.day is None:
        return edtf.month(year, form.month)
    if not exists(year, form.month, form.day):
        return None
    return edtf.day(date(year, form.month, form.day))


def nearest(form: Calendar | Season, day: date) -> Window | None:
    """Return the last, next or this year's month or season, seen from one day."""
    years = (day.year - 1, day.year, day.year + 1)
    candidates = [w for w in (_whole(form, year) for year in years) if w is not None]
    if form.near in (Near.LAST, Near.PREVIOUS):
        over = [w for w in candidates if w.latest is not None and w.latest < day]
        return over[-1] if over else None
    if form.near is Near.THIS:
        return _whole(form, day.year)
    ahead = [w for w in candidates if w.earliest is not None and w.earliest > day]
    return ahead[0] if ahead else None


def _whole(form: Calendar | Season, year: int) -> Window | None:
    """Return a month or season of a year; a winter is the one that ends in it."""
    if isinstance(form, Season) and form.code == WINTER:
        return edtf.one_of(date(year - 1, 12, 1), date(year, 3, 1) - timedelta(days=1))
    return in_year(form, year)


def told_by_calendar(form: Form) -> bool:
    """Tell whether a form is a date of the calendar, be its year stated or pinned."""
    if isinstance(form, Calendar | Season):
        return form.shift is None and form.near is Near.PLAIN
    return isinstance(form, Decade)


def pinned(form: Calendar | Season, context: Context) -> Found:
    """Return the one year that news style implies for a date without a year, or no date.

    It is the year of publication, unless the tense says that it must be a neighbour. Where
    publication may lie in two years, or a date ahead has no tense, it stays undated.
    """
    known = context.publication
    if known is None or known.earliest is None or known.latest is None:
        return nothing("the year is not known")
    if known.earliest.year != known.latest.year:
        return nothing("publication may lie in more than one year")
    if isinstance(form, Season) and form.code == WINTER:
        return nothing("a winter belongs to two years")
    year = _year(form, known.earliest, known.latest, context.tense)
    window = None if year is None else in_year(form, year)
    if window is None:
        return nothing("no year fits the tense and the calendar")
    return Found(window, (f"publication {known.edtf}", f"year {year}"))


def _year(form: Calendar | Season, first: date, last: date, tense: Tense | None) -> int | None:
    """Return the year meant by a date, said on some day from first to last of one year."""
    own = in_year(form, first.year)
    if own is None or own.earliest is None or own.latest is None:
        return None
    if own.earliest > last and tense != "future":
        return None if tense is None else first.year - 1
    return first.year + (own.latest < first and tense == "future")


def weekday(form: Weekday, day: date, tense: Tense | None) -> tuple[date, date]:
    """Return the first and last day that a weekday can be, seen from one day."""
    week = timedelta(days=7)
    back = day - timedelta(days=(day.weekday() - form.day) % 7)
    ahead = day + timedelta(days=(form.day - day.weekday()) % 7)
    strictly_back = back - week if back == day else back
    strictly_ahead = ahead + week if ahead == day else ahead
    match form.near:
        case Near.PREVIOUS:
            return strictly_back, strictly_back
        case Near.FOLLOWING:
            return strictly_ahead, strictly_ahead
        case Near.LAST:
            same_week = strictly_back.isocalendar()[:2] == day.isocalendar()[:2]
            return (strictly_back - week if same_week else strictly_back), strictly_back
        case Near.NEXT:
            same_week = strictly_ahead.isocalendar()[:2] == day.isocalendar()[:2]
            return strictly_ahead, (strictly_ahead + week if same_week else strictly_ahead)
        case Near.THIS:
            monday = day - timedelta(days=day.weekday())
            return monday + timedelta(days=form.day), monday + timedelta(days=form.day)
        case _:
            return (ahead if tense == "future" else back), (back if tense == "past" else ahead)
