"""Laws of extraction: nothing raises, every offset is in the text, the same text gives the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.extraction import Reader
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import (
    Article,
    Block,
    BlockKind,
    Claim,
    Count,
    Event,
    Filler,
    Mention,
    Span,
    When,
    Window,
)

DAY = Window("2031-05-06", date(2031, 5, 6), date(2031, 5, 6))
WORDS = (
    "police rebels soldiers Norway Norwegian Oslo Moscow Ada Quill minister warehouse port plane town two"
    " 38 dozens raid raided shelled shot down killed detained arrested accused claimed denied demanded said"
    " of by on in against with from to that who not may will allegedly if it they he she the a and or Friday"
    " yesterday after 3 May visited met talks sanctions imposed condemned called Putin Aliyev"
).split()
HOSTILE = (
    "",
    " ",
    "\u0301",
    "a\u0301\u0302",
    "\u202eabc\u202c",
    "שלום",
    "🧨👩‍🚒",
    "\x00\x1b[31m",
    "\ud7ff",
    "ﬁ",
    "İı",
    "²",
    "\u2028",
)
sentences = st.lists(st.sampled_from([*WORDS, *WORDS, ".", ",", "?", *HOSTILE[2:]]), max_size=40).map(
    " ".join
)
texts = st.one_of(sentences, sentences, st.text(max_size=200))
relaxed = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
REAL = (
    *HOSTILE,
    "Police\u0301 raided the ware\u00adhouse in\u00a0Oslo.",
    "\u202ePolice raided the warehouse.\u202c",
    "🚓🚓 Police raided 🏚 the warehouse 🧨 on Friday.",
    "Police\x00 raided\x1b[31m the warehouse.",
    "شرطة raided the warehouse in Grozny. Police raided שלום.",
    "Police raided the warehouse\n\n\nin\tOslo." * 3,
    "?!?!?! ... ''' \"\"\" ((( )))",
    "buffalo " * 60,
)


def article(text: str) -> Article:
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
    return Article("made.txt", text, blocks, published=DAY, published_basis="given")


def spans(claim: Claim) -> Iterator[Span]:
    """Yield every stretch of the text that a claim points to."""
    yield claim.evidence
    value = claim.value
    found: list[Span | None] = [claim.attribution.cue, *(f.span for f in claim.attribution.claimants)]
    if isinstance(value, Filler):
        found += [value.span, value.antecedent]
    elif isinstance(value, Count):
        found += [value.span, value.of]
    elif isinstance(value, When):
        found.append(value.span)
    elif isinstance(value, Mention):
        found.append(value.trigger)
    yield from (span for span in found if span is not None)


def all_spans(events: tuple[Event, ...]) -> list[Span]:
    own = [span for event in events for span in (event.trigger, event.sentence)]
    return own + [span for event in events for claim in event.claims for span in spans(claim)]


@relaxed
@given(texts)
@example("Police raided the warehouse.")
def test_no_text_makes_extraction_fail(scrambled: Any, text: str) -> None:
    scrambled.events(article(text))


@relaxed
@given(texts)
def test_every_span_of_an_event_is_a_stretch_of_the_text(scrambled: Any, text: str) -> None:
    found = all_spans(scrambled.events(article(text)).events)

    assert all(0 <= span.start < span.end <= len(text) for span in found)


@relaxed
@given(texts)
def test_a_trigger_lies_in_its_sentence(scrambled: Any, text: str) -> None:
    assert all(e.sentence.covers(e.trigger) for e in scrambled.events(article(text)).events)


@relaxed
@given(texts)
def test_the_same_text_gives_the_same_events(scrambled: Any, text: str) -> None:
    assert scrambled.events(article(text)) == scrambled.events(article(text))


@relaxed
@given(texts, st.integers(1, 30))
def test_text_before_an_article_only_moves_its_events(scrambled: Any, text: str, by: int) -> None:
    padded = "\n" * by + text
    moved = Article("made.txt", padded, (Block(BlockKind.PARAGRAPH, Span(by, len(padded))),), published=DAY)
    plain = [Span(s.start + by, s.end + by) for s in all_spans(scrambled.events(article(text)).events)]

    assert all_spans(scrambled.events(moved).events) == plain


@relaxed
@given(texts)
def test_no_agent_is_a_place_or_a_thing(scrambled: Any, text: str) -> None:
    agents = [f for e in scrambled.events(article(text)).events for f in e.fillers("agent")]

    assert all(scrambled.ontology.is_a(f.entity.kind, ["Actor"]) for f in agents)


@relaxed
@given(texts)
def test_every_number_and_date_has_words(scrambled: Any, text: str) -> None:
    claims = [c for e in scrambled.events(article(text)).events for c in e.claims]

    assert all(c.evidence.of(text).strip() for c in claims)


@relaxed
@given(texts)
def test_every_quote_in_the_graph_is_the_text_at_its_offsets(scrambled: Any, text: str) -> None:
    made = article(text)
    quads = list(to_quads(made, scrambled.events(made).events, Names()))
    facts: dict[str, dict[str, str]] = {}
    for quad in quads:
        name = quad.predicate.value.rsplit("#", 1)[-1]
        facts.setdefault(str(quad.subject), {})[name] = getattr(quad.object, "value", "")
    passages = [f for f in facts.values() if {"exact", "start", "end"} <= set(f)]

    assert [f["exact"] for f in passages] == [text[int(f["start"]) : int(f["end"])] for f in passages]


@pytest.mark.parametrize("text", REAL, ids=range(len(REAL)))
def test_the_real_parser_meets_odd_texts_unharmed(text: str, reader: Reader) -> None:
    found = all_spans(reader.events(article(text)).events) if text.strip() else []

    assert all(0 <= span.start < span.end <= len(text) for span in found)


def test_the_made_up_trees_do_give_events(scrambled: Any) -> None:
    found = 0
    for number in range(300):
        words = [WORDS[(number * 7 + k * (number + 3)) % len(WORDS)] for k in range(25)]
        found += len(scrambled.events(article(" ".join(words) + ".")).events)

    assert found > 100
