"""Sorts an ontology's axioms by OWL construct, and refuses every one that reasoning does not know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.errors import OntologyError
from kg.facts import MEANING
from kg.terms import OWL, RDF, RDFS, TYPE

T = TypeVar("T", bound=Hashable)
Pairs = frozenset[tuple[str, str]]

_PAIRS: Final = (
    f"{RDFS}subClassOf", f"{RDFS}subPropertyOf", f"{RDFS}domain", f"{RDFS}range", f"{OWL}inverseOf",
    f"{OWL}disjointWith",
)  # fmt: skip
_CHAIN: Final = f"{OWL}propertyChainAxiom"
_KINDS: Final = tuple(
    f"{OWL}{name}Property" for name in ("Symmetric", "Transitive", "Asymmetric", "Irreflexive")
)
_SAID: Final = frozenset(
    f"{OWL}{name}"
    for name in (
        "versionInfo", "versionIRI", "priorVersion", "imports", "deprecated", "backwardCompatibleWith",
        "incompatibleWith",
    )
)  # fmt: skip
_SORTS: Final = frozenset(
    f"{OWL}{name}"
    for name in (
        "Ontology", "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty",
        "NamedIndividual", "DeprecatedClass", "DeprecatedProperty",
    )
)  # fmt: skip
# What follows in these words is never kept, and nothing follows from it.
_IDLE: Final = frozenset(
    {f"{OWL}Thing", f"{OWL}topObjectProperty", f"{OWL}topDataProperty", f"{RDF}langString"}
    | {f"{RDFS}{name}" for name in ("Resource", "Literal", "label", "comment", "seeAlso", "isDefinedBy")}
)
_FIXES: Final[Mapping[str, str]] = {
    f"{OWL}equivalentClass": "say it with rdfs:subClassOf, once each way",
    f"{OWL}equivalentProperty": "say it with rdfs:subPropertyOf, once each way",
    f"{OWL}sameAs": "use one IRI for one thing, and skos:exactMatch for the other",
    f"{OWL}someValuesFrom": "say it with a shape",
    f"{OWL}onProperty": "say it with a shape",
    f"{OWL}FunctionalProperty": "say it with sh:maxCount 1 in a shape",
    f"{OWL}InverseFunctionalProperty": "say it with a shape",
    f"{OWL}AllDisjointClasses": "say it with owl:disjointWith, pair by pair",
    f"{OWL}ReflexiveProperty": "leave it out: everything would have it",
}
_FIX: Final = "leave it out, or say it with what docs/reasoning.md lists"


@dataclass(frozen=True, slots=True)
class Schema:
    """Axioms by construct: pairs of terms, chains with what they make up, and kinds of property."""

    classes: Pairs
    properties: Pairs
    domains: Pairs
    ranges: Pairs
    inverses: Pairs
    disjoint: Pairs
    chains: frozenset[tuple[tuple[str, ...], str]]
    symmetric: frozenset[str]
    transitive: frozenset[str]
    asymmetric: frozenset[str]
    irreflexive: frozenset[str]


def read_schema(axioms: Iterable[Triple], triples: Iterable[Triple]) -> Schema:
    """Sort axioms by construct. Raises OntologyError, with the term and the fix, for any other one."""
    told = sorted({*axioms}, key=str)
    for triple in (*told, *triples):
        _refuse(triple)
    by: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for triple in told:
        name = triple.predicate.value
        if name in _PAIRS and (pair := _pair(triple)):
            by[name].add(pair)
        elif triple.predicate == TYPE and isinstance(triple.object, NamedNode):
            kinds[triple.object.value].add(_own(triple))
    chains = frozenset(_chain(triple, told) for triple in told if triple.predicate.value == _CHAIN)
    classes, properties, domains, ranges, inverses, disjoint = (frozenset(by[name]) for name in _PAIRS)
    symmetric, transitive, asymmetric, irreflexive = (frozenset(kinds[name]) for name in _KINDS)
    return Schema(
        classes, properties, domains, ranges, inverses, disjoint, chains,
        symmetric, transitive, asymmetric, irreflexive,
    )  # fmt: skip


def grouped(rows: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Return the values of each name, without repeats, in the order of the rows."""
    found: defaultdict[str, dict[T, None]] = defaultdict(dict)
    for name, value in rows:
        found[name][value] = None
    return {name: tuple(values) for name, values in found.items()}


def _refuse(triple: Triple) -> None:
    name, kind = triple.predicate.value, triple.object
    odd = name if name.startswith(OWL) and name not in {*_PAIRS, _CHAIN, *_SAID} else ""
    if triple.predicate == TYPE and isinstance(kind, NamedNode) and kind.value.startswith(OWL):
        odd = "" if kind.value in _SORTS or kind.value in _KINDS else kind.value
    if odd:
        words = odd.replace(OWL, "owl:")
        raise OntologyError(f"{_place(triple)}: {words} is not reasoned with; {_FIXES.get(odd, _FIX)}")


def _place(triple: Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, NamedNode) else "a node without a name"


def _own(triple: Triple) -> str:
    """Return the term that an axiom is about. Raises OntologyError for one that is not the user's."""
    subject = triple.subject
    if not isinstance(subject, NamedNode):
        raise OntologyError(f"{triple}: an axiom is about a named term; give it a name, or {_FIX}")
    if subject.value.startswith(MEANING):
        raise OntologyError(f"{subject.value}: what RDF's own words mean is fixed; use a term of your own")
    return subject.value


def _pair(triple: Triple) -> tuple[str, str] | None:
    """Return both terms of an axiom, or None where nothing comes of it."""
    value = triple.object
    if not isinstance(value, NamedNode):
        words = triple.predicate.value.rsplit("#", 1)[-1]
        fix = "name a class instead, or use a shape"
        raise OntologyError(
            f"{_place(triple)}: {words} of something without a name is not reasoned with; {fix}"
        )
    one, other = _own(triple), value.value
    if other in _IDLE and triple.predicate.value.startswith(RDFS):
        return None
    if other.startswith(MEANING):
        raise OntologyError(f"{one}: nothing can be put under {other}; use a term of your own")
    return one, other


def _chain(triple: Triple, told: Iterable[Triple]) -> tuple[tuple[str, ...], str]:
    """Return the properties of a chain, and the one that they make up."""
    firsts = {t.subject: t.object for t in told if t.predicate.value == f"{RDF}first"}
    rests = {t.subject: t.object for t in told if t.predicate.value == f"{RDF}rest"}
    head, cell, body = _own(triple), triple.object, list[str]()
    seen: set[object] = set()
    while isinstance(cell, BlankNode) and cell not in seen:
        seen.add(cell)
        value = firsts.get(cell)
        if not isinstance(value, NamedNode) or value.value.startswith(MEANING):
            raise OntologyError(f"{head}: a chain is made of named properties of your own; found {value}")
        body.append(value.value)
        cell = rests.get(cell)  # type: ignore[assignment]  # what is no cell ends the loop
    if len(body) < 2 or cell != NamedNode(f"{RDF}nil"):
        raise OntologyError(
            f"{head}: a chain is a list of two properties or more; mend it, or use rdfs:subPropertyOf"
        )
    return tuple(body), head
