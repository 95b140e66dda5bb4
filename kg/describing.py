"""Says in RDF who an entity is, where it belongs: what is curated, learnt, or one article's own.

Curated entities go to the graph `entities`. What only one article can tell apart stays in its
graph. Somebody learnt whom other articles can name just so (a full name with the state it serves)
gets a description in the article's graph, and a place in `entities` that rests on descriptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.iri import Names, digest
from kg.model import Article, Entity
from kg.naming import article_graph, article_iri, entity_iri
from kg.terms import EXACT_MATCH, LABEL, TYPE, Node, kg, link

Triple = tuple[NamedNode, NamedNode, Node]


def describe(entity: Entity, article: Article, names: Names) -> Iterator[Quad]:
    """Yield what is known of an entity and of those that it is linked to."""
    shared = NamedNode(names.graph("entities"))
    own = article_graph(article, names)
    if entity.learnt:
        yield from (Quad(*triple, own) for triple in _description(entity, article, names))
    graph = own if entity.described else shared
    node = entity_iri(entity, names)
    yield Quad(node, TYPE, kg(entity.kind), graph)
    yield Quad(node, LABEL, Literal(entity.label), graph)
    for address in entity.matches:
        match = link(address)
        if match is not None:
            yield Quad(node, EXACT_MATCH, match, graph)
    for name, other in entity.links:
        place = own if entity.described or other.described else shared
        yield Quad(node, kg(name), entity_iri(other, names), place)
        yield from describe(other, article, names)


def _description(entity: Entity, article: Article, names: Names) -> Iterator[Triple]:
    """Say who the article says this is: the name as it stands there, the kind, whom it serves."""
    given = entity_iri(entity, names)
    node = NamedNode(names.mint("description", digest(article.sha256, given.value)))
    yield node, TYPE, kg("Description")
    yield node, kg("describes"), given
    yield node, LABEL, Literal(entity.label)
    yield node, kg("kind"), kg(entity.kind)
    yield node, kg("statedIn"), article_iri(article, names)
    for name, other in entity.links:
        if name == "actsFor":
            yield node, kg("affiliation"), entity_iri(other, names)


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
