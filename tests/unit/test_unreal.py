"""Whole sentences through the real parser: what is no fact, by its grammar, never comes out as one."""

from __future__ import annotations

import pytest

from kg.bench.predictions import status
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.model import Factuality, Status


def actual(reader: Reader, text: str) -> set[str]:
    """Return the types that a sentence tells as facts."""
    return {e.type for e in reader.events(sentence_article(text)).events if status(e) is Status.ACTUAL}


def told(reader: Reader, text: str) -> dict[str, Factuality]:
    events = reader.events(sentence_article(text)).events
    return {e.type: e.existence.attribution.factuality for e in events}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Anyone who attacks a convoy is tried by a military court.", "MilitaryAttack"),
        ("Soldiers who refuse to fight are jailed for three years.", "Detention"),
        ("Whoever kidnaps a child is hanged.", "Abduction"),
        ("The army usually shells the hills at dawn.", "Shelling"),
        ("Each year hundreds of migrants are deported to Chad.", "Deportation"),
        ("Every spring farmers block the road to Ankara.", "RoadBlock"),
        ("The law allows police to arrest strikers.", "Detention"),
        ("The decree permits soldiers to raid homes.", "Raid"),
        ("The constitution entitles the king to dismiss ministers.", "Concession"),
    ],
)
def test_a_rule_a_kind_or_a_habit_is_no_event(reader: Reader, text: str, kind: str) -> None:
    assert kind not in actual(reader, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Officials say rebels attacked the town.", "MilitaryAttack"),
        ("Police officers usually kept away, but on Monday they arrested two men.", "Detention"),
        ("Norway has often expelled diplomats.", "DiplomatExpulsion"),
    ],
)
def test_who_speaks_in_the_present_tells_no_habit(reader: Reader, text: str, kind: str) -> None:
    assert kind in actual(reader, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Her book, The Invasion of Norway, won a prize in Oslo.", "MilitaryAttack"),
        ("The Protest against Slavery is a painting in the museum of Ghent.", "Demonstration"),
        ("The Bombing of Riga was shown in Paris.", "Bombing"),
        ("He wrote a novel about a general who overthrows the president of Chile.", "Coup"),
        ("The priest read a poem about the siege of a city.", "MilitaryAttack"),
        ("She made a film about a nurse who was kidnapped in Chad.", "Abduction"),
        ("In an exercise, soldiers stormed a hijacked bus.", "MilitaryAttack"),
        ("During an exercise the guards shot two kidnappers.", "Shooting"),
    ],
)
def test_what_a_work_or_a_drill_tells_is_no_event(reader: Reader, text: str, kind: str) -> None:
    assert kind not in actual(reader, text)


def test_a_party_called_dream_is_no_dream(reader: Reader) -> None:
    text = "A deputy of Georgian Dream punched two journalists in the face."

    assert "Beating" in actual(reader, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The shelling of the market, which the army denies, shocked Riga.", "Shelling"),
        ("The raid, which the ministry says never took place, was shown on television.", "Raid"),
        ("Oslo condemned the bombing of a school in Aleppo, which Damascus says was staged.", "Bombing"),
    ],
)
def test_a_deed_that_a_clause_behind_it_disputes_is_unconfirmed(reader: Reader, text: str, kind: str) -> None:
    assert told(reader, text)[kind] is Factuality.ALLEGED


def test_an_accusation_that_somebody_denies_was_made_all_the_same(reader: Reader) -> None:
    text = "Norway accused Sweden of spying, which Stockholm denies."

    assert "Accusation" in actual(reader, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She says that they beat her.", "Beating"),
        ('"They beat me in the cell," the student said.', "Beating"),
        ("He said that guards had tortured his brother.", "Beating"),
        ("The lawyer accused the guard of lying and said that police beat the boy.", "Beating"),
    ],
)
def test_a_harm_is_alleged_by_those_who_suffered_it_or_accuse(reader: Reader, text: str, kind: str) -> None:
    assert told(reader, text)[kind] is Factuality.ALLEGED


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"Release the prisoners," the crowd shouted.', "Release"),
        ("The draft agreement provides for the withdrawal of all troops.", "Withdrawal"),
        ("The pact provides for an exchange of prisoners.", "Release"),
        ("The minister said he was open to talks with the rebels.", "Talks"),
        ("The envoys spoke of talks on reopening the border with Chad.", "EasingRule"),
        ("They would not return until the governor released the teachers.", "Release"),
        ("The union said it would not work until the firm reinstated 60 men.", "EasingRule"),
        ("The ceasefire that was to begin on Monday did not hold.", "Ceasefire"),
        ("The United States is reviewing its aid to Georgia.", "GivingAid"),
        ("Every truce is a pause for reloading.", "Ceasefire"),
        ("Australia called for Zimbabwe to be suspended from the Commonwealth.", "SuspendingTies"),
        ("The union called for the ministers to be dismissed.", "Concession"),
        ("The opposition wants the general to be arrested.", "Detention"),
        ("The villagers promised not to attack the convoy.", "Threat"),
    ],
)
def test_what_is_called_for_or_waited_for_is_no_event(reader: Reader, text: str, kind: str) -> None:
    assert kind not in actual(reader, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The release of the album was delayed.", "Release"),
        ("The demonstration of the new tractor drew a crowd.", "Demonstration"),
        ("The liberation of the economy pleased traders.", "Release"),
        ("The strike law was amended in Oslo.", "Strike"),
        ("The protest songs were sold in Oslo.", "Demonstration"),
        ("The ceasefire monitors went home.", "Ceasefire"),
        ("Oslo handed the ambassador a note of protest.", "Demonstration"),
        ("New features have been rolled out.", "Deployment"),
        ("Germany praised itself for the summit.", "Backing"),
        ("The prosecution accused him of treason.", "Lawsuit"),
        ("China delivered a dozen tractors last month.", "CallToAct"),
        ("A man who asked not to be named left the country.", "CallToAct"),
        ("The captain trained his guns on the ship.", "MilitaryAid"),
        ("Members had called a meeting on the crisis.", "FailureToAgree"),
        ("The fishermen went out as usual.", "Resignation"),
        ("The soldiers came down from the ridge.", "Crackdown"),
    ],
)
def test_what_a_word_means_elsewhere_is_no_event(reader: Reader, text: str, kind: str) -> None:
    assert kind not in actual(reader, text)


def test_the_doer_of_a_clause_behind_after_is_its_own(reader: Reader) -> None:
    text = "Mali thanked Norway for the rice which Chad sent after Togo shelled the port of Lome."
    (event,) = [e for e in reader.events(sentence_article(text)).events if e.type == "Shelling"]

    assert [f.entity.label for f in event.fillers("agent")] == ["Togo"]


def test_a_deed_that_an_order_is_about_happened(reader: Reader) -> None:
    text = "A judge ordered the arrest of two guards over the shooting of three farmers."

    assert "Shooting" in actual(reader, text)
