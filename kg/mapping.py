"""Maps what an article says to RDF: reports, claims, passages, times, counts, entities.

An article's own triples go to its named graph; entities that others know too to `entities`;
which event the article alone would have each report be of to `links`. A claim whose value is an
event names that event's report in the same article. The same input gives the same quads, and no
blank nodes.

Quads are written as lines of N-Quads: `<{...}>` holds an IRI that is known to be valid, `{...}` a
term that pyoxigraph checks and spells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal as Text
from pyoxigraph import Quad, RdfFormat, parse

from kg.describing import describe
from kg.iri import NS, Names
from kg.model import (
    Article,
    Basis,
    Claim,
    ClaimValue,
    Count,
    Event,
    Filler,
    Mention,
    Span,
    When,
    Window,
)
from kg.naming import Nodes, entity_iri, publisher_of
from kg.terms import OA, RDF, RDFS, SCHEMA, day, decimal, edtf, integer, kg, link


def to_quads(article: Article, events: Iterable[Event], names: Names) -> Iterator[Quad]:
    """Map events to RDF, each quad once, in the order of `to_nquads`."""
    return parse(to_nquads(article, events, names).encode("utf-8"), format=RdfFormat.N_QUADS)


def to_nquads(article: Article, events: Iterable[Event], names: Names) -> str:
    """Map events to N-Quads: sorted lines, each once.

    A claim whose value is a mention of an event that is not among the events is left out.
    """
    listed = tuple(events)
    nodes = Nodes.of(article, listed, names)
    return "".join(sorted(set(_lines(article, listed, nodes))))


def _lines(article: Article, events: tuple[Event, ...], nodes: Nodes) -> Iterator[str]:
    yield from _article(article, nodes)
    for entity in nodes.entities:
        yield from describe(entity, nodes)
    for event in events:
        yield from _report(article, event, nodes)
        for claim in event.claims:
            if not isinstance(claim.value, Mention) or claim.value.trigger in nodes.reports:
                yield from _claim(article, claim, nodes.reports[event.trigger], nodes)
    yield from _passages(article, events, nodes)  # those that were named before


def _article(article: Article, nodes: Nodes) -> Iterator[str]:
    node, here = nodes.article, nodes.here
    yield f"<{node}> <{RDF}type> <{NS}Article> {here}"
    yield f"<{node}> <{SCHEMA}headline> {Text(article.title or article.name)} {here}"
    yield f"<{node}> <{SCHEMA}sha256> {Text(nodes.sha256)} {here}"
    yield f"<{node}> <{SCHEMA}inLanguage> {Text(article.language)} {here}"
    yield f"<{node}> <{SCHEMA}author> <{nodes.author}> {here}"
    if article.publisher:
        publisher = entity_iri(publisher_of(article.publisher), nodes.names)
        yield f"<{node}> <{SCHEMA}publisher> {publisher} {here}"
    address = link(article.url or "")
    if address is not None:
        yield f"<{node}> <{NS}versionOf> {address} {here}"
    if article.published is not None:
        yield from _window(node, article.published, here)
    if article.published_basis:
        yield f"<{node}> <{NS}anchor> {Text(article.published_basis)} {here}"
    if article.page_clock is not None:
        yield f"<{node}> <{NS}pageClock> {edtf(article.page_clock.edtf)} {here}"


def _window(node: str, window: Window, here: str) -> Iterator[str]:
    yield f"<{node}> <{NS}edtf> {edtf(window.edtf)} {here}"
    if window.earliest is not None:
        yield f"<{node}> <{NS}earliest> {day(window.earliest)} {here}"
    if window.latest is not None:
        yield f"<{node}> <{NS}latest> {day(window.latest)} {here}"


def _report(article: Article, event: Event, nodes: Nodes) -> Iterator[str]:
    node, here = nodes.reports[event.trigger], nodes.here
    label = event.label or event.trigger.of(article.text)
    yield f"<{node}> <{NS}reportOf> <{nodes.event(event)}> {nodes.links}"
    yield f"<{node}> <{RDF}type> <{NS}EventReport> {here}"
    yield f"<{node}> <{RDFS}label> {Text(label)} {here}"
    yield f"<{node}> <{NS}statedIn> <{nodes.article}> {here}"
    yield f"<{node}> <{NS}words> <{nodes.passages[event.trigger]}> {here}"


def _passages(article: Article, events: tuple[Event, ...], nodes: Nodes) -> Iterator[str]:
    """Describe every passage that has a name by now, and the sentences they lie in."""
    sentences = sorted({event.sentence for event in events}, key=lambda s: (s.end - s.start, s.start))
    waiting = list(nodes.passages)
    while waiting:
        around = {span: _sentence(span, sentences) for span in waiting}
        waiting = [s for s in dict.fromkeys(around.values()) if s and s not in nodes.passages]
        for span, sentence in around.items():
            yield from _passage(article, span, sentence, nodes)


def _sentence(span: Span, sentences: list[Span]) -> Span | None:
    """Return the first sentence that a span lies in, unless it is that sentence itself."""
    return next((s for s in sentences if s.covers(span) and s != span), None)


def _passage(article: Article, span: Span, sentence: Span | None, nodes: Nodes) -> Iterator[str]:
    node, here = nodes.passages[span], nodes.here
    yield f"<{node}> <{RDF}type> <{NS}Passage> {here}"
    yield f"<{node}> <{OA}exact> {Text(span.of(article.text))} {here}"
    yield f"<{node}> <{OA}start> {integer(span.start)} {here}"
    yield f"<{node}> <{OA}end> {integer(span.end)} {here}"
    yield f"<{node}> <{NS}statedIn> <{nodes.article}> {here}"
    if sentence is not None:
        yield f"<{node}> <{NS}inSentence> <{nodes.passages[sentence]}> {here}"


def _claim(article: Article, claim: Claim, report: str, nodes: Nodes) -> Iterator[str]:
    said, here = claim.attribution, nodes.here
    claimants = [nodes.entities[filler.entity] for filler in said.claimants] or [nodes.author]
    aspect = f"{RDF}type" if claim.aspect == "type" else kg(claim.aspect).value
    value = _value(claim.value, nodes)
    node = nodes.mint(
        "claim", report, aspect, value, said.factuality.value, *claimants, *_told(claim)
    )  # fmt: skip
    yield f"<{node}> <{RDF}type> <{NS}Claim> {here}"
    yield f"<{node}> <{NS}about> <{report}> {here}"
    yield f"<{node}> <{NS}aspect> <{aspect}> {here}"
    yield f"<{node}> <{NS}value> <{value}> {here}"
    yield f"<{node}> <{NS}factuality> <{NS}{said.factuality.value}> {here}"
    yield f"<{node}> <{NS}confidence> {decimal(claim.confidence)} {here}"
    yield f"<{node}> <{NS}statedIn> <{nodes.article}> {here}"
    for claimant in claimants:
        yield f"<{node}> <{NS}claimant> <{claimant}> {here}"
    yield from _quoted(node, "evidence", claim.evidence, nodes)
    yield from _quoted(node, "cue", said.cue, nodes)
    for filler in said.claimants:
        yield _refers(filler, nodes)
    yield from _details(article, node, claim.value, nodes)


def _told(claim: Claim) -> tuple[object, ...]:
    """Return what sets two claims of the same value apart: its words and how they give it."""
    value = claim.value
    return (claim.evidence, value.span, value.basis) if isinstance(value, Filler) else (claim.evidence,)


def _quoted(node: str, name: str, span: Span | None, nodes: Nodes) -> Iterator[str]:
    if span is not None:
        yield f"<{node}> <{NS}{name}> <{nodes.passages[span]}> {nodes.here}"


def _refers(filler: Filler, nodes: Nodes) -> str:
    passage, entity = nodes.passages[filler.span], nodes.entities[filler.entity]
    return f"<{passage}> <{NS}refersTo> <{entity}> {nodes.here}"


def _value(value: ClaimValue, nodes: Nodes) -> str:
    match value:
        case Filler(entity=entity):
            return nodes.entities[entity]
        case When():
            edtf_words = value.window.edtf if value.window else ""
            return nodes.mint("time", edtf_words, value.span, *value.anchors)
        case Count():
            return nodes.mint("count", value.kind, value.least, value.most, value.span)
        case Mention(trigger=trigger):
            return nodes.reports[trigger]
        case _:
            return kg(value).value


def _details(article: Article, claim: str, value: ClaimValue, nodes: Nodes) -> Iterator[str]:
    """Describe the value, and say which words gave it."""
    match value:
        case Filler():
            yield from _filler(claim, value, nodes)
        case When():
            yield from _when(article, value, nodes)
            yield from _quoted(claim, "words", value.span, nodes)
        case Count():
            yield from _count(article, value, nodes)
            yield from _quoted(claim, "words", value.span, nodes)
        case Mention(trigger=trigger):
            yield from _quoted(claim, "words", trigger, nodes)
        case _:
            return


def _filler(claim: str, filler: Filler, nodes: Nodes) -> Iterator[str]:
    name = "MetonymBasis" if filler.basis is Basis.METONYM else filler.basis.name.capitalize()
    yield f"<{claim}> <{NS}basis> <{NS}{name}> {nodes.here}"
    yield _refers(filler, nodes)
    yield from _quoted(claim, "words", filler.span, nodes)
    yield from _quoted(claim, "antecedent", filler.antecedent, nodes)


def _when(article: Article, when: When, nodes: Nodes) -> Iterator[str]:
    node, here = _value(when, nodes), nodes.here
    words = when.span.of(article.text) if when.span else ""
    label = words or (when.window.edtf if when.window else "unknown")
    yield f"<{node}> <{RDF}type> <{NS}TimeSpan> {here}"
    yield f"<{node}> <{RDFS}label> {Text(label)} {here}"
    for anchor in when.anchors:
        yield f"<{node}> <{NS}anchor> {Text(anchor)} {here}"
    if when.window is not None:
        yield from _window(node, when.window, here)


def _count(article: Article, count: Count, nodes: Nodes) -> Iterator[str]:
    node, here = _value(count, nodes), nodes.here
    yield f"<{node}> <{RDF}type> <{NS}CasualtyCount> {here}"
    yield f"<{node}> <{RDFS}label> {Text(count.span.of(article.text))} {here}"
    yield f"<{node}> <{NS}casualtyKind> {kg(count.kind)} {here}"
    if count.least is not None:
        yield f"<{node}> <{NS}atLeast> {integer(count.least)} {here}"
    if count.most is not None:
        yield f"<{node}> <{NS}atMost> {integer(count.most)} {here}"
    yield from _quoted(node, "ofGroup", count.of, nodes)
