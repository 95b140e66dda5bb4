"""Maps what an article says to RDF: reports, claims, passages, times, counts, entities.

An article's own triples go to its named graph; entities that others know too to `entities`;
which event the article alone would have each report be of to `links`. A claim whose value is an
event names that event's report in the same article. The same input gives the same quads, and no
blank nodes.

Each quad is a line of N-Quads. In `<{...}>` stands an IRI that is known to be valid, in `{...}` alone
a term that pyoxigraph checks and spells; numbers need neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

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
from kg.naming import Nodes, publisher_of
from kg.terms import OA, RDF, RDFS, SCHEMA, XSD, day, edtf, hundredths, integer, kg, link


def to_quads(article: Article, events: Iterable[Event], names: Names) -> Iterator[Quad]:
    """Map events to RDF, each quad once, in the order of the events."""
    lines = "".join(dict.fromkeys(_lines(article, tuple(events), names)))
    return parse(lines.encode("utf-8"), format=RdfFormat.N_QUADS)


def to_nquads(article: Article, events: Iterable[Event], names: Names) -> str:
    """Map events to N-Quads: sorted lines, each once.

    A claim whose value is a mention of an event that is not among the events is left out. Raises
    OntologyError for an entity of unknown kind, ValueError for a name that makes no valid IRI.
    """
    return "".join(line for line, _ in groupby(sorted(_lines(article, tuple(events), names))))


def _lines(article: Article, events: tuple[Event, ...], names: Names) -> Iterator[str]:
    """Yield all lines, some of them more than once."""
    nodes = Nodes.of(article, events, names)
    yield from _article(article, nodes)
    for entity in nodes.entities:
        yield from describe(entity, nodes)
    for event in events:
        report = nodes.reports[event.trigger]
        yield from _report(article, event, report, nodes)
        for claim in event.claims:
            if not isinstance(claim.value, Mention) or claim.value.trigger in nodes.reports:
                yield from _claim(article, claim, report, nodes)
    yield from _passages(article, events, nodes)  # those that were named before


def _article(article: Article, nodes: Nodes) -> Iterator[str]:
    node, here = nodes.article, nodes.here
    yield f"<{node}> <{RDF}type> <{NS}Article> {here}"
    yield f"<{node}> <{SCHEMA}headline> {Text(article.title or article.name)} {here}"
    yield f"<{node}> <{SCHEMA}sha256> {Text(nodes.sha256)} {here}"
    yield f"<{node}> <{SCHEMA}inLanguage> {Text(article.language)} {here}"
    yield f"<{node}> <{SCHEMA}author> <{nodes.author}> {here}"
    if article.publisher:
        publisher = nodes.entities[publisher_of(article.publisher)]
        yield f"<{node}> <{SCHEMA}publisher> <{publisher}> {here}"
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


def _report(article: Article, event: Event, node: str, nodes: Nodes) -> Iterator[str]:
    here = nodes.here
    label = event.label or event.trigger.of(article.text)
    yield f"<{node}> <{NS}reportOf> <{nodes.event(event)}> {nodes.links}"
    yield f"<{node}> <{RDF}type> <{NS}EventReport> {here}"
    yield f"<{node}> <{RDFS}label> {Text(label)} {here}"
    yield f"<{node}> <{NS}statedIn> <{nodes.article}> {here}"
    yield f"<{node}> <{NS}words> <{nodes.passages[event.trigger]}> {here}"


def _passages(article: Article, events: tuple[Event, ...], nodes: Nodes) -> Iterator[str]:
    """Describe every passage that has a name by now, and the sentences they lie in."""
    sentences = sorted({event.sentence for event in events}, key=lambda s: (s.end - s.start, s.start))
    known = 0
    while known < len(nodes.passages):
        found = list(nodes.passages.items())[known:]
        known += len(found)
        for span, node in found:  # which may give a sentence its name
            yield from _passage(article, span, node, _sentence(span, sentences), nodes)


def _sentence(span: Span, sentences: list[Span]) -> Span | None:
    """Return the first sentence that a span lies in, unless it is that sentence itself."""
    for sentence in sentences:
        if sentence.start <= span.start and span.end <= sentence.end and sentence != span:
            return sentence
    return None


def _passage(article: Article, span: Span, node: str, sentence: Span | None, nodes: Nodes) -> Iterator[str]:
    here = nodes.here
    yield f"<{node}> <{RDF}type> <{NS}Passage> {here}"
    yield f"<{node}> <{OA}exact> {Text(span.of(article.text))} {here}"
    yield f'<{node}> <{OA}start> "{span.start}"^^<{XSD}integer> {here}'
    yield f'<{node}> <{OA}end> "{span.end}"^^<{XSD}integer> {here}'
    yield f"<{node}> <{NS}statedIn> <{nodes.article}> {here}"
    if sentence is not None:
        yield f"<{node}> <{NS}inSentence> <{nodes.passages[sentence]}> {here}"


def _claim(article: Article, claim: Claim, report: str, nodes: Nodes) -> Iterator[str]:
    said, here = claim.attribution, nodes.here
    factuality = said.factuality.value
    claimants = [nodes.entities[filler.entity] for filler in said.claimants] or [nodes.author]
    aspect = f"{RDF}type" if claim.aspect == "type" else kg(claim.aspect).value
    value = _value(claim.value, nodes)
    node = nodes.mint("claim", report, aspect, value, factuality, *claimants, *_told(claim))
    yield f"<{node}> <{RDF}type> <{NS}Claim> {here}"
    yield f"<{node}> <{NS}about> <{report}> {here}"
    yield f"<{node}> <{NS}aspect> <{aspect}> {here}"
    yield f"<{node}> <{NS}value> <{value}> {here}"
    yield f"<{node}> <{NS}factuality> <{NS}{factuality}> {here}"
    yield f'<{node}> <{NS}confidence> "{hundredths(claim.confidence)}"^^<{XSD}decimal> {here}'
    yield f"<{node}> <{NS}statedIn> <{nodes.article}> {here}"
    for claimant in claimants:
        yield f"<{node}> <{NS}claimant> <{claimant}> {here}"
    yield f"<{node}> <{NS}evidence> <{nodes.passages[claim.evidence]}> {here}"
    if said.cue is not None:
        yield f"<{node}> <{NS}cue> <{nodes.passages[said.cue]}> {here}"
    for filler, claimant in zip(said.claimants, claimants, strict=False):  # the author needs none
        yield f"<{nodes.passages[filler.span]}> <{NS}refersTo> <{claimant}> {here}"
    yield from _details(article, claim.value, node, value, nodes)


def _told(claim: Claim) -> tuple[str, ...]:
    """Return what sets two claims of the same value apart: the words and how they give it."""
    evidence, value = _ends(claim.evidence), claim.value
    return (evidence, _ends(value.span), value.basis) if isinstance(value, Filler) else (evidence,)


def _ends(span: Span | None) -> str:
    """Return a span as IRIs are minted from it."""
    return f"Span(start={span.start}, end={span.end})" if span else "None"


def _value(value: ClaimValue, nodes: Nodes) -> str:
    match value:
        case str():
            return kg(value).value
        case Filler(entity=entity):
            return nodes.entities[entity]
        case When():
            edtf_words = value.window.edtf if value.window else ""
            return nodes.mint("time", edtf_words, _ends(value.span), *value.anchors)
        case Count():
            return nodes.mint("count", value.kind, str(value.least), str(value.most), _ends(value.span))
        case Mention(trigger=trigger):
            return nodes.reports[trigger]


def _details(article: Article, value: ClaimValue, claim: str, node: str, nodes: Nodes) -> Iterator[str]:
    """Describe a claim's value, whose IRI is `node`, and say which words gave it."""
    match value:
        case str():
            return
        case Filler():
            yield from _filler(value, claim, node, nodes)
            words: Span | None = value.span
        case When():
            yield from _when(article, value, node, nodes.here)
            words = value.span
        case Count():
            yield from _count(article, value, node, nodes)
            words = value.span
        case Mention():
            words = value.trigger
    if words is not None:
        yield f"<{claim}> <{NS}words> <{nodes.passages[words]}> {nodes.here}"


def _filler(filler: Filler, claim: str, entity: str, nodes: Nodes) -> Iterator[str]:
    basis = "MetonymBasis" if filler.basis is Basis.METONYM else filler.basis.name.capitalize()
    yield f"<{claim}> <{NS}basis> <{NS}{basis}> {nodes.here}"
    yield f"<{nodes.passages[filler.span]}> <{NS}refersTo> <{entity}> {nodes.here}"
    if filler.antecedent is not None:
        yield f"<{claim}> <{NS}antecedent> <{nodes.passages[filler.antecedent]}> {nodes.here}"


def _when(article: Article, when: When, node: str, here: str) -> Iterator[str]:
    words = when.span.of(article.text) if when.span else ""
    label = words or (when.window.edtf if when.window else "unknown")
    yield f"<{node}> <{RDF}type> <{NS}TimeSpan> {here}"
    yield f"<{node}> <{RDFS}label> {Text(label)} {here}"
    for anchor in when.anchors:
        yield f"<{node}> <{NS}anchor> {Text(anchor)} {here}"
    if when.window is not None:
        yield from _window(node, when.window, here)


def _count(article: Article, count: Count, node: str, nodes: Nodes) -> Iterator[str]:
    here = nodes.here
    yield f"<{node}> <{RDF}type> <{NS}CasualtyCount> {here}"
    yield f"<{node}> <{RDFS}label> {Text(count.span.of(article.text))} {here}"
    yield f"<{node}> <{NS}casualtyKind> {kg(count.kind)} {here}"
    if count.least is not None:
        yield f"<{node}> <{NS}atLeast> {integer(count.least)} {here}"
    if count.most is not None:
        yield f"<{node}> <{NS}atMost> {integer(count.most)} {here}"
    if count.of is not None:
        yield f"<{node}> <{NS}ofGroup> <{nodes.passages[count.of]}> {here}"
