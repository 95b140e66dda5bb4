"""Answers requests: a pure function of a site and a request, without HTTP, processes or time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kg.errors import KgError, QueryError
from kg.web import about, lists, protocol, questions, things, vocabulary
from kg.web.accept import preferred
from kg.web.asked import HTML, Answered, Asked, said, see
from kg.web.page import MissingError, MovedError, Page, local
from kg.web.site import Site
from kg.web.write import FORMATS, asset, written

_METHODS: Final = {"Allow": "GET, HEAD, OPTIONS"}
_KIND: Final = "(?P<kind>[a-z]+)"
_NAME: Final = r"(?P<name>[^/]+)"

PAGES: Final[tuple[tuple[str, Callable[[Site, Asked, Mapping[str, str]], Page]], ...]] = (
    (r"/|/timeline", lists.timeline),
    (r"/actors", lists.actors),
    (r"/places", lists.places),
    (r"/articles", lists.articles),
    (r"/questions", questions.listing),
    (rf"/q/{_NAME}", questions.asked),
    (r"/quality", questions.quality),
    (r"/vocabulary", vocabulary.listing),
    (rf"/event/{_NAME}", things.event),
    (rf"/actor/{_NAME}", things.actor),
    (rf"/place/{_NAME}", things.place),
    (rf"/article/{_NAME}", things.article),
    (rf"/{_KIND}/{_NAME}", things.thing),
)


def respond(site: Site, asked: Asked) -> Answered:
    """Return the answer to a request."""
    path = asked.path.rstrip("/") or "/"
    if path == "/sparql":
        return _sparql(site, asked)
    if asked.method == "OPTIONS":
        return Answered(204, "", b"", _METHODS)
    if asked.method not in ("GET", "HEAD"):
        return said(405, f"{asked.method}: this page is only read", _METHODS)
    if (found := asset(path)) or (found := about.answer(site, asked)):
        return found
    if path.startswith("/id/"):
        return see(asked.root + path.removeprefix("/id"))
    return _page(site, asked)


def _sparql(site: Site, asked: Asked) -> Answered:
    empty = asked.method in ("GET", "HEAD") and not asked.query
    if (
        asked.method != "OPTIONS"
        and preferred(asked.accept, (*protocol.TABLES, *protocol.GRAPHS, HTML)) == HTML
    ):
        return _safely(site, asked, HTML, lambda: questions.free(site, asked, empty=empty))
    return about.service(asked) if empty else protocol.sparql(site.store.oxigraph, asked, site.most)


def _page(site: Site, asked: Asked) -> Answered:
    """Answer with a page: in the format of its address's ending, else in what is accepted."""
    plain, dot, ending = asked.path.rpartition(".")
    named = FORMATS.get(ending) if dot else None
    kind = named or preferred(asked.accept, tuple(FORMATS.values()))
    path = plain if named else asked.path
    if kind is None:
        return said(406, f"this can be answered in {', '.join(FORMATS.values())}")
    inside = replace(asked, path=path.rstrip("/") or "/")
    return _safely(site, asked, kind, lambda: _found(site, inside))


def _safely(site: Site, asked: Asked, kind: str, make: Callable[[], Page]) -> Answered:
    """Write the page that is made, or one that says why there is none."""
    try:
        page = make()
    except MovedError as error:
        return see(asked.root + local(error.iri, site.store.names.base), 301)
    except MissingError as error:
        page = Page("error.html", "Not found", {"words": str(error)}, status=404)
    except protocol.RefusedError as error:
        page = Page("error.html", "That is refused", {"words": str(error)}, status=error.status)
    except QueryError as error:
        page = Page("error.html", "That cannot be asked", {"words": str(error)}, status=400)
    except KgError as error:
        page = Page("error.html", "That went wrong", {"words": str(error)}, status=500)
    if page.lacking and kind != HTML:
        return said(400, page.lacking)
    return written(site, asked, page, kind if page.status == 200 else HTML)


def _found(site: Site, asked: Asked) -> Page:
    for pattern, make in PAGES:
        if found := re.fullmatch(pattern, asked.path):
            return make(site, asked, found.groupdict())
    raise MissingError(f"{asked.path}: there is no such page")
