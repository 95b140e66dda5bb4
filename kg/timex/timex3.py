"""Marks the time expressions of a text as TIMEX3 (ISO-TimeML 1.2.1): extent, type and value.

An extent leaves out the preposition before it and takes in "the" and what modifies the time
(early, nearly, the end of). Unlike `kg.timex.find`, which feeds extraction, this marks lengths,
sets, hours and bare pointers too, and commits to one value; no window comes from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.model import Span, Window
from kg.timex import edtf, feasts, grammar, hours, lengths, phrases, pointers, quarters
from kg.timex.edtf import Unit
from kg.timex.find import LOOK_BACK, candidates, longest
from kg.timex.forms import Calendar, Cycle, Decade, Form, Range, Season, Weekday
from kg.timex.grammar import Rule
from kg.timex.marks import BusinessYear, Clock, DayPart, Holiday, Kind3, Mark, Quarters
from kg.timex.publication import sentences
from kg.timex.values import Moment, at, value

_RULES: Final[tuple[Rule[Mark], ...]] = (
    *lengths.RULES,
    *hours.RULES,
    *quarters.RULES,
    *pointers.RULES,
    *feasts.RULES,
)
_SHARED: Final[tuple[Rule[Form], ...]] = (*grammar.RULES, *phrases.DATED)
_PART_OF: Final = (
    r"(?:the )?(?:very )?(?:beginning|start|middle|end|close|rest|remainder|course) of|"
    r"(?:the )?(?:(?:first|second|third|last|final|opening|closing) )?(?:month|year|weeks?|days?|season) of|"
    r"early(?: in| on)?|late(?: in| on)?|mid|earlier|later"
)
_WEEK_OF: Final = re.compile(r"(?i)(?:the )?week of ")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MODIFIED: Final = re.compile(rf"(?i)\b(?:{_PART_OF})(?: |-)(?:the )?\Z")
_THE: Final = re.compile(r"(?i)\b(?:the|this|that) \Z")
_LEAD: Final = re.compile(r"(?i)(?:from|between|during|since|on|in|at)\s+(?!least|most)")
_LINK: Final = re.compile(r",? (?:at|on|by|around|about|from|before|after) (?:around |about )?")
_SHORT: Final = re.compile(r"(?:[ap]\.m|\b(?:Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|No|St|U\.S|U\.K|Sen|Gov))\.\s*\Z")
_CLOSED: Final = re.compile(
    r"\s*(?:[,.;:!?)\"”’']|$|\b(?:of|to|and|or|when|that|as|with|after|before|the|it|he|she|they|was|were|is|"
    r"has|had|in|on|at|by|for|from|but|while|which|last|this)\b)"
)
_CLAUSES: Final = 240  # characters; a verb further away says nothing of a time
_MODIFIABLE: Final = (Calendar, Season, Decade, Cycle, Weekday, Quarters, Holiday, BusinessYear)
_ARTICLED: Final = (Season, Quarters, Weekday, Decade)
_AHEAD: Final = (
    r"\b(?:(?:will|shall|would|could|(?-i:may)|might|should|must|to(?=\s+be\b)|['’]ll|won['’]t)"
    r"(?:\s+\w+ly|\s+also|\s+not)?(?:\s+be)?\s+\w+|(?:is|are)\s+to\s+\w+|"
    r"(?:plan|expect|schedul|slat|hop|aim|intend|forecast|predict|project)\w*|due|upcoming|set\s+to|until|going\s+to)\b"
)
_BEHIND: Final = (
    r"\b(?:was|were|had|has|have|did|been|began|came|went|took|made|said|told|gave|got|won|lost|left|met|held|fell|"
    r"rose|grew|broke|built|bought|sold|sent|hit|cut|shut|became|found|led|paid|ran|saw|set|sank|\w{2,}ed)\b"
)
_CUE: Final = re.compile(rf"(?i)(?P<ahead>{_AHEAD})|(?P<behind>{_BEHIND})")


@dataclass(frozen=True, slots=True)
class Timex3:
    """A time expression in the terms of TIMEX3."""

    span: Span
    type: Kind3
    value: str


def annotate(text: str, published: Window | None, blocks: Iterable[Span] = ()) -> tuple[Timex3, ...]:
    """Return the TIMEX3 expressions of a text in order; `blocks` are its paragraphs.

    Where publication is no single day, what is counted from it has the value XXXX-XX-XX.
    """
    day = published.earliest if published is not None and edtf.is_day(published) else None
    found: list[Timex3] = []
    for block in tuple(blocks) or (Span(0, len(text)),):
        found += _block(text, block, day)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Item:
    """A match; `on` is what gives an hour its day."""

    span: Span
    mark: Mark
    on: Mark | None = None


def _block(text: str, block: Span, day: date | None) -> Iterator[Timex3]:
    told: str | None = None
    floor = block.start
    items = tuple(_items(text, block))
    for sentence in _sentences(text, block):
        inside = [i for i in items if sentence.start <= i.span.start < sentence.end]
        for item in inside:
            moment = Moment(day, told, _ahead(text, sentence, item.span), item.span.of(text))
            on = value(item.on, moment) if item.on is not None else None
            typed = value(item.mark, moment if on is None else Moment(day, on[1]))
            if typed is None:
                continue
            extent = _extent(text, item, floor)
            floor = extent.end
            if _WEEK_OF.match(extent.of(text)) and _DAY.fullmatch(typed[1]):
                typed = typed[0], at(date.fromisoformat(typed[1]), "week")
            if typed[0] != "DURATION" and typed[1][:4].isdecimal():
                told = typed[1]
            yield Timex3(extent, typed[0], typed[1])


def _sentences(text: str, block: Span) -> Iterator[Span]:
    """Yield the sentences of a block; a full stop after "a.m." or "Inc." ends none."""
    start = block.start
    for sentence in sentences(text, block):
        if _SHORT.search(text, sentence.start, sentence.end):
            continue
        yield Span(start, sentence.end)
        start = sentence.end
    if start < block.end:
        yield Span(start, block.end)


def _items(text: str, block: Span) -> Iterator[_Item]:
    """Yield what is marked: an hour and the day beside it are one, "from 2005 to 2008" is two."""
    marks: list[tuple[Span, Mark]] = longest(_matches(text, block))
    items = [_Item(span, mark) for span, mark in marks]
    items = [part for item in items for part in _parts(text, item)]
    rest = iter(range(len(items)))
    for n in rest:
        item, after = items[n], items[n + 1] if n + 1 < len(items) else None
        before = items[n - 1] if n else None
        if after is not None and _one(text, item, after):
            next(rest, None)
            hour, other = (after, item) if isinstance(after.mark, Clock) else (item, after)
            mark = DayPart(hour.mark.part, None) if isinstance(hour.mark, DayPart) else hour.mark
            yield _Item(Span(item.span.start, after.span.end), mark, other.mark)
            continue
        near = next((o for o in (after, before) if o and _near(text, item, o)), None)
        yield _Item(item.span, item.mark, near.mark if near else None)


def _matches(text: str, block: Span) -> Iterator[tuple[Span, Mark | None]]:
    for one in _RULES:
        yield from candidates(text, one, block)
    for shared in _SHARED:
        yield from candidates(text, shared, block)


def _parts(text: str, item: _Item) -> Iterator[_Item]:
    cut = re.search(r"\s(?:to|and|until|till|through)\s+(?:the )?", item.span.of(text))
    if cut is None or not isinstance(item.mark, Range):
        yield item
        return
    yield _Item(Span(item.span.start, item.span.start + cut.start()), item.mark.first)
    yield _Item(Span(item.span.start + cut.end(), item.span.end), item.mark.last)


def _is_day(mark: Mark) -> bool:
    if isinstance(mark, Calendar):
        return mark.day is not None
    return isinstance(mark, Weekday | Holiday) or (isinstance(mark, Cycle) and mark.unit is Unit.DAY)


def _one(text: str, one: _Item, other: _Item) -> bool:
    between = text[one.span.end : other.span.start]
    if isinstance(one.mark, DayPart):
        return _is_day(other.mark) and between == " of "
    clocks = isinstance(one.mark, Clock), isinstance(other.mark, Clock)
    return any(clocks) and (_is_day(one.mark) or _is_day(other.mark)) and between.strip(", ") == ""


def _near(text: str, item: _Item, other: _Item) -> bool:
    """Tell whether an hour takes its day from another expression."""
    first, last = sorted((item, other), key=lambda i: i.span)
    return (
        isinstance(item.mark, Clock)
        and _is_day(other.mark)
        and _LINK.fullmatch(text[first.span.end : last.span.start]) is not None
    )


def _ahead(text: str, sentence: Span, span: Span) -> bool | None:
    """Tell whether the verb nearest before an expression (else after it) speaks of the future."""
    first, last = max(sentence.start, span.start - _CLAUSES), min(sentence.end, span.end + _CLAUSES)
    cues = list(_CUE.finditer(text, first, span.start))
    cue = cues[-1] if cues else _CUE.search(text, span.end, last)
    return None if cue is None else cue["ahead"] is not None


def _extent(text: str, item: _Item, floor: int) -> Span:
    """Return the extent without a leading preposition, with modifiers and "the"; not before `floor`."""
    start, end = item.span.start, item.span.end
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    if isinstance(item.mark, _MODIFIABLE):
        around = text[max(floor, start - LOOK_BACK) : start]
        before = _MODIFIED.search(around)
        if before is None and isinstance(item.mark, _ARTICLED) and _CLOSED.match(text, end):
            before = _THE.search(around)
        start -= len(before[0]) if before else 0
    return Span(start, end)
