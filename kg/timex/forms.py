"""What a time expression says, as a value: the parsed form that the resolver anchors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Span
from kg.timex.edtf import Part, Unit


class Kind(StrEnum):
    """How an expression gets its date."""

    CALENDAR = "calendar"
    RELATIVE = "relative"
    NARRATIVE = "narrative"
    FRAME = "frame"
    VAGUE = "vague"
    DURATION = "duration"
    EVENT = "event"


class Near(StrEnum):
    """Which of several days, months or seasons of one name is meant."""

    PLAIN = "plain"
    LAST = "last"
    THIS = "this"
    NEXT = "next"
    FOLLOWING = "following"
    PREVIOUS = "previous"


class Side(StrEnum):
    """On which side of a date a time lies."""

    SINCE = "since"
    BEFORE = "before"
    AFTER = "after"
    UNTIL = "until"
    BY = "by"
    DURING = "during"
    ABOUT = "about"


class Vague(StrEnum):
    """Words that only point at another time."""

    RECENTLY = "recently"
    THEN = "then"
    SINCE_THEN = "since then"
    UNTIL_THEN = "until then"
    SAME_TIME = "same time"
    MEANTIME = "meantime"
    THESE_YEARS = "these years"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A day, month or year. `shift` counts years from publication ("July 3 last year")."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    near: Near = Near.PLAIN
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """A season, quarter or half, by its EDTF code (21-24, 33-36, 40, 41)."""

    code: str
    year: int | None = None
    shift: int | None = None
    near: Near = Near.PLAIN


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years, by the first of them."""

    first: int
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (Monday is 0); with `weekend` its Saturday and Sunday."""

    day: int
    near: Near = Near.PLAIN
    weekend: bool = False


@dataclass(frozen=True, slots=True)
class Cycle:
    """A whole unit counted from the one that holds the anchor: last year, the next day."""

    unit: Unit
    shift: int
    narrative: bool = False
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Distance:
    """So many units away from the anchor: two days ago (negative), three weeks later."""

    unit: Unit
    least: int
    most: int
    narrative: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """A stretch that ends (or with `ahead` begins) at publication: over the past five years."""

    unit: Unit
    count: int
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, without a place in the calendar."""

    unit: Unit
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Range:
    """From one date to another; `whole` for the stretch, else one unknown day of it."""

    first: Form
    last: Form
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """On one side of a date: since 2014, by Friday, around 3 July."""

    side: Side
    of: Form


@dataclass(frozen=True, slots=True)
class ByEvent:
    """On one side of an event that only the caller can date; `words` name it."""

    side: Side
    words: Span


Core = Calendar | Season | Decade | Weekday | Cycle | Distance | Past | Duration | Vague | ByEvent
Form = Core | Range | Bound


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: its words in the text, its kind, and what they say.

    `back` marks a year that is spoken of as over ("Back in 2014").
    """

    span: Span
    kind: Kind
    form: Form
    back: bool = False
