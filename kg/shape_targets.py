"""Reads shapes as an index, and tells which nodes each of them is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.terms import OWL, RDF, RDFS, SH, TYPE

Node = NamedNode | BlankNode
Index = Mapping[object, Mapping[str, list[object]]]

_TARGETS: Final = tuple(SH + f"target{name}" for name in ("Class", "Node", "SubjectsOf", "ObjectsOf"))
_CLASSES: Final = frozenset((f"{RDFS}Class", f"{OWL}Class"))


@dataclass(frozen=True, slots=True)
class Target:
    """Which nodes a shape is about; `free` where one of its queries may be about any node."""

    classes: frozenset[str] = frozenset()
    nodes: frozenset[str] = frozenset()
    subjects_of: frozenset[str] = frozenset()
    objects_of: frozenset[str] = frozenset()
    free: bool = False

    def __bool__(self) -> bool:
        return bool(self.classes or self.nodes or self.subjects_of or self.objects_of)


def targeted(triples: Iterable[Triple]) -> dict[Node, Target]:
    """Return the shapes that have a target, with it."""
    index = indexed(triples)
    found = {node: target_of(index, node) for node in index if isinstance(node, Node)}
    return {node: target for node, target in found.items() if target}


def without_targets(triples: Iterable[Triple], shapes: Iterable[object]) -> list[Triple]:
    """Return shapes of which these check nothing by themselves; others may still refer to them."""
    dropped = set(shapes)
    return [triple for triple in triples if triple.subject not in dropped or not _is_target(triple)]


def only_queries(triples: Iterable[Triple]) -> list[Triple]:
    """Return shapes of which only those check something that have a query."""
    every = list(triples)
    asking = {triple.subject for triple in every if triple.predicate.value == f"{SH}sparql"}
    return without_targets(every, {triple.subject for triple in every} - asking)


def _is_target(triple: Triple) -> bool:
    kind = triple.object.value if isinstance(triple.object, NamedNode) else ""
    implicit = triple.predicate == TYPE and kind in {*_CLASSES, f"{SH}NodeShape", f"{SH}PropertyShape"}
    return triple.predicate.value in _TARGETS or implicit


def indexed(triples: Iterable[Triple]) -> Index:
    """Return triples by subject and predicate."""
    index: dict[object, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        index[triple.subject][triple.predicate.value].append(triple.object)
    return index


def values(index: Index, node: object, predicate: str) -> list[object]:
    """Return the values of a property."""
    return index[node].get(predicate, []) if node in index else []


def iris(index: Index, node: object, predicate: str) -> frozenset[str]:
    """Return the values of a property that are IRIs."""
    return frozenset(v.value for v in values(index, node, predicate) if isinstance(v, NamedNode))


def target_of(index: Index, node: Node) -> Target:
    """Return which nodes a shape is about."""
    classes, nodes, subjects, objects = (iris(index, node, name) for name in _TARGETS)
    kinds = iris(index, node, TYPE.value)
    if isinstance(node, NamedNode) and kinds & _CLASSES and kinds & {f"{SH}NodeShape", f"{SH}PropertyShape"}:
        classes |= {node.value}
    literals = {v.value for v in values(index, node, _TARGETS[1]) if isinstance(v, Literal)}
    return Target(classes, nodes | literals, subjects, objects)


def items(index: Index, head: object) -> Iterator[object]:
    """Yield the items of a list."""
    seen = set()
    while head not in seen and (first := values(index, head, f"{RDF}first")):
        seen.add(head)
        yield first[0]
        head = next(iter(values(index, head, f"{RDF}rest")), None)
