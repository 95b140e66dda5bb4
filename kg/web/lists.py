"""Pages that list things: the timeline with what needs care, actors, places, articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from pyoxigraph import NamedNode

from kg.catalogue import UNDATED, Wanted
from kg.query import Answer, Term
from kg.render import shown
from kg.show import Reason, claims_on, reasons_of
from kg.terms import TYPE, kg, plain
from kg.web.asked import Asked
from kg.web.forms import fields, given
from kg.web.page import Page
from kg.web.paging import paged
from kg.web.pictures import drawn
from kg.web.site import Site

_FIRST: Final = ("event", "actor", "place", "article", "claim")
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


def timeline(site: Site, asked: Asked, _: Mapping[str, str]) -> Page:
    """Return the first page: what needs care, filters, the timeline, and the events in a table."""
    saved = site.queries["timeline"]
    values = given(saved, asked)
    part, seen = paged(site, saved, values, asked)
    listed = events(site, seen)
    shows = {
        "overview": site.keep("overview", partial(overview, site)),
        "fields": fields(site, saved, asked),
        "picture": drawn("timeline", seen, "Timeline"),
        "rows": listed,
        "part": part,
        "questions": tuple(site.queries.values()),
    }
    nodes = tuple(NamedNode(row.iri) for row in listed)
    return Page("timeline.html", "Timeline", shows, partial(site.answer, saved, values), nodes)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell of a table shows, and the IRI of the thing that it names, if it names one."""

    words: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table for people: a thing and its label are one cell."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def linked(columns: Sequence[tuple[str, str]], answer: Answer) -> Table:
    """Return an answer as a table for people.

    The label of a column `x` is in the column `xLabel`, that of the first thing also in `label`.
    """
    names = answer.columns
    heads = dict(columns)
    first = next((name for name in names if "label" in names and name in _FIRST), "")
    labels = {name: f"{name}Label" for name in names if f"{name}Label" in names}
    labels |= {first: "label"} if first and first not in labels else {}
    kept = [name for name in names if name not in labels.values()]
    rows = []
    for row in answer.rows:
        known = dict(zip(names, row, strict=True))
        rows.append(tuple(_cell(known[name], known.get(labels.get(name, ""))) for name in kept))
    return Table(
        tuple(heads.get(labels.get(name, name), heads.get(name, name)) for name in kept), tuple(rows)
    )


def _cell(term: Term | None, label: Term | None) -> Cell:
    if isinstance(term, NamedNode):
        return Cell(plain(label) if label is not None else shown(term), term.value)
    return Cell(shown(term))


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
    saved = site.queries[name]
    part, seen = paged(site, saved, {}, asked)
    nodes = tuple(dict.fromkeys(cell for row in seen.rows for cell in row if isinstance(cell, NamedNode)))
    values = {"table": linked(saved.columns, seen), "part": part}
    return Page("list.html", title, values, partial(site.answer, saved, {}), nodes)


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
            for reason in reasons_of(site.store, claim):
                found.setdefault(reason.article, reason)
        if len(found) == SAID:
            break
    return tuple(sorted(found.values(), key=lambda reason: (reason.article, reason.start)))


def overview(site: Site) -> dict[str, int]:
    """Return how much there is, and how much of it needs care; the index counts the events, if it can."""
    catalogue = site.store.catalogue
    if catalogue is None:
        answer = site.answer(site.queries["overview"], {})
        return {plain(what): int(plain(number)) for what, number in answer.rows}
    return {
        "articles": len(site.store.articles()),
        "events": catalogue.count(Wanted()),
        "contested claims": len(_subjects(site, kg("contradicts"), None)),
        "disputed events": len(_subjects(site, kg("status"), kg("Disputed"))),
        "events without a date": catalogue.count(Wanted(((UNDATED,),))),
    }


def _subjects(site: Site, predicate: NamedNode, value: NamedNode | None) -> set[str]:
    return {plain(q.subject) for q in site.store.dataset.quads_for_pattern(None, predicate, value)}
