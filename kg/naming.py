"""Names the nodes of an article's graph: which IRI each kind of thing gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import OntologyError
from kg.iri import Names, digest, slug
from kg.model import Article, Entity, Event, Filler, Span

_PATHS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("Actor", "Person", "State", "Organisation", "SecurityForce", "MediaOutlet", "Group"),
        "actor",
    ),
    **dict.fromkeys(("Place", "Country", "Region", "City", "Route"), "place"),
    "Object": "object",
    "Metonym": "metonym",
}


class Passages(dict[Span, str]):
    """The IRIs of an article's passages by their spans (RFC 5147), each made when first asked for."""

    def __init__(self, article: str) -> None:
        super().__init__()
        self.article = article

    def __missing__(self, span: Span) -> str:
        self[span] = node = f"{self.article}#char={span.start},{span.end}"
        return node


@dataclass(frozen=True, slots=True)
class Nodes:
    """The IRIs of what one article says, as strings, each minted once; reports by their triggers.

    `here`, `shared` and `links` end a line of N-Quads: in the article's graph, in `entities`, in `links`.
    """

    article: str
    sha256: str
    names: Names
    author: str
    entities: Mapping[Entity, str]
    reports: Mapping[Span, str]
    passages: Passages
    here: str
    shared: str
    links: str

    @classmethod
    def of(cls, article: Article, events: Iterable[Event], names: Names) -> Nodes:
        """Name all that an article and its events speak of.

        Raises OntologyError for an entity of unknown kind, ValueError for what makes no valid IRI.
        """
        listed, sha256 = tuple(events), article.sha256
        author = author_of(article)
        publisher = (publisher_of(article.publisher),) if article.publisher else ()
        spoken_of = dict.fromkeys((author, *publisher, *_spoken_of(listed)))
        entities = {e: entity_iri(e, names).value for e in dict.fromkeys(_linked(spoken_of))}
        # Where this one is valid, so are all that differ from it in a digest alone.
        node = NamedNode(_article(article, sha256, names)).value
        return cls(
            node,
            sha256,
            names,
            entities[author],
            entities,
            {event.trigger: _report(sha256, event.trigger, names) for event in listed},
            Passages(node),
            *(f"<{names.graph(name)}> .\n" for name in (_graph(sha256), "entities", "links")),
        )

    def mint(self, kind: str, *parts: str) -> str:
        """Mint an IRI that only this article can give."""
        return self.names.mint(kind, digest(self.sha256, *parts))

    def event(self, event: Event) -> str:
        """Return the IRI minted for an event when this article is the first to report it."""
        first = event.repeats or event.trigger
        return _event(self.reports.get(first) or _report(self.sha256, first, self.names), self.names)


def _spoken_of(events: Iterable[Event]) -> Iterator[Entity]:
    for event in events:
        for claim in event.claims:
            for filler in claim.attribution.claimants:
                yield filler.entity
            if isinstance(claim.value, Filler):
                yield claim.value.entity


def _linked(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield entities, and those that they are linked to."""
    for entity in entities:
        yield entity
        yield from _linked(other for _, other in entity.links)


def _article(article: Article, sha256: str, names: Names) -> str:
    words = slug(article.title or article.name) or "article"
    return names.mint("article", words, digest(sha256))


def _graph(sha256: str) -> str:
    return f"article-{digest(sha256)}"


def _report(sha256: str, trigger: Span, names: Names) -> str:
    return names.mint("report", digest(sha256, str(trigger.start), str(trigger.end)))


def _event(report: str, names: Names) -> str:
    return names.mint("event", digest(report))


def article_iri(article: Article, names: Names) -> NamedNode:
    """Return the IRI of this version of the article: a slug and a digest of its SHA-256."""
    return NamedNode(_article(article, article.sha256, names))


def article_graph(article: Article, names: Names) -> NamedNode:
    """Return the IRI of the named graph that holds what the article says."""
    return NamedNode(names.graph(_graph(article.sha256)))


def report_iri(article: Article, trigger: Span, names: Names) -> NamedNode:
    """Return the IRI of the article's report of the event with this trigger."""
    return NamedNode(_report(article.sha256, trigger, names))


def event_iri(article: Article, trigger: Span, names: Names) -> NamedNode:
    """Return the IRI minted for an event when this article is the first to report it."""
    return NamedNode(_event(_report(article.sha256, trigger, names), names))


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
