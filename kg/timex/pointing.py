"""Words that only point at another time: then, recently, in the meantime, after the vote."""

from __future__ import annotations

from datetime import date

from kg.model import Window
from kg.timex import conventions as say
from kg.timex import edtf
from kg.timex.context import Context
from kg.timex.forms import Side, Vague
from kg.timex.spread import Found, nothing


def so_far(window: Window | None, context: Context) -> Window | None:
    """Return a window cut at publication, where the tense says that it is over by then."""
    known = context.publication
    if window is None or known is None or context.tense != "past":
        return window
    limit = edtf.one_of(None, known.latest)
    return window if limit is None else edtf.intersect(window, limit) or window


def by_event(side: Side, context: Context) -> Found:
    """Return the time before, after or during an event that the caller has dated."""
    event = context.event
    if event is None:
        return nothing("the event is not dated")
    chain = (f"event {event.edtf}", side.value)
    match side:
        case Side.BEFORE:
            start = event.earliest and edtf.add_months(event.earliest, -say.RUN_UP_MONTHS)
            return Found(edtf.one_of(start, event.latest), chain)
        case Side.AFTER:
            return Found(so_far(edtf.one_of(event.earliest, None), context), chain)
        case Side.SINCE:
            return Found(edtf.stretch(event.earliest, None), chain)
        case _:
            return Found(event, chain)


def vague(word: Vague, context: Context) -> Found:
    """Return the time that a pointing word stands for in its context."""
    match word:
        case Vague.RECENTLY:
            return _recently(context.publication)
        case Vague.THEN:
            return _then(context)
        case Vague.THESE_YEARS:
            return _frame(context)
        case Vague.MEANTIME:
            return _meantime(context)
        case _:
            return _anchored(word, context)


def _recently(known: Window | None) -> Found:
    if known is None:
        return nothing("publication is not known")
    start = known.earliest and edtf.add_months(known.earliest, -say.RECENTLY_MONTHS)
    return Found(edtf.one_of(start, known.latest), (f"publication {known.edtf}", "recently"))


def _then(context: Context) -> Found:
    anchor, frame = context.narrative, context.frame
    if anchor is None:
        return _frame(context)
    end = anchor.latest and edtf.add_months(anchor.latest, say.THEN_MONTHS)
    window = edtf.one_of(anchor.earliest, end)
    if frame is not None and window is not None and edtf.covers(frame, window):
        return _frame(context)
    return Found(so_far(window, context), (f"narrative {anchor.edtf}", "then"))


def _frame(context: Context) -> Found:
    if context.frame is None:
        return nothing("nothing before it is dated")
    return Found(context.frame, (f"frame {context.frame.edtf}",))


def _meantime(context: Context) -> Found:
    if context.frame is not None:
        return _frame(context)
    anchor, known = context.narrative, context.publication
    if anchor is None:
        return nothing("nothing before it is dated")
    end: date | None = known.latest if known is not None else None
    if end is not None and anchor.earliest is not None and anchor.earliest > end:
        return nothing("the anchor lies after publication")
    return Found(edtf.one_of(anchor.earliest, end), (f"narrative {anchor.edtf}", "to publication"))


def _anchored(word: Vague, context: Context) -> Found:
    anchor = context.narrative or context.frame
    if anchor is None:
        return nothing("nothing before it is dated")
    name = "narrative" if context.narrative is not None else "frame"
    chain = (f"{name} {anchor.edtf}", word.value)
    if word is Vague.SINCE_THEN:
        return Found(edtf.stretch(anchor.earliest, None), chain)
    if word is Vague.UNTIL_THEN:
        return Found(edtf.stretch(None, anchor.latest), chain)
    return Found(anchor, chain)
