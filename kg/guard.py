"""Judges quads of files that others wrote: none may change what the store's own words and things mean.

What follows is told by `ontology/`, what is checked by `shapes/`, and what the store computes
stands in graphs of its own; no data has a say in any of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms, vocabulary
from kg.iri import NS, Names
from kg.literals import Writing
from kg.terms import OA, OWL, PROV, RDF, RDFS, SCHEMA, SH, SKOS, TYPE, XSD, plain

WORDS: Final = (NS, RDF, RDFS, OWL, SH, XSD, SKOS, PROV, OA, SCHEMA)
_FIXED: Final = (RDF, RDFS, OWL, SH)  # nothing is put under a word of these
_UNDER: Final = frozenset({f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"})
_DEFINING: Final = _UNDER | {f"{RDFS}domain", f"{RDFS}range"}
_BOTH: Final = frozenset(  # say as much of the one end as of the other
    f"{OWL}{name}"
    for name in (
        "sameAs", "equivalentClass", "equivalentProperty", "inverseOf", "disjointWith",
        "propertyDisjointWith", "complementOf", "disjointUnionOf", "AllDisjointClasses",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guard:
    """What is known of a store when a file comes in: its names, its ontology, whether it is new.

    `known` tells whether the store has a quad already. Into a new store the graphs of another one
    may go, as an export has them; what it knew of the ontology must be what this one knows.
    """

    names: Names
    ontology: Axioms
    known: Callable[[Quad], bool]
    new: bool
    _writing: Writing = field(default_factory=Writing)
    _terms: set[Quad] = field(default_factory=set)
    _defined: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._terms.update(vocabulary(self.ontology, self.names))
        self._defined.update(plain(quad.subject) for quad in self._terms)

    def passed(self, quad: Quad) -> Quad | None:
        """Return a quad as the store writes it, or None for one that changes nothing.

        Raises ValueError, with the fix, for one that is refused.
        """
        if isinstance(quad.object, Literal):
            value = self._writing.kept(quad.object)
            if value != quad.object:
                quad = Quad(quad.subject, quad.predicate, value, quad.graph_name)
        name, own = plain(quad.graph_name), self.names.graph("")
        is_own = name.startswith(own) and not name.startswith(f"{own}loaded-")
        if is_own and name != f"{own}log" and not self.new and self.known(quad):
            return None
        if not is_own and self._told(quad):
            return None
        reason = self._kept_out(quad, name) if is_own else self._meaning(quad)
        if reason:
            raise ValueError(reason)
        return quad

    def _kept_out(self, quad: Quad, name: str) -> str:
        """Return why a quad may not stand in a graph of the store's own, or nothing."""
        if name == self.names.graph("log"):
            return "in this graph a store keeps how far its log is known; use another"
        if name == self.names.graph("ontology"):
            known = quad in self._terms
            return "" if known else "words are defined in a project's ontology/ alone; put it there"
        if not self.new:
            return "the store alone writes this graph; name another, or load a whole export into a new store"
        return self._meaning(quad)

    def _meaning(self, quad: Quad) -> str:
        """Return why a quad would change what words or things mean, or nothing."""
        subject, predicate, value = plain(quad.subject), quad.predicate.value, plain(quad.object)
        if subject.startswith(WORDS) or subject in self._defined:
            return "a file may use words of a vocabulary, not say what they mean; put that into ontology/"
        if predicate.startswith(SH) or (value.startswith(SH) and quad.predicate == TYPE):
            return "shapes are read from a project's shapes/ alone; put it there"
        if predicate in _BOTH and (self._is_word(value) or self._is_thing(subject, value)):
            return "this would make two one, or tell them apart; use skos:exactMatch, or kg merge for events"
        if predicate in _UNDER and value.startswith(_FIXED):
            return "nothing can be put under a word of RDF, OWL or SHACL; leave it out"
        if predicate in _DEFINING and self._is_thing(subject):
            return "a thing of the store is no class and no property; leave it out"
        return ""

    def _told(self, quad: Quad) -> bool:
        """Tell whether the ontology says the same: an export without graphs brings it along."""
        place = NamedNode(self.names.graph("ontology"))
        return Quad(quad.subject, quad.predicate, quad.object, place) in self._terms

    def _is_word(self, iri: str) -> bool:
        return iri.startswith(WORDS) or iri in self._defined

    def _is_thing(self, *iris: str) -> bool:
        return any(iri.startswith(f"{self.names.base}id/") for iri in iris)
