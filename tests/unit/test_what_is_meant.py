"""Whole sentences through the real parser: figures of speech, accidents, drills, and who is meant."""

from __future__ import annotations

import pytest

from kg.bench.predictions import status
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.model import Count, Event, Extraction, Factuality, Filler, Status


def read(reader: Reader, text: str) -> Extraction:
    return reader.events(sentence_article(text))


def only(reader: Reader, text: str, kind: str) -> Event:
    (event,) = (e for e in read(reader, text).events if e.type == kind)
    return event


def words(event: Event, role: str, text: str) -> list[str]:
    return [f.span.of(text) for f in event.fillers(role)]


@pytest.mark.parametrize(
    "text",
    [
        "The earthquake killed eleven villagers near Osh.",
        "Investors retreated from the stock market on Monday.",
        "The champion battered the challenger in Hamburg.",
        "Copper prices were hit by traders in Shanghai.",
        "Hurricane Odalys killed eleven villagers near Osh.",
    ],
)
def test_nature_markets_and_games_do_no_deeds(reader: Reader, text: str) -> None:
    assert read(reader, text).events == ()


def test_an_accident_is_a_mishap_with_its_toll(reader: Reader) -> None:
    event = only(reader, "Nine people were killed when a bus plunged into a gorge near Osh.", "Mishap")

    assert [v.least for v in event.values("casualties") if isinstance(v, Count)] == [9]


def test_a_killing_beside_an_accident_word_is_one_if_somebody_did_it(reader: Reader) -> None:
    text = "Gunmen killed nine soldiers after the crash."

    assert words(only(reader, text, "Killing"), "agent", text) == ["Gunmen"]


@pytest.mark.parametrize(
    ("text", "kind", "factuality"),
    [
        ("In a drill near Riga, troops stormed the embassy.", "Raid", Factuality.HYPOTHETICAL),
        ("In the film, rebels kidnap the king.", "Abduction", Factuality.HYPOTHETICAL),
        ("Armies shell cities when they lack infantry.", "Shelling", Factuality.HYPOTHETICAL),
        ("By no means has Norway released the hostages.", "Release", Factuality.DENIED),
        ("Kenya said it would deport the refugees.", "Deportation", Factuality.PREDICTED),
        ("Kenya would deport the refugees.", "Deportation", Factuality.HYPOTHETICAL),
        ("Rumours of a raid on the embassy spread in Riga.", "Raid", Factuality.HYPOTHETICAL),
    ],
)
def test_what_is_played_general_or_ruled_out_is_not_asserted(
    reader: Reader, text: str, kind: str, factuality: Factuality
) -> None:
    event = only(reader, text, kind)

    assert event.existence.attribution.factuality is factuality
    assert status(event) is not Status.ACTUAL


@pytest.mark.parametrize(
    ("text", "kind", "role", "filler"),
    [
        ("Kenya gave Sudan 48 hours to leave the island.", "Threat", "target", "Sudan"),
        ("Greece dismissed an offer from Libya on Monday.", "Rejection", "target", "Libya"),
        ("Greece denied on Friday allegations by Libya.", "Rejection", "target", "Libya"),
        ("Iran held Sudan responsible for the deaths.", "Accusation", "target", "Sudan"),
        ("Norway test-fired a missile over the sea.", "WeaponsTest", "agent", "Norway"),
        ("Rebels turned in their weapons to the army.", "Surrender", "target", "the army"),
        (
            "The Islamic Development Bank lent Yemen money.",
            "GivingAid",
            "agent",
            "The Islamic Development Bank",
        ),
        ("Soldiers wounded a Palestinian near Nablus.", "Wounding", "target", "a Palestinian"),
        ("Police let the journalists go.", "Release", "target", "the journalists"),
        ("Norwegian skippers shelled the port.", "Shelling", "agent", "Norwegian skippers"),
    ],
)
def test_whoever_is_meant_is_found(reader: Reader, text: str, kind: str, role: str, filler: str) -> None:
    assert words(only(reader, text, kind), role, text) == [filler]


def test_where_it_happened_is_not_whom_it_concerned(reader: Reader) -> None:
    event = only(reader, "Libya and Malta signed a treaty in Algiers.", "SigningAgreement")

    assert [f.entity.label for f in event.fillers("target")] == []


def test_an_inferred_filler_says_so_even_through_a_metonym(reader: Reader) -> None:
    event = only(reader.nearby(), "Gambia threatened to cut gas supplies to Minsk.", "Threat")
    (value,) = event.values("target")

    assert isinstance(value, Filler) and value.basis.value == "inferred"


def test_an_idiom_of_one_type_leaves_another(reader: Reader) -> None:
    found = {e.type for e in read(reader, "Kenya struck a deal with Sudan.").events}

    assert found == {"Agreement"}


def test_a_civil_plane_is_no_force(reader: Reader) -> None:
    kinds = {e.type for e in read(reader, "A passenger jet left Baku on Monday.").events}

    assert "Withdrawal" not in kinds


@pytest.mark.parametrize(
    ("text", "kind", "role", "whom"),
    [
        ("Norway threatened to close the border unless Sweden paid.", "Threat", "target", ["Sweden"]),
        ("Norway threatened to use force in the north.", "Threat", "target", []),
        ("A demand by the rebels was rejected by Norway.", "Rejection", "target", ["the rebels"]),
        ("Norway dismissed an offer of talks from Sweden.", "Rejection", "target", ["Sweden"]),
        ("Students rallied against government plans.", "Demonstration", "target", ["government"]),
        ("Norway is in talks, and held two hours of talks with Sweden.", "Talks", "target", ["Sweden"]),
        (
            "The murder of a Catholic driver by masked gunmen shook Belfast.",
            "Killing",
            "agent",
            ["masked gunmen"],
        ),
        ("Truckers kept up a blockade of the Ambassador Bridge.", "RoadBlock", "agent", ["Truckers"]),
    ],
)
def test_whom_a_deed_concerns_is_taken_from_where_the_text_says_it(
    reader: Reader, text: str, kind: str, role: str, whom: list[str]
) -> None:
    found = [words(e, role, text) for e in read(reader.nearby(), text).events if e.type == kind]

    assert found[-1] == whom


def test_who_announces_an_arrest_did_not_make_it(reader: Reader) -> None:
    text = "The arrest of two bankers was announced by their lawyers."

    assert words(only(reader, text, "Detention"), "agent", text) == []


def test_a_forename_of_somebody_else_keeps_a_surname_from_the_known_person(reader: Reader) -> None:
    event = only(reader, "Nadia Putin shot two guards in Leeds.", "Shooting")

    assert [f.entity.label for f in event.fillers("agent")] == ["Nadia Putin"]


def test_a_relief_agency_sends_food_and_is_no_relief(reader: Reader) -> None:
    text = "The charity Islamic Relief sent food to the refugees."

    assert [e.type for e in read(reader, text).events] == ["GivingAid"]
