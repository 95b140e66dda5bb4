"""Names the nodes of an article's graph: which IRI each kind of thing gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import OntologyError
from kg.iri import Names, digest, slug
from kg.model import Article, Entity, Span

_PATHS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("Actor", "Person", "State", "Organisation", "SecurityForce", "MediaOutlet", "Group"),
        "actor",
    ),
    **dict.fromkeys(("Place", "Country", "Region", "City", "Route"), "place"),
    "Object": "object",
    "Metonym": "metonym",
}


def article_iri(article: Article, names: Names) -> NamedNode:
    """Return the IRI of this version of the article: a slug and a digest of its SHA-256."""
    words = slug(article.title or article.name) or "article"
    return NamedNode(names.mint("article", words, digest(article.sha256)))


def article_graph(article: Article, names: Names) -> NamedNode:
    """Return the IRI of the named graph that holds what the article says."""
    return NamedNode(names.graph(f"article-{digest(article.sha256)}"))


def report_iri(article: Article, trigger: Span, names: Names) -> NamedNode:
    """Return the IRI of the article's report of the event with this trigger."""
    parts = (article.sha256, str(trigger.start), str(trigger.end))
    return NamedNode(names.mint("report", digest(*parts)))


def event_iri(article: Article, trigger: Span, names: Names) -> NamedNode:
    """Return the IRI minted for an event when this article is the first to report it."""
    return NamedNode(names.mint("event", digest(report_iri(article, trigger, names).value)))


def entity_iri(entity: Entity, names: Names) -> NamedNode:
    """Return the IRI of an actor, place, object or metonym.

    Raises OntologyError for a kind that has no place among the IRIs.
    """
    path = entity.family or _PATHS.get(entity.kind)
    if path is None:
        raise OntologyError(f"{entity.key}: unknown kind {entity.kind!r}; known: {sorted(_PATHS)}")
    return NamedNode(names.mint(path, entity.key))


def author_of(article: Article) -> Entity:
    """Return who speaks in the article's own voice: the byline, else the publisher, else a stub."""
    publisher = article.publisher or ""
    if article.byline:
        home = publisher or article.sha256
        key = f"{slug(article.byline)}-x{digest('Person', article.byline, home)}"
        return Entity("Person", key, article.byline, described=not publisher)
    if publisher:
        return publisher_of(publisher)
    key = f"author-x{digest('author', article.sha256)}"
    label = f"author of {article.title or article.name}"
    return Entity("Actor", key, label, described=True)


def publisher_of(name: str) -> Entity:
    """Return the media outlet of this name: the same one for every article it publishes."""
    return Entity("MediaOutlet", f"{slug(name)}-x{digest('MediaOutlet', name)}", name)
