"""Says what a change can make right or wrong, and what the shapes can see there, by look-ups alone.

A step back is taken only from what has changed. Where very many nodes lead to one (all the claims
that name a state whose class changes), the first thousand are followed, and it is said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Final, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.axioms import Axioms, below
from kg.iri import NS, Names
from kg.model import Status
from kg.projection import TOOK_PLACE
from kg.shape_paths import ANY, Reads
from kg.shape_targets import Target
from kg.terms import RDFS, TYPE, kg
from kg.view import View

LIMIT: Final = 1000
FEW: Final = 60  # quads that lead to a node and are read all at once
HIDDEN: Final = ("inferred", "ontology", "log")  # graphs that shapes do not see
UNDER: Final = frozenset({f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"})
_UNDER: Final = frozenset(map(NamedNode, UNDER))
_NOT_ROLES: Final = frozenset({TYPE.value, f"{NS}status", f"{NS}when"})
_ASPECTS: Final = tuple(NS + name for name in ("place", "casualties", "content", "partOf", "after"))
_CLAIMED: Final = frozenset({kg("aspect"), kg("value"), kg("factuality"), kg("about")})
_HAPPENED: Final = frozenset(kg(status.value) for status in Status if status in TOOK_PLACE)

Term = NamedNode | BlankNode | Literal | Triple
States = frozenset[int]
_Moves = tuple[dict[NamedNode | None, States], dict[NamedNode | None, States]]
_Block = dict[NamedNode, list[Quad]]


@dataclass(frozen=True, slots=True)
class Field:
    """What shapes read, made ready for look-ups: where each class begins, what leads to what."""

    reads: Reads
    by_class: Mapping[str, States]
    events: frozenset[str]
    roles: frozenset[str]
    others: tuple[tuple[int, Target], ...]
    into: Mapping[int, tuple[tuple[NamedNode | None, bool, int], ...]]
    sources: Mapping[tuple[NamedNode | None, bool], States]
    ahead: States
    moves: dict[States, _Moves] = field(default_factory=dict)

    @classmethod
    def of(cls, reads: Reads, axioms: Axioms) -> Field:
        """Lay the classes of the ontology over what shapes read; data has no hierarchy of its own."""
        edges = tuple(frozenset(e for e in each if e[0] not in UNDER) for each in reads.edges)
        reads = replace(reads, edges=edges)
        kinds, narrower = (below(axioms, f"{RDFS}{name}") for name in ("subClassOf", "subPropertyOf"))
        by_class: dict[str, set[int]] = defaultdict(set)
        for state, targets in reads.starts.items():
            for name in {name for target in targets for name in target.classes}:
                for kind in {name, *kinds.get(name, ())}:
                    by_class[kind].add(state)
        into, sources = defaultdict(list), defaultdict(set)
        for state in _reachable(reads):
            for name, back, goal in reads.edges[state]:
                predicate = None if name == ANY else NamedNode(name)
                into[goal].append((predicate, back, state))
                sources[predicate, back].add(state)
        return cls(
            reads,
            {name: frozenset(states) for name, states in by_class.items()},
            frozenset({f"{NS}Event", *kinds.get(f"{NS}Event", ())}),
            frozenset({*_ASPECTS, *narrower.get(f"{NS}participant", ())}),
            tuple((state, t) for state, targets in reads.starts.items() for t in targets if _is_other(t)),
            {goal: tuple(steps) for goal, steps in into.items()},
            {step: frozenset(states) for step, states in sources.items()},
            frozenset(state for (_, back), states in sources.items() if not back for state in states),
        )

    def onward(self, states: States) -> _Moves:
        """Return where each predicate leads from states, forwards and backwards."""
        if states not in self.moves:
            found: tuple[dict[NamedNode | None, set[int]], ...] = (defaultdict(set), defaultdict(set))
            for state in states:
                for name, back, goal in self.reads.edges[state]:
                    more = {goal} if self.reads.edges[goal] else set()
                    found[back][None if name == ANY else NamedNode(name)] |= more
            ahead, behind = ({p: frozenset(s) for p, s in each.items()} for each in found)
            self.moves[states] = ahead, behind
        return self.moves[states]


def _is_other(target: Target) -> bool:
    return target.free or bool(target.nodes or target.subjects_of or target.objects_of)


def _is_role(term: Term) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode) and term.value not in _NOT_ROLES


def _of(block: _Block, predicate: NamedNode | None) -> Iterable[Quad]:
    """Return the quads with a predicate, or all (None)."""
    return chain.from_iterable(block.values()) if predicate is None else block.get(predicate, ())


def _reachable(reads: Reads) -> set[int]:
    found, waiting = set(reads.starts), list(reads.starts)
    while waiting:
        onward = {goal for _, _, goal in reads.edges[waiting.pop()]} - found
        found |= onward
        waiting += onward
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """Looks into one view; what was looked up is kept as long as it lives."""

    shapes: Field
    view: View
    hidden: frozenset[NamedNode]
    crowded: set[Term] = field(default_factory=set)
    _blocks: dict[Term, _Block] = field(default_factory=dict)
    _leads: dict[Term, _Block | None] = field(default_factory=dict)

    @classmethod
    def into(cls, view: View, shapes: Field, names: Names) -> Reach:
        """Look into a view with the eyes of shapes."""
        return cls(shapes, view, frozenset(NamedNode(names.graph(name)) for name in HIDDEN))

    def visible(self, nodes: Iterable[Term]) -> set[Quad]:
        """Return the quads that the shapes of these nodes can see."""
        found: set[Quad] = set()
        waiting = [(node, states) for node in nodes if (states := self.starts(node))]
        seen = set(waiting)
        while waiting:
            node, states = waiting.pop()
            ahead, behind = self.shapes.onward(states)
            for quad, goals in self._read(node, ahead):
                found.add(quad)
                step = (quad.object, goals)
                if goals and step not in seen and not isinstance(quad.object, Literal):
                    seen.add(step)
                    waiting.append(step)
            for predicate, goals in behind.items():
                for quad in self._behind(node, predicate):
                    found.add(quad)
                    step = (quad.subject, goals)
                    if goals and step not in seen:
                        seen.add(step)
                        waiting.append(step)
        return found

    def _read(self, node: Term, ahead: Mapping[NamedNode | None, States]) -> Iterator[tuple[Quad, States]]:
        block = self._block(node) if ahead else {}
        for predicate, goals in ahead.items():
            yield from ((quad, goals) for quad in _of(block, predicate))

    def affected(self, changed: Iterable[Quad]) -> set[Term]:
        """Return the nodes of which shapes may say something else once these quads came or went."""
        known = set(changed)
        mattering = [quad for quad in known if self._matters(quad, known)]
        told = {event for quad in mattering for event in self._told_of(quad)}
        waiting = {step for quad in mattering for step in self._at(quad)}
        waiting |= {(event, state) for event in told for state in self.shapes.ahead}
        seen, found = set(waiting), set[Term]()
        while waiting:
            node, state = waiting.pop()
            if node not in found and self._is_target(node, state):
                found.add(node)
            for predicate, back, source in self.shapes.into.get(state, ()):
                for other in self._leading(node, predicate, back=back):
                    if (step := (other, source)) not in seen:
                        seen.add(step)
                        waiting.add(step)
        return found

    def starts(self, node: Term) -> States:
        """Return the states of the shapes that are about a node."""
        kinds = self._block(node).get(TYPE, ()) if not isinstance(node, Literal) else ()
        found: set[int] = set()
        for quad in kinds:
            found |= self.shapes.by_class.get(getattr(quad.object, "value", ""), frozenset())
        found |= {state for state, target in self.shapes.others if self._fits(node, target)}
        return frozenset(found)

    def _matters(self, quad: Quad, changed: Collection[Quad]) -> bool:
        """Tell whether shapes see the quad, and no other graph says the same all the time."""
        twins = self.view.match(quad.subject, quad.predicate, quad.object)
        others = (q for q in twins if q not in changed and q.graph_name not in self.hidden)
        return quad.graph_name not in self.hidden and next(others, None) is None

    def _at(self, quad: Quad) -> Iterator[tuple[Term, int]]:
        """Yield where a changed quad may be read."""
        sources = self.shapes.sources
        for name in (quad.predicate, None):
            yield from ((quad.subject, state) for state in sources.get((name, False), ()))
            yield from ((quad.object, state) for state in sources.get((name, True), ()))

    def _told_of(self, quad: Quad) -> Iterator[Term]:
        """Yield the events whose roles as claimed may change with a quad."""
        if quad.predicate == kg("status"):
            yield quad.subject
        elif quad.predicate == kg("reportOf"):
            yield quad.object
        elif quad.predicate in _CLAIMED:
            reports = [quad.object] if quad.predicate == kg("about") else self._objects(quad.subject, "about")
            yield from (event for report in reports for event in self._objects(report, "reportOf"))

    def _leading(self, node: Term, predicate: NamedNode | None, *, back: bool) -> Iterator[Term]:
        if back:
            yield from (quad.object for quad in _of(self._block(node), predicate))
            return
        yield from (quad.subject for quad in self._behind(node, predicate))
        if predicate is not None and predicate.value in self.shapes.roles:
            yield from self._claimed_for(node, predicate)

    def _claimed_for(self, node: Term, role: NamedNode) -> Iterator[Term]:
        """Yield the events for which a role is claimed that they have only as claimed."""
        for quad in self._behind(node, kg("value")):
            if role in self._objects(quad.subject, "aspect"):
                reports = self._objects(quad.subject, "about")
                yield from (event for report in reports for event in self._objects(report, "reportOf"))

    def _is_target(self, node: Term, state: int) -> bool:
        if not (targets := self.shapes.reads.starts.get(state, ())):
            return False
        kinds = self._block(node).get(TYPE, ())
        by_class = self.shapes.by_class
        known = any(state in by_class.get(getattr(q.object, "value", ""), ()) for q in kinds)
        return known or any(self._fits(node, target) for target in targets)

    def _fits(self, node: Term, target: Target) -> bool:
        """Tell whether a node is a target in another way than by its class."""
        if target.free or getattr(node, "value", "") in target.nodes:
            return True
        block = self._block(node) if target.subjects_of else {}
        return any(NamedNode(name) in block for name in target.subjects_of) or any(
            any(True for _ in self._behind(node, NamedNode(name))) for name in target.objects_of
        )

    def _objects(self, node: Term, name: str) -> list[Term]:
        return [quad.object for quad in self._block(node).get(kg(name), ())]

    def claimed(self, event: Term) -> Iterator[Quad]:
        """Yield the roles that claims give to an event, unless it took place."""
        if isinstance(event, Literal):
            return
        status = sorted((quad.object for quad in self.view.match(event, kg("status"))), key=str)
        if status and status[0] in _HAPPENED:
            return
        for link in self.view.match(None, kg("reportOf"), event):
            for about in self.view.match(None, kg("about"), link.subject):
                block = self._block(about.subject)
                aspects, values = (block.get(kg(name), ()) for name in ("aspect", "value"))
                if aspects and values and kg("factuality") in block:
                    role, value = (min((q.object for q in quads), key=str) for quads in (aspects, values))
                    if _is_role(role) and isinstance(value, NamedNode):
                        yield Quad(event, role, value, about.graph_name)

    def _block(self, node: Term) -> _Block:
        """Return what is said of a node, by predicate, with its roles as claimed."""
        if (known := self._blocks.get(node)) is not None:
            return known
        said = () if isinstance(node, Literal) else self.view.match(node)
        block = self._sorted(quad for quad in said if quad.predicate not in _UNDER)
        self._blocks[node] = block
        if any(getattr(quad.object, "value", "") in self.shapes.events for quad in block.get(TYPE, ())):
            for quad in self.claimed(node):
                block.setdefault(quad.predicate, []).append(quad)
        return block

    def _behind(self, node: Term, predicate: NamedNode | None) -> Iterator[Quad]:
        """Yield the first thousand quads that lead to a node; note where there are more."""
        few = self._few(node)
        if few is not None:
            yield from _of(few, predicate)
            return
        found = list(islice(self.view.match(None, predicate, node), LIMIT + 1))
        self.crowded.update([node] if len(found) > LIMIT else [])
        yield from (quad for quad in found[:LIMIT] if quad.graph_name not in self.hidden)

    def _few(self, node: Term) -> _Block | None:
        """Return what leads to a node, by predicate; None where it is too much to read at once."""
        if node not in self._leads:
            found = list(islice(self.view.match(None, None, node), FEW + 1))
            self._leads[node] = self._sorted(found) if len(found) <= FEW else None
        return self._leads[node]

    def _sorted(self, quads: Iterable[Quad]) -> _Block:
        """Return those quads that shapes see, by predicate."""
        block: _Block = {}
        for quad in quads:
            if quad.graph_name not in self.hidden:
                block.setdefault(quad.predicate, []).append(quad)
        return block
