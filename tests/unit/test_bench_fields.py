"""One gold event against one prediction: each field right, and wrong when one thing changes."""

from __future__ import annotations

from typing import Any

import pytest

from kg.bench.fields import Mapping, fields, head_word

MAPPING = Mapping(
    roles={"attacker": "agent", "victim": "target", "weapon": "optional instrument", "host": "place"},
    types={"shelling": "ASSAULT", "talks": "CONSULT or COOPERATE"},
    factuality={"CT+ by author": ["Asserted"], "CT+ by another": ["Reported", "Alleged"], "CT-": ["Denied"]},
    names={"OSL": {"oslo", "norway"}, "REB": {"rebels"}, "PORT": {"port vell"}},
    states=frozenset({"OSL"}),
)


def gold(**changes: Any) -> dict[str, Any]:
    return {
        "type": "shelling",
        "roles": [role("attacker", "Rebels", "REB"), role("victim", "the port", "PORT")],
        "place": [{"text": "Port Vell", "entity": "PORT"}],
        "time": {"check": "exact", "earliest": "2031-05-03", "latest": "2031-05-03"},
        "counts": [{"kind": "dead", "min": 2, "max": 2, "text": "two men"}],
        "factuality": {"value": "CT+", "source": "author"},
        "status_check": "Actual",
    } | changes


def role(name: str, text: str, entity: str, *, implicit: bool = False) -> dict[str, Any]:
    return {"role": name, "text": text, "entity": entity, "implicit": implicit}


def filler(name: str, text: str, entity: str, kind: str = "Group") -> dict[str, Any]:
    return {"role": name, "text": text, "entity": entity, "kind": kind, "basis": "explicit"}


AGENT, TARGET = filler("agent", "Rebels", "Rebels"), filler("target", "the port", "the port", "Object")
PLACE = filler("place", "Port Vell", "Port Vell", "City")


def row(**changes: Any) -> dict[str, Any]:
    return {
        "plover": "ASSAULT",
        "roles": [AGENT, TARGET, PLACE],
        "time": {"earliest": "2031-05-03", "latest": "2031-05-03"},
        "counts": [{"kind": "Killed", "least": 2, "most": 2}],
        "claimants": [],
        "factuality": "Asserted",
        "status": "Actual",
    } | changes


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "another category": ("type", {"plover": "CONSULT"}),
    "no agent": ("roles", {"roles": [TARGET, PLACE]}),
    "another agent": ("roles", {"roles": [filler("agent", "Pirates", "Pirates"), TARGET, PLACE]}),
    "one agent too many": (
        "roles",
        {"roles": [AGENT, filler("agent", "Pirates", "Pirates"), TARGET, PLACE]},
    ),
    "a state for its people": (
        "roles",
        {"roles": [filler("agent", "those Rebels", "Freedonia", "State"), TARGET, PLACE]},
    ),
    "no place": ("place", {"roles": [AGENT, TARGET]}),
    "one place too many": ("place", {"roles": [AGENT, TARGET, PLACE, filler("place", "Rome", "Rome")]}),
    "no time": ("time", {"time": None}),
    "another day": ("time", {"time": {"earliest": "2031-05-03", "latest": "2031-05-04"}}),
    "no count": ("count", {"counts": []}),
    "another count": ("count", {"counts": [{"kind": "Killed", "least": 2, "most": None}]}),
    "another kind of count": ("count", {"counts": [{"kind": "Injured", "least": 2, "most": 2}]}),
    "a claimant for the author": ("claimant", {"claimants": [{"entity": "Oslo", "text": "Oslo"}]}),
    "another factuality": ("factuality", {"factuality": "Reported"}),
    "another status": ("status", {"status": "Disputed"}),
}


def test_a_right_prediction_is_right_in_every_field() -> None:
    found = fields(gold(), row(), MAPPING)

    assert all(found.values())
    assert set(found) == {"type", "roles", "place", "time", "count", "claimant", "factuality", "status"}


@pytest.mark.parametrize("change", WRONG)
def test_one_wrong_thing_spoils_its_own_field_only(change: str) -> None:
    field, changes = WRONG[change]
    found = fields(gold(), row(**changes), MAPPING)

    assert [name for name, right in found.items() if not right] == [field]


@pytest.mark.parametrize(
    ("check", "earliest", "latest", "right"),
    [
        ("vague", "2031-05-02", "2031-05-04", True),
        ("vague", "2031-04-30", "2031-05-04", False),
        ("unstated", "2031-04-30", "2031-05-04", True),
        ("unstated", "2031-07-01", "2031-07-02", False),
    ],
)
def test_a_time_is_compared_as_the_gold_asks(check: str, earliest: str, latest: str, right: bool) -> None:
    wanted = {"check": check, "earliest": "2031-05-01", "latest": "2031-05-31"}
    found = fields(gold(time=wanted), row(time={"earliest": earliest, "latest": latest}), MAPPING)

    assert found["time"] is right


def test_an_undated_prediction_is_right_where_no_time_is_stated() -> None:
    wanted = {"check": "unstated", "earliest": "2031-05-01", "latest": "2031-05-31"}

    assert fields(gold(time=wanted), row(time=None), MAPPING)["time"]


def test_a_date_is_wrong_where_the_gold_has_none() -> None:
    assert not fields(gold(time=None), row(), MAPPING)["time"]


def test_an_implicit_role_is_not_required() -> None:
    implicit = [role("attacker", "Rebels", "REB", implicit=True), role("victim", "the port", "PORT")]

    assert fields(gold(roles=implicit), row(roles=[TARGET, PLACE]), MAPPING)["roles"]


def test_an_optional_role_is_not_required() -> None:
    roles = [*gold()["roles"], role("weapon", "a mortar", "MORTAR")]

    assert fields(gold(roles=roles), row(), MAPPING)["roles"]


def test_a_claimant_is_known_by_any_of_its_names() -> None:
    wanted = {"value": "CT+", "source": "OSL"}
    said = row(claimants=[{"entity": "Norway", "text": "The Storting"}], factuality="Reported")
    found = fields(gold(factuality=wanted), said, MAPPING)

    assert found["claimant"]
    assert found["factuality"]


@pytest.mark.parametrize(
    ("phrase", "head"),
    [("the mayor of Oslo", "mayor"), ("Two men", "men"), ("people who fled", "people"), ("", "")],
)
def test_the_head_word_stands_before_the_first_preposition(phrase: str, head: str) -> None:
    assert head_word(phrase) == head
