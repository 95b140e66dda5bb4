"""`kg bench meantime PATH`: time expressions, roles and factuality against MEANTIME's CAT files.

`docs/bench.md` defines the figures. Only what lies before the last annotated token is scored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.bench.cat import CatDocument, CatTime, read_cat
from kg.bench.cat_text import article_of
from kg.bench.meantime_events import EventHits, event_figures, score_events
from kg.bench.peers import card
from kg.errors import ReadError
from kg.extraction import Reader
from kg.model import Article, Span
from kg.timex.timex3 import Timex3, annotate

FOLDERS = ("intra-doc_annotation", "intra_cross-doc_annotation")


@dataclass(frozen=True, slots=True)
class TimePair:
    """A gold expression (None: predicted alone) and what kg predicted for it (None: missed)."""

    words: str
    gold: CatTime | None
    found: Timex3 | None
    exact: bool

    @property
    def right(self) -> bool:
        """Whether both are there and have the same value."""
        return bool(self.gold and self.found and plain(self.gold.value) == plain(self.found.value))


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: its time expressions in pairs, and how its events compare."""

    name: str
    times: tuple[TimePair, ...]
    events: EventHits


def plain(value: str) -> str:
    """Return a TIMEX3 value without differences of writing.

    >>> plain(" p1y "), plain("2008-10-06T10:00:00Z")
    ('P1Y', '2008-10-06T10:00')
    """
    return re.sub(r"(T\d\d:\d\d)(?::00)?Z?$", r"\1", value.strip().upper())


def files(folder: Path) -> list[Path]:
    """Return the annotated files of MEANTIME below a folder, in order of their corpus and name.

    A corpus is a folder that holds `intra-doc_annotation` (read) and `intra_cross-doc_annotation`
    (read only where the first is missing: it marks the same, and lacks some attributes).
    """
    corpora = {path.parent for name in FOLDERS for path in (folder, *folder.rglob(name)) if path.name == name}
    found = []
    for corpus in sorted(corpora):
        inner = next(corpus / name for name in FOLDERS if (corpus / name).is_dir())
        found += sorted(inner.rglob("*.xml"))
    if not found:
        raise ReadError(f"{folder}: no {FOLDERS[0]} with .xml files in it, nor in its folders")
    return found


def score_meantime(folder: Path, reader: Reader, part: slice = slice(None)) -> list[Scored]:
    """Run kg over every annotated file, or a part of them; raises ReadError for a broken one."""
    documents = [(path, read_cat(path)) for path in files(folder)[part]]
    return [scored(path.stem, document, reader) for path, document in documents]


def scored(name: str, document: CatDocument, reader: Reader) -> Scored:
    """Run kg over one document and compare."""
    article, spans = article_of(document)
    return Scored(name, time_pairs(document, article, spans), score_events(document, article, spans, reader))


def time_pairs(document: CatDocument, article: Article, spans: tuple[Span, ...]) -> tuple[TimePair, ...]:
    """Return the time expressions of a document with the predicted ones, one to one."""
    end = spans[document.last].end if document.last >= 0 else 0
    blocks = [block.span for block in article.blocks]
    found = [t for t in annotate(article.text, article.published, blocks) if t.span.start < end]
    gold = [(time, _covered(time.tokens, spans)) for time in document.times if time.tokens]
    return tuple(_paired(article.text, gold, found))


def _covered(tokens: tuple[int, ...], spans: tuple[Span, ...]) -> Span:
    return Span(spans[tokens[0]].start, spans[tokens[-1]].end)


def _paired(text: str, gold: list[tuple[CatTime, Span]], found: list[Timex3]) -> Iterator[TimePair]:
    """Pair each gold expression with the same extent, else with the first that overlaps it."""
    rest = list(found)
    waiting = []
    for time, span in gold:
        same = next((t for t in rest if t.span == span), None)
        if same is None:
            waiting.append((time, span))
            continue
        rest.remove(same)
        yield TimePair(span.of(text), time, same, True)
    for time, span in waiting:
        near = next((t for t in rest if t.span.overlaps(span)), None)
        if near is not None:
            rest.remove(near)
        yield TimePair(span.of(text), time, near, False)
    for left in rest:
        yield TimePair(left.span.of(text), None, left, False)


def figures(scored: list[Scored]) -> dict[str, float | int]:
    """Return the figures that `docs/bench.md` defines."""
    pairs = [pair for item in scored for pair in item.times]
    told = [pair for pair in pairs if not (pair.gold and pair.gold.creation)]
    return {
        **_f1("timex_strict", told, [p for p in told if p.exact]),
        **_f1("timex_relaxed", told, [p for p in told if p.gold and p.found]),
        **_f1("timex_value", told, [p for p in told if p.right]),
        "timex_value_f1_with_creation": _f1("v", pairs, [p for p in pairs if p.right])["v_f1"],
        "timex_type_accuracy": _types([p for p in told if p.gold and p.found]),
        **event_figures([item.events for item in scored]),
        "timex_n": sum(1 for p in told if p.gold),
        "timex_found": sum(1 for p in told if p.found),
        "n": len(scored),
    }


def _f1(name: str, pairs: list[TimePair], right: list[TimePair]) -> dict[str, float]:
    gold, found = sum(1 for p in pairs if p.gold), sum(1 for p in pairs if p.found)
    both = gold + found
    return {
        f"{name}_p": round(len(right) / found, 3) if found else 0.0,
        f"{name}_r": round(len(right) / gold, 3) if gold else 0.0,
        f"{name}_f1": round(2 * len(right) / both, 3) if both else 0.0,
    }


def _types(pairs: list[TimePair]) -> float:
    right = sum(1 for p in pairs if p.gold and p.found and p.gold.type == p.found.type)
    return round(right / len(pairs), 3) if pairs else 0.0


def table(scored: list[Scored]) -> str:
    """Return the figures, then each time expression that is not right, as plain text."""
    lines = list(card(figures(scored), "meantime"))
    lines += [line for item in scored for line in _faults(item)]
    return "".join(f"{line}\n" for line in lines)


def _faults(item: Scored) -> Iterator[str]:
    for pair in item.times:
        if pair.gold and pair.right and pair.exact:
            continue
        gold = f"{pair.gold.type} {pair.gold.value}" if pair.gold else "nothing"
        found = f"{pair.found.type} {pair.found.value}" if pair.found else "nothing"
        extent = "" if pair.exact or not (pair.gold and pair.found) else " extent"
        yield f"{item.name}\t{gold}\t{found}{extent}\t{pair.words}"
