"""Rebuilds a readable text from tokens, and keeps where each token went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from kg.bench.cat import CatDocument, CatToken
from kg.model import Article, Block, BlockKind, Span, Window
from kg.timex import edtf_text

_QUOTES: Final = {"``": "“", "''": "”"}
_CLOSING: Final = re.compile(r"[,.;:!?%)\]}”’]+|\.\.\.|['’](?:s|re|ve|ll|d|m|t|S)?|n['’]t")
_OPENING: Final = re.compile(r"[(\[{“‘$£€#]|(?:US|C|A|HK|NZ)\$")
_GLUE: Final = frozenset({"-", "/", "–"})
_BYLINE: Final = 8  # a line with the day of writing holds little else


def article_of(document: CatDocument) -> tuple[Article, tuple[Span, ...]]:
    """Return the article that the tokens spell, and the span of each token in it.

    The first sentence is the title; a short one with the day of writing is a line of its own.
    Publication is the stated creation time, where that is a date.
    """
    text, spans, blocks = "", [], []
    for kind, sentences in _blocks(document):
        if text:
            text += "\n\n"
        start = len(text)
        for words in sentences:
            if len(text) > start:
                text += " "
            for gap, word in _spaced(words):
                text += gap
                spans.append(Span(len(text), len(text) + len(word)))
                text += word
        blocks.append(Block(kind, Span(start, len(text))))
    title = next((b.span.of(text) for b in blocks if b.kind is BlockKind.TITLE), None)
    published = _published(document)
    basis = "given" if published else ""
    made = Article(
        document.name, text, tuple(blocks), title=title, published=published, published_basis=basis
    )
    return made, tuple(spans)


def _published(document: CatDocument) -> Window | None:
    created = document.created
    try:
        return edtf_text.parse(created.value[:10]) if created else None
    except ValueError:
        return None


def _blocks(document: CatDocument) -> Iterator[tuple[BlockKind, list[list[str]]]]:
    """Yield the blocks with the words of their sentences."""
    rest: list[list[str]] = []
    at = 0
    for number, (_, tokens) in enumerate(_sentences(document.tokens)):
        words = [_QUOTES.get(token.text, token.text) for token in tokens]
        kind = _kind(document, number, range(at, at + len(words)))
        at += len(words)
        if kind is BlockKind.PARAGRAPH:
            rest.append(words)
            continue
        if rest:
            yield BlockKind.PARAGRAPH, rest
            rest = []
        yield kind, [words]
    if rest:
        yield BlockKind.PARAGRAPH, rest


def _sentences(tokens: Sequence[CatToken]) -> Iterator[tuple[int, list[CatToken]]]:
    for sentence, group in groupby(tokens, key=lambda token: token.sentence):
        yield sentence, list(group)


def _kind(document: CatDocument, number: int, tokens: range) -> BlockKind:
    created = document.created
    if created and created.tokens and created.tokens[0] in tokens and len(tokens) <= _BYLINE:
        return BlockKind.BYLINE
    return BlockKind.TITLE if number == 0 else BlockKind.PARAGRAPH


def _spaced(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each word with the space before it: none before a comma, none after a bracket."""
    tight, quoted = True, False
    for n, word in enumerate(words):
        inner = word in _GLUE and 0 < n < len(words) - 1
        opens = _OPENING.fullmatch(word) is not None or (word == '"' and not quoted)
        closes = _CLOSING.fullmatch(word) is not None or (word == '"' and quoted)
        yield ("" if tight or closes or inner else " "), word
        tight = opens or inner or (word in ("'", "’") and _contracted(words, n))
        quoted ^= word == '"'


def _contracted(words: list[str], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1] in {"s", "re", "ve", "ll", "d", "m", "t"}
