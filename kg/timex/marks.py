"""What TIMEX3 marks although no day follows from it: lengths, sets, hours, parts of a day, quarters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.timex.forms import Form, Near

Kind3 = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """An expression whose value needs no anchor: P3D, PXY, PRESENT_REF, XXXX-WXX-1."""

    type: Kind3
    value: str


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour or a minute of some day: T10:00."""

    time: str


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of a day (MO, MI, AF, EV, NI), so many days from publication, or of a narrative day."""

    part: str
    shift: int | None = 0


@dataclass(frozen=True, slots=True)
class Quarters:
    """A whole quarter, counted from that of the anchor; with `told` the one last told, if any."""

    shift: int
    narrative: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class BusinessYear:
    """A fiscal year: a stated one, or so many years from that of publication."""

    shift: int = 0
    year: int | None = None


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The same period one year before the one that was told, or in a stated year."""

    year: int | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast: a day of a month, or the nth (-1: last) weekday of it; `shift` moves it by days."""

    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0
    shift: int = 0
    year: int | None = None
    near: Near = Near.PLAIN


Mark = Form | Fixed | Clock | DayPart | Quarters | BusinessYear | YearBefore | Holiday
