"""Reads a saved web page: its article text, and what its metadata states.

trafilatura finds the article; what readers never see is taken out before. The day of
publication comes from metadata, JSON-LD or a time element only, and must exist.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from kg.errors import ReadError
from kg.model import Block, BlockKind, Span
from kg.sidecar import Metadata
from kg.source import Source

_STYLE: Final = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n\r', 'abcdefghijklmnopqrstuvwxyz')"
HIDDEN: Final = (
    "//template | //noscript | //*[@hidden] | //dialog |"
    "//*[translate(@aria-hidden, 'TRUE', 'true')='true'] |"
    f"//*[contains({_STYLE}, 'display:none')] |"
    f"//*[contains({_STYLE}, 'visibility:hidden')] | //*[contains({_STYLE}, 'visibility:collapse')]"
)
META_DATES: Final = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[translate(@name, 'DCP', 'dcp')='dc.date.issued']/@content",
    "//meta[@name='pubdate' or @name='publish-date' or @name='date']/@content",
)
TIME_DATES: Final = (
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//article//time/@datetime",
)
_ATTRIBUTES: Final = 1000
_LONG_TAG: Final = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'""")
_BETWEEN: Final = re.compile(r"[\s/]+")
_DAY: Final = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:$|[T\s])")


def read_page(path: Path, page: str) -> Source:
    """Return the article of a page: title, headings, paragraphs, as one text with blocks.

    Raises ReadError where the page holds no article.
    """
    from lxml import etree, html  # type: ignore[import-untyped]  # lxml ships no types

    _refuse_crowded(path, page)
    try:
        tree = html.document_fromstring(page.encode("utf-8"), html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise ReadError(f"{path}: not an HTML page: {error}") from error
    published, basis = stated_day(tree)
    for element in tree.xpath(HIDDEN):
        if element.getparent() is not None:
            element.drop_tree()
    parts, found = _extracted(path, tree)
    text, blocks = _joined(parts)
    title = next((words for kind, words in parts if kind is BlockKind.TITLE), None)
    metadata = replace(found, title=title, published=published)
    return Source(text, blocks, metadata, basis=basis)


def _extracted(path: Path, tree: Any) -> tuple[list[tuple[BlockKind, str]], Metadata]:
    from trafilatura import bare_extraction

    found = bare_extraction(tree, with_metadata=True, include_comments=False, include_tables=False)
    body = None if found is None else found.body
    parts = [] if body is None else [part for child in body for part in _part(child)]
    title = _line(found.title) if found is not None and found.title else ""
    if parts and title:
        same = parts[0][1].casefold() == title.casefold()
        parts = [(BlockKind.TITLE, title), *(parts[1:] if same else parts)]
    if found is None or not any(kind is BlockKind.PARAGRAPH for kind, _ in parts):
        raise ReadError(f"{path}: no article found in this page; save its text as .txt")
    return parts, Metadata(
        byline=found.author, publisher=found.sitename, url=found.url, language=tree.get("lang")
    )


def _part(element: Any) -> Iterator[tuple[BlockKind, str]]:
    if element.tag in ("list", "quote", "div") and len(element):
        for child in element:
            yield from _part(child)
        return
    words = _line("".join(element.itertext()))
    if words:
        yield (BlockKind.HEADING if element.tag == "head" else BlockKind.PARAGRAPH), words


def _line(words: str) -> str:
    return " ".join(words.split())


def _joined(parts: list[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    blocks, at = [], 0
    for kind, words in parts:
        blocks.append(Block(kind, Span(at, at + len(words))))
        at += len(words) + 2
    return "\n\n".join(words for _, words in parts) + "\n", tuple(blocks)


def _refuse_crowded(path: Path, page: str) -> None:
    """Raise ReadError for a tag with very many attributes: the parser compares each with all others."""
    for found in _LONG_TAG.finditer(page):
        if len(_BETWEEN.findall(_QUOTED.sub("", found[0]))) > _ATTRIBUTES:
            raise ReadError(f"{path}: a tag with more than {_ATTRIBUTES} attributes; save the page again")


def stated_day(tree: Any) -> tuple[str | None, str]:
    """Return the day of publication that a page states, and where; only a day that exists."""
    sources = (
        ("JSON-LD", _json_ld(tree)),
        ("metadata", (value for path in META_DATES for value in tree.xpath(path))),
        ("a time element", (value for path in TIME_DATES for value in tree.xpath(path))),
    )
    for name, values in sources:
        for value in values:
            day = _day(str(value))
            if day is not None:
                return day, f"stated in {name} of the page"
    return None, ""


def _day(value: str) -> str | None:
    found = _DAY.match(value)
    try:
        return date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None


def _json_ld(tree: Any) -> Iterator[str]:
    for words in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield from _published(json.loads(words))
        except (ValueError, RecursionError):
            continue


def _published(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _published(item)
    if not isinstance(node, dict):
        return
    kind = str(node.get("@type", ""))
    if "Article" in kind or "Posting" in kind:
        yield str(node.get("datePublished", ""))
    yield from _published(node.get("@graph"))
