"""Accounts as they come from the events of articles, and stories, stems and kin beside them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.accounts import Senses, accounts
from kg.iri import NS, Names
from kg.link.account import Account
from kg.link.cluster import cluster
from kg.link.kin import Kin
from kg.link.stems import stem
from kg.link.stories import stories
from kg.mapping import to_quads
from kg.model import Article, Block, BlockKind, Span, Window
from kg.ontology import Ontology
from kg.pipeline import Kit

DAY = date(2024, 5, 6)
RAID = "Police raided a warehouse in Oslo on Friday. Two men were arrested."


@pytest.fixture(scope="module")
def senses(kit: Kit) -> Senses:
    return kit.knowledge.senses


def told(text: str, kit: Kit, day: date = DAY) -> tuple[Account, ...]:
    window = Window(day.isoformat(), day, day)
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
    article = Article("a", text, blocks, published=window, published_basis="given")
    quads = to_quads(article, kit.reader.events(article).events, Names())
    return accounts(quads, text, kit.knowledge.senses)


def together(kit: Kit, *texts: str) -> set[frozenset[str]]:
    """Return the triggers that are linked."""
    found = {a.report: a.trigger for text in texts for a in told(text, kit)}
    clusters = cluster(a for text in texts for a in told(text, kit))
    return {frozenset(found[r] for r in c.reports) for c in clusters if len(c.reports) > 1}


def test_an_account_holds_who_where_and_when(kit: Kit) -> None:
    raid = told(RAID, kit)[0]

    assert (raid.type, raid.kinds, raid.first) == ("Raid", ("Raid", "Coerce"), date(2024, 5, 3))
    assert any("/oslo" in place for place in raid.places)
    assert any("/norway" in place for place in raid.places)


def test_somebody_who_is_only_described_is_known_by_a_word(kit: Kit) -> None:
    assert ("target", "~warehous") in told(RAID, kit)[0].roles


def test_two_articles_on_one_raid_are_linked(kit: Kit) -> None:
    again = "Officers of the Oslo police stormed a warehouse in Oslo on Friday, a witness said."

    assert frozenset({"raided", "stormed"}) in together(kit, RAID, again)


def test_raids_of_two_days_are_not(kit: Kit) -> None:
    assert together(kit, RAID, "Police raided a warehouse in Oslo on Thursday.") == set()


@pytest.mark.parametrize(
    ("text", "definite"),
    [
        ("Norway condemned the deadly raid on the office.", True),
        ("Norway condemned a raid on the office.", False),
        ("The ministry denied the charges.", False),
    ],
)
def test_a_trigger_is_definite_behind_the(text: str, definite: bool, kit: Kit) -> None:
    assert any(account.definite for account in told(text, kit)) is definite


def test_kinds_go_up_to_the_category(senses: Senses) -> None:
    assert senses.kinds(f"{NS}Shelling", "shelled") == ("Shelling", "MilitaryAttack", "Assault")


def test_an_event_of_no_type_is_compared_with_its_own_word(senses: Senses) -> None:
    assert senses.kinds(f"{NS}Event", "founded") == senses.kinds(f"{NS}Event", "founding")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("resigned", "resignation"),
        ("shot", "shooting"),
        ("invaded", "invasion"),
        ("introduces", "introduction"),
        ("denied", "denial"),
        ("married", "marriage"),
        ("arrested", "arrests"),
        ("investigating", "investigation"),
    ],
)
def test_a_verb_and_its_noun_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("raid", "rain"), ("meeting", "metal"), ("strike", "strip")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("die", "death"), ("earthquake", "tremor"), ("step-down", "resign")]
)
def test_near_words_share_a_sense(one: str, other: str, knowledge: Ontology) -> None:
    kin = Kin.of(knowledge)

    assert kin.senses(one) & kin.senses(other)


def test_articles_are_grouped_by_what_few_others_say() -> None:
    words = {
        "a": {"quake": 3, "arnby": 2, "tent": 1},
        "b": {"quake": 2, "arnby": 3},
        "c": {"quake": 2, "lund": 2, "bridge": 1},
        "d": {"quake": 1, "lund": 3},
    }

    assert stories(words) == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_articles_of_two_shelves_are_never_one_story() -> None:
    words = {"a": {"arnby": 2, "tent": 1}, "b": {"arnby": 2, "tent": 1}, "c": {"lund": 1}}

    assert stories(words, {"a": "1", "b": "2", "c": "2"})["b"] != "a"


def test_the_order_of_articles_does_not_matter_to_stories() -> None:
    words = {"a": {"arnby": 2}, "b": {"arnby": 1, "lund": 1}, "c": {"lund": 2}}

    assert stories(words) == stories(dict(reversed(words.items())))
