"""The pages as files with relative links, which need no server: a site to open from a disk or to upload."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from posixpath import dirname, relpath
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kg.terms import TYPE, kg
from kg.web.asked import Asked
from kg.web.page import MissingError, Page, local
from kg.web.paging import Part
from kg.web.respond import PAGES
from kg.web.site import Site
from kg.web.write import html, style

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_LISTS: Final = ("/", "/actors", "/places", "/articles", "/questions", "/quality", "/vocabulary")
_THINGS: Final = ("event", "actor", "place", "article")
_STYLE: Final = "/style.css"


@dataclass(frozen=True, slots=True)
class _Map:
    """Which pages there are, by their addresses on a server, and the file of each."""

    files: Mapping[str, str]

    def file(self, address: str) -> str:
        """Return the file of a page, or of one part of it; nothing for a page that there is not."""
        path, _, query = address.partition("?")
        name = self.files.get("/" if path == "/timeline" else path, "")
        number = dict(parse_qsl(query)).get("page", "1")
        return name if number == "1" or not name else f"{name.removesuffix('.html')}-{number}.html"

    def leads(self, here: str) -> Callable[[str], str]:
        """Return what turns an address on a server into a link from a file."""

        def to(address: str) -> str:
            path, sharp, part = address.partition("#")
            file = self.file(path)
            return f"{relpath(file, dirname(here) or '.')}{sharp}{part}" if file else ""

        return to


def site_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a site, with their paths: the same bytes for the same store.

    No path leads out of the folder, whatever a thing is called. Raises what pages raise.
    """
    where = _Map({address: _file(address) for address in _addresses(site)})
    yield where.file(_STYLE), style()
    for address in where.files:
        if address != _STYLE:
            yield from _parts(site, address, where)


def _parts(site: Site, address: str, where: _Map) -> Iterator[tuple[str, bytes]]:
    """Yield a page, and its other parts where it has several."""
    number, last = 1, 1
    while number <= last:
        asked = Asked(address, query=(("page", str(number)),) if number > 1 else ())
        page = _page(site, asked)
        part = page.values.get("part")
        last = part.pages if isinstance(part, Part) else 1
        file = where.file(f"{address}?page={number}")
        yield file, html(site, asked, page, where.leads(file))
        number += 1


def _page(site: Site, asked: Asked) -> Page:
    for pattern, make in PAGES:
        if found := re.fullmatch(pattern, asked.path):
            return make(site, asked, found.groupdict())
    raise MissingError(f"{asked.path}: there is no such page")


def _addresses(site: Site) -> Iterator[str]:
    """Yield the addresses of the pages: lists, tables that need no value, and all things by kind."""
    yield _STYLE
    yield from _LISTS
    for name, saved in sorted(site.queries.items()):
        if saved.view != "graph" and not any(param.required for param in saved.params):
            yield f"/q/{name}"
    view = site.store.view()
    nodes = {quad.subject for quad in view.match(None, TYPE) if isinstance(quad.subject, NamedNode)}
    merged = {quad.subject for quad in view.match(None, kg("mergedInto"))}
    for address in sorted(local(node.value, site.store.names.base) for node in nodes - merged):
        kind, _, name = address.removeprefix("/").partition("/")
        if kind in _THINGS and "/" not in name and "#" not in name:
            yield address


def _file(address: str) -> str:
    """Return the path of the file of a page: names that could lead elsewhere become their hash."""
    if address == _STYLE:
        return "style.css"
    parts = [_safe(part) for part in address.split("/") if part] or ["index"]
    return f"{'/'.join(parts)}.html"


def _safe(name: str) -> str:
    return name if _NAME.fullmatch(name) else f"_{sha256(name.encode()).hexdigest()[:16]}"
