"""Works out which triples shapes read, as an automaton made of the shapes' own paths.

A state says what may still be read at a node; an edge of it is one triple, read forwards or
backwards, and the state of the node that it leads to. Nothing in here looks at data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.errors import OntologyError
from kg.shape_queries import Pattern, Step, check_query, read_query
from kg.shape_targets import Index, Node, Target, indexed, iris, items, target_of, values
from kg.terms import SH, TYPE, XSD

ANY: Final = "*"
_NONE: Final = ""  # an edge that reads nothing
END: Final = 0

Edge = tuple[str, bool, int]

_PAIRS: Final = tuple(SH + name for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_INNER: Final = tuple(SH + name for name in ("node", "property", "not", "qualifiedValueShape"))
_LISTS: Final = tuple(SH + name for name in ("and", "or", "xone"))
_KNOWN: Final = frozenset(
    SH + name
    for name in (
        "path minCount maxCount class datatype nodeKind minExclusive minInclusive maxExclusive maxInclusive "
        "minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals "
        "not and or xone node property qualifiedValueShape qualifiedMinCount qualifiedMaxCount closed "
        "ignoredProperties hasValue in severity message deactivated name description order group "
        "defaultValue targetClass targetNode targetSubjectsOf targetObjectsOf sparql declare"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Reads:
    """What shapes read: the edges of each state, and the states that shapes start in.

    `opaque` shapes read what cannot be told from their paths; `delicate` ones compare values in
    SPARQL whose datatypes no shape tells. `free` ones say what they find as a value. `compared`
    holds the datatypes of the values that the other queries compare, by property.
    """

    edges: tuple[frozenset[Edge], ...]
    starts: Mapping[int, tuple[Target, ...]]
    opaque: frozenset[Node]
    delicate: frozenset[Node]
    free: frozenset[str]
    compared: Mapping[str, frozenset[str]]


def read_shapes(triples: Iterable[Triple]) -> Reads:
    """Work out what shapes read. Raises OntologyError for paths and queries that cannot be followed."""
    index = indexed(triples)
    try:
        for node in list(index):
            check_query(index, node)
        return _Reader(index).reads()
    except RecursionError as error:
        raise OntologyError("shapes: a path or a query lies too deep, or within itself") from error


@dataclass(slots=True)
class _Reader:
    index: Index
    edges: list[set[Edge]] = field(default_factory=lambda: [set()])
    states: dict[object, int] = field(default_factory=dict)
    inner: dict[object, set[object]] = field(default_factory=lambda: defaultdict(set))
    opaque: set[object] = field(default_factory=set)
    delicate: set[object] = field(default_factory=set)
    free: set[object] = field(default_factory=set)
    compared: dict[str, frozenset[str]] = field(default_factory=dict)

    def reads(self) -> Reads:
        """Return what all shapes with a target read."""
        starts: dict[int, Target] = {}
        shapes: dict[Node, int] = {}
        for node in list(self.index):
            if isinstance(node, Node) and (target := target_of(self.index, node)):
                shapes[node] = state = self.state(node)
                self.edges[state] |= _told_by(target)
                starts[state] = target
        free = {node for node in shapes if node in self.free}
        for node in free:
            starts[shapes[node]] = Target(free=True)
        known = {node: self._within(node) for node in shapes}
        opaque = frozenset(node for node, parts in known.items() if parts & self.opaque)
        delicate = frozenset(node for node, parts in known.items() if parts & self.delicate)
        for node in opaque:
            del starts[shapes[node]]
        edges, places = _merged(_without_empty(self.edges))
        merged: dict[int, tuple[Target, ...]] = defaultdict(tuple)
        for state, target in starts.items():
            merged[places[state]] += (target,)
        named = frozenset(str(node.value) for node in free)
        return Reads(edges, dict(merged), opaque, delicate, named, self.compared)

    def _within(self, shape: object) -> set[object]:
        """Return a shape and those that it refers to."""
        found: set[object] = set()
        waiting = [shape]
        while waiting:
            if (node := waiting.pop()) not in found:
                found.add(node)
                waiting += self.inner[node]
        return found

    def new(self, *edges: Edge) -> int:
        """Return a new state."""
        self.edges.append(set(edges))
        return len(self.edges) - 1

    def state(self, shape: object) -> int:
        """Return the state of a node that a shape is about to check."""
        if shape in self.states:
            return self.states[shape]
        state = self.states[shape] = self.new()
        pairs = {(name, False, END) for kind in _PAIRS for name in iris(self.index, shape, kind)}
        self.edges[state] |= pairs
        paths = values(self.index, shape, f"{SH}path")
        at_values = self.new() if paths else state
        self.edges[at_values] |= self._constraints(shape)
        if paths:
            self.edges[state] |= self.follow(_path(self.index, paths[0]), at_values)
        self._queries(shape, state)
        if self._is_opaque(shape):
            self.opaque.add(shape)
        return state

    def _constraints(self, shape: object) -> set[Edge]:
        """Return what a shape reads at each value."""
        index = self.index
        shapes = [inner for name in _INNER for inner in values(index, shape, name)]
        for name in _LISTS:
            shapes += [inner for head in values(index, shape, name) for inner in items(index, head)]
        self.inner[shape] |= set(shapes)
        found: set[Edge] = {(_NONE, False, self.state(inner)) for inner in shapes}
        for inner in values(index, shape, f"{SH}property"):
            if not values(index, inner, f"{SH}path"):
                raise OntologyError("shapes: a property shape has no sh:path")
        if values(index, shape, f"{SH}class"):
            found.add((TYPE.value, False, END))
        if values(index, shape, f"{SH}closed"):
            found.add((ANY, False, END))
        return found

    def _is_opaque(self, shape: object) -> bool:
        own = set(self.index[shape]) if shape in self.index else set()
        parameters = {
            path
            for node in list(self.index)
            for parameter in values(self.index, node, f"{SH}parameter")
            for path in iris(self.index, parameter, f"{SH}path")
        }
        strange = {name for name in own if name.startswith(SH)} - _KNOWN
        return bool(strange or own & parameters)

    def _queries(self, shape: object, state: int) -> None:
        for constraint in values(self.index, shape, f"{SH}sparql"):
            pattern = read_query(self.index, constraint)
            target = target_of(self.index, shape) if isinstance(shape, Node) else Target()
            alone = not (target.classes or target.subjects_of or target.objects_of)
            usable = pattern is not None and (
                not pattern.free or (alone and _only_queries(self.index, shape))
            )
            if pattern is None or not usable or (shape in self.free) > pattern.free:
                self.opaque.add(shape)
                continue
            if pattern.free:
                self.free.add(shape)
            datatypes = _comparable(self.index)
            if pattern.compared <= set(datatypes):
                self.compared |= {name: datatypes[name] for name in pattern.compared}
            else:
                self.delicate.add(shape)
            self._pattern(pattern, state)

    def _pattern(self, pattern: Pattern, state: int) -> None:
        """Add what a query reads, led from the node that it is about to all of its variables."""
        for branch in pattern.branches:
            states = {pattern.root: state}
            for source, step, goal in branch:
                known = states.get(goal)
                if known is None:
                    known = states[goal] = self.new() if goal else END
                self.edges[states[source]] |= self.follow(step, END if goal == source else known)

    def follow(self, step: Step, goal: int) -> set[Edge]:
        """Return the edges of a path that leads to a state."""
        kind, parts = step
        if kind in ("is", "from"):
            return {(str(parts), kind == "from", goal)}
        inner = [part for part in parts if isinstance(part, tuple)]
        if kind == "seq":
            for part in reversed(inner[1:]):
                goal = self.new(*self.follow(part, goal))
            return self.follow(inner[0], goal)
        if kind == "alt":
            return {edge for part in inner for edge in self.follow(part, goal)}
        if kind == "?":
            return {(_NONE, False, goal), *self.follow(inner[0], goal)}
        loop = self.new((_NONE, False, goal))
        self.edges[loop] |= self.follow(inner[0], loop)
        return {(_NONE, False, loop)} if kind == "*" else self.follow(inner[0], loop)


def _path(index: Index, node: object, *, inverse: bool = False) -> Step:
    """Return a SHACL path; that of an inverse one is turned round."""
    if isinstance(node, NamedNode):
        return ("from" if inverse else "is", node.value)
    for name, kind in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
        for inner in values(index, node, SH + name):
            return (kind, (_path(index, inner, inverse=inverse),))
    for inner in values(index, node, f"{SH}inversePath"):
        return _path(index, inner, inverse=not inverse)
    for head in values(index, node, f"{SH}alternativePath"):
        return ("alt", tuple(_path(index, part, inverse=inverse) for part in items(index, head)))
    parts = [_path(index, part, inverse=inverse) for part in items(index, node)]
    if not parts:
        raise OntologyError("shapes: sh:path is no path")
    return ("seq", tuple(reversed(parts) if inverse else parts))


def _told_by(target: Target) -> set[Edge]:
    """Return the edges that show that a node is a target."""
    found = {(name, False, END) for name in target.subjects_of}
    found |= {(name, True, END) for name in target.objects_of}
    return found | ({(TYPE.value, False, END)} if target.classes else set())


def _only_queries(index: Index, shape: object) -> bool:
    own = {name for name in index[shape] if name.startswith(SH)}
    return own <= {f"{SH}sparql", f"{SH}targetNode", f"{SH}severity", f"{SH}message", f"{SH}deactivated"}


def _comparable(index: Index) -> dict[str, frozenset[str]]:
    """Return the properties to which shapes give a datatype that all engines compare alike, with it."""
    plain = {f"{XSD}{name}" for name in ("integer", "decimal", "string")}
    found: dict[str, frozenset[str]] = {}
    for node in list(index):
        if kinds := iris(index, node, f"{SH}datatype"):
            for path in iris(index, node, f"{SH}path"):
                found[path] = found.get(path, frozenset()) | kinds
    return {path: kinds for path, kinds in found.items() if kinds <= plain}


def _without_empty(edges: list[set[Edge]]) -> list[frozenset[Edge]]:
    """Return the edges of each state without those that read nothing."""
    found = []
    for state in range(len(edges)):
        reached, waiting = {state}, [state]
        while waiting:
            onward = {goal for name, _, goal in edges[waiting.pop()] if name == _NONE} - reached
            reached |= onward
            waiting += onward
        found.append(frozenset(e for each in reached for e in edges[each] if e[0] != _NONE))
    return found


def _merged(edges: list[frozenset[Edge]]) -> tuple[tuple[frozenset[Edge], ...], list[int]]:
    """Let states from which the same is read be one; return the edges, and the place of each state."""
    places, number = [0] * len(edges), 1
    while True:
        seen: dict[frozenset[Edge], int] = {}
        signs = [frozenset((name, back, places[goal]) for name, back, goal in each) for each in edges]
        places = [seen.setdefault(sign, len(seen)) for sign in signs]
        if len(seen) == number:
            break
        number = len(seen)
    last: dict[int, frozenset[Edge]] = {}
    for state, each in enumerate(edges):
        last[places[state]] = frozenset((name, back, places[goal]) for name, back, goal in each)
    return tuple(last[place] for place in range(number)), places
