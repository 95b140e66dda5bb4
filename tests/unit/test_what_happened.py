"""Whole sentences through the real parser: what did not happen never comes out as actual."""

from __future__ import annotations

import pytest

from kg.bench.predictions import status
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.model import Event, Factuality, Status


def events(reader: Reader, text: str, kind: str) -> list[Event]:
    return [e for e in reader.events(sentence_article(text)).events if e.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "factuality"),
    [
        ("It is untrue that Spain expelled the diplomats.", "DiplomatExpulsion", Factuality.DENIED),
        ("It is possible that Spain expelled the diplomats.", "DiplomatExpulsion", Factuality.HYPOTHETICAL),
        (
            "Had France attacked the port, Greece would have protested.",
            "MilitaryAttack",
            Factuality.HYPOTHETICAL,
        ),
        ("Turkey came close to recalling its ambassador.", "SuspendingTies", Factuality.DENIED),
        ("If Norway does not arrest the rebels, Oslo will wait.", "Detention", Factuality.HYPOTHETICAL),
        ("Norway arrested or deported the rebels.", "Detention", Factuality.HYPOTHETICAL),
        ("Norway called on Sweden to release the journalists.", "Release", Factuality.DEMANDED),
        ("The planned raid on the warehouse worried Oslo.", "Raid", Factuality.HYPOTHETICAL),
        ("The alleged raid on the warehouse worried Oslo.", "Raid", Factuality.ALLEGED),
    ],
)
def test_a_sentence_is_as_sure_as_it_says(
    reader: Reader, text: str, kind: str, factuality: Factuality
) -> None:
    (event,) = events(reader, text, kind)

    assert event.existence.attribution.factuality is factuality
    assert status(event) is not Status.ACTUAL


@pytest.mark.parametrize("speaker", ["local medics", "the presidency", "officials"])
def test_whoever_says_so_is_named_even_if_the_word_is_unknown(reader: Reader, speaker: str) -> None:
    (event,) = events(reader, f"Rebels attacked a convoy near Goma, {speaker} said.", "MilitaryAttack")

    assert [f.entity.label for f in event.existence.attribution.claimants] == [speaker]


def test_what_a_relative_clause_takes_for_granted_happened(reader: Reader) -> None:
    text = "Norway demanded the release of two drivers who were arrested by Sweden."
    (event,) = events(reader, text, "Detention")

    assert status(event) is Status.ACTUAL


def test_who_is_called_on_is_who_should_act(reader: Reader) -> None:
    (event,) = events(reader, "Norway called on Sweden to release the journalists.", "Release")

    assert [f.entity.label for f in event.fillers("agent")] == ["Sweden"]


def test_an_accident_is_no_killing(reader: Reader) -> None:
    assert not events(reader, "The minister was killed in a road accident near Oslo.", "Killing")


def test_the_time_of_an_accusation_is_not_that_of_the_deed(reader: Reader) -> None:
    (event,) = events(reader, "On 3 May 2024 Kenya accused rebels of shelling the port.", "Shelling")

    assert event.when is None


def test_nobody_threatens_himself(reader: Reader) -> None:
    (event,) = events(reader, "Denmark threatened to close the Danish border.", "Threat")

    assert event.fillers("target") == ()


def test_a_match_report_gives_no_events(reader: Reader) -> None:
    text = (
        "Galway attacked the visitors after the whistle. The referee shot the striker a look, "
        "the goalkeeper bombarded the defender with shouts, and the team won the match."
    )

    assert reader.events(sentence_article(text)).events == ()
