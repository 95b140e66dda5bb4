"""Says in RDF who an entity is, where it belongs: what is curated, learnt, or one article's own.

Curated entities go to the graph `entities`. What only one article can tell apart stays in its
graph. Somebody learnt whom other articles can name just so (a full name with the state it serves)
gets a description in the article's graph, and a place in `entities` that rests on descriptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.iri import NS, Names
from kg.model import Entity
from kg.naming import Nodes
from kg.terms import LABEL, RDF, RDFS, SKOS, TYPE, Node, kg, link


def describe(entity: Entity, nodes: Nodes) -> Iterator[str]:
    """Yield what is known of an entity, as lines of N-Quads."""
    if entity.learnt:
        yield from _description(entity, nodes)
    node, place = nodes.entities[entity], nodes.here if entity.described else nodes.shared
    yield f"<{node}> <{RDF}type> {kg(entity.kind)} {place}"
    yield f"<{node}> <{RDFS}label> {Literal(entity.label)} {place}"
    for address in entity.matches:
        match = link(address)
        if match is not None:
            yield f"<{node}> <{SKOS}exactMatch> {match} {place}"
    for name, other in entity.links:
        end = nodes.here if other.described else place
        yield f"<{node}> {kg(name)} <{nodes.entities[other]}> {end}"


def _description(entity: Entity, nodes: Nodes) -> Iterator[str]:
    """Say who the article says this is: the name as it stands there, the kind, whom it serves."""
    given, here = nodes.entities[entity], nodes.here
    node = nodes.mint("description", given)
    yield f"<{node}> <{RDF}type> <{NS}Description> {here}"
    yield f"<{node}> <{NS}describes> <{given}> {here}"
    yield f"<{node}> <{RDFS}label> {Literal(entity.label)} {here}"
    yield f"<{node}> <{NS}kind> {kg(entity.kind)} {here}"
    yield f"<{node}> <{NS}statedIn> <{nodes.article}> {here}"
    for name, other in entity.links:
        if name == "actsFor":
            yield f"<{node}> <{NS}affiliation> <{nodes.entities[other]}> {here}"


def described(quads: Iterable[Quad], names: Names) -> Iterator[Quad]:
    """Yield what `entities` is to hold of learnt entities, from all their descriptions.

    Of several spellings of a name the first in the alphabet is the label.
    """
    facts: dict[NamedNode, dict[str, list[Node]]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            facts.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    labels: dict[NamedNode, list[str]] = {}
    graph = NamedNode(names.graph("entities"))
    for known in facts.values():
        for entity in known.get(kg("describes").value, ()):
            if not isinstance(entity, NamedNode):
                continue
            labels.setdefault(entity, []).extend(label.value for label in known.get(LABEL.value, ()))
            yield from (Quad(entity, TYPE, kind, graph) for kind in known.get(kg("kind").value, ()))
            for other in known.get(kg("affiliation").value, ()):
                yield Quad(entity, kg("actsFor"), other, graph)
    yield from (Quad(entity, LABEL, Literal(min(given)), graph) for entity, given in labels.items() if given)
