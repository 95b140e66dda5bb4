"""Every reason to refuse, provoked by an event that is wrong in this one way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.gate import gate
from kg.model import (
    Article,
    Attribution,
    Basis,
    Claim,
    Count,
    Document,
    Entity,
    Event,
    Extraction,
    Filler,
    Mention,
    Refusal,
    Span,
    When,
    Window,
)
from kg.ontology import Ontology

TEXT = "Police raided the warehouse in Oslo and held two men on Friday. They left."
SATURDAY = Window("2031-05-03", date(2031, 5, 3), date(2031, 5, 3))
DOCUMENT = Document(Article("made.txt", TEXT, (), published=SATURDAY), ())
POLICE = Entity("SecurityForce", "police-x1", "Police", described=True)
OSLO = Entity("City", "oslo-x1", "Oslo", described=True)
DAY = Window("2031-05-02", date(2031, 5, 2), date(2031, 5, 2))


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


SENTENCE = Span(0, TEXT.index(" They"))
AGENT = Claim("agent", Filler(span("Police"), POLICE), span("Police"))
HELD = Claim("casualties", Count("Detained", 2, 2, span("two men")), span("two men"))
WHEN = Claim("when", When(DAY, span("Friday"), ("stated",)), span("Friday"))
GOOD = Event(
    "Raid",
    span("raided"),
    SENTENCE,
    (Claim("status", "Actual", span("raided")), AGENT, HELD, WHEN),
)


def changed(event: Event, old: Claim, **values: object) -> Event:
    claims = tuple(replace(c, **values) if c == old else c for c in event.claims)  # type: ignore[arg-type]
    return replace(event, claims=claims)


BAD: dict[str, tuple[Event, str]] = {
    "unknown-type": (replace(GOOD, type="Teatime"), "Teatime is no event type of the ontology"),
    "trigger-outside": (
        replace(GOOD, trigger=span("left")),
        "the trigger is not inside the quoted sentence",
    ),
    "bare": (
        replace(GOOD, claims=(GOOD.claims[0], WHEN)),
        "nobody, nothing and no number is named",
    ),
    "quote-outside": (changed(GOOD, AGENT, evidence=Span(70, 700)), "no text at 70..700"),
    "wrong-kind": (
        changed(GOOD, AGENT, value=Filler(span("Oslo"), OSLO)),
        "'Oslo' is a City, which cannot be agent",
    ),
    "no-antecedent": (
        changed(GOOD, AGENT, value=Filler(span("They"), POLICE, Basis.COREFERENCE)),
        "a pronoun without what it stands for",
    ),
    "number-not-in-words": (
        changed(GOOD, HELD, value=Count("Detained", 3, 3, span("two men"))),
        "'two men' does not give these bounds",
    ),
    "date-without-anchor": (
        changed(GOOD, WHEN, value=When(DAY, span("Friday"))),
        "2031-05-02 says not what it was counted from",
    ),
    "date-backwards": (
        changed(
            GOOD,
            WHEN,
            value=When(Window("2031", date(2031, 2, 1), date(2031, 1, 1)), span("Friday"), ("stated",)),
        ),
        "2031 ends before it begins",
    ),
}


def through(knowledge: Ontology, *events: Event) -> Extraction:
    return gate(DOCUMENT, Extraction(events), knowledge)


def test_a_sound_event_passes_unchanged(knowledge: Ontology) -> None:
    assert through(knowledge, GOOD) == Extraction((GOOD,))


@pytest.mark.parametrize("code", BAD)
def test_a_faulty_event_is_refused_with_its_reason(code: str, knowledge: Ontology) -> None:
    event, detail = BAD[code]

    assert through(knowledge, event) == Extraction((), (Refusal(event.type, event.trigger, code, detail),))


@pytest.mark.parametrize("evidence", [Span(-1, 4), Span(5, 5), Span(9, 3), Span(0, len(TEXT) + 1)])
def test_evidence_must_be_a_stretch_of_the_text(evidence: Span, knowledge: Ontology) -> None:
    (refusal,) = through(knowledge, changed(GOOD, AGENT, evidence=evidence)).refusals

    assert refusal.code == "quote-outside"


OUT = Span(70, 700)


@pytest.mark.parametrize(
    "claim",
    [
        Claim("agent", Filler(OUT, POLICE), SENTENCE),
        Claim("agent", Filler(span("They"), POLICE, Basis.COREFERENCE, OUT), SENTENCE),
        Claim("casualties", Count("Detained", 2, 2, span("two men"), OUT), SENTENCE),
        Claim("when", When(None, OUT), SENTENCE),
        Claim("content", Mention(OUT), SENTENCE),
        Claim("agent", Filler(span("Police"), POLICE), SENTENCE, Attribution(cue=OUT)),
        Claim("status", "Actual", SENTENCE, Attribution(claimants=(Filler(OUT, POLICE),))),
    ],
)
def test_all_that_a_claim_points_to_must_be_in_the_text(claim: Claim, knowledge: Ontology) -> None:
    (refusal,) = through(knowledge, replace(GOOD, claims=(*GOOD.claims, claim))).refusals

    assert (refusal.code, refusal.detail) == ("quote-outside", "no text at 70..700")


def test_a_sentence_beyond_the_text_is_refused(knowledge: Ontology) -> None:
    (refusal,) = through(knowledge, replace(GOOD, sentence=Span(0, len(TEXT) + 1))).refusals

    assert refusal.code == "trigger-outside"


def test_a_count_without_a_number_in_its_words_is_refused(knowledge: Ontology) -> None:
    none = Count("Detained", 2, 2, span("the warehouse"))
    (refusal,) = through(knowledge, changed(GOOD, HELD, value=none)).refusals

    assert refusal.code == "number-not-in-words"


def test_a_pronoun_with_its_antecedent_passes(knowledge: Ontology) -> None:
    known = Filler(span("They"), POLICE, Basis.COREFERENCE, span("Police"))

    assert through(knowledge, changed(GOOD, AGENT, value=known)).refusals == ()


def test_an_undated_event_passes(knowledge: Ontology) -> None:
    assert through(knowledge, changed(GOOD, WHEN, value=When(None, span("Friday")))).refusals == ()


def test_a_bare_event_passes_as_the_content_of_another(knowledge: Ontology) -> None:
    bare = Event("Raid", span("held"), SENTENCE, (Claim("status", "Actual", span("held")),))
    demand = replace(GOOD, claims=(*GOOD.claims, Claim("content", Mention(bare.trigger), bare.trigger)))

    assert through(knowledge, demand, bare).refusals == ()


def test_a_place_alone_makes_no_event(knowledge: Ontology) -> None:
    there = Claim("place", Filler(span("Oslo"), OSLO), span("Oslo"))
    (refusal,) = through(knowledge, replace(GOOD, claims=(GOOD.claims[0], there))).refusals

    assert refusal.code == "bare"


def test_a_bare_event_alone_does_not_pass(knowledge: Ontology) -> None:
    bare = Event("Raid", span("held"), SENTENCE, (Claim("status", "Actual", span("held")),))

    assert [r.code for r in through(knowledge, GOOD, bare).refusals] == ["bare"]


def test_what_the_extractor_refused_is_kept(knowledge: Ontology) -> None:
    idiom = Refusal("Raid", span("raided"), "idiom", "{_} raid {_:fridge}")

    assert gate(DOCUMENT, Extraction((), (idiom,)), knowledge).refusals == (idiom,)


def test_one_faulty_event_leaves_the_others(knowledge: Ontology) -> None:
    found = through(knowledge, GOOD, BAD["bare"][0])

    assert (len(found.events), len(found.refusals)) == (1, 1)
