"""`kg bench timeline PATH`: timelines of named ones from raw text (SemEval-2015 task 4, track A).

PATH, or each `corpus_*` folder in it, holds `corpus_trackA_CAT` (texts as tokens), a file
`list_target_entities*.txt`, and `TimeLines_Gold_Standard` (or that one lies beside, with a folder of
the corpus's name in it). docs/bench.md defines the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.bench.awareness import Agreement, Entry, agreement, exact
from kg.bench.cat import CatDocument, CatTime
from kg.bench.mentions import read_mentions
from kg.bench.named import texts_of, timeline
from kg.errors import ReadError
from kg.extraction import Reader
from kg.link.kin import Kin
from kg.timex.timex3 import annotate

_TEXTS: Final = "corpus_tracka_cat"
_GOLD: Final = re.compile(r"(?i)timelines.*gold|gold.*timeline")
_GAP: Final = re.compile(r"\t| (?=[\dX])")  # before a date or a mention, not inside "court case"
_BYLINE: Final = 8  # tokens; a line with the day of writing holds no more
_TOP: Final = 4  # sentences


@dataclass(frozen=True, slots=True)
class Drawn:
    """A target, its gold timeline and the one that kg drew, and how they agree."""

    target: str
    gold: tuple[Entry, ...]
    found: tuple[Entry, ...]

    @property
    def full(self) -> Agreement:
        """How they agree in dates and order."""
        return agreement(self.gold, self.found)

    @property
    def order(self) -> Agreement:
        """How they agree in order alone."""
        return agreement(self.gold, self.found, dates=False)


def score_timelines(folder: Path, reader: Reader) -> list[Drawn]:
    """Draw the timeline of each target of each corpus; raises ReadError where a part is missing."""
    found = [drawn for corpus in corpora(folder) for drawn in _corpus(corpus, reader)]
    if not found:
        raise ReadError(f"{folder}: no gold timelines in it")
    return found


def corpora(folder: Path) -> list[Path]:
    """Return the folders that hold a corpus: the one given, or those in it."""
    inner = sorted({p.parent for p in folder.rglob("*") if p.is_dir() and p.name.lower() == _TEXTS})
    if not inner:
        raise ReadError(f"{folder}: no corpus_trackA_CAT in it, nor in its folders")
    return inner


def _corpus(folder: Path, reader: Reader) -> Iterator[Drawn]:
    inside = sorted(p for p in folder.iterdir() if p.is_dir())
    texts = next(p for p in inside if p.name.lower() == _TEXTS)
    beside = (p / folder.name for p in sorted(folder.parent.iterdir()) if _GOLD.search(p.name))
    named = (p for p in inside if _GOLD.search(p.name))
    golden = next((p for p in (*named, *beside) if p.is_dir()), None)
    if golden is None:
        raise ReadError(f"{folder}: no folder of gold timelines (TimeLines_Gold_Standard)")
    documents = [_dated(read_mentions(path).document) for path in sorted(texts.glob("*.xml"))]
    read = texts_of(documents, reader.parser, reader.ontology.lexicon, Kin.of(reader.ontology))
    for path in sorted(golden.glob("*.txt")):
        target, gold = read_timeline(path)
        yield Drawn(target, gold, tuple(timeline(target, read)))


def read_timeline(path: Path) -> tuple[str, tuple[Entry, ...]]:
    """Read a gold timeline: the target's name, then lines of place, date and mentions."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    entries = []
    for number, line in enumerate(lines[1:], 2):
        place, *rest = (part.strip().replace(" ", "_") for part in _GAP.split(line) if part.strip())
        if not place.isdecimal() or len(rest) < 2:
            raise ReadError(f"{path}: line {number}: a place, a date and mentions are wanted")
        entries.append(Entry(int(place), plain(rest[0]), tuple(_mention(m) for m in rest[1:])))
    return (lines[0] if lines else path.stem), tuple(entries)


def plain(date: str) -> str:
    """Return a date without the parts that nobody knows.

    >>> plain("2008-03-XX"), plain("2004")
    ('2008-03', '2004')
    """
    return re.sub(r"(?:-XX)+$", "", date) if exact(date) else ""


def _mention(words: str) -> str:
    return words.casefold()


def _dated(document: CatDocument) -> CatDocument:
    """Return a document with the day of writing that stands in a short line at its top, if one does."""
    for number in list(dict.fromkeys(t.sentence for t in document.tokens))[:_TOP]:
        at = [n for n, token in enumerate(document.tokens) if token.sentence == number]
        words = " ".join(document.tokens[n].text for n in at)
        days = [t.value for t in annotate(words.replace(" ,", ","), None) if len(t.value) >= 10]
        if days and len(at) <= _BYLINE:
            return replace(document, times=(CatTime(tuple(at), "DATE", days[0], True),))
    return document


def figures(drawn: Sequence[Drawn]) -> dict[str, float | int]:
    """Return the figures that docs/bench.md defines, summed over all timelines."""
    full, order = sum((d.full for d in drawn), Agreement()), sum((d.order for d in drawn), Agreement())
    return {
        "micro_f1": round(full.f1, 4),
        "micro_p": round(full.precision, 4),
        "micro_r": round(full.recall, 4),
        "order_micro_f1": round(order.f1, 4),
        "mentions_p": round(_mentions(drawn)[0], 4),
        "mentions_r": round(_mentions(drawn)[1], 4),
        "timelines": len(drawn),
        "n": sum(len(d.gold) for d in drawn),
    }


def _mentions(drawn: Sequence[Drawn]) -> tuple[float, float]:
    """Return how many of the mentions predicted are gold, and of gold how many are found."""
    made = {(n, m) for n, d in enumerate(drawn) for e in d.found for m in e.mentions}
    gold = {(n, m) for n, d in enumerate(drawn) for e in d.gold for m in e.mentions}
    return len(made & gold) / max(len(made), 1), len(made & gold) / max(len(gold), 1)


def table(drawn: Sequence[Drawn]) -> str:
    """Return the figures, then each timeline with what kg put where, as plain text."""
    lines = [f"{name:20} {value}" for name, value in figures(drawn).items()]
    for one in drawn:
        lines.append(f"{one.target}\tf1 {one.full.f1:.4f}")
        gold = {m for entry in one.gold for m in entry.mentions}
        for entry in one.found:
            marks = ("+" if m in gold else "-" for m in entry.mentions)
            told = " ".join(f"{mark}{m}" for mark, m in zip(marks, entry.mentions, strict=True))
            lines.append(f"{entry.place}\t{entry.date}\t{told}")
    return "".join(f"{line}\n" for line in lines)
