"""Tells what each line or paragraph of a plain text is, by its shape and place.

No rule knows any one site: length, final punctuation, repetition of the title, and the
imperative words of web sites decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg import site_words
from kg.bylines import byline, date_line
from kg.model import Block, BlockKind, Span

_LINE: Final = re.compile(r"[^\r\n\u2028\u2029]+")
_BREAK: Final = re.compile(r"(?:\r\n|\r|\n|[\u2028\u2029])")
_ITEM: Final = re.compile(r"(?:[-*•–]|\d{1,2}[.)]|\d{1,2}[:.]\d\d)[:.]?\s+(?:[-–—]\s+)?[\"“‘']?[A-Z]")
_INSIDE: Final = re.compile(r"[a-z]{3,}[.!?] [A-Z]")
_FINAL: Final = re.compile(r"[.!?…:;][\"”’»)\]]*$")
LONG_WORDS: Final = 14  # a sentence this long is no heading, caption or button
SENTENCE_WORDS: Final = 5  # a short line before the body that is a sentence belongs to it
LETTER_WORDS: Final = 40  # a line this long with a sentence in it is text, signed at its end
WRAP: Final = 40  # a line this long, going on in lower case, was wrapped by a mailer


@dataclass(frozen=True, slots=True)
class Unit:
    """A line or wrapped paragraph, and its words."""

    span: Span
    text: str

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.text.split())

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_FINAL.search(self.text))

    @property
    def site(self) -> bool:
        """Whether it is a notice or button of a web site."""
        short = self.words < LONG_WORDS and not (self.ends and self.words > 5)
        button = short and site_words.STARTS.match(self.text) is not None
        return button or site_words.NOTICE.search(self.text) is not None

    @property
    def item(self) -> bool:
        """Whether it is an item of a list, or of a live report: "- Police arrested two men in Oslo"."""
        told = self.words > SENTENCE_WORDS and any(word.islower() for word in self.text.split()[2:])
        return told and _ITEM.match(self.text) is not None and not self.site

    @property
    def long(self) -> bool:
        """Whether it can only be a paragraph of the article."""
        told = self.ends or (self.words >= LETTER_WORDS and _INSIDE.search(self.text) is not None)
        return self.words >= LONG_WORDS and told and not self.site

    @property
    def key(self) -> str:
        """The words without case, spacing and final punctuation, to tell repetitions."""
        return " ".join(self.text.casefold().split()).rstrip(".!?… ")


def blocks(text: str, title: str | None = None) -> tuple[Block, ...]:
    """Return the blocks of a text in order; a given title is looked for among its lines."""
    units = tuple(_units(text))
    first, last = _body(units)
    head = _title(units, first, title)
    return tuple(Block(_kind(units, n, (first, last), head), unit.span) for n, unit in enumerate(units))


def _units(text: str) -> Iterator[Unit]:
    group: list[Span] = []
    for line in _lines(text):
        if group and len(_BREAK.findall(text[group[-1].end : line.start])) > 1:
            yield from _grouped(text, group)
            group = []
        group.append(line)
    yield from _grouped(text, group)


def _lines(text: str) -> Iterator[Span]:
    for found in _LINE.finditer(text):
        words = found[0].strip()
        if words:
            start = found.start() + found[0].index(words)
            yield Span(start, start + len(words))


def _grouped(text: str, group: list[Span]) -> Iterator[Unit]:
    lines = [span.of(text) for span in group]
    wrapped = (
        len(lines) > 1
        and all(len(line) >= WRAP for line in lines[:-1])
        and _FINAL.search(lines[-1])
        and any(line[0].islower() for line in lines[1:])
    )
    if wrapped:
        whole = Span(group[0].start, group[-1].end)
        yield Unit(whole, whole.of(text))
    else:
        yield from (Unit(span, words) for span, words in zip(group, lines, strict=True))


def _body(units: tuple[Unit, ...]) -> tuple[int, int]:
    """Return the first and the last unit that is surely a paragraph."""
    sure = [n for n, unit in enumerate(units) if unit.long]
    if not sure:
        sure = [n for n, u in enumerate(units) if u.ends and u.words > 3 and not u.site]
    return (sure[0], sure[-1]) if sure else (len(units), len(units))


def _title(units: tuple[Unit, ...], first: int, given: str | None) -> int | None:
    """Return which unit is the title: given, repeated, or the longest heading-like line."""
    candidates = [n for n in range(min(first, len(units))) if _heading_like(units[n])]
    if given is not None:
        same = [n for n in candidates if units[n].key == Unit(Span(0, 0), given).key]
        return same[-1] if same else None
    seen = Counter(units[n].key for n in candidates)
    repeated = [n for n in candidates if seen[units[n].key] > 1]
    if repeated:
        return repeated[-1]
    if 0 in candidates and units[0].words >= SENTENCE_WORDS:
        return 0  # menus of a page begin with shorter lines
    return max(candidates, key=lambda n: (len(units[n].text), -n), default=None)


def _heading_like(unit: Unit) -> bool:
    calm = (not unit.ends or unit.text.endswith(("?", "!"))) and not unit.item
    plain = not unit.site and not site_words.CREDIT.search(unit.text)
    return (
        calm
        and plain
        and 2 <= unit.words <= 30
        and date_line(unit.text) is None
        and byline(unit.text) is None
    )


def _kind(units: tuple[Unit, ...], n: int, body: tuple[int, int], head: int | None) -> BlockKind:
    unit, (first, last) = units[n], body
    if n == head:
        kind = BlockKind.TITLE
    elif unit.long:
        kind = BlockKind.PARAGRAPH
    elif byline(unit.text) is not None and (n < first or n > last or not unit.ends):
        kind = BlockKind.BYLINE
    elif _furniture(unit) or (head is not None and n < first and unit.key == units[head].key):
        kind = BlockKind.FURNITURE
    elif site_words.CREDIT.search(unit.text):
        kind = BlockKind.CAPTION
    else:
        kind = _short(unit, n, body, head)
    return kind


def _furniture(unit: Unit) -> bool:
    wordless = not re.search(r"[^\W\d_]{2}", unit.text)
    return unit.site or wordless or date_line(unit.text) is not None


def _short(unit: Unit, n: int, body: tuple[int, int], head: int | None) -> BlockKind:
    """Tell what a short unit is: before the body, in it, or after it."""
    first, last = body
    if unit.item:
        return BlockKind.PARAGRAPH
    if n < first:
        sentence = unit.ends and unit.words >= SENTENCE_WORDS
        if (head is None or n < head) and not sentence:
            return BlockKind.FURNITURE
        if unit.ends:
            return BlockKind.PARAGRAPH
        return BlockKind.CAPTION if unit.words > 1 else BlockKind.FURNITURE
    if n > last:
        return BlockKind.PARAGRAPH if unit.ends else BlockKind.FURNITURE
    heading = not unit.ends and unit.words < LONG_WORDS
    return BlockKind.HEADING if heading else BlockKind.PARAGRAPH
