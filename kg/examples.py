"""Runs the examples and counter-examples of an event type, and says in words what fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.annotate import Parser
from kg.extraction import Reader
from kg.iri import NS
from kg.model import Article, Block, BlockKind, Span
from kg.ontology import EventType, Example, build_ontology
from kg.resources import Resources
from kg.validate import house_rules


def check_examples(event_type: EventType, reader: Reader) -> Iterator[str]:
    """Yield one sentence for each thing that is wrong with an event type's file; none if it is fine."""
    if not event_type.patterns:
        yield f"{event_type.name}: has no kg:pattern"
    if not any(not e.counter for e in event_type.examples):
        yield f"{event_type.name}: has no kg:example"
    if not any(e.counter for e in event_type.examples):
        yield f"{event_type.name}: has no kg:counterExample"
    for example in event_type.examples:
        yield from _check(example, event_type, reader)


def _check(example: Example, event_type: EventType, reader: Reader) -> Iterator[str]:
    article = sentence_article(example.text)
    events = reader.nearby().events(article).events
    found = [e for e in events if reader.ontology.is_a(e.type, (event_type.name,))]
    if example.counter:
        for event in found:
            words = event.trigger.of(article.text)
            yield f'{event_type.name}: counter-example "{example.text}" gives {event.type} at "{words}"'
        return
    if not found:
        yield f'{event_type.name}: example "{example.text}" gives no {event_type.name}'
        return
    for role, words in example.roles:
        got = {f.span.of(article.text) for event in found for f in event.fillers(role)}
        if words not in got:
            shown = ", ".join(f'"{g}"' for g in sorted(got)) or "nothing"
            yield f'{event_type.name}: example "{example.text}": {role} is {shown}, not "{words}"'


def sentence_article(text: str) -> Article:
    """Return a text as an article of one paragraph, without title or date."""
    return Article("example", text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))


def check_file(file: Path, found: Resources, parser: Parser) -> Iterator[str]:
    """Yield what is wrong with an event-type file, laid over the ontology it belongs to.

    Raises OntologyError where it is no Turtle or a phrase does not follow the grammar.
    """
    own = file.resolve()
    paths = [p for p in found.files("ontology", ".ttl").values() if p.resolve() != own]
    ontology = build_ontology([*paths, own])
    types = [kind for kind in ontology.types.values() if kind.source == own]
    if not types:
        yield f"{file}: defines no class below kg:Event"
    axioms = [p for p in paths if p.parent.name not in {"entities"} and not p.name.startswith("lexicon")]
    names = {NS + kind.name for kind in types}
    for result in house_rules([*axioms, own]).results:
        if result.focus in names:
            yield f"{file}: {result.words}"
    reader = Reader.of(ontology, parser)
    for kind in types:
        yield from check_examples(kind, reader)
