"""Finds time expressions in a text: their spans, and what they say. Pure, no parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final, TypeVar

from kg.model import Span
from kg.timex import grammar, phrases
from kg.timex.cues import Cued
from kg.timex.forms import (
    Bound,
    ByEvent,
    Calendar,
    Cycle,
    Decade,
    Distance,
    Duration,
    Form,
    Kind,
    Near,
    Past,
    Range,
    Season,
    Side,
    Timex,
    Vague,
    Weekday,
)
from kg.timex.grammar import Rule
from kg.timex.words import PREPOSITIONS, SIDES, any_of

LEAD: Final = re.compile(rf"(?i)\b({any_of([*SIDES, *PREPOSITIONS])})\s+(?:the\s+)?\Z")
JOIN: Final = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b)\s*")
FROM: Final = re.compile(r"(?i)\b(from|between)\s+(?:the\s+)?\Z")
ONWARD: Final = re.compile(r"\s+(?:onwards?|on)\b(?=[\s,.;])")
LOOK_BACK: Final = 60
T = TypeVar("T")


def find(text: str, within: Span | None = None) -> tuple[Timex, ...]:
    """Return the time expressions of a text (or of one span of it), in order, none overlapping.

    Spans count code points of the whole text and take in the preposition before them.
    """
    limits = within or Span(0, len(text))
    rules = _possible(text, limits)
    plain = [one for one in rules if one is not phrases.EVENTS]
    cores: list[tuple[Span, Form]] = longest(_matches(text, plain, limits))
    joined = list(_joined(text, cores, limits))
    taken = [span for span, _ in joined]
    for span, form in _matches(text, rules[len(plain) :], limits):
        if form is not None and not any(span.overlaps(other) for other in taken):
            joined.append((span, form))
    return tuple(_timex(text, span, form, limits) for span, form in sorted(joined, key=_start))


def _start(found: tuple[Span, Form]) -> int:
    return found[0].start


@cache
def _rules() -> tuple[tuple[Rule[Form], ...], Cued]:
    """Return the rules, the one for events last, and the words that they cannot do without."""
    rules = (*grammar.RULES, *phrases.RULES, phrases.EVENTS)
    return rules, Cued.of(one.pattern for one in rules)


def _matches(text: str, rules: Iterable[Rule[Form]], limits: Span) -> Iterator[tuple[Span, Form | None]]:
    for one in rules:
        yield from candidates(text, one, limits)


def _possible(text: str, limits: Span) -> list[Rule[Form]]:
    """Return the rules whose words stand in a text."""
    rules, cued = _rules()
    return [one for one, may in zip(rules, cued.possible(limits.of(text)), strict=True) if may]


def candidates(text: str, one: Rule[T], limits: Span) -> Iterator[tuple[Span, T | None]]:
    """Yield what a rule matches; None where it is no date, so that no part of it is one."""
    for found in one.pattern.finditer(text, limits.start, limits.end):
        before = text[max(limits.start, found.start() - LOOK_BACK) : found.start()]
        if one.guard is not None and not one.guard.search(before):
            continue
        yield Span(*found.span()), one.build(found)


def longest(found: Iterable[tuple[Span, T | None]]) -> list[tuple[Span, T]]:
    """Return of matches that overlap the first, and of those the longest; None blocks its words."""
    chosen: list[tuple[Span, T | None]] = []
    ordered = sorted(found, key=lambda pair: (pair[0].start, -pair[0].end))
    for span, form in ordered:
        if not chosen or not chosen[-1][0].overlaps(span):
            chosen.append((span, form))
    return [(span, form) for span, form in chosen if form is not None]


def _joined(text: str, cores: list[tuple[Span, Form]], limits: Span) -> Iterator[tuple[Span, Form]]:
    rest = iter(range(len(cores)))
    for n in rest:
        span, form = cores[n]
        before = text[max(limits.start, span.start - LOOK_BACK) : span.start]
        opened = FROM.search(before)
        if opened and n + 1 < len(cores) and JOIN.fullmatch(text[span.end : cores[n + 1][0].start]):
            end, last = cores[n + 1]
            made = _range(form, last, whole=opened[1].lower() == "from")
            if made is not None:
                next(rest, None)
                yield Span(span.start - len(opened[0]), end.end), made
                continue
        yield span, form


def _range(first: Form, last: Form, *, whole: bool) -> Form | None:
    for form in (first, last):
        if not isinstance(form, Calendar | Weekday | Season | Cycle | Decade):
            return None
    if isinstance(first, Calendar) and isinstance(last, Calendar):
        first = _same_year(first, last)
    return Range(first, last, whole)


def _same_year(first: Calendar, last: Calendar) -> Calendar:
    if first.year is not None or first.shift is not None or first.near is not Near.PLAIN:
        return first
    wraps = (first.month or 1, first.day or 1) > (last.month or 1, last.day or 31)
    if last.year is not None:
        return replace(first, year=last.year - wraps)
    return first if last.shift is None else replace(first, shift=last.shift - wraps)


def _timex(text: str, span: Span, form: Form, limits: Span) -> Timex:
    before = text[max(limits.start, span.start - LOOK_BACK) : span.start]
    opened, onward = FROM.search(before), ONWARD.match(text, span.end, limits.end)
    if opened and onward and isinstance(form, Calendar | Weekday):
        whole = Span(span.start - len(opened[0]), onward.end())
        return Timex(whole, _kind(form), Bound(Side.SINCE, form))
    lead = None if isinstance(form, ByEvent | Duration) else LEAD.search(before)
    if lead is None:
        return Timex(span, _kind(form), form)
    word = re.sub(r"\s+", " ", lead[1].lower())
    whole = Span(span.start - len(lead[0]), span.end)
    if word not in SIDES:
        return Timex(whole, _kind(form), form, back=word == "back in")
    if isinstance(form, Vague | Past | Range):
        return Timex(span, _kind(form), form)
    return Timex(whole, _kind(form), Bound(SIDES[word], form))


def _kind(form: Form) -> Kind:
    if isinstance(form, Calendar | Season | Weekday):
        told = isinstance(form, Calendar | Season) and form.year is not None
        narrative = form.near in (Near.FOLLOWING, Near.PREVIOUS)
        return Kind.CALENDAR if told else Kind.NARRATIVE if narrative else Kind.RELATIVE
    if isinstance(form, Cycle | Distance):
        return Kind.NARRATIVE if form.narrative else Kind.RELATIVE
    if isinstance(form, Bound):
        return _kind(form.of)
    if isinstance(form, Range):
        return _kind(form.last)
    simple = {Decade: Kind.CALENDAR, Past: Kind.FRAME, Duration: Kind.DURATION}
    return simple.get(type(form), Kind.EVENT if isinstance(form, ByEvent) else Kind.VAGUE)
