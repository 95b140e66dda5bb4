"""Events that name nobody: by what words they are known, and which are not told at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extraction import Reader
from kg.model import Event
from kg.read import read

PADDING = " The street was quiet again in the evening, and the shops had opened their doors."


def events(folder: Path, text: str, reader: Reader) -> list[Event]:
    """Return the events of a short article."""
    path = folder / "a.txt"
    path.write_text(f"A day in Lund\n5 May 2021\n\n{text}{PADDING}\n", encoding="utf-8")
    return list(reader.events(read(path)).events)


def told(folder: Path, text: str, reader: Reader) -> dict[str, str]:
    """Return the factuality of each event by its type."""
    return {e.type: e.existence.attribution.factuality.value for e in events(folder, text, reader)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It sent 300 soldiers to the border.", "Deployment"),
        ("There were clashes at the gate.", "Clash"),
        ("They arrested three students.", "Detention"),
        ("Police held 14 after the game.", "Detention"),
    ],
)
def test_a_pronoun_a_number_or_its_own_noun_makes_an_event_known(
    tmp_path: Path, reader: Reader, text: str, kind: str
) -> None:
    assert kind in told(tmp_path, text, reader)


@pytest.mark.parametrize(
    "text",
    [
        "The won took a beating.",
        "The firm has thrown its weight into the battle for green fuel.",
        "The morning promised rain.",
        "Our guards have shared pictures since March.",
    ],
)
def test_a_noun_of_several_meanings_alone_tells_nothing(tmp_path: Path, reader: Reader, text: str) -> None:
    assert not {"Beating", "Clash", "Pledge", "Demonstration"} & set(told(tmp_path, text, reader))


def test_a_plain_definite_noun_takes_up_what_the_article_tells(tmp_path: Path, reader: Reader) -> None:
    told_of = "Rebels attacked a convoy near Goma."

    assert len(events(tmp_path, f"{told_of} Nobody saw the attack.", reader)) == 2
    assert len(events(tmp_path, "Nobody saw the attack.", reader)) == 0


def test_no_party_to_an_accord_denies_no_accord(tmp_path: Path, reader: Reader) -> None:
    text = "Chad and Mali reached an accord on Monday. The Front is not a party to the accord."
    found = [e.existence.attribution.factuality.value for e in events(tmp_path, text, reader)]

    assert "Denied" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Next week's visit by President Macron to Chad will be short.",
        "The police arrested nobody.",
        "The police made no arrests.",
        "Hardly anyone was arrested.",
        "Rebels no longer attack convoys.",
        "The draft law bans protests.",
        "The visit is off.",
        "The would-be attack on the mosque came to nothing.",
        "For the villagers it felt like a blockade.",
        "The guests watched a drama in which a king marches on Lund.",
        "The article makes no mention of sanctions.",
        "Chad and Mali were silent ahead of the talks between Chad and Mali.",
    ],
)
def test_what_did_not_happen_is_never_told_as_a_fact(tmp_path: Path, reader: Reader, text: str) -> None:
    assert not {"Asserted", "Reported"} & set(told(tmp_path, text, reader).values())


@pytest.mark.parametrize(
    "text",
    [
        "The union says officers tortured two workers. The officers denied it.",
        "The union says officers tortured two workers, an account rejected by the ministry.",
        "The union says officers tortured two workers. Officers denied having tortured anybody.",
    ],
)
def test_what_is_reported_and_denied_is_only_alleged(tmp_path: Path, reader: Reader, text: str) -> None:
    found = [
        e.existence.attribution.factuality.value
        for e in events(tmp_path, text, reader)
        if e.type == "Beating" and e.fillers("target")
    ]

    assert found[:1] == ["Alleged"]


def test_what_is_reported_and_not_denied_stays_reported(tmp_path: Path, reader: Reader) -> None:
    text = "The union says officers tortured two workers. The officers denied the firm a permit."

    assert told(tmp_path, text, reader)["Beating"] == "Reported"


@pytest.mark.parametrize(
    "text", ["The fund launched an assault on the record.", "The brothers waged war over the rent."]
)
def test_what_is_done_to_a_record_or_a_rent_is_a_figure(tmp_path: Path, reader: Reader, text: str) -> None:
    assert told(tmp_path, text, reader) == {}
