"""Reads articles from disk: plain text or saved web pages, with what is known about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Final

from kg import site_words
from kg.blocks import blocks
from kg.bylines import DateLine, Stamp, byline, date_line, dateline
from kg.decode import PAGES, read_text
from kg.errors import ReadError
from kg.finding import find_articles, item_at
from kg.items import Item
from kg.model import Article, Block, BlockKind, Window
from kg.packed import inner
from kg.sidecar import Metadata, dated, sidecar
from kg.source import Source
from kg.timex.publication import Facts, publication_window

COMMON_SHARE: Final = 0.12  # English news has about .4; other languages in Latin script under .05
COMMON_WORDS: Final = 20  # a shorter text cannot be judged


def read(path: Path, overrides: Metadata | None = None) -> Article:
    """Return the article of a file; overrides go before the YAML beside it, that before the text.

    `wire.jsonl:12` is a piece of a file that holds many. Raises ReadError, with the file, the
    place and the fix, where there is no English article.
    """
    return read_item(item_at(path), overrides)


def read_item(item: Item, overrides: Metadata | None = None) -> Article:
    """Return an article that was found; overrides go before what is known of it. Raises as `read`."""
    if item.problem:
        raise ReadError(item.problem)
    path, text, page = item.path, item.text, item.page
    given = (overrides or Metadata()).over(item.known if text is not None else sidecar(inner(path)))
    if text is None:
        text, page = read_text(path), inner(path).suffix.lower() in PAGES
    if page:
        from kg.read_html import read_page

        source = read_page(path, text)
    else:
        source = plain(text, given.title)
    _check(path, source, given.language or source.found.language)
    return _article(path, source, given)


def plain(text: str, title: str | None = None) -> Source:
    """Return a plain text with its blocks and what its small lines say."""
    found = blocks(text, title)
    signed = [s for b in found if b.kind is BlockKind.BYLINE if (s := byline(b.span.of(text)))]
    head = next((b.span for b in found if b.kind is BlockKind.TITLE), None)
    stamps = list(_stamps(text, found))
    published = next((line for _, line in stamps if line.stamp is Stamp.PUBLISHED), None)
    if published is None and head is not None:
        after = (ln for at, ln in stamps if at > head.start and ln.stamp is Stamp.BARE)
        published = next(after, None)
    clock = [line.window for _, line in stamps if line is not published]
    outlet = next((line.outlet for _, line in stamps if line.outlet), None)
    metadata = Metadata(
        title=None if head is None else head.of(text),
        byline=signed[0][0] if signed else None,
        publisher=next((name for _, name in signed if name), outlet),
        published=None if published is None else published.window.edtf,
    )
    basis = "stated in a line of the text" if published else ""
    return Source(text, found, metadata, clock=_earliest(clock), basis=basis)


def _stamps(text: str, found: tuple[Block, ...]) -> Iterator[tuple[int, DateLine]]:
    first = next((b for b in found if b.kind is BlockKind.PARAGRAPH), None)
    for block in found:
        words = block.span.of(text)
        if block is first:
            words = words[: dateline(words)].rstrip(" -–—")
        elif block.kind not in {BlockKind.FURNITURE, BlockKind.BYLINE}:
            continue
        if line := date_line(words):
            yield block.span.start, line


def _earliest(windows: list[Window]) -> Window | None:
    return min(windows, key=lambda window: window.edtf, default=None)


def _article(path: Path, source: Source, given: Metadata) -> Article:
    known = given.over(source.found)
    _check_words(path, source.text, known)
    basis = "given" if given.published is not None else source.basis
    facts = Facts(
        dated(path, "published", known.published),
        basis,
        source.clock,
        dated(path, "retrieved", known.retrieved),
    )
    spans = [b.span for b in source.blocks if b.kind is BlockKind.PARAGRAPH]
    published, why = publication_window(source.text, spans, facts)
    return Article(
        name=path.name,
        text=source.text,
        blocks=source.blocks,
        title=known.title,
        byline=known.byline,
        publisher=known.publisher,
        url=known.url,
        language=known.language or "en",
        published=published,
        published_basis=why,
        page_clock=source.clock,
    )


def _check_words(path: Path, text: str, known: Metadata) -> None:
    """Raise ReadError where a text or a name holds half characters, which no graph can keep."""
    named = ((field.name, getattr(known, field.name)) for field in fields(known))
    for name, value in (("file name", path.name), ("text", text), *named):
        try:
            (value or "").encode("utf-8")
        except UnicodeEncodeError as error:
            found = value[max(error.start - 40, 0) : error.start + 40]
            raise ReadError(
                f"{ascii(str(path))[1:-1]}: {name} {found!a} is not UTF-8; write it in UTF-8"
            ) from error


def _check(path: Path, source: Source, language: str | None) -> None:
    paragraphs = [b.span.of(source.text) for b in source.blocks if b.kind is BlockKind.PARAGRAPH]
    if not paragraphs:
        raise ReadError(f"{path}: no sentence found; is this an article?")
    if language is not None and not language.lower().startswith("en"):
        raise ReadError(f"{path}: language {language!r}; kg reads English")
    share = english_share(" ".join(paragraphs))
    if share is not None and share < COMMON_SHARE:
        raise ReadError(
            f"{path}: does not look English ({share:.0%} of its words are common English words); "
            "kg reads English"
        )


def english_share(text: str) -> float | None:
    """Return the share of common English words; None where the text is too short to judge."""
    words = re.findall(r"[^\W\d_]+", text.lower())[:5000]
    if len(words) < COMMON_WORDS:
        return None
    return sum(word in site_words.COMMON for word in words) / len(words)


__all__ = ["Metadata", "Source", "english_share", "find_articles", "plain", "read", "read_item"]
