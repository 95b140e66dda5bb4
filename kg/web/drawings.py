"""Pictures as files of their own: SVG, and a page that holds a timeline and who says so."""

from __future__ import annotations

from typing import Final

from kg.errors import UsageError
from kg.query import Answer
from kg.terms import link
from kg.web.lists import events
from kg.web.pictures import drawn, figure, svg
from kg.web.site import Site
from kg.web.write import alone

FILES: Final = ("timeline.svg", "timeline.html", "network.svg", "map.svg")
_ASKED: Final = {"timeline": "timeline", "network": "network", "map": "places"}


def drawing(site: Site, name: str) -> bytes:
    """Return one of FILES, the same bytes for the same store.

    Links in SVG are the IRIs of things; those of the page lead to its own list. Raises UsageError
    for another name.
    """
    if name not in FILES:
        raise UsageError(f"unknown picture {name!r}; choose one of {', '.join(FILES)}")
    view, _, ending = name.partition(".")
    saved = site.queries[_ASKED[view]]
    answer = site.answer(saved, {})
    if ending == "html":
        return _page(site, answer, saved.summary)
    found = drawn(view, answer, saved.summary)
    if found is None:
        raise UsageError(f"{name}: there is nothing to draw")
    return f"{svg(site, _iri, found)}\n".encode()


def _page(site: Site, answer: Answer, title: str) -> bytes:
    rows = events(site, answer)
    names = {row.iri: f"e{place}" for place, row in enumerate(rows, 1)}
    picture = figure(site, lambda iri: f"#{names[iri]}", drawn("timeline", answer, title))
    return alone("alone.html", {"title": title, "rows": rows, "names": names, "picture": picture})


def _iri(iri: str) -> str:
    return iri if link(iri) is not None and iri.startswith(("http://", "https://")) else ""
