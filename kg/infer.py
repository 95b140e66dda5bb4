"""Draws what follows from an article's facts and the ontology's axioms (OWL 2 RL).

Only the ontology can say what words mean: triples of the data that would be axioms are not
shown to the reasoner, and neither are literals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms
from kg.edge import to_rdflib
from kg.iri import NS, Names
from kg.terms import LABEL, OWL, RDF, RDFS, TYPE

_ERROR: Final = "http://www.daml.org/2002/03/agents/agent-ont#error"
_DISJOINT: Final = re.compile(r"Disjoint classes (\S+) and (\S+) have a common individual (\S+)")
_MEANING: Final = (OWL, RDFS, RDF)


@dataclass(frozen=True, slots=True)
class Closure:
    """What follows, and the contradictions met on the way, each as a sentence."""

    quads: tuple[Quad, ...]
    inconsistencies: tuple[str, ...]


def infer(quads: Iterable[Quad], axioms: Axioms, names: Names) -> Iterator[Quad]:
    """Yield what follows and is not yet said, for the `inferred` graph, sorted."""
    yield from reason(quads, axioms, names).quads


def inconsistencies(quads: Iterable[Quad], axioms: Axioms, names: Names) -> tuple[str, ...]:
    """Return the contradictions between the quads and the axioms, as sentences."""
    return reason(quads, axioms, names).inconsistencies


def reason(quads: Iterable[Quad], axioms: Axioms, names: Names) -> Closure:
    """Compute the OWL 2 RL closure of one article's neighbourhood.

    Nothing is concluded about the kind of a node that is caught in a contradiction.
    """
    import owlrl

    known = tuple(quads)
    told = [quad for quad in known if _is_fact(quad)]
    graph = to_rdflib([*told, *axioms.axioms])
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    messages = sorted({str(o) for _, p, o in graph if str(p) == _ERROR})
    torn = {match[3] for message in messages if (match := _DISJOINT.match(message))}
    before = {quad.triple for quad in known}
    terms = {t.subject.value for t in axioms.triples if isinstance(t.subject, NamedNode)}
    target = NamedNode(names.graph("inferred"))
    new = {
        Quad(NamedNode(s), NamedNode(p), NamedNode(o), target)
        for s, p, o in ((str(s), str(p), str(o)) for s, p, o in graph if _is_node(s, o))
        if _is_news(s, p, o, terms) and not (s in torn and p == TYPE.value)
    }
    fresh = sorted((quad for quad in new if quad.triple not in before), key=str)
    return Closure(tuple(fresh), _sentences(messages, known, axioms))


def _is_fact(quad: Quad) -> bool:
    """Tell whether a quad is about the world and not about the meaning of words."""
    if not isinstance(quad.object, NamedNode):
        return False
    if quad.predicate == TYPE:
        return not quad.object.value.startswith(_MEANING)
    return not quad.predicate.value.startswith(_MEANING)


def _is_node(subject: object, value: object) -> bool:
    import rdflib

    return isinstance(subject, rdflib.URIRef) and isinstance(value, rdflib.URIRef)


def _is_news(subject: str, predicate: str, value: str, terms: set[str]) -> bool:
    """Tell whether an inferred triple is in our own words, and not about the words."""
    if subject in terms or subject.startswith(_MEANING):
        return False
    if predicate == TYPE.value:
        return value.startswith(NS)
    return predicate.startswith(NS)


def _sentences(messages: list[str], quads: tuple[Quad, ...], axioms: Axioms) -> tuple[str, ...]:
    labels = {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == LABEL
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }

    def name(iri: str) -> str:
        return labels.get(iri) or axioms.label(iri)

    found: set[str] = set()
    for message in messages:
        match = _DISJOINT.match(message)
        if match:
            one, other = sorted((name(match[1]), name(match[2])))
            found.add(f"{name(match[3])} is used both as {one} and as {other}; nothing is both.")
        else:
            found.add(re.sub(r"https?://[^\s,()]+", lambda iri: name(iri[0]), message))
    return tuple(sorted(found))
