"""Pages of saved questions: all of them, one as a form with its answer, and what validation finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.api import validate_store
from kg.binding import bind, terms
from kg.mending import proposal
from kg.query import Answer, answer_of
from kg.report import Result
from kg.saved import SavedQuery
from kg.terms import link
from kg.web.asked import Asked
from kg.web.forms import fields as form
from kg.web.forms import given
from kg.web.lists import linked
from kg.web.page import MissingError, Page
from kg.web.paging import cut, paged
from kg.web.pictures import drawn
from kg.web.protocol import found_by, question
from kg.web.site import Site

_EXAMPLE: Final = """SELECT ?event ?label WHERE {
  ?event a <https://w3id.org/kgnews/ns#Event> ; <http://www.w3.org/2000/01/rdf-schema#label> ?label .
} ORDER BY ?label LIMIT 20"""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One result of validation, the address of what it is about, and what may mend it."""

    result: Result
    proposal: str


def listing(site: Site, _: Asked, __: Mapping[str, str]) -> Page:
    """Return a page of all saved questions, by their first tag."""
    groups: dict[str, list[SavedQuery]] = {}
    for saved in sorted(site.queries.values(), key=lambda each: each.name):
        groups.setdefault(saved.tags[0] if saved.tags else "other", []).append(saved)
    rows = tuple((Literal(each.name), Literal(each.summary)) for each in site.queries.values())
    table = Answer(("name", "summary"), rows)
    return Page("questions.html", "Questions", {"groups": dict(sorted(groups.items()))}, lambda: table)


def asked(site: Site, request: Asked, parts: Mapping[str, str]) -> Page:
    """Return a saved question as a form, with its answer once all that it needs is given."""
    saved = site.queries.get(parts["name"])
    if saved is None:
        raise MissingError(f"{parts['name']}: there is no such question")
    values = given(saved, request)
    lacking = [param.label for param in saved.params if param.required and param.name not in values]
    empty = Answer(tuple(name for name, _ in saved.columns), ())
    part, seen = (cut((), request)[0], empty) if lacking else paged(site, saved, values, request)
    picture = drawn(saved.view, seen, saved.summary) if seen else None
    page = {
        "saved": saved,
        "fields": form(site, saved, request),
        "table": linked(saved.columns, seen) if seen else None,
        "part": part,
        "picture": picture,
        "lacking": lacking,
        "text": bind(saved, terms(site.store, saved, values)) if not lacking else saved.text,
    }
    nodes = {term for row in seen.rows for term in row if isinstance(term, NamedNode)}
    return Page(
        "question.html",
        saved.summary,
        page,
        partial(site.answer, saved, values),
        tuple(sorted(nodes, key=str)),
        lacking=f"give {', '.join(lacking)} to ask this" if lacking else "",
    )


def free(site: Site, request: Asked, *, empty: bool) -> Page:
    """Return the page for SPARQL that anybody writes, with the first rows of its answer."""
    if empty:
        return Page("sparql.html", "SPARQL", {"text": _EXAMPLE, "table": None, "part": None})
    given = question(request)
    answer = answer_of(found_by(site.store.oxigraph, given))
    part, rows = cut(answer.rows, request)
    values = {"text": given.text, "table": linked((), Answer(answer.columns, rows)), "part": part}
    return Page("sparql.html", "SPARQL", values, lambda: answer)


def quality(site: Site, request: Asked, _: Mapping[str, str]) -> Page:
    """Return a page of what validation finds, each result as a sentence with the passage."""
    report = site.keep("quality", lambda: validate_store(site.store, site.found))
    wrong = [Wrong(result, proposal(site.store, result)) for result in report.results]
    names = tuple(field.name for field in fields(Result))
    rows = tuple(tuple(Literal(getattr(each, name)) for name in names) for each in report.results)
    part, kept = cut(rows, request)
    shown = wrong[part.first - 1 : part.last] if kept else []
    nodes = {node for each in shown if (node := link(each.result.focus))}
    values = {"report": report, "wrong": shown, "part": part}
    table = Answer(names, rows)
    return Page("quality.html", "Quality", values, lambda: table, tuple(sorted(nodes, key=str)))
