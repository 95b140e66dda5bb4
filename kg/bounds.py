"""The days in which an event can lie: what its own times allow, and what comes before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

Bounds = tuple[date | None, date | None]


def bounds(spans: Sequence[Bounds]) -> Bounds:
    """Return the first and last day that all spans allow, or of their hull if there is none.

    A bound that is None is open; so is the hull on a side where some span is open.

    >>> bounds([(date(2031, 5, 1), None), (None, date(2031, 5, 9))])
    (datetime.date(2031, 5, 1), datetime.date(2031, 5, 9))
    """
    known = [span for span in spans if span != (None, None)]
    starts = [start for start, _ in known if start is not None]
    ends = [end for _, end in known if end is not None]
    first, last = max(starts, default=None), min(ends, default=None)
    if first is None or last is None or first <= last:
        return first, last
    return (
        min(starts) if len(starts) == len(known) else None,
        max(ends) if len(ends) == len(known) else None,
    )


def tightened(own: Mapping[str, Bounds], after: Iterable[tuple[str, str]]) -> dict[str, Bounds]:
    """Return the bounds of events, given which one (first) comes after which (second).

    An event is no earlier than what it follows and no later than what follows it. Where that
    leaves no day, an event keeps its own bounds; so do events that are said to follow themselves.

    >>> day = date(2031, 5, 3)
    >>> tightened({"a": (None, None), "b": (day, day)}, [("a", "b")])["a"]
    (datetime.date(2031, 5, 3), None)
    """
    order = sorted(set(after))
    found = dict(own)
    for _ in own:
        before = dict(found)
        for later, earlier in order:
            if later in found and earlier in found:
                first = _latest(found[later][0], found[earlier][0])
                last = _earliest(found[earlier][1], found[later][1])
                found[later] = _kept(found[later], (first, found[later][1]))
                found[earlier] = _kept(found[earlier], (found[earlier][0], last))
        if found == before:
            break
    return found


def _kept(old: Bounds, new: Bounds) -> Bounds:
    """Return the new bounds, or the old ones where no day fits the new."""
    return old if new[0] and new[1] and new[0] > new[1] else new


def _latest(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _earliest(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
