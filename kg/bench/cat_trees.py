"""Parses the sentences of an annotated file as the file divides them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.annotate import Parser
from kg.bench.cat import CatDocument
from kg.extract.tree import Tree
from kg.model import Article, Sentence, Span, Token


@dataclass(frozen=True, slots=True)
class Numbered:
    """A parsed sentence with the number that the file gives it."""

    number: int
    tree: Tree


def parse_sentences(
    document: CatDocument,
    article: Article,
    spans: Sequence[Span],
    parser: Parser,
    wanted: Collection[int] | None = None,
) -> list[Numbered]:
    """Parse each wanted sentence (all, if none are named); a parser may find several in one."""
    numbered = groupby(zip(document.tokens, spans, strict=True), key=lambda pair: pair[0].sentence)
    whole = [(number, [span for _, span in group]) for number, group in numbered]
    held = [(n, Span(s[0].start, s[-1].end)) for n, s in whole if wanted is None or n in wanted]
    parsed = parser.parse(span.of(article.text) for _, span in held)
    return [
        Numbered(number, Tree.of(_moved(tokens, span.start, _block(article, span))))
        for (number, span), sentences in zip(held, parsed, strict=True)
        for tokens in sentences
    ]


def _block(article: Article, span: Span) -> int:
    return next((n for n, block in enumerate(article.blocks) if block.span.covers(span)), 0)


def _moved(tokens: Sequence[Token], by: int, block: int) -> Sentence:
    moved = tuple(replace(t, span=Span(t.span.start + by, t.span.end + by)) for t in tokens)
    return Sentence(Span(moved[0].span.start, moved[-1].span.end), block, moved)
