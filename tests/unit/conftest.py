"""Sentences with their dependency trees, written down in `trees.txt`, so that no parser is needed.

A line is a sentence, a cell a token: `word/lemma/TAG/label/head`, then `/ENTITY` where it has one.
The lemma is left out where it is the word; the head counts from 0; `TAG=POS` gives a part of
speech that the tag does not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.annotate import annotate
from kg.extract.tree import Tree
from kg.model import Article, Block, BlockKind, Document, Sentence, Span, Token

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "MD": "AUX", "PRP": "PRON",
    "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "EX": "PRON", "IN": "ADP", "RP": "ADP", "RB": "ADV",
    "WRB": "ADV", "JJ": "ADJ", "CD": "NUM", "DT": "DET", "TO": "PART", "POS": "PART", "CC": "CCONJ",
}  # fmt: skip
_GLUED = frozenset({",", ".", "?", "!", "'s", ";"})


def _pos(tag: str, dep: str, lemma: str) -> str:
    if "=" in tag:
        return tag.split("=")[1]
    if tag.startswith("VB"):
        return "AUX" if dep in {"aux", "auxpass"} or lemma == "be" else "VERB"
    return _POS.get(tag, "PUNCT")


def _cells(line: str) -> Iterator[Token]:
    at = 0
    for number, cell in enumerate(line.split()):
        word, lemma, tag, dep, head, *entity = cell.split("/")
        at -= bool(word in _GLUED and number)
        lemma = lemma or word
        pos = _pos(tag, dep, lemma)
        span = Span(at, at + len(word))
        plain = tag.split("=")[0]
        yield Token(number, span, word, lemma, pos, plain, dep, int(head), entity[0] if entity else "")
        at = span.end + 1


def _sentence(line: str) -> tuple[str, tuple[Token, ...]]:
    tokens = tuple(_cells(line))
    text = ""
    for token in tokens:
        text = text.ljust(token.span.start) + token.text
    return text, tokens


@dataclass(frozen=True, slots=True)
class Replay:
    """A parser that knows the recorded sentences only; a text is some of them, side by side."""

    known: Mapping[str, tuple[Token, ...]]
    name: str = "replay"

    def parse(self, texts: Iterable[str]) -> Iterator[list[list[Token]]]:
        for text in texts:
            yield list(self._split(text))

    def _split(self, text: str) -> Iterator[list[Token]]:
        at = 0
        while at < len(text):
            found = max((s for s in self.known if text.startswith(s, at)), key=len, default=None)
            assert found is not None, f"tests/unit/trees.txt has no tree of: {text[at:]}"
            yield [replace(t, span=Span(t.span.start + at, t.span.end + at)) for t in self.known[found]]
            at += len(found) + 1


@pytest.fixture(scope="session")
def replay() -> Replay:
    """The parser of the recorded trees."""
    lines = Path(__file__).with_name("trees.txt").read_text(encoding="utf-8").splitlines()
    return Replay(dict(_sentence(line) for line in lines if line and not line.startswith("#")))


@pytest.fixture(scope="session")
def document_of(replay: Replay) -> Callable[..., Document]:
    """Make a document of recorded sentences: each string is a paragraph."""

    def make(*paragraphs: str) -> Document:
        text = "\n".join(paragraphs)
        starts = [text.index(p, sum(len(q) + 1 for q in paragraphs[:i])) for i, p in enumerate(paragraphs)]
        blocks = tuple(
            Block(BlockKind.PARAGRAPH, Span(s, s + len(p))) for s, p in zip(starts, paragraphs, strict=True)
        )
        return annotate(Article("made.txt", text, blocks), replay)

    return make


@pytest.fixture(scope="session")
def tree_of(replay: Replay) -> Callable[[str], Tree]:
    """Return the tree of a recorded sentence."""

    def make(words: str) -> Tree:
        (tokens,) = next(replay.parse([words]))
        return Tree.of(Sentence(Span(0, len(words)), 0, tuple(tokens)))

    return make
