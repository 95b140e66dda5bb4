"""`kg bench narrative FILE.json`: times that the story itself anchors ("the next day").

Each row has a text, its day of publication or null, a phrase that occurs once in it, and the EDTF
value that the phrase has there, or null where nothing anchors it. A row is right when kg's
expression over the phrase has the same first and last day, or none where none is asked for. Where it
takes in a preposition before the phrase ("by that evening"), the end that it has must be the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kg.annotate import Parser, annotate
from kg.errors import ReadError
from kg.examples import sentence_article
from kg.extract.rules import RuleExtractor
from kg.model import Span, Window
from kg.timex.edtf_text import parse


@dataclass(frozen=True, slots=True)
class Told:
    """A row: its text, the phrase in it, what the phrase should mean, and what kg made of it.

    `sided` tells that kg's expression takes in a preposition before the phrase ("by that evening").
    """

    text: str
    phrase: str
    gold: Window | None
    found: Window | None
    sided: bool = False

    @property
    def right(self) -> bool:
        """Whether both have the same days, or both none; of a side, whether its one end is right."""
        gold, found = _days(self.gold), _days(self.found)
        if gold is None or found is None or not self.sided:
            return gold == found
        return all(ours in (None, theirs) for ours, theirs in zip(found, gold, strict=True))


def score_narrative(path: Path, parser: Parser, extractor: RuleExtractor) -> list[Told]:
    """Run kg over each row of a file; raises ReadError where it is not such a file."""
    return [_told(row, parser, extractor) for row in _rows(path)]


@dataclass(frozen=True, slots=True)
class _Row:
    """What a file gives: a text with its day, where the phrase stands, and what it should mean."""

    text: str
    published: Window | None
    phrase: Span
    gold: Window | None


def _rows(path: Path) -> list[_Row]:
    try:
        return [_row(given) for given in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(f"{path}: not a list of narrative times: {error!r}") from error


def _row(given: dict[str, Any]) -> _Row:
    text, phrase = str(given["text"]), str(given["phrase"])
    start = text.index(phrase)
    return _Row(text, _window(given["published"]), Span(start, start + len(phrase)), _window(given["edtf"]))


def _told(row: _Row, parser: Parser, extractor: RuleExtractor) -> Told:
    article = replace(sentence_article(row.text), published=row.published)
    found = extractor.times(annotate(article, parser))
    over = [when for when in found if when.span is not None and when.span.overlaps(row.phrase)]
    known = [(when.window, when.span) for when in over if when.window is not None]
    phrase = row.phrase.of(row.text)
    if not known:
        return Told(row.text, phrase, row.gold, None)
    window, words = known[0]
    return Told(row.text, phrase, row.gold, window, sided=bool(words and words.start < row.phrase.start))


def _window(edtf: str | None) -> Window | None:
    return parse(edtf) if edtf else None


def _days(window: Window | None) -> tuple[date | None, date | None] | None:
    return None if window is None else (window.earliest, window.latest)


def figures(told: Iterable[Told]) -> dict[str, float | int]:
    """Return the share of rows that are right, and how many got a date that is wrong."""
    rows = list(told)
    right = sum(row.right for row in rows)
    return {
        "right": round(right / len(rows), 3) if rows else 0.0,
        "wrong": sum(row.found is not None and not row.right for row in rows),
        "missed": sum(row.found is None and not row.right for row in rows),
        "n": len(rows),
    }


def table(told: list[Told]) -> str:
    """Return the figures, then each row that is not right, as plain text."""
    return "".join(f"{line}\n" for line in _lines(told))


def _lines(told: list[Told]) -> Iterator[str]:
    yield from (f"{name:10} {value}" for name, value in figures(told).items())
    for row in told:
        if not row.right:
            gold, found = (w.edtf if w else "none" for w in (row.gold, row.found))
            yield f"{row.phrase}\t{found}, not {gold}\t{row.text}"
