"""Works out what a new build of an article changes in a store, by indexed look-ups alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from kg.iri import Names
from kg.terms import TYPE, kg


@dataclass(frozen=True, slots=True)
class Contribution:
    """Everything that one article puts into a store: its quads in all graphs, and its text."""

    article: str
    graph: str
    quads: tuple[Quad, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """The quads to take out and to put in. False where there is nothing to do."""

    gone: frozenset[Quad]
    new: frozenset[Quad]

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)

    def update(self) -> str:
        """Return the change as one SPARQL update, made of nothing but serialised terms."""
        parts = [
            f"{verb} DATA {{ {' '.join(sorted(map(_line, quads)))} }}"
            for verb, quads in (("DELETE", self.gone), ("INSERT", self.new))
            if quads
        ]
        return " ;\n".join(parts)


def _line(quad: Quad) -> str:
    return f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}\n"


def change(store: Store, contribution: Contribution, names: Names) -> Change:
    """Return what must change so that the store holds this build of the article and no older."""
    given = {quad for quad in contribution.quads if not _said_elsewhere(store, quad, names)}
    old = set(owned(store, contribution.graph, names))
    kept = _shared_events(store, contribution, old, names)
    gone = old - given - kept
    gone |= _overtaken(store, given, names)
    gone |= _orphans(store, gone, given, names)
    new = {quad for quad in given if quad not in store}
    return Change(frozenset(gone), frozenset(new))


def owned(store: Store, graph: str, names: Names) -> Iterator[Quad]:
    """Yield what an article's build put in: its graph, links, events and what follows of them."""
    links, events, inferred = (NamedNode(names.graph(n)) for n in ("links", "events", "inferred"))
    own = list(store.quads_for_pattern(None, None, None, NamedNode(graph)))
    yield from own
    nodes = sorted({quad.subject for quad in own}, key=str)
    for node in nodes:
        linked = list(store.quads_for_pattern(node, kg("reportOf"), None, links))
        yield from linked
        yield from store.quads_for_pattern(node, None, None, events)
        yield from store.quads_for_pattern(None, kg("contradicts"), node, events)
        yield from store.quads_for_pattern(node, None, None, inferred)
        for event in sorted(_named(linked), key=str):
            yield from store.quads_for_pattern(event, None, None, events)
            yield from store.quads_for_pattern(event, None, None, inferred)


def neighbourhood(store: Store, graph: str, names: Names) -> Iterator[Quad]:
    """Yield an article's quads and those of every entity that they lead to, without inferred."""
    inferred, entities = NamedNode(names.graph("inferred")), NamedNode(names.graph("entities"))
    asserted = [quad for quad in owned(store, graph, names) if quad.graph_name != inferred]
    yield from dict.fromkeys(asserted)
    waiting, seen = _named(asserted), set[NamedNode]()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            found = list(store.quads_for_pattern(node, None, None, entities))
            yield from found
            waiting |= _named(found)


def _named(quads: Iterable[Quad]) -> set[NamedNode]:
    return {quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.predicate != TYPE}


def _said_elsewhere(store: Store, quad: Quad, names: Names) -> bool:
    """Tell whether an inferred triple is asserted in some graph already."""
    if quad.graph_name != NamedNode(names.graph("inferred")):
        return False
    twins = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(twin.graph_name != quad.graph_name for twin in twins)


def _overtaken(store: Store, given: set[Quad], names: Names) -> set[Quad]:
    """Return the inferred quads of the store that are now asserted."""
    inferred = NamedNode(names.graph("inferred"))
    twins = {
        Quad(quad.subject, quad.predicate, quad.object, inferred)
        for quad in given
        if quad.graph_name != inferred
    }
    return {twin for twin in twins if twin in store}


def _shared_events(store: Store, contribution: Contribution, old: set[Quad], names: Names) -> set[Quad]:
    """Return the old quads of events that other articles report too and that are not given anew."""
    links = NamedNode(names.graph("links"))
    events = {quad.object for quad in old if quad.graph_name == links}
    own = {quad.subject for quad in old if quad.graph_name == links}
    anew = {quad.subject for quad in contribution.quads}
    shared = {
        event
        for event in events - anew
        if any(
            link.subject not in own for link in store.quads_for_pattern(None, kg("reportOf"), event, links)
        )
    }
    return {quad for quad in old if quad.subject in shared}


def _orphans(store: Store, gone: set[Quad], given: set[Quad], names: Names) -> set[Quad]:
    """Return the quads of curated entities that nothing refers to once the others are gone."""
    entities, inferred = (NamedNode(names.graph(name)) for name in ("entities", "inferred"))
    used = {quad.subject for quad in given} | _named(given)
    found: set[Quad] = set()
    waiting = _named(gone)
    while waiting:
        node = waiting.pop()
        quads = {
            *store.quads_for_pattern(node, None, None, entities),
            *store.quads_for_pattern(node, None, None, inferred),
        } - found
        if not quads or node in used:
            continue
        users = store.quads_for_pattern(None, None, node, None)
        if not any(
            user.graph_name != inferred and user.subject != node and user not in gone | found
            for user in users
        ):
            found |= quads
            waiting |= _named(quads)
    return found
