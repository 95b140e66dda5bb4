"""Computes plain facts on events from what articles claim of them.

Only what somebody asserts or reports, of an event that took place as far as we know, becomes
a plain triple: an accusation, a demand or a plan never does, nor what was only inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.bounds import Bounds, bounds, tightened
from kg.contradiction import AFFIRMED, contradictions
from kg.iri import Names
from kg.model import Factuality, Status
from kg.terms import LABEL, TYPE, Node, day, kg
from kg.told import EVENTS, Said, Told

FACTUAL: Final = frozenset({Factuality.ASSERTED, Factuality.REPORTED})
TOOK_PLACE: Final = frozenset({Status.ACTUAL, Status.DISPUTED})

Triple = tuple[NamedNode, NamedNode, Node]


def project(quads: Iterable[Quad], names: Names) -> Iterator[Quad]:
    """Yield the quads of the `events` graph for all events that the quads report.

    The quads must hold all reports of those events, and of the events that come before or after
    them by somebody's words; their order does not matter.
    """
    told = Told.of(quads)
    graph = NamedNode(names.graph("events"))
    days = _days(told)
    for event, reports in sorted(told.reports.items()):
        for triple in dict.fromkeys(_event(told, event, reports, days[event])):
            yield Quad(*triple, graph)


def status(factualities: Iterable[Factuality]) -> Status:
    """Return the verdict over all claims that an event took place.

    >>> status([Factuality.ALLEGED]), status([Factuality.ALLEGED, Factuality.DENIED])
    (<Status.UNCONFIRMED: 'Unconfirmed'>, <Status.DISPUTED: 'Disputed'>)
    """
    said = set(factualities)
    if said & AFFIRMED and Factuality.DENIED in said:
        return Status.DISPUTED
    if said & FACTUAL:
        return Status.ACTUAL
    return Status.UNCONFIRMED if Factuality.ALLEGED in said or not said else Status.UNREALISED


def _days(told: Told) -> dict[str, Bounds]:
    """Return the days in which each event can lie; no bounds for what did not take place."""
    own: dict[str, Bounds] = {}
    after: list[tuple[str, str]] = []
    first = {
        event: reports[0].value for event, reports in told.reports.items()
    }  # names may differ, reports not
    for event in told.reports:
        facts = list(_factual(told, told.of_event(event))) if _took_place(told, event) else []
        own[first[event]] = bounds([told.span(claim.value) for claim in facts if claim.aspect == kg("when")])
        for claim in facts:
            other = told.event_of(claim.value) if claim.aspect == kg("after") else None
            if other is not None:
                after.append((first[event], first[other.value]))
    found = tightened(own, after)
    return {event: found[first[event]] for event in told.reports}


def _verdict(told: Told, event: str) -> Status:
    return status(claim.factuality for claim in told.of_event(event) if claim.aspect == kg("status"))


def _took_place(told: Told, event: str) -> bool:
    return _verdict(told, event) in TOOK_PLACE


def _event(told: Told, name: str, reports: list[NamedNode], days: Bounds) -> Iterator[Triple]:
    event, claims = NamedNode(name), told.of_event(name)
    yield event, TYPE, kg("Event")
    yield event, kg("status"), kg(_verdict(told, name).value)
    yield from ((event, LABEL, label) for label in _label(told, reports))
    yield from ((event, TYPE, kind) for kind in _types(claims))
    if _took_place(told, name):
        yield from _facts(told, event, claims)
        yield from _bounded(event, days)
    for one, other in contradictions(told, claims):
        yield one, kg("contradicts"), other


def _label(told: Told, reports: list[NamedNode]) -> list[Node]:
    """Return the label of the report with most claims; the first in the alphabet of equals."""
    found = [
        (-len(told.claims.get(report, ())), label.value, label)
        for report in reports
        for label in told.facts[report].get(LABEL.value, ())
    ]
    return [min(found, key=lambda each: each[:2])[2]] if found else []


def _types(claims: list[Said]) -> list[NamedNode]:
    """Return the claimed classes: the factual ones if any, else the undenied, else all."""
    claimed = [claim for claim in claims if claim.aspect == TYPE]
    factual = [claim.value for claim in claimed if claim.factuality in FACTUAL]
    undenied = [claim.value for claim in claimed if claim.factuality is not Factuality.DENIED]
    return factual or undenied or [claim.value for claim in claimed]


def _factual(told: Told, claims: Iterable[Said]) -> Iterator[Said]:
    """Yield the claims that become plain triples."""
    for claim in claims:
        inferred = kg("Inferred") in told.of_node(claim.node, "basis")
        if claim.factuality in FACTUAL and claim.aspect not in (TYPE, kg("status")) and not inferred:
            yield claim


def _facts(told: Told, event: NamedNode, claims: list[Said]) -> Iterator[Triple]:
    for claim in _factual(told, claims):
        value = told.event_of(claim.value) if claim.aspect in EVENTS else claim.value
        if value is not None and value != event:
            yield event, claim.aspect, value


def _bounded(event: NamedNode, days: Bounds) -> Iterator[Triple]:
    first, last = days
    if first is not None:
        yield event, kg("earliest"), day(first)
    if last is not None:
        yield event, kg("latest"), day(last)
