"""Pages that list things: the timeline with what needs care, actors, places, articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.query import Answer, Term
from kg.show import Reason, claims_on, reason_of
from kg.terms import TYPE, kg, plain
from kg.web.asked import Asked
from kg.web.forms import fields, given
from kg.web.page import Page
from kg.web.pictures import drawn
from kg.web.site import Site

PAGE: Final = 50  # rows of a table on one page
SAID: Final = 3  # of those who say that something happened, so many are shown in a list


@dataclass(frozen=True, slots=True)
class Row:
    """One event of a list, with some of those who say that it happened and in which words."""

    iri: str
    label: str
    when: str
    kind: str
    status: str
    said: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of many: the first and the last of them (from 1), and the number of the page."""

    first: int
    last: int
    number: int
    page: int
    pages: int


def timeline(site: Site, asked: Asked, _: Mapping[str, str]) -> Page:
    """Return the first page: what needs care, filters, the timeline, and the events in a table."""
    saved = site.queries["timeline"]
    answer = site.answer(saved, given(saved, asked))
    part, rows = cut(answer.rows, asked)
    shown = Answer(answer.columns, rows)
    listed = events(site, shown)
    values = {
        "overview": overview(site),
        "fields": fields(site, saved, asked),
        "picture": drawn(site, "timeline", shown, "Timeline"),
        "rows": listed,
        "part": part,
        "questions": tuple(site.queries.values()),
    }
    return Page("timeline.html", "Timeline", values, answer, tuple(NamedNode(row.iri) for row in listed))


def actors(site: Site, asked: Asked, _: Mapping[str, str]) -> Page:
    """Return a page of those who take part in events, the busiest first."""
    return _listed(site, asked, "actors", "Actors")


def places(site: Site, asked: Asked, _: Mapping[str, str]) -> Page:
    """Return a page of the places of events, those with most events first."""
    return _listed(site, asked, "places", "Places")


def articles(site: Site, asked: Asked, _: Mapping[str, str]) -> Page:
    """Return a page of the articles, the newest first."""
    return _listed(site, asked, "articles", "Articles")


def _listed(site: Site, asked: Asked, name: str, title: str) -> Page:
    answer = site.answer(site.queries[name], {})
    part, rows = cut(answer.rows, asked)
    nodes = tuple(row[0] for row in rows if isinstance(row[0], NamedNode))
    values = {"columns": site.queries[name].columns[1:], "rows": rows, "part": part}
    return Page("list.html", title, values, answer, nodes)


def cut(
    rows: Sequence[tuple[Term | None, ...]], asked: Asked
) -> tuple[Part, tuple[tuple[Term | None, ...], ...]]:
    """Return the rows of the page that is asked for; a page that is none is the first."""
    pages = max(1, -(-len(rows) // PAGE))
    wanted = asked.one("page")
    page = min(max(int(wanted), 1), pages) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1
    kept = tuple(rows[(page - 1) * PAGE : page * PAGE])
    first = (page - 1) * PAGE + 1 if kept else 0
    return Part(first, (page - 1) * PAGE + len(kept), len(rows), page, pages), kept


def events(site: Site, answer: Answer) -> list[Row]:
    """Return the events that are in the rows of an answer, each once, with who says so."""
    found: dict[str, Row] = {}
    for row in answer.rows:
        cells = {name: plain(term) for name, term in zip(answer.columns, row, strict=True)}
        iri = cells["event"]
        if iri not in found:
            when = span(cells.get("earliest", ""), cells.get("latest", ""))
            kind, status = (cells.get(name, "") for name in ("kind", "status"))
            said = said_of(site, NamedNode(iri))
            found[iri] = Row(iri, cells.get("label", iri), when, kind, status, said)
    return list(found.values())


def span(earliest: str, latest: str) -> str:
    """Return the days that something lies between as words.

    >>> span("2025-02-03", "2025-02-03"), span("", "2025-02-03")
    ('2025-02-03', 'by 2025-02-03')
    """
    if earliest and latest:
        return earliest if earliest == latest else f"{earliest} to {latest}"
    if earliest:
        return f"from {earliest}"
    return f"by {latest}" if latest else ""


def said_of(site: Site, event: NamedNode) -> tuple[Reason, ...]:
    """Return the first claims that an event happened, one for each article."""
    found: dict[str, Reason] = {}
    view = site.store.view()
    for claim in sorted(claims_on(site.store, event), key=str):
        if any(view.match(claim, kg("aspect"), TYPE)):
            reason = reason_of(site.store, claim)
            found.setdefault(reason.article, reason)
        if len(found) == SAID:
            break
    return tuple(sorted(found.values(), key=lambda reason: (reason.article, reason.start)))


def overview(site: Site) -> dict[str, int]:
    """Return how much there is, and how much of it needs care."""
    answer = site.answer(site.queries["overview"], {})
    return {plain(what): int(plain(number)) for what, number in answer.rows}
