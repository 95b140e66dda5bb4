"""A map of points on a grid of degrees: no coastline and no border, which would take sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Final

from kg.picture.boxes import Box, first_free
from kg.picture.drawing import SMALL, cut, link, number, picture, safe, width
from kg.words import counted

_WIDE: Final = 360
_EDGE: Final = 24  # pixels around the map, for the degrees
_LOWEST: Final = 160.0  # pixels of the map's height
_HIGHEST: Final = 400.0
_LEAST: Final = 2.0  # degrees that a map shows at least
_STEPS: Final = (0.5, 1, 2, 5, 10, 15, 30, 45, 90)
_GRID: Final = 5  # lines of the grid in one direction
_NAME: Final = 130  # pixels that a name may have


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: where it is in degrees (WGS 84; north and east are positive), and how much is there."""

    label: str
    latitude: float
    longitude: float
    href: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class _View:
    """What part of the Earth is shown, and how many pixels a degree takes."""

    west: float
    north: float
    across: float
    down: float
    height: float

    def x(self, longitude: float) -> float:
        return _EDGE + ((longitude - self.west) % 360) * self.across

    def y(self, latitude: float) -> float:
        return _EDGE + (self.north - latitude) * self.down


def map_of(spots: Iterable[Spot], title: str) -> str:
    """Return a map as SVG, cropped to the points (equirectangular); a circle's area is its count.

    A name that would lie on another one is left to the description of its point.
    """
    given = [s for s in spots if -90 <= s.latitude <= 90 and -180 <= s.longitude <= 180]
    view = _view(given)
    about = f"{counted(len(given), 'place')} on a grid of degrees, without coastlines or borders."
    body = f'<g aria-hidden="true">{"".join(_grid(view))}</g><g role="list">{_points(given, view)}</g>'
    height = number(view.height + 2 * _EDGE)
    frame = f'viewBox="0 0 {_WIDE} {height}" width="{_WIDE}" height="{height}"'
    return picture(title, about, f'{frame} style="width:100%;max-width:36rem;height:auto"', body)


def _view(spots: Sequence[Spot]) -> _View:
    north = max((s.latitude for s in spots), default=90.0)
    south = min((s.latitude for s in spots), default=-90.0)
    west, wide = _sector([s.longitude for s in spots])
    high = north - south
    margin = max(wide, high, _LEAST) / 8 + _LEAST / 2
    west, wide = west - margin, wide + 2 * margin
    north, high = min(north + margin, 90.0), min(high + 2 * margin, 180.0)
    wide = min(wide, 360.0)
    narrow = max(cos(radians(min(abs(north - high / 2), 80.0))), 0.17)  # a degree of longitude shrinks
    room = _WIDE - 2 * _EDGE
    down = room / wide / narrow
    if down * high > _HIGHEST:
        down = _HIGHEST / high
        wider = min(room / down / narrow, 360.0)
        west, wide = west - (wider - wide) / 2, wider
    elif down * high < _LOWEST:
        taller = min(_LOWEST / down, 180.0)
        north, high = min(north + (taller - high) / 2, 90.0), taller
    return _View(west, north, room / wide, down, down * high)


def _sector(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return the western end and the width of the narrowest sector that holds all, also across 180°."""
    around = sorted({longitude % 360 % 360 for longitude in longitudes})  # -1e-99 % 360 is 360.0
    if not around:
        return -180.0, 360.0
    gaps = [(around[(i + 1) % len(around)] - here) % 360 or 360.0 for i, here in enumerate(around)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return around[(widest + 1) % len(around)], 360.0 - gaps[widest]


def _grid(view: _View) -> Iterator[str]:
    right, bottom = _WIDE - _EDGE, _EDGE + view.height
    yield (
        f'<rect class="line" x="{_EDGE}" y="{_EDGE}" width="{right - _EDGE}" height="{number(view.height)}"/>'
    )
    wide, high = (right - _EDGE) / view.across, view.height / view.down
    for degree in _lines(view.west, view.west + wide):
        x = number(view.x(degree))
        yield f'<line class="line" x1="{x}" x2="{x}" y1="{_EDGE}" y2="{number(bottom)}"/>'
        name = _named((degree + 180) % 360 - 180, "EW")
        yield f'<text class="quiet" text-anchor="middle" x="{x}" y="{number(bottom + 16)}">{name}</text>'
    for degree in _lines(view.north - high, view.north):
        y = view.y(degree)
        yield f'<line class="line" x1="{_EDGE}" x2="{right}" y1="{number(y)}" y2="{number(y)}"/>'
        yield f'<text class="quiet halo" x="2" y="{number(y + 4)}">{_named(degree, "NS")}</text>'


def _lines(first: float, last: float) -> Iterator[float]:
    step = next((each for each in _STEPS if (last - first) / each <= _GRID), _STEPS[-1])
    place = -int(-first // step)
    while place * step < last:
        yield place * step
        place += 1


def _named(degree: float, sides: str) -> str:
    side = "" if degree in (0, -180) else sides[0] if degree > 0 else sides[1]
    return f"{number(abs(degree))}°{side}"


def _points(spots: Sequence[Spot], view: _View) -> str:
    most = max((spot.count for spot in spots), default=1)
    circles = [_circle(spot, view, most) for spot in spots]
    whole = Box(0, 0, _WIDE, view.height + _EDGE)
    taken = [Box(x - r, y - r, x + r, y + r) for x, y, r in circles]
    rows = []
    for place, (spot, (x, y, r)) in enumerate(zip(spots, circles, strict=True)):
        others = [box for at, box in enumerate(taken) if at != place]
        middle = f'cx="{number(x)}" cy="{number(y)}"'
        drawn = f'<circle class="area" {middle} r="{number(max(r, 12))}"/>'
        drawn += f'<circle class="full" {middle} r="{number(r)}" fill-opacity="0.75"/>'
        name = cut(spot.label, _NAME, SMALL)
        boxes = _around(x, y, r, width(name, SMALL))
        at = first_free(boxes, others, whole)
        if at is not None:
            taken.append(boxes[at])
            left, base = number(boxes[at].left), number(boxes[at].bottom - 4)
            drawn += f'<text class="name halo" x="{left}" y="{base}">{safe(name)}</text>'
        said = f"{spot.label}: {counted(spot.count, 'event')}"
        rows.append(f'<g role="listitem">{link(spot.href, said, drawn)}</g>')
    return "".join(rows)


def _circle(spot: Spot, view: _View, most: int) -> tuple[float, float, float]:
    return view.x(spot.longitude), view.y(spot.latitude), 4 + 8 * sqrt(max(spot.count, 1) / max(most, 1))


def _around(x: float, y: float, r: float, wide: float) -> list[Box]:
    """Return where a name may stand: right, left, above or below its point."""
    right, left, middle = x + r + 3, x - r - 3 - wide, x - wide / 2
    return [
        Box(right, y - 8, right + wide, y + 8), Box(left, y - 8, left + wide, y + 8),
        Box(middle, y - r - 18, middle + wide, y - r - 2), Box(middle, y + r + 2, middle + wide, y + r + 18),
    ]  # fmt: skip
