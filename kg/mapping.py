"""Maps what an article says to RDF: reports, claims, passages, times, counts, entities.

An article's own triples go to its named graph; entities that others know too to `entities`;
which event the article alone would have each report be of to `links`. A claim whose value is an
event names that event's report in the same article. The same input gives the same quads, and no
blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, Quad

from kg.describing import describe
from kg.iri import Names, digest
from kg.model import (
    Article,
    Basis,
    Claim,
    ClaimValue,
    Count,
    Entity,
    Event,
    Filler,
    Mention,
    Span,
    When,
    Window,
)
from kg.naming import (
    article_graph,
    article_iri,
    author_of,
    entity_iri,
    event_iri,
    publisher_of,
    report_iri,
)
from kg.terms import (
    END,
    EXACT,
    LABEL,
    START,
    TYPE,
    Node,
    day,
    decimal,
    edtf,
    integer,
    kg,
    link,
    schema,
)

Triple = tuple[NamedNode, NamedNode, Node]


def to_quads(article: Article, events: Iterable[Event], names: Names) -> Iterator[Quad]:
    """Map events to RDF, each quad once.

    A claim whose value is a mention of an event that is not among the events is left out.
    """
    listed = tuple(events)
    source = _Source(
        article,
        names,
        tuple(event.sentence for event in listed),
        frozenset(e.trigger for e in listed),
        article_iri(article, names),
        article.sha256,
    )
    yield from dict.fromkeys(_all_quads(source, listed))


@dataclass(frozen=True, slots=True)
class _Source:
    """What every part of the mapping needs to know of the article."""

    article: Article
    names: Names
    sentences: tuple[Span, ...]
    triggers: frozenset[Span]
    node: NamedNode
    sha256: str

    def mint(self, kind: str, *parts: object) -> NamedNode:
        """Mint an IRI that only this article can give."""
        words = (self.sha256, *(str(part) for part in parts))
        return NamedNode(self.names.mint(kind, digest(*words)))

    def passage(self, span: Span) -> NamedNode:
        return NamedNode(f"{self.node.value}#char={span.start},{span.end}")

    def sentence(self, span: Span) -> Span | None:
        """Return the sentence that a span lies in, unless it is that sentence itself."""
        around = [s for s in self.sentences if s.covers(span) and s != span]
        return min(around, key=lambda s: (s.end - s.start, s.start), default=None)


def _all_quads(source: _Source, events: tuple[Event, ...]) -> Iterator[Quad]:
    article = source.article
    graph = article_graph(article, source.names)
    author = author_of(article)
    speakers = (author, publisher_of(article.publisher)) if article.publisher else (author,)
    for speaker in speakers:
        yield from describe(speaker, article, source.names)
    yield from (Quad(*triple, graph) for triple in _article(source, author))
    links = NamedNode(source.names.graph("links"))
    for event in events:
        report = report_iri(article, event.trigger, source.names)
        happened = event_iri(article, event.repeats or event.trigger, source.names)
        yield Quad(report, kg("reportOf"), happened, links)
        yield from (Quad(*triple, graph) for triple in _report(source, event, report))
        for claim in event.claims:
            yield from (Quad(*triple, graph) for triple in _claim(source, claim, report, author))
            for filler in _fillers(claim):
                yield from describe(filler.entity, article, source.names)


def _article(source: _Source, author: Entity) -> Iterator[Triple]:
    article, node = source.article, source.node
    yield node, TYPE, kg("Article")
    yield node, schema("headline"), Text(article.title or article.name)
    yield node, schema("sha256"), Text(article.sha256)
    yield node, schema("inLanguage"), Text(article.language)
    yield node, schema("author"), entity_iri(author, source.names)
    if article.publisher:
        yield node, schema("publisher"), entity_iri(publisher_of(article.publisher), source.names)
    address = link(article.url or "")
    if address is not None:
        yield node, kg("versionOf"), address
    if article.published is not None:
        yield from _window(node, article.published)
    if article.published_basis:
        yield node, kg("anchor"), Text(article.published_basis)
    if article.page_clock is not None:
        yield node, kg("pageClock"), edtf(article.page_clock.edtf)


def _window(node: NamedNode, window: Window) -> Iterator[Triple]:
    yield node, kg("edtf"), edtf(window.edtf)
    if window.earliest is not None:
        yield node, kg("earliest"), day(window.earliest)
    if window.latest is not None:
        yield node, kg("latest"), day(window.latest)


def _report(source: _Source, event: Event, report: NamedNode) -> Iterator[Triple]:
    yield report, TYPE, kg("EventReport")
    label = event.label or event.trigger.of(source.article.text)
    yield report, LABEL, Text(label)
    yield report, kg("statedIn"), source.node
    yield report, kg("words"), source.passage(event.trigger)
    yield from _passage(source, event.trigger)


def _passage(source: _Source, span: Span) -> Iterator[Triple]:
    node = source.passage(span)
    yield node, TYPE, kg("Passage")
    yield node, EXACT, Text(span.of(source.article.text))
    yield node, START, integer(span.start)
    yield node, END, integer(span.end)
    yield node, kg("statedIn"), source.node
    sentence = source.sentence(span)
    if sentence is not None:
        yield node, kg("inSentence"), source.passage(sentence)
        yield from _passage(source, sentence)


def _claim(source: _Source, claim: Claim, report: NamedNode, author: Entity) -> Iterator[Triple]:
    if isinstance(claim.value, Mention) and claim.value.trigger not in source.triggers:
        return
    said = claim.attribution
    speakers = tuple(filler.entity for filler in said.claimants) or (author,)
    claimants = tuple(entity_iri(entity, source.names) for entity in speakers)
    aspect = TYPE if claim.aspect == "type" else kg(claim.aspect)
    value = _value(source, claim.value)
    node = source.mint(
        "claim", report.value, aspect.value, value.value, said.factuality.value,
        *(claimant.value for claimant in claimants), claim.evidence, *_told(claim.value),
    )  # fmt: skip
    yield node, TYPE, kg("Claim")
    yield node, kg("about"), report
    yield node, kg("aspect"), aspect
    yield node, kg("value"), value
    yield node, kg("factuality"), kg(said.factuality.value)
    yield node, kg("confidence"), decimal(claim.confidence)
    yield node, kg("statedIn"), source.node
    for claimant in claimants:
        yield node, kg("claimant"), claimant
    yield from _quoted(source, node, "evidence", claim.evidence)
    yield from _quoted(source, node, "cue", said.cue)
    for filler in said.claimants:
        yield from _refers(source, filler)
    yield from _details(source, node, claim.value)


def _told(value: ClaimValue) -> tuple[object, ...]:
    """Return what sets two claims of the same value apart: its words and how they give it."""
    return (value.span, value.basis) if isinstance(value, Filler) else ()


def _quoted(source: _Source, node: NamedNode, name: str, span: Span | None) -> Iterator[Triple]:
    if span is not None:
        yield node, kg(name), source.passage(span)
        yield from _passage(source, span)


def _refers(source: _Source, filler: Filler) -> Iterator[Triple]:
    yield source.passage(filler.span), kg("refersTo"), entity_iri(filler.entity, source.names)
    yield from _passage(source, filler.span)


def _value(source: _Source, value: ClaimValue) -> NamedNode:
    match value:
        case Filler(entity=entity):
            return entity_iri(entity, source.names)
        case When():
            edtf_words = value.window.edtf if value.window else ""
            return source.mint("time", edtf_words, value.span, *value.anchors)
        case Count():
            return source.mint("count", value.kind, value.least, value.most, value.span)
        case Mention(trigger=trigger):
            return report_iri(source.article, trigger, source.names)
        case _:
            return kg(value)


def _details(source: _Source, claim: NamedNode, value: ClaimValue) -> Iterator[Triple]:
    """Describe the value, and say which words gave it."""
    match value:
        case Filler():
            yield from _filler(source, claim, value)
        case When():
            yield from _when(source, value)
            yield from _quoted(source, claim, "words", value.span)
        case Count():
            yield from _count(source, value)
            yield from _quoted(source, claim, "words", value.span)
        case Mention(trigger=trigger):
            yield from _quoted(source, claim, "words", trigger)
        case _:
            return


def _filler(source: _Source, claim: NamedNode, filler: Filler) -> Iterator[Triple]:
    name = "MetonymBasis" if filler.basis is Basis.METONYM else filler.basis.name.capitalize()
    yield claim, kg("basis"), kg(name)
    yield from _refers(source, filler)
    yield from _quoted(source, claim, "words", filler.span)
    yield from _quoted(source, claim, "antecedent", filler.antecedent)


def _when(source: _Source, when: When) -> Iterator[Triple]:
    node = _value(source, when)
    yield node, TYPE, kg("TimeSpan")
    words = when.span.of(source.article.text) if when.span else ""
    yield node, LABEL, Text(words or (when.window.edtf if when.window else "unknown"))
    for anchor in when.anchors:
        yield node, kg("anchor"), Text(anchor)
    if when.window is not None:
        yield from _window(node, when.window)


def _count(source: _Source, count: Count) -> Iterator[Triple]:
    node = _value(source, count)
    yield node, TYPE, kg("CasualtyCount")
    yield node, LABEL, Text(count.span.of(source.article.text))
    yield node, kg("casualtyKind"), kg(count.kind)
    if count.least is not None:
        yield node, kg("atLeast"), integer(count.least)
    if count.most is not None:
        yield node, kg("atMost"), integer(count.most)
    yield from _quoted(source, node, "ofGroup", count.of)


def _fillers(claim: Claim) -> Iterator[Filler]:
    yield from claim.attribution.claimants
    if isinstance(claim.value, Filler):
        yield claim.value
