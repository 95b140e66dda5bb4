"""Validates graphs against SHACL shapes with pySHACL, and says the results in words.

Only the neighbourhood of an article is looked at, before reasoning. The ontology lends the
data its hierarchy; the data lends nothing to the shapes or to the ontology.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Triple

from kg.axioms import Axioms, read_axioms, read_triples
from kg.edge import to_rdflib
from kg.errors import OntologyError
from kg.iri import NS
from kg.model import Status
from kg.projection import TOOK_PLACE
from kg.report import Report, Result
from kg.resources import shipped
from kg.terms import EXACT, LABEL, RDFS, SH, TYPE, kg

if TYPE_CHECKING:
    import rdflib

_UNDER: Final = frozenset({f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"})
_NOT_ROLES: Final = frozenset({TYPE.value, f"{NS}status", f"{NS}when"})


def validate(quads: Iterable[Quad], shapes: Iterable[Path], ontology: Axioms) -> Report:
    """Validate an article's neighbourhood (its graph, links, events, entities).

    The roles of events that did not take place are checked as claimed. Raises OntologyError
    for a shapes file that cannot be used.
    """
    known = [quad for quad in quads if quad.predicate.value not in _UNDER]
    lent = [triple for triple in ontology.triples if _is_lent(triple)]
    speaker = _Speaker.of(known, ontology)
    data = to_rdflib([*known, *lent, *_as_claimed(speaker)])
    return _run(data, to_rdflib(_shapes(shapes)), speaker)


def house_rules(files: Iterable[Path]) -> Report:
    """Check ontology files against the house rules (`shapes/house.ttl`)."""
    ontology = read_axioms(files)
    rules = to_rdflib(_shapes([shipped() / "shapes" / "house.ttl"]))
    return _run(to_rdflib(ontology.triples), rules, _Speaker.of((), ontology))


def _shapes(files: Iterable[Path]) -> list[Triple]:
    return [triple for path in sorted(files) for triple in read_triples(path)]


def _is_lent(triple: Triple) -> bool:
    """Tell whether the data needs this triple of the ontology: hierarchy and individuals."""
    individual = triple.predicate == TYPE and isinstance(triple.object, NamedNode)
    return triple.predicate.value in _UNDER or (individual and str(triple.object).startswith(f"<{NS}"))


def _run(data: rdflib.Graph, shapes: rdflib.Graph, speaker: _Speaker) -> Report:
    import pyshacl
    import rdflib
    from pyparsing import ParseException
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    try:
        _, found, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except (ReportableRuntimeError, ShapeLoadError, ParseException, re.error, TypeError, ValueError) as error:
        raise OntologyError(f"shapes: {error}") from error
    if not isinstance(found, rdflib.Graph):
        raise OntologyError(f"shapes: {text}")
    nodes = found.objects(None, rdflib.URIRef(f"{SH}result"))
    return Report(tuple(sorted((_result(found, node, speaker) for node in nodes), key=_order)))


def _order(result: Result) -> tuple[str, ...]:
    severity = {"Violation": "0", "Warning": "1"}.get(result.severity, "2")
    return severity, result.words, result.focus, result.path, result.value, result.shape


def _result(found: rdflib.Graph, node: rdflib.term.Node, speaker: _Speaker) -> Result:
    import rdflib

    def one(name: str) -> str:
        value = found.value(node, rdflib.URIRef(SH + name), any=True)
        return "" if value is None or isinstance(value, rdflib.BNode) else str(value)

    messages = sorted(str(m) for m in found.objects(node, rdflib.URIRef(f"{SH}resultMessage")))
    focus, path, value = one("focusNode"), one("resultPath"), one("value")
    if one("sourceConstraintComponent").endswith("#SPARQLConstraintComponent"):
        focus, value = value or focus, ""
    message = messages[0] if messages else ""
    sentence = speaker.sentence(focus)
    return Result(
        focus, path, value, one("resultSeverity").removeprefix(SH), message, one("sourceShape"),
        sentence, speaker.say(focus, path, value, message, sentence),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says in words what nodes are, and finds the sentence that they rest on."""

    facts: dict[str, dict[str, list[str]]]
    users: dict[str, dict[str, list[str]]]
    ontology: Axioms

    @classmethod
    def of(cls, quads: Iterable[Quad], ontology: Axioms) -> _Speaker:
        facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        users: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in sorted(quads, key=str):
            if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, Triple):
                subject, predicate, value = (
                    quad.subject.value,
                    quad.predicate.value,
                    quad.object.value,
                )
                facts[subject][predicate].append(value)
                users[value][predicate].append(subject)
        return cls(facts, users, ontology)

    def first(self, node: str, predicate: NamedNode) -> str:
        """Return the first value of a property, or nothing."""
        return next(iter(self.facts.get(node, {}).get(predicate.value, ())), "")

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

    def _passages(self, node: str) -> Iterator[str]:
        yield node
        yield from (self.first(node, kg(name)) for name in ("evidence", "words"))
        users = self.users.get(node, {})
        for name in ("value", "reportOf"):
            for user in users.get(NS + name, ()):
                yield from (self.first(user, kg(way)) for way in ("evidence", "words"))

    def say(self, focus: str, path: str, value: str, message: str, sentence: str) -> str:
        """Say one result as a sentence in words."""
        where = f" [{self.name(path)}]" if path else ""
        got = f" Found: {self.name(value)}." if value and value != focus else ""
        quote = f" In the text: “{sentence}”" if sentence else ""
        return f"{self.name(focus)}{where}: {message}{got}{quote}"


def _as_claimed(speaker: _Speaker) -> Iterator[Triple]:
    """Yield the roles that claims give to events which did not take place."""
    took_place = {kg(status.value).value for status in Status if status in TOOK_PLACE}
    for node, known in speaker.facts.items():
        aspect = speaker.first(node, kg("aspect"))
        value, report = speaker.first(node, kg("value")), speaker.first(node, kg("about"))
        event = speaker.first(report, kg("reportOf"))
        if not (aspect and value and event) or aspect in _NOT_ROLES:
            continue
        if speaker.first(event, kg("status")) not in took_place and f"{NS}factuality" in known:
            yield Triple(NamedNode(event), NamedNode(aspect), NamedNode(value))
