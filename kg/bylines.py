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
_ROLES: Final = (
    "Written|Text|Words|Report|Reporting|Story|Analysis|Comment|Opinion|Essay|Updates|Interview|Compiled"
    "|Reported|Edited"
)
_BY: Final = re.compile(rf"(?:By|BY|(?:{_ROLES}) by)[: ]\s*({_NAME})(?:\s*[,|–—-]\s*(.+))?$")
_QUOTED: Final = re.compile(rf"({_NAME}),\s*(?:for )?[\"“«]([^\"”»]+)[\"”»]\.?$")
_TIME: Final = re.compile(
    r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*(?:GMT|UTC|BST|CET|CEST|EST|EDT))?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"(?i)^\W*(published|posted|date|updated|last updated|modified)?\W*(?:on)?\W*$")
_STAMPED: Final = re.compile(
    r"(?:\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{3,4})?(?: ?[-–—|:])?|[-*•–]|\d{1,2}[.)]|[QA]:)"
    r"\s+(?=[\"“‘']?[A-Z])"
)
_WIRED: Final = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z.'’-]+)*(?:/[A-Z]+)?(?:, [A-Z][\w.]*(?: [A-Z][\w.]*)*)?"
    r"(?:, (?:[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]+(?: \d{4})?))?"
    r"(?: ?\([^()]{1,40}\))? ?[-–—]+ "
)
_PLACED: Final = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z.'’-]+)*(?:, [A-Z][\w. ]*)?,\s*(?:\(([^()]{2,40})\))?$")
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
        return signed[1], None if date_line(signed[2] or "") else signed[2]
    return None


def date_line(line: str) -> DateLine | None:
    """Return the day of a line that holds little else: a weekday, a time, a label, an author, a place.

    >>> date_line("By Ann Lee, 5 May 2020").window.edtf, date_line("OSLO, 5 May 2020 (Wire)").outlet
    ('2020-05-05', 'Wire')
    """
    signed = _BY.match(line)
    if signed and signed[1][0].isupper() and signed[2]:
        line = signed[2]
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
    return _stated(rest, window, signed=signed is not None)


def _stated(rest: str, window: Window, *, signed: bool) -> DateLine | None:
    """Return what the words beside a day say of it."""
    if label := _LABEL.match(rest):
        stamp = Stamp.PUBLISHED if signed and not label[1] else _stamp(label[1])
        return DateLine(window, stamp)
    if place := _PLACED.match(rest):
        return DateLine(window, Stamp.PUBLISHED, place[1])
    outlet = _OUTLET.match(rest)
    if outlet is None:
        return None
    return DateLine(window, Stamp.PUBLISHED, None if " by " in outlet[1] else outlet[1])


def dateline(paragraph: str) -> int:
    """Return how many characters at the start of a paragraph are a dateline, an hour, the mark of an item.

    >>> dateline("AKTAU, Kazakhstan (Wire) - A jet crashed."), dateline("A jet - the second - crashed.")
    (27, 0)
    """
    found = _WIRED.match(paragraph) or _STAMPED.match(paragraph)
    return found.end() if found else 0


def _is_day(timex: Timex) -> bool:
    form = timex.form
    return isinstance(form, Calendar) and form.year is not None and form.day is not None


def _window(when: When) -> Window | None:
    return when.window if edtf.is_day(when.window) else None


def _stamp(label: str | None) -> Stamp:
    if label is None:
        return Stamp.BARE
    return Stamp.PUBLISHED if label.lower() in ("published", "posted", "date") else Stamp.UPDATED
