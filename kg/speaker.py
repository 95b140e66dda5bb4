"""Says in words what the nodes of a graph are, and finds the sentence that they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.axioms import Axioms
from kg.iri import NS
from kg.terms import EXACT, LABEL, kg
from kg.view import View

_MANY: Final = 100  # of those who use a node, at most so many are looked at for a sentence


@dataclass(frozen=True, slots=True)
class Speaker:
    """Looks up only what it is asked to speak of."""

    view: View
    ontology: Axioms
    facts: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def say(self, focus: str, path: str, value: str, message: str) -> str:
        """Say one result as a sentence in words, with the sentence of the text."""
        where = f" [{self.name(path)}]" if path else ""
        got = f" Found: {self.name(value)}." if value and value != focus else ""
        sentence = self.sentence(focus)
        quote = f" In the text: “{sentence}”" if sentence else ""
        return f"{self.name(focus)}{where}: {message}{got}{quote}"

    def name(self, node: str) -> str:
        """Return what to call a node: its label, its quote, or what it is a claim on."""
        label, quote = self.first(node, LABEL), self.first(node, EXACT)
        if label or quote:
            return label or f"“{quote}”"
        aspect, report = self.first(node, kg("aspect")), self.first(node, kg("about"))
        if aspect or report:
            return f"claim on {self.name(aspect or '?')} of {self.name(report or '?')}"
        return self.ontology.label(node) or "a node without a name"

    def sentence(self, node: str) -> str:
        """Return the sentence that a passage, claim, report or event rests on, or nothing."""
        for passage in self._passages(node):
            around = self.first(passage, kg("inSentence")) or passage
            if quote := self.first(around, EXACT):
                return quote
        return ""

    def first(self, node: str, predicate: NamedNode) -> str:
        """Return the first value of a property, or nothing."""
        return next(iter(self._of(node).get(predicate.value, ())), "")

    def _passages(self, node: str) -> Iterator[str]:
        yield node
        yield from (self.first(node, kg(name)) for name in ("evidence", "words"))
        for name in ("value", "reportOf"):
            for user in self._users(node, NS + name):
                yield from (self.first(user, kg(way)) for way in ("evidence", "words"))

    def _users(self, node: str, name: str) -> list[str]:
        if not _is_iri(node):
            return []
        found = islice(self.view.match(None, NamedNode(name), NamedNode(node)), _MANY)
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})

    def _of(self, node: str) -> dict[str, list[str]]:
        if node not in self.facts:
            known: dict[str, list[str]] = {}
            if _is_iri(node):
                for quad in sorted(self.view.match(NamedNode(node)), key=str):
                    if not isinstance(quad.object, Triple):
                        known.setdefault(quad.predicate.value, []).append(quad.object.value)
            self.facts[node] = known
        return self.facts[node]


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
