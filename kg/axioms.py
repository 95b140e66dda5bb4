"""Reads what the ontology files say: axioms for the reasoner, labels for people.

Shapes, patterns, examples and annotations are left out: the reasoner has no use for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.iri import NS, Names
from kg.terms import LABEL, OWL, RDF, RDFS, TYPE, XSD
from kg.turtle import parse_turtle

_SCHEMA: Final = frozenset(
    {f"{RDFS}{name}" for name in ("subClassOf", "subPropertyOf", "domain", "range")}
    | {f"{OWL}{name}" for name in ("disjointWith", "inverseOf", "propertyChainAxiom")}
)
_KINDS: Final = frozenset(
    f"{OWL}{name}Property" for name in ("Transitive", "Symmetric", "Asymmetric", "Irreflexive")
)
_TERMS: Final = frozenset(
    f"{OWL}{name}" for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
_TOLD: Final = frozenset(
    {f"{RDFS}{name}" for name in ("label", "comment", "subClassOf", "subPropertyOf")} | {f"{NS}plover"}
)


@dataclass(frozen=True, slots=True)
class Axioms:
    """The ontology: every triple, those that are axioms, and each term's label (English first)."""

    triples: frozenset[Triple]
    axioms: frozenset[Triple]
    labels: Mapping[str, str]

    def label(self, iri: str) -> str:
        """Return a term's label, or the last part of its IRI where it has none."""
        return self.labels.get(iri) or iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def read_axioms(files: Iterable[Path]) -> Axioms:
    """Read ontology files (Turtle). Raises OntologyError with the file and line if malformed."""
    triples = frozenset(triple for path in sorted(files) for triple in read_triples(path))
    lists = _chains(triples)
    axioms = frozenset(t for t in triples if t.subject in lists or _is_axiom(t))
    labels = {
        t.subject.value: t.object.value
        for t in sorted(triples, key=lambda t: (_is_english(t), str(t)))
        if t.predicate == LABEL and isinstance(t.subject, NamedNode)
        if isinstance(t.object, Literal)
    }
    return Axioms(triples, axioms, labels)


def read_triples(path: Path) -> list[Triple]:
    """Return the triples of a Turtle file. Raises OntologyError if it cannot be read."""
    return [quad.triple for quad in parse_turtle(path)]


def vocabulary(ontology: Axioms, names: Names) -> Iterator[Quad]:
    """Yield what a store should know of the terms: labels, comments, and what is under what."""
    graph = NamedNode(names.graph("ontology"))
    for triple in sorted(ontology.triples, key=str):
        subject, kind = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or isinstance(kind, BlankNode | Triple):
            continue
        told = triple.predicate.value in _TOLD
        if triple.predicate == TYPE:
            told = kind.value in _TERMS or kind.value.startswith(NS)
        if told:
            yield Quad(subject, triple.predicate, kind, graph)


def _is_english(triple: Triple) -> bool:
    return isinstance(triple.object, Literal) and triple.object.language == "en"


def _is_axiom(triple: Triple) -> bool:
    if triple.predicate == TYPE:
        return isinstance(triple.object, NamedNode) and triple.object.value in _KINDS
    plain = isinstance(triple.object, NamedNode) and triple.object.value.startswith(XSD)
    return triple.predicate.value in _SCHEMA and not plain


def _chains(triples: frozenset[Triple]) -> frozenset[BlankNode]:
    """Return the cells of all lists that property chains are made of."""
    cells = {
        t.object
        for t in triples
        if t.predicate.value == f"{OWL}propertyChainAxiom" and isinstance(t.object, BlankNode)
    }
    rest = {t.subject: t.object for t in triples if t.predicate.value == f"{RDF}rest"}
    found: set[BlankNode] = set()
    while cells:
        found |= cells
        following = {rest.get(cell) for cell in cells}
        cells = {cell for cell in following if isinstance(cell, BlankNode)} - found
    return frozenset(found)


def below(axioms: Axioms, way: str) -> dict[str, set[str]]:
    """Return what lies below each term, over any number of steps of one property."""
    above: dict[str, set[str]] = defaultdict(set)
    for triple in axioms.triples:
        if triple.predicate.value == way and isinstance(triple.object, NamedNode):
            above[getattr(triple.subject, "value", "")].add(triple.object.value)
    below: dict[str, set[str]] = defaultdict(set)
    for kind in list(above):
        waiting, seen = [kind], {kind}
        while waiting:
            onward = above.get(waiting.pop(), set()) - seen
            seen |= onward
            waiting += onward
        for name in seen - {kind}:
            below[name].add(kind)
    return below
