"""Takes a definite noun that names nobody for an event told before: "the raid", "this attack".

Only where the text has told exactly one event that it can mean, and the noun states no other place or
time. The noun is a second report of it: it says no more than that the event is spoken of again, as sure
as the first report and no surer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.model import Count, Entity, Event, Factuality, Filler, Mention, When, Window
from kg.ontology import Ontology

_DEFINITE: Final = re.compile(r"(?i)\b(?:the|this|these|those)\s+$")
_REACH: Final = 8  # characters before a trigger
_TOLD: Final = frozenset({Factuality.ASSERTED, Factuality.REPORTED, Factuality.ALLEGED})
_KEPT: Final = frozenset({"type", "status"})


def taken_up(events: Iterable[Event], text: str, ontology: Ontology) -> list[Event]:
    """Return the events, with those that take up an earlier one as its further reports."""
    given = list(events)
    contents = {v.trigger for e in given for v in e.values("content") if isinstance(v, Mention)}
    named = [event for event in given if _names(event)]
    return [
        event if _names(event) or event.trigger in contents else _taken(event, named, text, ontology)
        for event in given
    ]


def _names(event: Event) -> bool:
    """Tell whether an event names somebody, something or a number."""
    return any(isinstance(c.value, Filler | Count) and c.aspect != "place" for c in event.claims)


def _taken(event: Event, named: list[Event], text: str, ontology: Ontology) -> Event:
    start = event.trigger.start
    told = event.existence.attribution.factuality in _TOLD  # "the strike will resume" is another one
    if event.repeats is not None or not told or not _DEFINITE.search(text[max(start - _REACH, 0) : start]):
        return event
    before = [e for e in named if e.trigger.start < start and _one_kind(event, e, ontology)]
    if not all(_there_and_then(event, e) for e in before):
        return event
    meant = {e.repeats or e.trigger for e in before}
    if len(meant) != 1:
        return event
    first = before[-1]
    said = first.existence.attribution
    claims = (replace(claim, attribution=said) for claim in event.claims if claim.aspect in _KEPT)
    return replace(event, claims=tuple(claims), repeats=meant.pop())


def _there_and_then(event: Event, other: Event) -> bool:
    """Tell whether the place and the time that a noun states, if any, may be those of another event."""
    here, there = ([v.entity for v in e.values("place") if isinstance(v, Filler)] for e in (event, other))
    if here and there and not any(_lies_in(b, a) or _lies_in(a, b) for a in here for b in there):
        return False
    own, others = (
        [v.window for v in e.values("when") if isinstance(v, When) and v.span] for e in (event, other)
    )
    return not own or not others or any(a and b and _overlap(a, b) for a in own for b in others)


def _lies_in(one: Entity, other: Entity) -> bool:
    inside = (entity for name, entity in one.links if name == "within")
    return one == other or any(_lies_in(entity, other) for entity in inside)


def _overlap(one: Window, other: Window) -> bool:
    """Tell whether two times may share a day."""
    pairs = ((one.latest, other.earliest), (other.latest, one.earliest))
    return all(end is None or start is None or start <= end for end, start in pairs)


def _one_kind(one: Event, other: Event, ontology: Ontology) -> bool:
    """Tell whether one type is the other or a narrower one."""
    above = [frozenset(ontology.supers.get(e.type, frozenset())) | {e.type} for e in (one, other)]
    return one.type in above[1] or other.type in above[0]
