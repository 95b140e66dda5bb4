"""Which sentences are parsed, and that what is not parsed still counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kg.annotate import Parser, annotate
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.inflection import forms
from kg.model import Article, Block, BlockKind, Document, Sentence, Span, Token
from kg.ontology import Ontology
from kg.read import find_articles, read
from kg.timex.edtf_text import parse

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
IDLE = "The weather was mild."


@dataclass(frozen=True, slots=True)
class Listener:
    """Passes texts on to a parser, and remembers them."""

    parser: Parser
    heard: list[str] = field(default_factory=list)
    name: str = "listener"

    def parse(self, texts: Iterable[str]) -> Iterator[list[list[Token]]]:
        given = list(texts)
        self.heard.extend(given)
        yield from self.parser.parse(given)


def made(*paragraphs: str, published: str | None = None) -> Article:
    text = "\n".join(paragraphs)
    starts = [sum(len(q) + 1 for q in paragraphs[:n]) for n in range(len(paragraphs))]
    spans = [Span(start, start + len(p)) for start, p in zip(starts, paragraphs, strict=True)]
    blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in spans)
    return Article("made.txt", text, blocks, published=parse(published) if published else None)


def heard(reader: Reader, *paragraphs: str) -> list[str]:
    listener = Listener(reader.parser)
    annotate(made(*paragraphs), listener, reader.wanted)
    return listener.heard


@pytest.mark.parametrize(
    ("lemma", "surface"),
    [("shoot", "shot"), ("raid", "raided"), ("strip", "stripped"), ("flee", "fled"), ("levy", "levies"),
     ("child", "children"), ("test-fire", "test-fired"), ("die", "dying"), ("overthrow", "overthrown"),
     ("traffic", "trafficking"), ("stage", "staging"), ("woman", "women"), ("thief", "thieves")],
)  # fmt: skip
def test_a_lemma_has_its_inflected_forms(lemma: str, surface: str) -> None:
    assert surface in forms(lemma)


def test_no_sentence_without_the_words_of_a_phrase_is_parsed(reader: Reader) -> None:
    assert heard(reader, f"{IDLE} Police raided the port. {IDLE}") == ["Police raided the port."]


def test_neighbours_that_are_parsed_go_to_the_parser_as_one_text(reader: Reader) -> None:
    words = "Police raided the port. Soldiers shelled the town."

    assert heard(reader, f"{words} {IDLE}") == [words]


def test_a_word_that_a_phrase_needs_beside_its_head_must_be_there(reader: Reader) -> None:
    assert heard(reader, IDLE, "Sweden was with Norway.") == ["Sweden was with Norway."]


def test_what_a_pronoun_may_stand_for_is_parsed(reader: Reader) -> None:
    assert heard(reader, f"{IDLE} They raided the port.") == [f"{IDLE} They raided the port."]


def test_a_pronoun_does_not_reach_into_another_paragraph(reader: Reader) -> None:
    assert heard(reader, IDLE, "They raided the port.") == ["They raided the port."]


def test_a_sentence_that_gives_a_full_name_is_parsed(reader: Reader) -> None:
    named = "The Freedonian premier is Rufus Firefly."

    assert heard(reader, named, IDLE, "Police arrested Firefly.") == [named, "Police arrested Firefly."]


def test_a_full_name_that_nobody_uses_is_not_parsed(reader: Reader) -> None:
    assert heard(reader, "Rufus Firefly is tall.", "Police raided the port.") == ["Police raided the port."]


def test_a_sentence_that_was_not_parsed_keeps_its_place(reader: Reader) -> None:
    article = made(f"{IDLE} Police raided the port.")

    first, second = annotate(article, reader.parser, reader.wanted).sentences

    assert (first.span.of(article.text), first.tokens) == (IDLE, ())
    assert second.tokens


def test_the_clock_hears_sentences_that_are_not_parsed(reader: Reader) -> None:
    text = "The weather was mild on 3 May 2024. The next day police raided the port."
    (event,) = reader.events(made(text, published="2024-06-01")).events

    assert len(heard(reader, text)) == 1
    assert event.when is not None and event.when.window is not None
    assert event.when.window.edtf == "2024-05-04"


def test_an_unparsed_sentence_between_breaks_the_neighbourhood(reader: Reader) -> None:
    text = f"Norway protested. {IDLE} It imposed sanctions on Sweden."
    whole = annotate(made(text), reader.parser)
    first, _, last = whole.sentences
    idle = Sentence(Span(18, 18 + len(IDLE)), 0, ())

    found = reader.extractor.extract(Document(whole.article, (first, idle, last)))

    assert [f.entity.label for event in found.events for f in event.fillers("agent")].count("Norway") == 1


def test_another_extractor_sees_every_sentence(knowledge: Ontology, reader: Reader) -> None:
    class Silent:
        name = "silent"

        def extract(self, document: Document) -> None:
            raise NotImplementedError

    assert Reader.of(knowledge, reader.parser, Silent()).wanted is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["courier-sputnik", "meridian-citizenship", "steppe-wire-update", "ural-post-raid"]
)
def test_the_same_events_are_found_as_by_parsing_all(name: str, reader: Reader) -> None:
    (path,) = [p for p in find_articles([EXAMPLES]) if p.stem == name]
    article = read(path)

    assert reader.events(article).events == replace(reader, wanted=None).events(article).events


def test_no_sentence_that_gives_an_event_is_dropped(knowledge: Ontology, reader: Reader) -> None:
    """Every example of every type: what would not be parsed has no event if it is."""
    texts = {example.text for kind in knowledge.types.values() for example in kind.examples}
    articles = [sentence_article(text) for text in sorted(texts)]
    dropped = [a for a in articles if not heard(reader, a.text)]

    assert len(dropped) < len(articles) / 4
    assert [a.text for a in dropped if replace(reader, wanted=None).events(a).events] == []


@pytest.mark.parametrize(("second", "both"), [("They raided the port.", True), ("Its men shot him.", True),
                                              ("Its men raided the port.", False)])  # fmt: skip
def test_only_a_pronoun_that_can_be_resolved_reaches_back(second: str, both: bool, reader: Reader) -> None:
    assert heard(reader, f"{IDLE} {second}") == ([f"{IDLE} {second}"] if both else [second])
