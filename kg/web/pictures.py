"""Draws an answer as its question's view asks for it, once it is known where its links lead."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from kg.coordinates import coordinates
from kg.picture.answers import (
    VIEWS,
    Where,
    can_draw,
    identifiers,
    map_from,
    network_of,
    timeline_of,
    without_point,
)
from kg.query import Answer
from kg.web.site import Site
from kg.words import clean

_KEYS = "Solid: the day is known. Dashed: it lies within some days. Dotted: within a wide span."
_ARCS = "Arcs lead from who acts to whom it is done to; numbers count events."
_NO_BORDERS = "A state is drawn at one point. There are no borders: any would take sides."


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn: a view (timeline, network or map), the answer and a title."""

    view: str
    answer: Answer
    title: str


def drawn(view: str, answer: Answer, title: str) -> Drawing | None:
    """Return what is to be drawn of an answer, or None for a view that is a table."""
    return Drawing(view, answer, title) if view in VIEWS and can_draw(view, answer) else None


def figure(site: Site, where: Where, drawing: Drawing | None) -> str:
    """Return a drawing with its caption as HTML, or nothing where there is nothing to draw.

    `where` gives the address of a thing's page by its IRI.
    """
    if drawing is None:
        return ""
    picture, caption = _drawn(site, where, drawing)
    words = f'<figcaption class="quiet">{escape(clean(caption))}</figcaption>'
    return f"<figure>{picture}{words}</figure>"


def svg(site: Site, where: Where, drawing: Drawing) -> str:
    """Return a drawing as SVG alone; nothing where no place of a map is known."""
    return _drawn(site, where, drawing)[0]


def _drawn(site: Site, where: Where, drawing: Drawing) -> tuple[str, str]:
    answer, title = drawing.answer, drawing.title
    match drawing.view:
        case "timeline":
            return timeline_of(answer, title, where), _KEYS
        case "network":
            return network_of(answer, title, where), _ARCS
    wanted = identifiers(answer)
    points = site.keep(("coordinates", wanted), lambda: coordinates(wanted))
    unknown = without_point(answer, points)
    caption = f"No coordinates are known of {', '.join(unknown)}." if unknown else ""
    return map_from(answer, title, where, points), f"{_NO_BORDERS} {caption}".strip()
