"""Looks up facts: triples between IRIs, each asserted or inferred. A store or plain memory may hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final, Protocol, TypeAlias

from pyoxigraph import NamedNode, Quad, Triple

from kg.dataset import Dataset
from kg.iri import Names
from kg.terms import OWL, RDF, RDFS, TYPE

Fact: TypeAlias = tuple[str, str, str]

_Held: TypeAlias = dict[str | None, list[tuple[Fact, bool]]]

# So many facts of a node are read at most; beyond it each property is asked for on its own.
SOME: Final = 24
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
    subject, value = quad.subject, quad.object
    if not (isinstance(value, NamedNode) and isinstance(subject, NamedNode)):
        return None
    name, known = quad.predicate.value, value.value
    if (known if name == IS_A else name).startswith(MEANING):
        return None
    return subject.value, name, known


class Table:
    """A growing set of facts that finds them by any of their parts."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._all: dict[Fact, None] = {}
        self._found: defaultdict[tuple[str | None, ...], list[Fact]] = defaultdict(list)
        for fact in facts:
            self.add(fact)

    def __contains__(self, fact: Fact) -> bool:
        return fact in self._all

    def __iter__(self) -> Iterator[Fact]:
        return (key for key in self._all)

    def add(self, fact: Fact) -> None:
        """Put a fact in, if it is not there yet."""
        if fact in self._all:
            return
        self._all[fact] = None
        subject, predicate, value = fact
        for key in (
            (subject, predicate, None), (None, predicate, value), (subject, None, None),
            (None, None, value),
        ):  # fmt: skip
            self._found[key].append(fact)

    def find(self, subject: str | None, predicate: str | None, value: str | None) -> Iterable[Fact]:
        """Return the facts that fit; a predicate alone, or both ends without one, cannot be asked for."""
        if subject is not None and predicate is not None and value is not None:
            fact = (subject, predicate, value)
            return (fact,) if fact in self._all else ()
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


class Near:
    """Facts that are read once: those of a node all together, unless they are many."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._out: dict[str | None, _Held | None] = {}
        self._into: dict[str | None, _Held | None] = {}

    def match(
        self, subject: str | None, predicate: str | None, value: str | None
    ) -> Iterable[tuple[Fact, bool]]:
        """Yield the facts that fit, each with whether it is asserted."""
        node, held = (value, self._into) if subject is None else (subject, self._out)
        if node not in held:
            held[node] = self._read(subject, value if subject is None else None)
        known = held[node]
        if known is None:
            return self._facts.match(subject, predicate, value)
        found = known.get(predicate, ())
        if subject is None or value is None:
            return found
        return [each for each in found if each[0][2] == value]

    def _read(self, subject: str | None, value: str | None) -> _Held | None:
        """Return a node's facts by predicate, and all of them under None; None where they are many."""
        found = list(islice(self._facts.match(subject, None, value), SOME))
        if len(found) == SOME:
            return None
        known: _Held = {None: found} if found else {}
        for each in found:
            known.setdefault(each[0][1], []).append(each)
        return known


class Stored:
    """The facts of an Oxigraph store: the graph `inferred`, and all others but `ontology`."""

    def __init__(self, store: Dataset, names: Names) -> None:
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
            if fact := fact_of(quad):
                place = quad.graph_name
                name = place.value if isinstance(place, NamedNode) else ""
                if name != self._left_out:
                    yield fact, name != self._inferred
