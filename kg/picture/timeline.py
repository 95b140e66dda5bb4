"""A timeline: a row for each event, its possible days drawn on one scale for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.picture.drawing import SMALL, lines, link, number, picture, safe, width
from kg.words import counted

MOST: Final = 1000  # events that are drawn one by one
NEAR: Final = 31  # days within which an event is dashed, beyond which it is dotted
_SCALE: Final = 30.0  # per cent of the width that the scale of days takes
_WORDS: Final = 34.0  # per cent at which the words begin
_ROOM: Final = 200.0  # pixels that words have on the narrowest screen
_LINE: Final = 18
_HEAD: Final = 28
_STEPS: Final = (1, 3, 12, 24, 60, 120, 240, 600, 1200, 6000)  # months between two ticks
_TICKS: Final = 13
_DASHES: Final = {
    "near": 'stroke-dasharray="4 3"',
    "wide": 'stroke-linecap="round" stroke-dasharray="1 6"',
}


@dataclass(frozen=True, slots=True)
class Mark:
    """An event: its first and last possible day (None where nothing bounds it), its name, its page."""

    label: str
    earliest: date | None
    latest: date | None
    href: str = ""
    status: str = ""
    kind: str = ""


def timeline(marks: Iterable[Mark], title: str) -> str:
    """Return a timeline as SVG, in the order given; what has no day at all is left out, and said so.

    Solid is a known day, dashed a day within 31, dotted a wider span; an arrow is an open end. Of
    more than 1,000 events the months, or years, are drawn with their numbers.
    """
    given = list(marks)
    dated = [mark for mark in given if mark.earliest or mark.latest]
    lacking = len(given) - len(dated)
    about = f"{counted(len(dated), 'event')} in order of time."
    about += (
        f" {counted(lacking, 'event')} without any date {'is' if lacking == 1 else 'are'} left out."
        * bool(lacking)
    )
    body, height = _clusters(dated) if len(dated) > MOST else _rows(dated)
    frame = f'width="100%" height="{height}" style="width:100%;max-width:48rem;height:{height}px"'
    return picture(title, about, frame, body)


def when(mark: Mark) -> str:
    """Return the possible days of an event in words."""
    first, last = mark.earliest, mark.latest
    if first and last:
        return first.isoformat() if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"by {last}" if last else ""


def sort_of(mark: Mark) -> str:
    """Return how sure the day is: exact, near or wide."""
    if mark.earliest is None or mark.latest is None:
        return "wide"
    days = (mark.latest - mark.earliest).days
    return "exact" if days <= 0 else "near" if days <= NEAR else "wide"


def _rows(marks: Sequence[Mark]) -> tuple[str, int]:
    first, last = _bounds(marks)
    top, rows = _HEAD, []
    year = 0
    for mark in marks:
        now = (mark.earliest or mark.latest or first).year
        if now != year:
            rows.append(f'<g role="listitem">{_text(str(now), top + 16, "strong")}</g>')
            year, top = now, top + 24
        row, height = _row(mark, top, (first, last))
        rows.append(row)
        top += height
    ticks = "".join(_ticks(first, last, top))
    return f'{ticks}<g role="list">{"".join(rows)}</g>', top


def _row(mark: Mark, top: int, bounds: tuple[date, date]) -> tuple[str, int]:
    names = lines(mark.label, _ROOM, 3)
    height = _LINE * (len(names) + 1) + 8
    days = when(mark)
    note = f"{days}, {mark.status}" if mark.status not in ("", "actual") else days
    said = ", ".join(filter(None, (days, mark.label, mark.kind, mark.status)))
    inner = f'<rect class="area" x="0" y="{top}" width="100%" height="{height}"/>'
    inner += _bar(mark, top + 12, bounds)
    inner += _text(lines(note, _ROOM, 1, SMALL)[0], top + 15, "quiet")
    inner += "".join(_text(name, top + 15 + _LINE * place) for place, name in enumerate(names, 1))
    return f'<g role="listitem">{link(mark.href, said, inner)}</g>', height


def _bar(mark: Mark, y: int, bounds: tuple[date, date]) -> str:
    """Draw a dot for a day, a line for a span, an arrow where it is open."""
    left = _at(mark.earliest, bounds) if mark.earliest else 0.0
    right = _at(mark.latest, bounds) if mark.latest else _SCALE
    sort = sort_of(mark)
    if sort == "exact":
        return f'<circle class="full" cx="{_percent(left)}" cy="{y}" r="6"/>'
    ends = f'x1="{_percent(left)}" x2="{_percent(max(right, left + 3))}" y1="{y}" y2="{y}"'
    drawn = f'<line class="mark" {ends} stroke-width="4" {_DASHES[sort]}/>'
    if mark.earliest is None:
        drawn += _arrow(0.0, y, f"M8 {y - 5}L2 {y}L8 {y + 5}")
    if mark.latest is None:
        drawn += _arrow(_SCALE, y, f"M-8 {y - 5}L-2 {y}L-8 {y + 5}")
    return drawn


def _arrow(x: float, y: int, path: str) -> str:
    return f'<svg x="{_percent(x)}" overflow="visible"><path class="mark" stroke-width="2" d="{path}"/></svg>'


def _ticks(first: date, last: date, bottom: int) -> Iterator[str]:
    """Yield a line for each year or month on the scale, with its name where there is room."""
    free = 0.0
    for day, name in _days(first, last):
        at = _at(day, (first, last))
        yield f'<line class="line" x1="{_percent(at)}" x2="{_percent(at)}" y1="{_HEAD - 6}" y2="{bottom}"/>'
        # 3 pixels are about one per cent of the narrowest screen
        end = at + width(name, SMALL) / 3 + 1
        if at >= free and end <= _WORDS:
            yield f'<text class="quiet" x="{_percent(at)}" y="16">{name}</text>'
            free = end


def _days(first: date, last: date) -> Iterator[tuple[date, str]]:
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((each for each in _STEPS if months / each <= _TICKS), _STEPS[-1])
    number = (first.year * 12 + first.month - 1 + step - 1) // step * step
    while number < 12 * 9999 and date(number // 12, number % 12 + 1, 1) <= last:
        day = date(number // 12, number % 12 + 1, 1)
        if day >= first:
            yield day, str(day.year) if step >= 12 or day.month == 1 else f"{day.year}-{day.month:02}"
        number += step


def _clusters(marks: Sequence[Mark]) -> tuple[str, int]:
    """Draw how many events begin in each month, or in each year where there are many."""
    days = [mark.earliest or mark.latest for mark in marks]
    size = 7 if len({day.isoformat()[:7] for day in days if day}) <= 120 else 4
    found = Counter(day.isoformat()[:size] for day in days if day)
    most = max(found.values())
    rows = []
    for place, (name, events) in enumerate(sorted(found.items())):
        y = _HEAD + 24 * place
        length = max(0.5, _SCALE * events / most)
        rows.append(
            f'<g role="listitem"><rect class="full" y="{y + 3}" width="{_percent(length)}" height="12"/>'
            + _text(f"{name}: {counted(events, 'event')}", y + 14)
            + "</g>"
        )
    return f'<g role="list">{"".join(rows)}</g>', _HEAD + 24 * len(rows)


def _bounds(marks: Sequence[Mark]) -> tuple[date, date]:
    days = [day for mark in marks for day in (mark.earliest, mark.latest) if day]
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 1, 1))
    room = max((last - first).days // 25, 1)
    return _moved(first, -room), _moved(last, room)


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return day


def _at(day: date, bounds: tuple[date, date]) -> float:
    first, last = bounds
    return 1 + (_SCALE - 2) * (day - first).days / max((last - first).days, 1)


def _text(words: str, y: int, kind: str = "") -> str:
    shown = f' class="{kind}"' if kind else ""
    return f'<text{shown} x="{_percent(_WORDS)}" y="{y}">{safe(words)}</text>'


def _percent(value: float) -> str:
    return f"{number(value)}%"
