"""Looks up facts: triples between IRIs, each asserted or inferred. A store or plain memory may hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, Protocol, TypeAlias

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from kg.iri import Names
from kg.terms import OWL, RDF, RDFS, TYPE

Fact: TypeAlias = tuple[str, str, str]

IS_A: Final = TYPE.value
MEANING: Final = (OWL, RDFS, RDF)


class Facts(Protocol):
    """Anything that finds facts by subject, predicate and object, None standing for any."""

    def match(
        self, subject: str | None, predicate: str | None, value: str | None
    ) -> Iterable[tuple[Fact, bool]]:
        """Yield the facts that fit, lazily, each with whether it is asserted (or else inferred)."""


def fact_of(quad: Quad | Triple) -> Fact | None:
    """Return what a quad says about the world; None for literals and for the meaning of words."""
    subject, predicate, value = quad.subject, quad.predicate, quad.object
    if not (isinstance(subject, NamedNode) and isinstance(value, NamedNode)):
        return None
    known = value if predicate == TYPE else predicate
    return None if known.value.startswith(MEANING) else (subject.value, predicate.value, value.value)


class Table:
    """A growing set of facts that finds them by any of their parts."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._found: defaultdict[tuple[str | None, ...], dict[Fact, None]] = defaultdict(dict)
        for fact in facts:
            self.add(fact)

    def __contains__(self, fact: Fact) -> bool:
        return fact in self._found

    def __iter__(self) -> Iterator[Fact]:
        return (fact for fact in self._found.get((None, None, None), ()))

    def add(self, fact: Fact) -> None:
        """Put a fact in, if it is not there yet."""
        if fact in self._found:
            return
        subject, predicate, value = fact
        for key in (
            fact, (subject, predicate, None), (None, predicate, value), (subject, None, None),
            (None, None, value), (None, None, None),
        ):  # fmt: skip
            self._found[key][fact] = None

    def find(self, subject: str | None, predicate: str | None, value: str | None) -> Iterable[Fact]:
        """Return the facts that fit; a predicate alone, or both ends without one, cannot be asked for."""
        return tuple(self._found.get((subject, predicate, value), ()))


class Memory:
    """Facts that live as long as the value does."""

    def __init__(self, asserted: Iterable[Fact] = (), inferred: Iterable[Fact] = ()) -> None:
        self._asserted = Table(asserted)
        self._inferred = Table(inferred)

    def match(
        self, subject: str | None, predicate: str | None, value: str | None
    ) -> Iterator[tuple[Fact, bool]]:
        """Yield the facts that fit, each with whether it is asserted."""
        said = self._asserted.find(subject, predicate, value)
        follows = self._inferred.find(subject, predicate, value)
        yield from chain(((fact, True) for fact in said), ((fact, False) for fact in follows))


class Stored:
    """The facts of an Oxigraph store: the graph `inferred`, and all others but `ontology`."""

    def __init__(self, store: pyoxigraph.Store, names: Names) -> None:
        self._store = store
        self._inferred = names.graph("inferred")
        self._left_out = names.graph("ontology")

    def match(
        self, subject: str | None, predicate: str | None, value: str | None
    ) -> Iterator[tuple[Fact, bool]]:
        """Yield the facts that fit, each with whether it is asserted; literals are passed over."""
        found = self._store.quads_for_pattern(
            None if subject is None else NamedNode(subject),
            None if predicate is None else NamedNode(predicate),
            None if value is None else NamedNode(value),
            None,
        )
        for quad in found:
            place = quad.graph_name
            name = place.value if isinstance(place, NamedNode) else ""
            fact = fact_of(quad)
            if fact and name != self._left_out:
                yield fact, name != self._inferred
