"""What quads tell of events: reports by event, claims by report, decided ones as they were decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

from pyoxigraph import Literal, NamedNode, Quad

from kg.iri import NS
from kg.model import Factuality
from kg.terms import EXACT, TYPE, Node, kg

EVENTS = frozenset({kg("content"), kg("partOf"), kg("after")})
_FACTUALITIES = {kg(factuality.value): factuality for factuality in Factuality}


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, as far as computing needs it; `value` is the one that was decided on, if one was."""

    node: NamedNode
    report: NamedNode
    aspect: NamedNode
    value: NamedNode
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Told:
    """The quads, by what they are about; all of it sorted, so that order cannot matter."""

    reports: dict[str, list[NamedNode]]
    claims: dict[NamedNode, list[Said]]
    facts: dict[NamedNode, dict[str, list[Node]]]

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Told:
        """Sort quads of any graphs; claims that somebody rejected, or that lack a part, are left out."""
        facts: dict[NamedNode, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for quad in sorted(set(quads), key=str):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                facts[quad.subject][quad.predicate.value].append(quad.object)
        corrected = _decided(facts)
        reports: dict[str, list[NamedNode]] = defaultdict(list)
        claims: dict[NamedNode, list[Said]] = defaultdict(list)
        for node, known in facts.items():
            for event in _nodes(known, "reportOf"):
                reports[event.value].append(node)
            if f"{NS}aspect" in known and corrected.get(node, known) is not None:
                said = _said(node, known, corrected.get(node))
                if said is not None:
                    claims[said.report].append(said)
        return cls(reports, claims, facts)

    def of_node(self, node: Node, name: str) -> list[Node]:
        """Return the values of one of kg's properties, sorted."""
        return (
            self.facts[node].get(NS + name, []) if isinstance(node, NamedNode) and node in self.facts else []
        )

    def of_event(self, event: str) -> list[Said]:
        """Return the claims of all reports of an event."""
        return [claim for report in self.reports.get(event, ()) for claim in self.claims.get(report, ())]

    def event_of(self, report: NamedNode) -> NamedNode | None:
        """Return the event that a report is of."""
        return next((v for v in self.of_node(report, "reportOf") if isinstance(v, NamedNode)), None)

    def stated_in(self, node: NamedNode) -> str:
        """Return the article that states a claim or report, or nothing."""
        return next((value.value for value in self.of_node(node, "statedIn")), "")

    def day(self, node: NamedNode, name: str) -> date | None:
        """Return a day that a node has as one of kg's properties, if it is one."""
        try:
            return next((date.fromisoformat(v.value) for v in self.of_node(node, name)), None)
        except ValueError:
            return None

    def number(self, node: NamedNode, name: str) -> int | None:
        """Return a number that a node has as one of kg's properties, if it is one."""
        try:
            return next((int(v.value) for v in self.of_node(node, name)), None)
        except ValueError:
            return None

    def span(self, node: NamedNode) -> tuple[date | None, date | None]:
        """Return the first and last day that a time allows."""
        return self.day(node, "earliest"), self.day(node, "latest")

    def quote(self, passage: Node) -> list[str]:
        """Return the words of a passage."""
        node = NamedNode(passage.value)
        return [value.value for value in self.facts[node].get(EXACT.value, [])] if node in self.facts else []


def _nodes(known: dict[str, list[Node]], name: str) -> list[NamedNode]:
    return [value for value in known.get(NS + name, ()) if isinstance(value, NamedNode)]


def _decided(facts: dict[NamedNode, dict[str, list[Node]]]) -> dict[NamedNode, NamedNode | None]:
    """Return for each claim that was decided on its new value, None where it was rejected."""
    found: dict[NamedNode, NamedNode | None] = {}
    for known in facts.values():
        values = _nodes(known, "correctValue")
        rejected = kg("ClaimRejection") in known.get(TYPE.value, ())
        for claim in _nodes(known, "onClaim") if rejected or values else ():
            found[claim] = None if rejected else values[0]
    return found


def _said(node: NamedNode, known: dict[str, list[Node]], value: NamedNode | None) -> Said | None:
    parts = (_nodes(known, name) for name in ("about", "aspect", "value", "factuality"))
    for report, aspect, own, said in product(*parts):
        if (factuality := _FACTUALITIES.get(said)) is not None:
            return Said(node, report, aspect, value or own, factuality)
    return None
