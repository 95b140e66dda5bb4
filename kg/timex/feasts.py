"""Feasts that news date things by, and the days they fall on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from kg.timex.forms import Near
from kg.timex.grammar import YEAR, Match, Rule, rule
from kg.timex.marks import Holiday, Mark
from kg.timex.words import any_of

FEASTS: Final = {
    "Christmas Day": Holiday(12, 25),
    "Christmas Eve": Holiday(12, 24),
    "Christmas": Holiday(12, 25),
    "Boxing Day": Holiday(12, 26),
    "New Year's Eve": Holiday(12, 31),
    "New Year's Day": Holiday(1, 1),
    "Valentine's Day": Holiday(2, 14),
    "St. Patrick's Day": Holiday(3, 17),
    "April Fools' Day": Holiday(4, 1),
    "May Day": Holiday(5, 1),
    "Memorial Day": Holiday(5, nth=-1, weekday=0),
    "Independence Day": Holiday(7, 4),
    "Fourth of July": Holiday(7, 4),
    "Labor Day": Holiday(9, nth=1, weekday=0),
    "Columbus Day": Holiday(10, nth=2, weekday=0),
    "Halloween": Holiday(10, 31),
    "Veterans Day": Holiday(11, 11),
    "Thanksgiving Day": Holiday(11, nth=4, weekday=3),
    "Thanksgiving": Holiday(11, nth=4, weekday=3),
    "Black Friday": Holiday(11, nth=4, weekday=3, shift=1),
    "Martin Luther King Day": Holiday(1, nth=3, weekday=0),
    "Presidents' Day": Holiday(2, nth=3, weekday=0),
}
_NEARS: Final = {"last": Near.LAST, "this": Near.THIS, "next": Near.NEXT}
_NAMES: Final = any_of(FEASTS).replace("'", "['’]")


def _feast(found: Match) -> Mark | None:
    one = FEASTS[" ".join(found["feast"].split()).replace("’", "'")]
    year, way = found["year"], (found["way"] or "").lower()
    when = int(year) if year else None
    near = _NEARS.get(way, Near.PLAIN)
    return Holiday(one.month, one.day, one.nth, one.weekday, one.shift, when, near)


RULES: Final[tuple[Rule[Mark], ...]] = (
    rule(rf"\b(?:(?P<way>(?i:last|this|next)) )?(?P<feast>{_NAMES})(?!\w)(?:,? (?:of )?{YEAR})?", _feast),
)


def fall(feast: Holiday, year: int) -> date:
    """Return the day of a feast in a year.

    >>> fall(FEASTS["Thanksgiving"], 2008).isoformat()
    '2008-11-27'
    """
    if feast.day:
        return date(year, feast.month, feast.day)
    if feast.nth > 0:
        first = date(year, feast.month, 1)
        ahead = (feast.weekday - first.weekday()) % 7 + 7 * (feast.nth - 1)
        return first + timedelta(days=ahead + feast.shift)
    last = date(year, feast.month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - feast.weekday) % 7 - feast.shift)
