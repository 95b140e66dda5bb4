"""Works out what follows in a store from a change of what articles say, by indexed look-ups alone.

The change is made on top of a view, nothing is written: entities that nobody speaks of any more
go, learnt ones are described anew, and the events that are touched are projected again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.dataset import Subject
from kg.describing import described
from kg.iri import Names
from kg.projection import project
from kg.terms import TYPE, kg, schema
from kg.view import Change, View, replacing

_USES = (
    *(kg(name) for name in ("value", "claimant", "refersTo", "describes", "affiliation", "actsFor")),
    *(kg(name) for name in ("territory", "within", "standsFor", "correctValue")),
    schema("author"),
    schema("publisher"),
)


_COMPUTED = ("graph/inferred>", "graph/events>")


@dataclass(frozen=True, slots=True)
class Contribution:
    """Everything that one article says: its quads in all graphs, its text, and its address."""

    article: str
    graph: str
    quads: tuple[Quad, ...]
    text: str
    url: str = ""


def consequences(view: View, said: Change, events: Iterable[str], names: Names) -> Change:
    """Return a change of what is said together with what follows of it for entities and events.

    `events` are those that a report was linked to or is no longer; others that a change can
    reach by `kg:after` are found. What the reasoner makes of it is not in here.
    """
    spoken = view.with_change(said)
    entities = _entities(spoken, said, names)
    after = spoken.with_change(entities)
    reached = _reached(view, after, events)
    events_change = _projected(view, after, said, reached, names)
    whole = said | entities | events_change
    return whole | _orphans(after.with_change(events_change), whole, names)


def neighbourhood(view: View, graph: str, names: Names) -> Iterator[Quad]:
    """Yield an article's quads and those of every event and entity they lead to, without inferred.

    What other articles say of the same events is not in it.
    """
    entities, events = NamedNode(names.graph("entities")), NamedNode(names.graph("events"))
    own = list(view.match(graph=NamedNode(graph)))
    subjects = {quad.subject for quad in own}
    found = dict.fromkeys(own)
    for node in sorted(subjects, key=str):
        found.update(dict.fromkeys(_linked(view, node, subjects)))
        found.update(dict.fromkeys(view.match(node, kg("contradicts"), graph=events)))
        for event in _values(view, node, "reportOf"):
            found.update(dict.fromkeys(view.match(event, graph=events)))
    waiting, seen = _named(found), set[NamedNode]()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            about = list(view.match(node, graph=entities))
            found.update(dict.fromkeys(about))
            waiting |= _named(about)
    yield from found


def _linked(view: View, node: Subject, subjects: set[Subject]) -> Iterator[Quad]:
    """Yield which event a report is of, its links to others among the subjects, and decisions on a claim."""
    yield from view.match(node, kg("reportOf"))
    for joined in view.match(None, kg("joins"), node):
        link = list(_asserted(view, joined.subject))
        if all(quad.object in subjects for quad in link if quad.predicate == kg("joins")):
            yield from link
    for decision in view.match(None, kg("onClaim"), node):
        for quad in _asserted(view, decision.subject):
            yield quad
            for value in _nodes(quad, "correctValue"):
                yield from view.match(value, graph=NamedNode(str(quad.graph_name)[1:-1]))


def gathered(view: View, event: NamedNode) -> Iterator[Quad]:
    """Yield what the projection of an event needs: its reports, claims, their values, decisions."""
    for link in view.match(None, kg("reportOf"), event):
        yield link
        report = link.subject
        yield from _asserted(view, report)
        for about in view.match(None, kg("about"), report):
            yield from _claim(view, about.subject)


def _claim(view: View, claim: Subject) -> Iterator[Quad]:
    values: list[NamedNode] = []
    for quad in _asserted(view, claim):
        yield quad
        values += _nodes(quad, "value")
    for decision in view.match(None, kg("onClaim"), claim):
        for quad in _asserted(view, decision.subject):
            yield quad
            values += _nodes(quad, "correctValue")
    for value in values:
        yield from _value(view, value)


def _value(view: View, value: NamedNode) -> Iterator[Quad]:
    """Yield what is known of a claim's value: a time, a count with its people, whom an actor acts for."""
    seen = set[NamedNode]()
    waiting = [value]
    while waiting:
        node = waiting.pop()
        for quad in _asserted(view, node) if node not in seen else ():
            yield quad
            waiting += _nodes(quad, "ofGroup", "actsFor")
        seen.add(node)


def _nodes(quad: Quad, *names: str) -> list[NamedNode]:
    """Return the object of a quad whose predicate is one of these, where it is a node."""
    value = quad.object
    return [value] if isinstance(value, NamedNode) and quad.predicate in map(kg, names) else []


def _asserted(view: View, node: Subject) -> Iterator[Quad]:
    for quad in view.match(node):
        if not str(quad.graph_name).endswith(_COMPUTED):
            yield quad


def _entities(after: View, said: Change, names: Names) -> Change:
    """Describe anew the learnt entities that a description came to or was taken from."""
    graph = NamedNode(names.graph("entities"))
    touched = {node for quad in said.gone | said.new for node in _nodes(quad, "describes")}
    old = [quad for entity in touched for quad in after.match(entity, graph=graph)]
    told = [
        quad
        for entity in touched
        for describes in after.match(None, kg("describes"), entity)
        for quad in after.match(describes.subject)
    ]
    return replacing(old, described(told, names)) if told else replacing((), ())


def _reached(view: View, after: View, events: Iterable[str]) -> frozenset[NamedNode]:
    """Return the events whose projection a change can alter: themselves, and by order of time."""
    waiting = {NamedNode(event) for event in events}
    found: set[NamedNode] = set()
    while waiting:
        event = waiting.pop()
        if event not in found:
            found.add(event)
            waiting |= {other for each in (view, after) for other in _ordered(each, event)} - found
    return frozenset(found)


def _ordered(view: View, event: NamedNode) -> Iterator[NamedNode]:
    """Yield the events that are said to come before or after one."""
    for link in view.match(None, kg("reportOf"), event):
        for about in view.match(None, kg("about"), link.subject):
            if view.has(about) and _is_order(view, about.subject):
                for other in _values(view, about.subject, "value"):
                    yield from _values(view, other, "reportOf")
        for value in view.match(None, kg("value"), link.subject):
            if _is_order(view, value.subject):
                for report in _values(view, value.subject, "about"):
                    yield from _values(view, report, "reportOf")


def _is_order(view: View, claim: Subject) -> bool:
    return kg("after") in _values(view, claim, "aspect")


def _projected(view: View, after: View, said: Change, events: frozenset[NamedNode], names: Names) -> Change:
    """Return the change of the events graph."""
    graph = NamedNode(names.graph("events"))
    told = {quad for event in events for quad in gathered(after, event)}
    mentioned = [value for quad in told for value in _nodes(quad, "value")]
    links = {link for value in mentioned for link in after.match(value, kg("reportOf"))}
    wanted = [quad for quad in project({*told, *links}, names) if _concerns(quad, events)]
    claims = {q.subject for q in (*told, *said.gone) if q.predicate == kg("about")}
    old = [quad for event in events for quad in view.match(event, graph=graph)]
    for claim in claims:
        old += view.match(claim, kg("contradicts"), graph=graph)
        old += view.match(None, kg("contradicts"), claim, graph)
    return replacing(old, wanted)


def _concerns(quad: Quad, events: frozenset[NamedNode]) -> bool:
    """Tell whether a projected quad is on one of the events, or on two claims."""
    return quad.subject in events or quad.predicate == kg("contradicts")


def _orphans(after: View, whole: Change, names: Names) -> Change:
    """Return what to take out of `entities`: those whom nothing leads to once the change is made."""
    graph = NamedNode(names.graph("entities"))
    gone: set[Quad] = set()
    waiting = _named(whole.gone)
    while waiting:
        node = waiting.pop()
        quads = set(after.match(node, graph=graph)) - gone
        if quads and not any(True for _ in _users(after, node, gone)):
            gone |= quads
            waiting |= _named(quads)
    return Change(frozenset(gone), frozenset())


def _users(view: View, node: NamedNode, gone: set[Quad]) -> Iterator[Quad]:
    """Yield the asserted quads that lead to a node; the usual properties are asked first."""
    for predicate in (*_USES, None):
        for quad in view.match(None, predicate, node):
            computed = str(quad.graph_name).endswith(_COMPUTED)
            if quad.subject != node and quad not in gone and not computed:
                yield quad


def _named(quads: Iterable[Quad]) -> set[NamedNode]:
    return {quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.predicate != TYPE}


def _values(view: View, node: Subject, name: str) -> list[NamedNode]:
    return [quad.object for quad in view.match(node, kg(name)) if isinstance(quad.object, NamedNode)]
