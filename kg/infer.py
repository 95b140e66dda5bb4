"""Draws what follows from an article's facts and the ontology's axioms (OWL 2 RL).

Only the ontology can say what words mean: triples of the data that would be axioms are not
shown to the reasoner, and neither are literals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms
from kg.derivations import clashes
from kg.edge import to_rdflib
from kg.facts import IS_A, MEANING, Memory, fact_of
from kg.iri import NS, Names
from kg.reasoning import update
from kg.rules import compile_rules
from kg.terms import LABEL

_ERROR: Final = "http://www.daml.org/2002/03/agents/agent-ont#error"


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
    """Compute the OWL 2 RL closure of one article's neighbourhood, from nothing.

    Nothing is concluded about the kind of a node that is caught in a contradiction. Raises
    OntologyError for axioms that reasoning does not support.
    """
    known = tuple(quads)
    rules = compile_rules(axioms)
    told = {fact for quad in known if (fact := fact_of(quad))}
    found = update(Memory(), rules, (), told).added
    target = NamedNode(names.graph("inferred"))
    fresh = sorted((Quad(NamedNode(s), NamedNode(p), NamedNode(o), target) for s, p, o in found), key=str)
    nodes = {node for subject, name, value in told for node in (subject, value if name != IS_A else subject)}
    name = namer(known, axioms)
    said = {clash.say(name) for clash in clashes(Memory(told, found), rules, nodes)}
    return Closure(tuple(fresh), tuple(sorted(said)))


def reference(
    quads: Iterable[Quad], axioms: Axioms, names: Names
) -> tuple[tuple[Quad, ...], tuple[str, ...]]:
    """Compute the same quads with owlrl, which tests and benchmarks hold `reason` against.

    Returns them with owlrl's own messages of contradictions. It takes a second where `reason` takes
    a few milliseconds.
    """
    import owlrl

    known = tuple(quads)
    graph = to_rdflib([*(quad for quad in known if fact_of(quad)), *axioms.axioms])
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    messages = sorted({str(value) for _, name, value in graph if str(name) == _ERROR})
    torn = {message.rsplit(" ", 1)[-1] for message in messages if message.startswith("Disjoint classes")}
    before = {quad.triple for quad in known}
    terms = {t.subject.value for t in axioms.triples if isinstance(t.subject, NamedNode)}
    target = NamedNode(names.graph("inferred"))
    new = {
        Quad(NamedNode(s), NamedNode(p), NamedNode(o), target)
        for s, p, o in ((str(s), str(p), str(o)) for s, p, o in graph if _is_node(s, o))
        if _is_news(s, p, o, terms) and not (s in torn and p == IS_A)
    }
    return tuple(sorted((quad for quad in new if quad.triple not in before), key=str)), tuple(messages)


def _is_node(subject: object, value: object) -> bool:
    import rdflib

    return isinstance(subject, rdflib.URIRef) and isinstance(value, rdflib.URIRef)


def _is_news(subject: str, predicate: str, value: str, terms: set[str]) -> bool:
    """Tell whether an inferred triple is in our own words, and not about the words."""
    if subject in terms or subject.startswith(MEANING):
        return False
    return (value if predicate == IS_A else predicate).startswith(NS)


def namer(quads: Iterable[Quad], axioms: Axioms) -> Callable[[str], str]:
    """Return what gives a node its label, in the data or in the ontology."""
    labels = {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == LABEL
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }
    return lambda iri: labels.get(iri) or axioms.label(iri)
