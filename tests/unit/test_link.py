"""Which accounts are linked, why, and what forbids it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kg.link.account import Account
from kg.link.cluster import BY_HAND, cluster
from kg.link.keys import keys
from kg.link.score import score

DAY, NEXT = date(2024, 5, 3), date(2024, 5, 4)
RAID = Account(
    "r1",
    "a1",
    "Raid",
    ("Raid", "Coerce"),
    "raid",
    frozenset({"stem:raid"}),
    frozenset({"police", "warehouse", "dawn"}),
    frozenset({("agent", "norland-q1"), ("target", "~warehouse")}),
    frozenset({"place/lund", "place/norland"}),
    DAY,
    DAY,
    (DAY, DAY),
    (("Killed", 2, 2),),
    "Asserted",
    frozenset({"lund", "police", "warehouse", "norland"}),
    10,
)
OTHER = replace(RAID, report="r2", article="a2", published=(NEXT, NEXT))


def test_two_articles_that_tell_the_same_are_linked() -> None:
    assert score(RAID, OTHER).linked


def test_a_score_says_why() -> None:
    assert {"same type", "same agent", "same day", "same place"} <= set(score(RAID, OTHER).reasons)


def test_the_order_of_two_accounts_does_not_matter() -> None:
    assert score(RAID, OTHER) == score(OTHER, RAID)


@pytest.mark.parametrize(
    ("change", "veto"),
    [
        ({"first": NEXT, "last": NEXT}, "other day"),
        ({"places": frozenset({"place/arnby", "place/norland"})}, "other place"),
        ({"roles": frozenset({("agent", "sudland-q2")})}, "other agent"),
        ({"type": "Talks", "kinds": ("Talks", "Consult")}, "other kind of event"),
    ],
)
def test_what_cannot_both_hold_forbids_a_link(change: dict[str, object], veto: str) -> None:
    found = score(RAID, replace(OTHER, **change))  # type: ignore[arg-type]  # one field at a time

    assert (found.vetoes, found.linked) == ((veto,), False)


@pytest.mark.parametrize(
    "change", [{"counts": (("Killed", 9, 9),)}, {"factuality": "Denied"}, {"counts": ()}]
)
def test_disagreement_on_victims_or_on_the_fact_forbids_nothing(change: dict[str, object]) -> None:
    assert score(RAID, replace(OTHER, **change)).linked  # type: ignore[arg-type]  # one field at a time


def test_a_wider_place_forbids_nothing() -> None:
    assert score(RAID, replace(OTHER, places=frozenset({"place/norland"}))).linked


def test_a_doer_who_is_only_described_contradicts_nobody() -> None:
    described = replace(OTHER, roles=frozenset({("agent", "~gunman"), ("target", "~warehouse")}))

    assert score(RAID, described).vetoes == ()


def test_a_type_in_common_is_not_enough() -> None:
    bare = replace(OTHER, roles=frozenset(), places=frozenset(), words=frozenset(), counts=())

    assert not score(RAID, bare).linked


def test_a_doer_in_common_is_not_enough_however_alike_the_articles_are() -> None:
    doer = frozenset({("agent", "norland-q1")})
    one = replace(RAID, roles=doer, places=frozenset(), counts=(), first=None, last=None)

    assert not score(one, replace(one, report="r2", article="a2")).linked


@pytest.mark.parametrize("first", range(14))
def test_reports_published_within_a_week_share_a_key_on_whatever_day(first: int) -> None:
    days = [date(2024, 5, 3) + timedelta(first + n) for n in (0, 7)]
    told = [replace(RAID, first=None, last=None, article=str(d), published=(d, d)) for d in days]

    assert keys(told[0]) & keys(told[1])


def test_a_report_of_another_month_is_not_linked() -> None:
    undated = replace(OTHER, first=None, last=None, published=(date(2024, 9, 1), date(2024, 9, 1)))

    assert not score(RAID, undated).linked


def test_a_definite_noun_takes_up_what_was_told_before() -> None:
    noun = Account("r3", "a1", "Raid", ("Raid", "Coerce"), "raid", RAID.senses, position=300, definite=True)

    assert (score(RAID, noun).rule, score(RAID, noun).linked) == ("noun", True)


def test_an_indefinite_noun_does_not() -> None:
    noun = Account("r3", "a1", "Raid", ("Raid", "Coerce"), "raid", RAID.senses, position=300)

    assert not score(RAID, noun).linked


def test_those_who_contradict_each_other_are_not_chained_by_a_third() -> None:
    vague = replace(OTHER, first=None, last=None)
    later = replace(RAID, report="r3", article="a3", first=NEXT, last=NEXT)
    found = cluster([RAID, vague, later])

    assert [set(c.reports) & {"r1", "r3"} for c in found] in ([{"r1"}, {"r3"}], [{"r3"}, {"r1"}])


def test_a_decision_by_hand_joins_what_contradicts() -> None:
    later = replace(RAID, report="r3", article="a3", first=NEXT, last=NEXT)
    found = cluster([RAID, later], together=[("r3", "r1")])

    assert [(c.reports, c.links[0].rule) for c in found] == [(("r1", "r3"), BY_HAND)]


def test_a_decision_by_hand_keeps_apart_even_through_a_third() -> None:
    third = replace(RAID, report="r3", article="a3")
    found = cluster([RAID, OTHER, third], apart=[("r2", "r1")])

    assert all(not {"r1", "r2"} <= set(c.reports) for c in found)


def test_apart_wins_over_together() -> None:
    found = cluster([RAID, OTHER], together=[("r1", "r2")], apart=[("r2", "r1")])

    assert [c.reports for c in found] == [("r1",), ("r2",)]


def test_a_decision_on_an_unknown_report_is_passed_over() -> None:
    assert len(cluster([RAID], together=[("r1", "gone")])) == 1


def test_an_account_has_few_keys() -> None:
    assert len(keys(RAID)) <= 20


def test_a_link_says_rule_and_reasons() -> None:
    link = cluster([RAID, OTHER])[0].links[0]

    assert (link.one, link.other, link.rule) == ("r1", "r2", "articles")
    assert "same agent" in link.reasons
