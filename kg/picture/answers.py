"""Draws answers to questions: from columns by their names to marks, nodes or points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from kg.picture.map import Spot, map_of
from kg.picture.network import Edge, Node, network
from kg.picture.timeline import Mark, timeline
from kg.query import Answer
from kg.terms import plain

VIEWS: Final = ("timeline", "network", "map")
_NEEDED: Final = {
    "timeline": {"event"},
    "network": {"source", "target"},
    "map": {"place", "match"},
}

Where = Callable[[str], str]
Points = Mapping[str, tuple[float, float]]


def can_draw(view: str, answer: Answer) -> bool:
    """Tell whether there is something to draw, in columns that the view knows."""
    return bool(answer.rows) and view in _NEEDED and _NEEDED[view] <= set(answer.columns)


def timeline_of(answer: Answer, title: str, where: Where) -> str:
    """Draw the events of an answer, each once (columns event, label, earliest, latest, kind, status).

    `where` gives the address that leads from a thing's IRI to its page.
    """
    rows: dict[str, dict[str, str]] = {}
    for row in _rows(answer):
        rows.setdefault(row["event"], row)
    marks = (
        Mark(
            label=row.get("label") or event,
            earliest=_day(row.get("earliest", "")),
            latest=_day(row.get("latest", "")),
            href=where(event),
            status=row.get("status", ""),
            kind=row.get("kind", ""),
        )
        for event, row in rows.items()
    )
    return timeline(marks, title)


def network_of(answer: Answer, title: str, where: Where) -> str:
    """Draw who acts on whom (columns source, sourceLabel, target, targetLabel, count)."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str], int] = {}
    for row in _rows(answer):
        for end in ("source", "target"):
            key = row[end]
            nodes.setdefault(key, Node(key, row.get(f"{end}Label") or key, where(key)))
        pair = row["source"], row["target"]
        edges[pair] = edges.get(pair, 0) + _number(row.get("count", "1"))
    return network(nodes.values(), (Edge(*pair, count) for pair, count in edges.items()), title)


def map_from(answer: Answer, title: str, where: Where, points: Points) -> str:
    """Draw those places that have coordinates (columns place, label, match, count), or nothing."""
    spots = [
        Spot(
            row.get("label") or row["place"],
            *points[row["match"]],
            where(row["place"]),
            _number(row["count"]),
        )
        for row in _rows(answer)
        if row["match"] in points
    ]
    return map_of(spots, title) if spots else ""


def identifiers(answer: Answer) -> tuple[str, ...]:
    """Return by what the places of an answer can be looked up (column match), each once."""
    return tuple(sorted({row["match"] for row in _rows(answer) if row["match"]}))


def without_point(answer: Answer, points: Points) -> list[str]:
    """Return the names of the places of an answer that no coordinates are known of."""
    return [_name(row) for row in _rows(answer) if row["match"] not in points]


def _name(row: Mapping[str, str]) -> str:
    return row.get("label") or row["place"]


def _rows(answer: Answer) -> Iterator[dict[str, str]]:
    for row in answer.rows:
        yield {name: plain(term) for name, term in zip(answer.columns, row, strict=True)}


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 1
