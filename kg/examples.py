"""Runs the examples and counter-examples of an event type, and says in words what fails."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction import Reader
from kg.model import Article, Block, BlockKind, Event, Filler, Span
from kg.ontology import EventType, Example, Ontology


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
    found = [e for e in reader.events(article).events if _is(reader.ontology, e.type, event_type.name)]
    if example.counter:
        for event in found:
            words = event.trigger.of(article.text)
            yield f'{event_type.name}: counter-example "{example.text}" gives {event.type} at "{words}"'
        return
    if not found:
        yield f'{event_type.name}: example "{example.text}" gives no {event_type.name}'
        return
    for role, words in example.roles:
        got = {f.span.of(article.text) for event in found for f in _fillers(event, role)}
        if words not in got:
            shown = ", ".join(f'"{g}"' for g in sorted(got)) or "nothing"
            yield f'{event_type.name}: example "{example.text}": {role} is {shown}, not "{words}"'


def _fillers(event: Event, role: str) -> tuple[Filler, ...]:
    return event.fillers(role)


def _is(ontology: Ontology, name: str, wanted: str) -> bool:
    return ontology.is_a(name, (wanted,))


def sentence_article(text: str) -> Article:
    """Return a text as an article of one paragraph, without title or date."""
    return Article("example", text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
