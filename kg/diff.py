"""Tells in words how two graphs differ: articles, events, and what is said of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms
from kg.iri import NS
from kg.terms import LABEL, TYPE, kg, plain, schema

_SAID = (
    "status", "earliest", "latest", "agent", "target", "instrument", "beneficiary", "participant", "place",
    "casualties", "content", "partOf", "after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `sign` is + (only in the second), - (only in the first) or ~ (changed)."""

    sign: str
    kind: str
    name: str
    changes: tuple[str, ...] = ()


def diff(one: Iterable[Quad], other: Iterable[Quad], axioms: Axioms) -> Iterator[Difference]:
    """Yield the differences of two graphs, sorted: articles first, then events.

    An event is the same where a report of it is: its own name does not count.
    """
    old, new = _Graph.of(one, axioms), _Graph.of(other, axioms)
    yield from _listed("article", old.articles, new.articles)
    old_events, new_events = old.by_reports(), new.by_reports()
    paired = [(a, b) for a in old_events for b in new_events if old_events[a] & new_events[b]]
    left, right = {a for a, _ in paired}, {b for _, b in paired}
    yield from sorted(
        (
            *(Difference("-", "event", old.name(e), tuple(old.said(e))) for e in old_events.keys() - left),
            *(Difference("+", "event", new.name(e), tuple(new.said(e))) for e in new_events.keys() - right),
            *(found for a, b in paired for found in _changed(old, new, a, b)),
        ),
        key=lambda found: (found.name, found.sign, found.changes),
    )


def diff_text(found: Iterable[Difference]) -> str:
    """Return differences as lines of text; what changed is indented below its event."""
    from kg.words import clean

    lines: list[str] = []
    for each in found:
        lines += [f"{each.sign} {each.kind}: {each.name}", *(f"    {change}" for change in each.changes)]
    return "".join(f"{clean(line)}\n" for line in lines)


def _listed(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Difference]:
    gone = sorted(old[iri] for iri in old.keys() - new.keys())
    come = sorted(new[iri] for iri in new.keys() - old.keys())
    yield from (Difference("-", kind, name) for name in gone)
    yield from (Difference("+", kind, name) for name in come)


def _changed(old: _Graph, new: _Graph, one: NamedNode, other: NamedNode) -> Iterator[Difference]:
    before, after = set(old.said(one)), set(new.said(other))
    reports = len(old.reports[one]), len(new.reports[other])
    changes = [f"- {line}" for line in sorted(before - after)] + [
        f"+ {line}" for line in sorted(after - before)
    ]
    if reports[0] != reports[1]:
        changes.append(f"reports: {reports[0]} before, {reports[1]} now")
    if changes:
        yield Difference("~", "event", new.name(other), tuple(changes))


@dataclass(frozen=True, slots=True)
class _Graph:
    """One of the two graphs, by subject."""

    facts: Mapping[NamedNode, Mapping[str, list[NamedNode | Literal]]]
    articles: Mapping[str, str]
    reports: Mapping[NamedNode, set[NamedNode]]
    axioms: Axioms

    @classmethod
    def of(cls, quads: Iterable[Quad], axioms: Axioms) -> _Graph:
        facts: dict[NamedNode, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        reports: dict[NamedNode, set[NamedNode]] = defaultdict(set)
        for quad in sorted(set(quads), key=str):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                facts[quad.subject][quad.predicate.value].append(quad.object)
                if quad.predicate == kg("reportOf") and isinstance(quad.object, NamedNode):
                    reports[quad.object].add(quad.subject)
        headline = schema("headline").value
        articles = {
            node.value: plain(known[headline][0]) if headline in known else node.value
            for node, known in facts.items()
            if kg("Article") in known.get(TYPE.value, ())
        }
        return cls(facts, articles, reports, axioms)

    def by_reports(self) -> dict[NamedNode, set[NamedNode]]:
        return {event: found for event, found in self.reports.items() if event in self.facts}

    def name(self, node: NamedNode) -> str:
        labels = self.facts[node].get(LABEL.value, ()) if node in self.facts else ()
        return plain(labels[0]) if labels else self.axioms.label(node.value)

    def said(self, event: NamedNode) -> Iterator[str]:
        """Yield what is computed of an event, in words, without what was inferred of its class."""
        known = self.facts[event]
        for kind in known.get(TYPE.value, ()):
            if isinstance(kind, NamedNode) and kind.value.startswith(NS):
                yield f"type: {self.axioms.label(kind.value)}"
        for name in _SAID:
            for value in known.get(NS + name, ()):
                words = self.name(value) if isinstance(value, NamedNode) else value.value
                yield f"{self.axioms.label(NS + name)}: {words}"
