"""Anchors a time expression to the calendar, or leaves it undated. No date is ever invented.

Where publication itself is a window, the answer allows every day that some day of publication
in it would give: each rule is monotone, so its two ends bound the union.
"""

from __future__ import annotations

from datetime import date, timedelta

from kg.model import When, Window
from kg.timex import conventions as say
from kg.timex import edtf, pointing, yearless
from kg.timex.context import Context
from kg.timex.edtf import Part, Unit
from kg.timex.forms import (
    Bound,
    ByEvent,
    Calendar,
    Cycle,
    Decade,
    Distance,
    Duration,
    Form,
    Near,
    Past,
    Range,
    Season,
    Side,
    Timex,
    Vague,
    Weekday,
)
from kg.timex.spread import Found, Rule, nothing, spread


def resolve(timex: Timex, context: Context) -> When:
    """Return when an expression says it is: a window, or None where nothing anchors it.

    The anchors say in words what the window was counted from.
    """
    try:
        found = _window(timex.form, context)
    except OverflowError:
        found = nothing("outside the calendar")
    return When(found.window, timex.span, found.anchors)


def _window(form: Form, context: Context) -> Found:
    match form:
        case Calendar() | Season():
            found = _calendar(form, context)
        case Decade():
            found = Found(_cut(edtf.decade(form.first), form.part), ("stated",))
        case Range():
            found = _range(form, context)
        case Bound():
            found = _bound(form, context)
        case Duration():
            found = nothing("a length of time, not a date")
        case ByEvent():
            found = pointing.by_event(form.side, context)
        case Vague():
            found = pointing.vague(form, context)
        case _:
            found = _relative(form, context)
    return found


def _relative(form: Weekday | Cycle | Distance | Past, context: Context) -> Found:
    match form:
        case Weekday():
            return _weekday(form, context)
        case Cycle():
            return _cycle(form, context)
        case Distance():
            return _distance(form, context)
        case Past():
            return _past(form, context)


def _cut(window: Window, part: Part | None) -> Window:
    return window if part in (None, Part.EARLIER, Part.LATER) else edtf.part_of(window, part)


def _calendar(form: Calendar | Season, context: Context) -> Found:
    part = form.part if isinstance(form, Calendar) else None
    if form.year is not None:
        found = Found(yearless.in_year(form, form.year), ("stated",))
    elif form.shift is not None:
        shift = form.shift
        found = _published(context, lambda day: yearless.in_year(form, day.year + shift))
    elif form.near in (Near.FOLLOWING, Near.PREVIOUS):
        found = _told(context, lambda day: yearless.nearest(form, day))
    elif form.near is not Near.PLAIN:
        found = _published(context, lambda day: yearless.nearest(form, day))
    else:
        found = yearless.pinned(form, context)
    if found.window is None or part is None:
        return found
    if part in (Part.EARLIER, Part.LATER):
        return Found(_so_far(found.window, part, context), found.anchors)
    return Found(_thirds(found.window, part), found.anchors)


def _thirds(window: Window, part: Part) -> Window:
    first, last = window.earliest, window.latest
    if first is None or last is None or (first.year, first.month) == (last.year, last.month):
        return edtf.part_of(window, part) if first and last else window
    if len(window.edtf) == 4:
        return edtf.part_of(window, part)
    starts = edtf.part_of(edtf.month(first.year, first.month), part).earliest
    ends = edtf.part_of(edtf.month(last.year, last.month), part).latest
    return edtf.one_of(starts, ends) or window


def _so_far(window: Window, part: Part, context: Context) -> Window:
    known = context.publication
    if known is None:
        return window
    if part is Part.EARLIER:
        limit = edtf.one_of(None, known.latest)
    else:
        limit = edtf.one_of(known.earliest, None) if context.tense == "future" else None
    return window if limit is None else edtf.intersect(limit, window) or window


def _published(context: Context, rule: Rule) -> Found:
    return spread(context.publication, rule, "publication")


def _told(context: Context, rule: Rule) -> Found:
    return spread(context.narrative, rule, "narrative")


def _range(form: Range, context: Context) -> Found:
    if isinstance(form.first, Weekday) and isinstance(form.last, Weekday):
        return _week_days(form.first, form.last, context)
    first, last = _window(form.first, context), _window(form.last, context)
    if first.window is None or last.window is None:
        return nothing(*first.anchors, *last.anchors)
    start, end = first.window.earliest, last.window.latest
    if start is None or end is None or start > end:
        return nothing("the ends of the range do not fit")
    anchors = tuple(dict.fromkeys((*first.anchors, *last.anchors)))
    return Found((edtf.stretch if form.whole else edtf.one_of)(start, end), anchors)


def _week_days(first: Weekday, last: Weekday, context: Context) -> Found:
    tense = context.tense
    if tense is None:
        return nothing("no tense says which week")

    def days(day: date) -> Window | None:
        if tense == "past":
            end = yearless.weekday(last, day, tense)[0]
            return edtf.stretch(yearless.weekday(first, end, tense)[0], end)
        start = yearless.weekday(first, day, tense)[0]
        return edtf.stretch(start, yearless.weekday(last, start, tense)[0])

    return _published(context, days)


def _bound(form: Bound, context: Context) -> Found:
    """Return one side of a date; of a date that a window anchors, what its two ends allow."""
    inner = _window(form.of, context)
    if inner.window is None:
        return inner
    anchors = (*inner.anchors, form.side.value)
    if yearless.told_by_calendar(form.of):
        return Found(_side(form.side, inner.window, context), anchors)
    first, last = (_side_at(form, end) for end in context.ends())
    if first is not None and first == last:
        return Found(first, anchors)
    start, stop = first.earliest if first else None, last.latest if last else None
    made = edtf.stretch if form.side in (Side.SINCE, Side.UNTIL) else edtf.one_of
    return Found(made(start, stop), anchors)


def _side_at(form: Bound, context: Context) -> Window | None:
    window = _window(form.of, context).window
    return None if window is None else _side(form.side, window, context)


def _side(side: Side, window: Window, context: Context) -> Window | None:
    match side:
        case Side.SINCE:
            found = edtf.stretch(window.earliest, None)
        case Side.BEFORE:
            found = edtf.before(window)
        case Side.AFTER:
            found = pointing.so_far(edtf.after(window), context)
        case Side.UNTIL:
            found = edtf.stretch(None, window.latest)
        case Side.BY:
            found = edtf.one_of(None, window.latest)
        case _:
            found = edtf.approximate(window)
    return found


def _weekday(form: Weekday, context: Context) -> Found:
    width = 1 if form.weekend else 0

    def on(day: date) -> Window | None:
        first, last = yearless.weekday(form, day, context.tense)
        return edtf.one_of(first, last + timedelta(days=width))

    narrative = form.near in (Near.FOLLOWING, Near.PREVIOUS)
    return _told(context, on) if narrative else _published(context, on)


def _cycle(form: Cycle, context: Context) -> Found:
    def unit(day: date) -> Window | None:
        moved = edtf.move(day, form.shift, form.unit)
        match form.unit:
            case Unit.YEAR:
                whole: Window | None = edtf.year(moved.year)
            case Unit.MONTH:
                whole = edtf.month(moved.year, moved.month)
            case Unit.WEEK:
                monday = moved - timedelta(days=moved.weekday())
                whole = edtf.one_of(monday, monday + timedelta(days=6))
            case _:
                whole = edtf.day(moved)
        return None if whole is None else _cut(whole, form.part)

    found = _told(context, unit) if form.narrative else _published(context, unit)
    if found.window is not None and form.narrative and form.part is not None:
        return Found(_beside_told(found.window, form.part, context), found.anchors)
    if found.window is not None and form.part in (Part.EARLIER, Part.LATER):
        return Found(_so_far(found.window, form.part, context), found.anchors)
    return found


def _beside_told(window: Window, part: Part, context: Context) -> Window:
    """Return the part of a unit before or after what was told: "later that month"."""
    told = context.narrative
    if told is None or part not in (Part.EARLIER, Part.LATER):
        return window
    limit = edtf.one_of(None, told.latest) if part is Part.EARLIER else edtf.one_of(told.earliest, None)
    return window if limit is None else edtf.intersect(limit, window) or window


def _distance(form: Distance, context: Context) -> Found:
    told = context.narrative if form.narrative else None
    months = form.unit in (Unit.MONTH, Unit.YEAR) and form.least == form.most
    whole = months and told is not None and edtf.unit_of(told) is form.unit

    def away(day: date) -> Window | None:
        if whole:  # three months after a May is an August
            moved = edtf.move(day, form.least, form.unit)
            return edtf.year(moved.year) if form.unit is Unit.YEAR else edtf.month(moved.year, moved.month)
        first, last = _loosely(day, form)
        return edtf.one_of(first, last)

    found = _told(context, away) if form.narrative else _published(context, away)
    return Found(found.window, (*found.anchors, _steps(form)) if found.window else found.anchors)


def _loosely(day: date, form: Distance) -> tuple[date, date]:
    """Return the days that a distance allows: exact for days, loose for longer units."""
    if form.unit is Unit.HOUR:
        return day + timedelta(days=form.least // 24), day + timedelta(days=-(-form.most // 24))
    first, last = (edtf.move(day, n, form.unit) for n in (form.least, form.most))
    first, last = _slack(first, form.unit, -1), _slack(last, form.unit, 1)
    return (max(first, day), last) if form.least >= 0 else (first, min(last, day))


def _slack(day: date, unit: Unit, sign: int) -> date:
    if unit is Unit.YEAR:
        return edtf.add_months(day, sign * say.YEAR_SLACK_MONTHS)
    days = {Unit.WEEK: say.WEEK_SLACK_DAYS, Unit.MONTH: say.MONTH_SLACK_DAYS}
    return day + timedelta(days=sign * days.get(unit, 0))


def _steps(form: Distance) -> str:
    amount = f"{form.least:+d}" if form.least == form.most else f"{form.least:+d}..{form.most:+d}"
    return f"{amount} {form.unit.value}"


def _past(form: Past, context: Context) -> Found:
    known = context.publication
    if known is None:
        return nothing("publication is not known")
    if form.ahead:
        ends = known.earliest, known.latest and edtf.move(known.latest, form.count, form.unit)
    else:
        ends = known.earliest and edtf.move(known.earliest, -form.count, form.unit), known.latest
    if form.unit is Unit.HOUR and form.ahead and ends[1]:
        ends = ends[0], ends[1] + timedelta(days=1)
    return Found(edtf.stretch(*ends), (f"publication {known.edtf}", f"{form.count} {form.unit.value}s"))
