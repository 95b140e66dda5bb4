"""Whole sentences through the real parser: what did not happen never comes out as actual."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.bench.predictions import status
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.model import Block, BlockKind, Event, Factuality, Span, Status, Window

VOUCHED = Path(__file__).parents[1] / "held_out" / "sentences" / "vouched.json"


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
        ("The army dismissed claims that troops had shelled Riga.", "Shelling", Factuality.DENIED),
        ("There were reports that rebels had seized Riga.", "SeizingTerritory", Factuality.ALLEGED),
        ("The allegation that rebels attacked Riga is false.", "MilitaryAttack", Factuality.DENIED),
        ("Prosecutors charged him with killing two guards.", "Killing", Factuality.ALLEGED),
        ("Police arrested him on suspicion of the murder of a banker.", "Killing", Factuality.ALLEGED),
        ("He pleaded not guilty to bombing the station.", "AirStrike", Factuality.ALLEGED),
        ("In the event of a raid on Riga, Norway would act.", "Raid", Factuality.HYPOTHETICAL),
        ("Norway will pay once rebels release the pilots.", "Release", Factuality.HYPOTHETICAL),
        ("Norway backed down from arresting the rebels.", "Detention", Factuality.HYPOTHETICAL),
        ("Norway ruled out arresting the rebels.", "Detention", Factuality.DENIED),
        ("A hoax message said that Norway had arrested the rebels.", "Detention", Factuality.DENIED),
        ("Oslo left as though Norway had arrested the rebels.", "Detention", Factuality.HYPOTHETICAL),
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Oslo could not explain why Norway had arrested the rebels.", "Detention"),
        ("Norway denied bail to the man arrested by Sweden.", "Detention"),
        ("Not only did Norway arrest the rebels, it deported them.", "Detention"),
        ("The guard was convicted of torturing prisoners.", "Beating"),
        ("Norway refused to apologise for deporting the families.", "Deportation"),
    ],
)
def test_what_is_taken_for_granted_is_actual(reader: Reader, text: str, kind: str) -> None:
    (event,) = events(reader, text, kind)

    assert status(event) is Status.ACTUAL


def test_whoever_is_charged_and_not_the_court_did_the_deed(reader: Reader) -> None:
    text = "Prosecutors charged two bankers with killing a guard."
    (event,) = events(reader, text, "Killing")

    assert [f.span.of(text) for f in event.fillers("agent")] == ["two bankers"]


def test_few_deeds_that_a_sentence_does_not_vouch_for_come_out_as_actual(reader: Reader) -> None:
    rows = json.loads(VOUCHED.read_text(encoding="utf-8"))
    found = [(row["happened"], actual(reader, row)) for row in rows]

    assert sum(bool(is_so) for happened, is_so in found if not happened) <= 5
    assert sum(bool(is_so) for happened, is_so in found if happened) >= 70


def actual(reader: Reader, row: dict[str, Any]) -> bool | None:
    """Tell whether a deed comes out as having happened; None where it is not found."""
    start = row["text"].index(row["trigger"])
    words = Span(start, start + len(row["trigger"]))
    found = [e for e in reader.events(sentence_article(row["text"])).events if e.trigger.overlaps(words)]
    return any(status(e) in {Status.ACTUAL, Status.DISPUTED} for e in found) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "The minister cancelled a visit to Norway.",
        "The two leaders signed an agreement on sharing intelligence.",
        "Norway is considering sanctions against the company.",
        "Police fired tear gas at the strikers.",
    ],
)
def test_what_is_called_off_agreed_or_weighed_is_no_visit_deed_threat_or_shelling(
    reader: Reader, text: str
) -> None:
    found = reader.events(sentence_article(text)).events
    actual_ones = {e.type for e in found if status(e) is Status.ACTUAL}

    assert not actual_ones & {"StateVisit", "JointWork", "Threat", "Shelling"}


def test_a_toll_belongs_to_what_killed(reader: Reader) -> None:
    text = "Prosecutors charged two men over the collapse of a bridge that killed 23 people."
    (charge,) = events(reader, text, "Lawsuit")

    assert charge.values("casualties") == ()


@pytest.mark.parametrize(
    ("text", "kind", "factuality", "speaker"),
    [
        ("The army, witnesses said, shelled the market.", "Shelling", Factuality.REPORTED, "witnesses"),
        (
            "Russia, Greek officials say, deported the children.",
            "Deportation",
            Factuality.REPORTED,
            "officials",
        ),
        ("The rebels, the governor claims, killed a guard.", "Killing", Factuality.ALLEGED, "governor"),
        ("In the army's telling, the rebels shelled the market.", "Shelling", Factuality.REPORTED, "army"),
        (
            "By the governor's account, the rebels shelled the market.",
            "Shelling",
            Factuality.REPORTED,
            "governor",
        ),
    ],
)
def test_who_says_so_may_stand_between_commas(
    reader: Reader, text: str, kind: str, factuality: Factuality, speaker: str
) -> None:
    (event,) = events(reader, text, kind)
    said = event.existence.attribution

    assert said.factuality is factuality
    assert [speaker in filler.entity.label for filler in said.claimants] == [True]


def test_what_an_aside_tells_of_the_subject_is_no_source(reader: Reader) -> None:
    (event,) = events(
        reader, "Oslo, which accused Moscow of lying, has expelled two diplomats.", "DiplomatExpulsion"
    )

    assert event.existence.attribution.factuality is Factuality.ASSERTED


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The police will stay in the town until the rebels are disarmed.", "Surrender"),
        ("A meeting of the two ministers planned for June has been moved to the spring.", "Meeting"),
        ("The talks due on Monday collapsed.", "Talks"),
        ("Sanctions against Oslo remain on the table.", "EconomicSanction"),
        ("Police neither arrested nor deported the three men.", "Deportation"),
    ],
)
def test_what_is_only_set_or_waited_for_did_not_happen(reader: Reader, text: str, kind: str) -> None:
    (event,) = events(reader, text, kind)

    assert status(event) is Status.UNREALISED


def test_whoever_fails_at_something_alone_fails_to_agree_with_nobody(reader: Reader) -> None:
    assert events(reader, "Police failed to arrest the men.", "FailureToAgree") == []


def test_who_speaks_for_somebody_backs_nobody(reader: Reader) -> None:
    assert events(reader, "Carla Wale speaks for the five groups.", "Backing") == []


@pytest.mark.parametrize(
    ("text", "kind", "when"),
    [
        ("The ministers of Norway and Sweden meet on Friday.", BlockKind.PARAGRAPH, Factuality.PREDICTED),
        ("The ministers of Norway and Sweden met on Friday.", BlockKind.PARAGRAPH, Factuality.ASSERTED),
        ("Swedish minister meets rebels in Oslo on Friday", BlockKind.TITLE, Factuality.ASSERTED),
        ("The army storms the offices of the newspaper on Friday.", BlockKind.PARAGRAPH, Factuality.ASSERTED),
    ],
)
def test_what_keeps_a_timetable_is_still_to_come_where_the_present_tells_it(
    text: str, kind: BlockKind, when: Factuality, reader: Reader
) -> None:
    wednesday = Window("2024-05-08", date(2024, 5, 8), date(2024, 5, 8))
    article = replace(sentence_article(text), published=wednesday)
    article = replace(article, blocks=(Block(kind, article.blocks[0].span),))

    assert [e.existence.attribution.factuality for e in reader.events(article).events] == [when]


@pytest.mark.parametrize(
    "text",
    [
        "Teachers called for the minister to release the men.",
        "Teachers campaigned for the minister to release the men.",
        "Teachers campaigned for the minister of justice to release the men.",
        "Teachers appealed to the minister to release the men.",
    ],
)
def test_whoever_is_called_on_and_not_the_caller_is_to_act(text: str, reader: Reader) -> None:
    (event,) = events(reader, text, "Release")

    assert [f.span.of(text).split()[1] for f in event.fillers("agent")] == ["minister"]
