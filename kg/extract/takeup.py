"""Takes a definite noun that names nobody for an event told before: "the raid", "this attack".

Only where the text has told exactly one event that it can mean. The noun is a second report of it:
it says no more than that the event is spoken of again, as sure as the first report and no surer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.model import Count, Event, Filler, Mention
from kg.ontology import Ontology

_DEFINITE: Final = re.compile(r"(?i)\b(?:the|this|these|those)\s+$")
_REACH: Final = 8  # characters before a trigger
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
    if event.repeats is not None or not _DEFINITE.search(text[max(start - _REACH, 0) : start]):
        return event
    before = [e for e in named if e.trigger.start < start and _one_kind(event, e, ontology)]
    meant = {e.repeats or e.trigger for e in before}
    if len(meant) != 1:
        return event
    first = before[-1]
    said = first.existence.attribution
    claims = (replace(claim, attribution=said) for claim in event.claims if claim.aspect in _KEPT)
    return replace(event, claims=tuple(claims), repeats=meant.pop())


def _one_kind(one: Event, other: Event, ontology: Ontology) -> bool:
    """Tell whether one type is the other or a narrower one."""
    above = [frozenset(ontology.supers.get(e.type, frozenset())) | {e.type} for e in (one, other)]
    return one.type in above[1] or other.type in above[0]
