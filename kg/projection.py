"""Computes plain facts on events from what articles claim of them.

Only what somebody asserts or reports, of an event that took place as far as we know, becomes
a plain triple: an accusation, a demand or a plan never does, nor what was only inferred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.iri import NS, Names
from kg.model import Factuality, Status
from kg.terms import EXACT, LABEL, TYPE, Node, day, kg

FACTUAL: Final = frozenset({Factuality.ASSERTED, Factuality.REPORTED})
AFFIRMED: Final = FACTUAL | {Factuality.ALLEGED}
TOOK_PLACE: Final = frozenset({Status.ACTUAL, Status.DISPUTED})

Triple = tuple[NamedNode, NamedNode, Node]


def project(quads: Iterable[Quad], names: Names) -> Iterator[Quad]:
    """Yield the quads of the `events` graph for all events that the quads report.

    The quads must hold all reports of those events; their order does not matter.
    """
    index = _Index.of(quads)
    graph = NamedNode(names.graph("events"))
    for event, reports in sorted(index.reports.items()):
        for triple in dict.fromkeys(_event(index, event, reports)):
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


def bounds(
    spans: Sequence[tuple[date | None, date | None]],
) -> tuple[date | None, date | None]:
    """Return the first and last day that all spans allow, or of their hull if there is none.

    A bound that is None is open; so is the hull on a side where some span is open.

    >>> bounds([(date(2031, 5, 1), None), (None, date(2031, 5, 9))])
    (datetime.date(2031, 5, 1), datetime.date(2031, 5, 9))
    """
    known = [span for span in spans if span != (None, None)]
    starts = [start for start, _ in known if start is not None]
    ends = [end for _, end in known if end is not None]
    first, last = max(starts, default=None), min(ends, default=None)
    if first is None or last is None or first <= last:
        return first, last
    return (
        min(starts) if len(starts) == len(known) else None,
        max(ends) if len(ends) == len(known) else None,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim, as far as the projection needs it."""

    node: NamedNode
    report: NamedNode
    aspect: NamedNode
    value: NamedNode
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class _Index:
    """The quads, by what they are about; all of it sorted, so that order cannot matter."""

    reports: dict[str, list[NamedNode]]
    claims: dict[NamedNode, list[_Said]]
    facts: dict[NamedNode, dict[str, list[Node]]]

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> _Index:
        facts: dict[NamedNode, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for quad in sorted(set(quads), key=str):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                facts[quad.subject][quad.predicate.value].append(quad.object)
        reports: dict[str, list[NamedNode]] = defaultdict(list)
        claims: dict[NamedNode, list[_Said]] = defaultdict(list)
        for node, known in facts.items():
            for event in known.get(f"{NS}reportOf", ()):
                reports[event.value].append(node)
            if f"{NS}aspect" in known:
                said = _said(node, known)
                claims[said.report].append(said)
        return cls(reports, claims, facts)

    def of_node(self, node: NamedNode, name: str) -> list[Node]:
        """Return the values of one of kg's properties, sorted."""
        return self.facts[node][NS + name] if node in self.facts else []

    def day(self, node: NamedNode, name: str) -> date | None:
        return next((date.fromisoformat(v.value) for v in self.of_node(node, name)), None)

    def span(self, node: NamedNode) -> tuple[date | None, date | None]:
        return self.day(node, "earliest"), self.day(node, "latest")


def _said(node: NamedNode, known: dict[str, list[Node]]) -> _Said:
    def one(name: str) -> NamedNode:
        return NamedNode(known[NS + name][0].value)

    factuality = Factuality(one("factuality").value.removeprefix(NS))
    return _Said(node, one("about"), one("aspect"), one("value"), factuality)


def _event(index: _Index, name: str, reports: list[NamedNode]) -> Iterator[Triple]:
    event = NamedNode(name)
    claims = [claim for report in reports for claim in index.claims.get(report, ())]
    verdict = status(claim.factuality for claim in claims if claim.aspect == kg("status"))
    yield event, TYPE, kg("Event")
    yield event, kg("status"), kg(verdict.value)
    yield from ((event, LABEL, label) for label in _label(index, reports))
    yield from ((event, TYPE, kind) for kind in _types(claims))
    if verdict in TOOK_PLACE:
        yield from _facts(index, event, claims)
    yield from _contradictions(index, claims)


def _label(index: _Index, reports: list[NamedNode]) -> list[Node]:
    """Return the label of the report with most claims; the first in the alphabet of equals."""
    found = [
        (-len(index.claims.get(report, ())), label.value, label)
        for report in reports
        for label in index.facts[report].get(LABEL.value, ())
    ]
    return [min(found, key=lambda each: each[:2])[2]] if found else []


def _types(claims: list[_Said]) -> list[NamedNode]:
    """Return the claimed classes: the factual ones if any, else the undenied, else all."""
    claimed = [claim for claim in claims if claim.aspect == TYPE]
    factual = [claim.value for claim in claimed if claim.factuality in FACTUAL]
    undenied = [claim.value for claim in claimed if claim.factuality is not Factuality.DENIED]
    return factual or undenied or [claim.value for claim in claimed]


def _facts(index: _Index, event: NamedNode, claims: list[_Said]) -> Iterator[Triple]:
    facts = [
        claim
        for claim in claims
        if claim.factuality in FACTUAL and claim.aspect not in (TYPE, kg("status"))
        if kg("Inferred") not in index.of_node(claim.node, "basis")
    ]
    yield from ((event, claim.aspect, claim.value) for claim in facts)
    spans = [index.span(claim.value) for claim in facts if claim.aspect == kg("when")]
    first, last = bounds(spans)
    if first is not None:
        yield event, kg("earliest"), day(first)
    if last is not None:
        yield event, kg("latest"), day(last)


def _contradictions(index: _Index, claims: list[_Said]) -> Iterator[Triple]:
    """Yield the pairs of claims on one event that cannot hold together, both ways round."""
    aspects = Counter(claim.aspect for claim in claims)
    for aspect in sorted(aspects, key=str):
        alike = [claim for claim in claims if claim.aspect == aspect]
        for one, other in permutations(alike, 2):
            if _clash(index, one, other):
                yield one.node, kg("contradicts"), other.node
                yield other.node, kg("contradicts"), one.node


def _clash(index: _Index, one: _Said, other: _Said) -> bool:
    if one.factuality not in AFFIRMED:
        return False
    if other.factuality is Factuality.DENIED:
        return one.value == other.value
    if other.factuality not in AFFIRMED:
        return False
    if one.aspect == kg("casualties"):
        return _counts_clash(index, one.value, other.value)
    return one.aspect == kg("when") and _before(index.span(one.value)[1], index.span(other.value)[0])


def _before(last: date | None, first: date | None) -> bool:
    return last is not None and first is not None and last < first


def _counts_clash(index: _Index, one: NamedNode, other: NamedNode) -> bool:
    """Tell whether no number of the same kind and of the same people fits both counts."""
    kinds = index.of_node(one, "casualtyKind"), index.of_node(other, "casualtyKind")
    people = [
        {words.value for group in index.of_node(node, "ofGroup") for words in _quote(index, group)}
        for node in (one, other)
    ]
    most, least = index.of_node(one, "atMost"), index.of_node(other, "atLeast")
    same = kinds[0] == kinds[1] and (not all(people) or people[0] == people[1])
    return bool(same and most and least and int(most[0].value) < int(least[0].value))


def _quote(index: _Index, passage: Node) -> list[Node]:
    node = NamedNode(passage.value)
    return index.facts[node].get(EXACT.value, []) if node in index.facts else []
