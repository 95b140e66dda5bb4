"""Compares kg's events with MEANTIME's: who takes part, and whether it is told as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.bench.cat import CatDocument, CatEvent
from kg.bench.fields import head_word
from kg.extraction import Reader
from kg.model import Article, Event, Factuality, Filler, Span

# A predicted role, and the PropBank roles it may stand for; those of place, time and manner are not scored.
ROLES: Final = {
    "agent": frozenset({"ARG0"}),
    "participant": frozenset({"ARG0", "ARG1", "ARG2"}),
    "target": frozenset({"ARG1", "ARG2"}),
    "beneficiary": frozenset({"ARG1", "ARG2"}),
}
SCORED: Final = frozenset({"ARG0", "ARG1", "ARG2"})
FACTUALITY: Final = {
    Factuality.ASSERTED: "factual",
    Factuality.REPORTED: "factual",
    Factuality.ALLEGED: "factual",
    Factuality.DENIED: "counterfactual",
    Factuality.DEMANDED: "open",
    Factuality.HYPOTHETICAL: "open",
    Factuality.PREDICTED: "open",
}


@dataclass(frozen=True, slots=True)
class EventHits:
    """What was counted in one document (docs/bench.md, meantime)."""

    matched: int = 0
    fillers: int = 0
    fillers_right: int = 0
    gold: int = 0
    gold_found: int = 0
    gold_all: int = 0
    judged: int = 0
    judged_right: int = 0


@dataclass(frozen=True, slots=True)
class _Gold:
    """A gold event with its trigger and, by role, the heads of its participants."""

    event: CatEvent
    trigger: tuple[Span, ...]
    roles: tuple[tuple[str, Span], ...]


def score_events(
    document: CatDocument, article: Article, spans: tuple[Span, ...], reader: Reader
) -> EventHits:
    """Run kg over an article and compare its events with the gold ones that share a trigger."""
    gold = [_gold(event, document, article, spans) for event in document.events]
    pairs = list(_pairs(gold, reader.events(article).events))
    hits = [_roles(one, event, article) for one, event in pairs]
    judged = [(class_of(one.event), event) for one, event in pairs if class_of(one.event)]
    return EventHits(
        matched=len(pairs),
        fillers=sum(hit[0] for hit in hits),
        fillers_right=sum(hit[1] for hit in hits),
        gold=sum(len(one.roles) for one, _ in pairs),
        gold_found=sum(hit[2] for hit in hits),
        gold_all=sum(len(one.roles) for one in gold),
        judged=len(judged),
        judged_right=sum(
            name == FACTUALITY[event.existence.attribution.factuality] for name, event in judged
        ),
    )


def class_of(event: CatEvent) -> str:
    """Return factual, counterfactual or open; empty where the annotator did not say.

    >>> class_of(CatEvent("1", (0,), "CERTAIN", "POS", "FUTURE"))
    'open'
    """
    if not event.certainty or not event.polarity:
        return ""
    plain = event.special in ("", "NONE")
    if event.certainty != "CERTAIN" or event.time == "FUTURE" or not plain or event.polarity not in _POLES:
        return "open"
    return _POLES[event.polarity]


_POLES: Final = {"POS": "factual", "NEG": "counterfactual"}


def _gold(event: CatEvent, document: CatDocument, article: Article, spans: tuple[Span, ...]) -> _Gold:
    roles = (
        (role.role.upper(), _head(Span(spans[role.tokens[0]].start, spans[role.tokens[-1]].end), article))
        for role in document.roles
        if role.event == event.id and role.role.upper() in SCORED
    )
    return _Gold(event, tuple(spans[n] for n in event.tokens), tuple(roles))


def _pairs(gold: list[_Gold], events: tuple[Event, ...]) -> Iterator[tuple[_Gold, Event]]:
    """Pair events whose triggers share a character, one to one; mentions with a factuality first."""
    rest = list(events)
    for one in sorted(gold, key=lambda g: (not class_of(g.event), g.trigger[0])):
        event = next((e for e in rest if any(e.trigger.overlaps(span) for span in one.trigger)), None)
        if event is not None:
            rest.remove(event)
            yield one, event


def _head(span: Span, article: Article) -> Span:
    """Return the span of the head word of a noun phrase, without what follows a comma."""
    words = span.of(article.text).split(",", 1)[0]
    head = head_word(words)
    found = next((m for m in re.finditer(r"[\w'’-]+", words) if m[0].lower() == head), None)
    return Span(span.start + found.start(), span.start + found.end()) if found else span


def _roles(gold: _Gold, event: Event, article: Article) -> tuple[int, int, int]:
    """Return predicted fillers, those that are right, and gold participants that are found."""
    given = [
        (claim.aspect, _head(claim.value.span, article))
        for claim in event.claims
        if isinstance(claim.value, Filler) and claim.aspect in ROLES
    ]
    right = sum(any(_same(g, f) for g in gold.roles) for f in given)
    found = sum(any(_same(g, f) for f in given) for g in gold.roles)
    return len(given), right, found


def _same(gold: tuple[str, Span], given: tuple[str, Span]) -> bool:
    return gold[0] in ROLES[given[0]] and gold[1].overlaps(given[1])


def event_figures(hits: list[EventHits]) -> dict[str, float | int]:
    """Return the figures of roles and factuality over all documents."""
    fillers, gold = sum(h.fillers for h in hits), sum(h.gold for h in hits)
    found = sum(h.gold_found for h in hits)
    p, r = _ratio(sum(h.fillers_right for h in hits), fillers), _ratio(found, gold)
    judged = sum(h.judged for h in hits)
    return {
        "role_p": p,
        "role_r": r,
        "role_f1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
        "role_r_all": _ratio(found, sum(h.gold_all for h in hits)),
        "factuality_accuracy": _ratio(sum(h.judged_right for h in hits), judged),
        "events_matched": sum(h.matched for h in hits),
        "factuality_n": judged,
        "role_n": gold,
        "role_n_all": sum(h.gold_all for h in hits),
    }


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
