"""Writes what is known for other tools: each format is a saved question, and how its answer is written.

SEM, schema.org and Web Annotation are Turtle, GeoJSON follows RFC 7946, TimelineJS its JSON, and
PLOVER's event data are CSV.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html import escape
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.coordinates import Point, coordinates
from kg.errors import UsageError
from kg.query import Answer
from kg.questions import ask
from kg.render import render
from kg.resources import Resources
from kg.store import Store
from kg.terms import PREFIXES, TYPE, plain
from kg.words import clean

Points = Mapping[str, Point]
_SPACES: Final = {**PREFIXES, "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/"}


def exchange(store: Store, how: str, found: Resources | None = None) -> bytes:
    """Return a store in one of EXCHANGES: the same bytes for the same store, as UTF-8.

    Raises UsageError for an unknown format.
    """
    if how not in EXCHANGES:
        raise UsageError(f"unknown format {how!r}; choose one of {', '.join(EXCHANGES)}")
    return EXCHANGES[how](ask(store, how, found=found))


def geojson(answer: Answer, points: Points | None = None) -> bytes:
    """Return the places of events as a FeatureCollection; a place that is not known has no geometry."""
    rows = list(_rows(answer))
    known = coordinates(row["match"] for row in rows) if points is None else points
    features = [
        {
            "type": "Feature",
            "geometry": _point(known.get(row["match"])),
            "properties": {name: value or None for name, value in row.items() if name != "match"},
        }
        for row in rows
    ]
    return _json({"type": "FeatureCollection", "features": features})


def timelinejs(answer: Answer) -> bytes:
    """Return dated events as TimelineJS reads them, each with all who say that it happened."""
    events: dict[str, list[dict[str, str]]] = {}
    for row in _rows(answer):
        events.setdefault(row["event"], []).append(row)
    return _json({"events": [_slide(rows) for rows in events.values()]})


def _turtle(answer: Answer) -> bytes:
    """Return triples sorted by subject, what it is first, with the prefixes that they need."""
    triples = {
        Triple(subject, predicate, value)
        for subject, predicate, value in answer.rows
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and value is not None
    }
    ordered = sorted(triples, key=_order)
    used = {plain(term).rpartition("#")[0] + "#" for triple in triples for term in triple}
    used |= {plain(term).rpartition("/")[0] + "/" for triple in triples for term in triple}
    spaces = {prefix: space for prefix, space in sorted(_SPACES.items()) if space in used}
    return serialize(ordered, format=RdfFormat.TURTLE, prefixes=spaces) or b""


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != TYPE, str(triple.predicate), str(triple.object)


def _csv(answer: Answer) -> bytes:
    return render(answer, "csv").encode("utf-8")


EXCHANGES: Final[Mapping[str, Callable[[Answer], bytes]]] = {
    "sem": _turtle,
    "schema-org": _turtle,
    "web-annotation": _turtle,
    "geojson": geojson,
    "timelinejs": timelinejs,
    "plover": _csv,
}


def _point(found: Point | None) -> dict[str, object] | None:
    """Return a point as GeoJSON has it: first the longitude."""
    return None if found is None else {"type": "Point", "coordinates": [found[1], found[0]]}


def _slide(rows: list[dict[str, str]]) -> dict[str, object]:
    """Return one event; TimelineJS takes its words for HTML, so they are escaped."""
    first = rows[0]
    quotes = "".join(f"<p>“{escape(row['quote'])}” — {escape(_caption(row))}</p>" for row in rows)
    return {
        "unique_id": first["event"],
        "group": escape(first["kind"]),
        **_dates(first["earliest"], first["latest"]),
        "text": {"headline": escape(first["label"]), "text": quotes},
        "media": {
            "url": f"<blockquote>{escape(first['quote'])}</blockquote>",
            "caption": escape("; ".join(dict.fromkeys(map(_caption, rows)))),
        },
    }


def _caption(row: Mapping[str, str]) -> str:
    return f"{row['who']} ({row['how']}), {row['article']}"


def _dates(earliest: str, latest: str) -> dict[str, object]:
    """Return a date with the parts that are known and no other; where that is too little, words too."""
    if not (earliest and latest):
        words = f"from {earliest}" if earliest else f"by {latest}"
        return {"start_date": _parts(earliest or latest, 3), "display_date": words}
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    if first == last:
        return {"start_date": _parts(earliest, 3)}
    words = f"{earliest} to {latest}"
    if first.year != last.year:
        return {"start_date": _parts(earliest, 1), "end_date": _parts(latest, 1), "display_date": words}
    known = 2 if first.month == last.month else 1
    start: dict[str, object] = {"start_date": _parts(earliest, known)}
    return start if _is_whole(first, last) else {**start, "display_date": words}


def _parts(day: str, number: int) -> dict[str, int]:
    values = map(int, day.split("-"))
    return dict(list(zip(("year", "month", "day"), values, strict=True))[:number])


def _is_whole(first: date, last: date) -> bool:
    """Tell whether a span is one whole month or year."""
    ends = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    return ends and (first.month == last.month or (first.month, last.month) == (1, 12))


def _rows(answer: Answer) -> Iterator[dict[str, str]]:
    for row in answer.rows:
        yield {name: clean(plain(term)) for name, term in zip(answer.columns, row, strict=True)}


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
