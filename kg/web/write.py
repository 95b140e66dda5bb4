"""Writes pages: HTML by templates that escape everything, CSV of their table, RDF of their nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from kg.export import write
from kg.iri import NS
from kg.render import render
from kg.terms import link
from kg.web.asked import HTML, Answered, Asked, said
from kg.web.describe import described
from kg.web.page import Page, local
from kg.web.pictures import figure
from kg.web.site import Site
from kg.words import without_controls

if TYPE_CHECKING:
    from jinja2 import Environment

FORMATS: Final[Mapping[str, str]] = {
    "html": HTML,
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "json": "application/json",
}
SECTIONS: Final = (
    ("/", "Timeline"),
    ("/actors", "Actors"),
    ("/places", "Places"),
    ("/articles", "Articles"),
    ("/questions", "Questions"),
    ("/quality", "Quality"),
    ("/vocabulary", "Vocabulary"),
    ("/sparql", "SPARQL"),
)
_NAMED: Final = {"ttl": "Turtle", "jsonld": "JSON-LD", "csv": "CSV", "json": "JSON"}
_RDF: Final = {"text/turtle": "turtle", "application/ld+json": "jsonld"}
_TABLES: Final = {"text/csv": "csv", "application/json": "json"}
_STYLE: Final = "/style.css"
_FOLDER: Final = Path(__file__).parent / "templates"

To = Callable[[str], str]


def asset(path: str) -> Answered | None:
    """Return the one file that pages need besides themselves, or None for another path."""
    if path != _STYLE:
        return None
    return Answered(200, "text/css; charset=utf-8", style())


def style() -> bytes:
    """Return the style of pages, as CSS."""
    return (_FOLDER / "style.css").read_bytes()


def written(site: Site, asked: Asked, page: Page, kind: str) -> Answered:
    """Return a page in one of FORMATS."""
    if kind in _RDF:
        quads = page.quads or described(site.store, page.nodes)
        body = write(quads, _RDF[kind], site.store.names)
    elif kind in _TABLES:
        body = render(page.table(), _TABLES[kind], base=site.store.names.base).encode("utf-8")
    else:
        body = html(site, asked, page)
    if len(body) > site.most:
        return said(500, "this page is too large; ask for less of it")
    charset = "" if "json" in kind else "; charset=utf-8"
    return Answered(page.status, f"{kind}{charset}", body)


def html(site: Site, asked: Asked, page: Page, to: To | None = None) -> bytes:
    """Return a page as HTML. `to` makes addresses of paths below the root where it is not served live."""
    from markupsafe import Markup

    lead = to or quote
    here, dot, ending = asked.path.rpartition(".")
    here = here if dot and ending in FORMATS else asked.path
    plain = "/timeline" if here == "/" else here
    where = partial(_where, site, lead)
    turn = (lambda query: lead(f"{plain}{query}")) if to else str
    values = {
        **page.values,
        "page": page,
        "live": to is None,
        "sections": SECTIONS,
        "here": "/" if here == "/timeline" else here,
        "to": lead,
        "where": where,
        "draw": lambda picture: Markup(figure(site, where, picture)),  # noqa: S704  # it escapes all words
        "space": NS,
        "formats": tuple(_NAMED),
        "names": _NAMED,
        "types": FORMATS,
        "other": lambda ending: f"{lead(plain)}.{ending}{again(asked, {})}".removesuffix("?"),
        "again": lambda **changed: turn(again(asked, {key: str(value) for key, value in changed.items()})),
    }
    return _templates().get_template(page.template).render(values).encode("utf-8")


def alone(template: str, values: Mapping[str, object]) -> bytes:
    """Return a page that holds its own style and leads nowhere else; its picture is HTML already."""
    from markupsafe import Markup

    ready = {"style": Markup(style().decode()), "picture": Markup(values["picture"])}  # noqa: S704
    return _templates().get_template(template).render({**values, **ready}).encode("utf-8")


def again(asked: Asked, changed: Mapping[str, str]) -> str:
    """Return the query of a request with some values changed; empty ones are left out."""
    pairs = [(key, value) for key, value in asked.query if key not in changed and value]
    pairs += [(key, value) for key, value in changed.items() if value]
    return f"?{urlencode(pairs)}" if pairs else "?"


def _where(site: Site, lead: To, iri: str) -> str:
    """Return where a thing's page is; its own address where it has none, nothing where that is no link."""
    path = local(iri, site.store.names.base)
    if path:
        return lead(path)
    if iri.startswith(NS):
        return f"{lead('/vocabulary')}#{quote(iri.removeprefix(NS))}"
    return iri if link(iri) is not None and iri.startswith(("http://", "https://")) else ""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    """Return the templates, read once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_harmless,
    )  # fmt: skip


def _harmless(value: object) -> object:
    """Take control characters out of words; what was written as HTML here is left as it is."""
    return without_controls(value) if type(value) is str else value
