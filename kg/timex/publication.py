"""Works out when an article can have been published, from what it states and tells as past."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.model import Span, When, Window
from kg.timex import edtf
from kg.timex.context import Context, Tense
from kg.timex.find import find
from kg.timex.forms import Bound, Calendar, Cycle, Distance, Range, Season, Side, Timex
from kg.timex.resolve import resolve

_END: Final = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n+")
_AHEAD: Final = re.compile(
    r"\bmay\b|(?i:\b(?:will|shall|would|might|could|should|plans?|planned|expect(?:s|ed)?|"
    r"scheduled|due|set to|going to|intends?|hopes?|if|unless|upcoming|forecast|target)\b|[’']ll\b)"
)
_PAST: Final = re.compile(
    r"\b(?:was|were|had|did|been|began|begun|came|went|took|made|said|told|gave|got|won|lost|left|"
    r"met|held|killed|shot|hit|fell|fled|rose|grew|broke|brought|built|bought|sold|sent|spoke|"
    r"stood|struck|became|found|fought|drove|flew|led|paid|ran|saw|sank|seized|set|sat|swore|"
    r"threw|wrote|signed|\w{2,}[^e\W]ed)\b"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What bounds a publication: a stated date, or days by which the text was there.

    `clock` is the date that the page itself showed, `retrieved` the day it was fetched; both
    are upper bounds only.
    """

    stated: Window | None = None
    stated_basis: str = "stated"
    clock: Window | None = None
    retrieved: Window | None = None


@dataclass(frozen=True, slots=True)
class _Bound:
    day: date
    why: str


def publication_window(text: str, paragraphs: Iterable[Span], facts: Facts) -> tuple[Window | None, str]:
    """Return when the article can have been published, and in words what that rests on.

    A stated date wins. Else the page clock or the day of retrieval is the last day, and what
    the paragraphs tell as past gives the first: no text tells of a day that is still to come.
    """
    if facts.stated is not None:
        return facts.stated, facts.stated_basis
    upper = _upper(facts)
    last = None if upper is None else upper.day
    told = tuple(_told(text, paragraphs))
    lower: _Bound | None = None
    reasons = [] if upper is None else [upper.why]
    while True:
        window = edtf.one_of(None if lower is None else lower.day, last)
        better = _lower(text, told, window)
        if better is None or (lower is not None and better.day <= lower.day):
            return window, "; ".join(reasons) or "nothing in the text bounds it"
        lower = better
        reasons.append(better.why)


def _upper(facts: Facts) -> _Bound | None:
    bounds = [
        _Bound(window.latest, f"{name} {window.edtf} is an upper bound only")
        for name, window in (("page clock", facts.clock), ("retrieval", facts.retrieved))
        if window is not None and window.latest is not None
    ]
    return min(bounds, key=lambda bound: bound.day, default=None)


def surface_tense(sentence: str) -> Tense | None:
    """Return past where a sentence has a past form and no sign of plan or doubt, else None."""
    if _AHEAD.search(sentence):
        return None
    return "past" if _PAST.search(sentence) else None


def _told(text: str, paragraphs: Iterable[Span]) -> Iterator[tuple[Timex, Tense | None]]:
    for paragraph in paragraphs:
        for sentence in sentences(text, paragraph):
            tense = surface_tense(sentence.of(text))
            yield from ((timex, tense) for timex in find(text, sentence))


def sentences(text: str, block: Span) -> Iterator[Span]:
    """Yield the rough sentences of a block: cut after final punctuation before a capital."""
    start = block.start
    for end in _END.finditer(text, block.start, block.end):
        yield Span(start, end.end())
        start = end.end()
    if start < block.end:
        yield Span(start, block.end)


def _lower(text: str, told: tuple[tuple[Timex, Tense | None], ...], known: Window | None) -> _Bound | None:
    """Return the latest first day that one expression proves, given what is known so far."""
    context, best = Context(publication=known), None
    for timex, tense in told:
        when = resolve(timex, replace(context, tense=tense))
        context = context.told(timex, when)
        bound = _proved(timex, when, text) if tense == "past" or timex.back else None
        if bound is None or not _fits(bound.day, known):
            continue
        if best is None or bound.day > best.day:
            best = bound
    return best


def _fits(day: date, known: Window | None) -> bool:
    return known is None or known.latest is None or day <= known.latest


def _proved(timex: Timex, when: When, text: str) -> _Bound | None:
    """Return the day before which a past expression cannot have been written."""
    form, window = timex.form, when.window
    if window is None or window.earliest is None:
        return None
    words = " ".join(timex.span.of(text).split())
    if timex.back and isinstance(form, Calendar) and form.year is not None and form.month is None:
        first = date(form.year + 1, 1, 1)
        return _Bound(first, f'not before {first}: "{words}" speaks of that year as over')
    if isinstance(form, Bound):
        dated = form.side is Side.SINCE and isinstance(form.of, Calendar)
    else:
        dated = isinstance(form, Calendar | Season | Range)
    if isinstance(form, Cycle | Distance):
        dated = form.narrative and edtf.is_day(window)
    why = f'not before {window.earliest}: "{words}" is told as past'
    return _Bound(window.earliest, why) if dated else None
