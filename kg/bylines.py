"""Reads the small lines around an article: who wrote it, who published it, which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.model import When, Window
from kg.timex import edtf
from kg.timex.context import Context
from kg.timex.find import find
from kg.timex.forms import Calendar, Timex, Weekday
from kg.timex.resolve import resolve

_NAME: Final = r"[^\W\d_][\w.'’-]*(?: (?:[^\W\d_][\w.'’-]*)){0,5}"
_BY: Final = re.compile(rf"(?:By|BY|Written by|Text by)[: ]\s*({_NAME})(?:\s*[,|–—-]\s*(.+))?$")
_QUOTED: Final = re.compile(rf"({_NAME}),\s*(?:for )?[\"“«]([^\"”»]+)[\"”»]\.?$")
_TIME: Final = re.compile(
    r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*(?:GMT|UTC|BST|CET|CEST|EST|EDT))?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"(?i)^\W*(published|posted|date|updated|last updated|modified)?\W*(?:on)?\W*$")
_OUTLET: Final = re.compile(r"^([A-Z][\w.’'& -]{1,40}?)\s*[-–—|,]\s*$")
MOST_WORDS: Final = 12


class Stamp(StrEnum):
    """What a line with a date alone says of that date."""

    BARE = "bare"
    PUBLISHED = "published"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is only a date, with the label or the outlet beside it."""

    window: Window
    stamp: Stamp
    outlet: str | None = None


def byline(line: str) -> tuple[str, str | None] | None:
    """Return author and outlet of a line that only names them, else None.

    >>> byline('Ann Lee, "The Courier"')
    ('Ann Lee', 'The Courier')
    """
    if len(line.split()) > MOST_WORDS:
        return None
    quoted = _QUOTED.match(line)
    if quoted and quoted[1][0].isupper():
        return quoted[1], quoted[2].strip()
    signed = _BY.match(line)
    if signed and signed[1][0].isupper() and not line.endswith((".", "!", "?")):
        return signed[1], signed[2]
    return None


def date_line(line: str) -> DateLine | None:
    """Return the day of a line that holds nothing else but a weekday, a time or a label."""
    if len(line.split()) > MOST_WORDS or not any(letter.isdigit() for letter in line):
        return None
    found = find(line)
    day = next((timex for timex in found if _is_day(timex)), None)
    if day is None or any(t is not day and not isinstance(t.form, Weekday) for t in found):
        return None
    rest = line
    for timex in reversed(found):
        rest = rest[: timex.span.start] + rest[timex.span.end :]
    rest = _TIME.sub("", rest).strip()
    window = _window(resolve(day, Context()))
    if window is None:
        return None
    if label := _LABEL.match(rest):
        return DateLine(window, _stamp(label[1]))
    outlet = _OUTLET.match(rest)
    return DateLine(window, Stamp.PUBLISHED, outlet[1]) if outlet else None


def _is_day(timex: Timex) -> bool:
    form = timex.form
    return isinstance(form, Calendar) and form.year is not None and form.day is not None


def _window(when: When) -> Window | None:
    return when.window if edtf.is_day(when.window) else None


def _stamp(label: str | None) -> Stamp:
    if label is None:
        return Stamp.BARE
    return Stamp.PUBLISHED if label.lower() in ("published", "posted", "date") else Stamp.UPDATED
