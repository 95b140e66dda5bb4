"""A store as it will be once a change is made, for look-ups before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.dataset import Dataset, Subject, Value


@dataclass(frozen=True, slots=True)
class Change:
    """The quads to take out and to put in. False where there is nothing to do."""

    gone: frozenset[Quad]
    new: frozenset[Quad]

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)

    def __or__(self, other: Change) -> Change:
        """Return both changes as one, the other made after this one."""
        gone = (self.gone - other.new) | (other.gone - self.new)
        new = (self.new - other.gone) | (other.new - self.gone)
        return Change(gone, new)

    def update(self) -> str:
        """Return the change as one SPARQL update, made of nothing but serialised terms."""
        parts = [
            f"{verb} DATA {{ {' '.join(sorted(map(_line, quads)))} }}"
            for verb, quads in (("DELETE", self.gone), ("INSERT", self.new))
            if quads
        ]
        return " ;\n".join(parts)


NOTHING = Change(frozenset(), frozenset())


def _line(quad: Quad) -> str:
    return f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}\n"


class View:
    """A store, or a view of it, with a change laid over; a look-up costs the same in stores of any size."""

    def __init__(self, store: Dataset, change: Change = NOTHING, below: View | None = None) -> None:
        self.store = store
        self._change = change
        self._below = View(store) if below is None and change else below
        self._new: dict[tuple[int, object], list[Quad]] = {}
        for quad in change.new:
            for place, term in enumerate((quad.subject, quad.object, quad.graph_name)):
                self._new.setdefault((place, term), []).append(quad)

    def match(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        value: Value | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Return the quads that fit, each once; a subject, a value or a graph must be given."""
        if self._below is None:
            return self.store.quads_for_pattern(subject, predicate, value, graph)
        return self._changed(self._below, subject, predicate, value, graph)

    def _changed(
        self,
        below: View,
        subject: Subject | None,
        predicate: NamedNode | None,
        value: Value | None,
        graph: NamedNode | None,
    ) -> Iterator[Quad]:
        for quad in below.match(subject, predicate, value, graph):
            if quad not in self._change.gone:
                yield quad
        for quad in self._laid_over(subject, value, graph):
            fits = (
                (subject is None or quad.subject == subject)
                and (predicate is None or quad.predicate == predicate)
                and (value is None or quad.object == value)
                and (graph is None or quad.graph_name == graph)
            )
            if fits and not below.has(quad):
                yield quad

    def has(self, quad: Quad) -> bool:
        """Tell whether the quad is there."""
        if self._below is None:
            return quad in self.store
        return quad in self._change.new or (quad not in self._change.gone and self._below.has(quad))

    def with_change(self, change: Change) -> View:
        """Return the view with another change made after this one."""
        return View(self.store, change, self)

    def _laid_over(
        self, subject: Subject | None, value: Value | None, graph: NamedNode | None
    ) -> Iterable[Quad]:
        for place, term in enumerate((subject, value, graph)):
            if term is not None:
                return self._new.get((place, term), ())
        return self._change.new


def replacing(old: Iterable[Quad], new: Iterable[Quad]) -> Change:
    """Return the change that leaves the new quads where the old ones were."""
    before, after = frozenset(old), frozenset(new)
    return Change(before - after, after - before)
