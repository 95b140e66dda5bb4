"""Names that kg knows, and what it leaves unresolved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer import Gazetteer, fold
from kg.ontology import Ontology


@pytest.fixture
def names(knowledge: Ontology) -> Gazetteer:
    return knowledge.gazetteer


@pytest.mark.parametrize("name", ["georgia", "norway", "china", "azerbaijan"])
def test_a_state_and_its_land_are_two_things(name: str, names: Gazetteer) -> None:
    state, land = names.actors[name], names.places[name]

    assert (state.kind, land.kind) == ("State", "Country")
    assert state.key != land.key


def test_a_state_leads_to_its_land(names: Gazetteer) -> None:
    assert dict(names.actors["norway"].links)["territory"] == names.places["norway"]


def test_a_city_lies_in_its_country(names: Gazetteer) -> None:
    assert dict(names.places["grozny"].links)["within"].label == "Russia"


def test_a_city_carries_its_identifier(names: Gazetteer) -> None:
    city = names.places["grozny"]

    assert city.matches == ("https://sws.geonames.org/558418/",)
    assert city.key == "grozny-gn558418"


@pytest.mark.parametrize("name", ["san jose", "springfield"])
def test_a_name_of_several_cities_alike_in_size_is_nobodys(name: str, names: Gazetteer) -> None:
    assert name not in names.places


def test_the_clearly_largest_city_of_a_name_is_meant(names: Gazetteer) -> None:
    assert dict(names.places["paris"].links)["within"].label == "France"


@pytest.mark.parametrize(
    ("word", "state"), [("norwegian", "Norway"), ("turkish", "Turkey"), ("british", "United Kingdom")]
)
def test_an_adjective_names_a_state(word: str, state: str, names: Gazetteer) -> None:
    assert names.nations[word].label == state


@pytest.mark.parametrize("word", ["african", "european", "congolese"])
def test_an_adjective_of_several_states_names_none(word: str, names: Gazetteer) -> None:
    assert word not in names.nations


@pytest.mark.parametrize(
    ("name", "state"),
    [("moscow", "Russia"), ("baku", "Azerbaijan"), ("kremlin", "Russia"), ("kyiv", "Ukraine")],
)
def test_a_capital_or_a_seat_stands_for_its_state(name: str, state: str, names: Gazetteer) -> None:
    assert names.stands_for[name].label == state


def test_a_capital_is_a_place_too(names: Gazetteer) -> None:
    assert names.places["moscow"].kind == "City"


def test_a_common_city_stands_for_nothing(names: Gazetteer) -> None:
    assert "grozny" not in names.stands_for


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The  Hague", "hague"),
        ("Erdoğan", "erdogan"),
        ("São Tomé", "sao tome"),
        ("O’Brien", "o'brien"),
        ("", ""),
    ],
)
def test_names_are_looked_up_without_case_accents_and_article(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_ignores_case_of_ascii_and_white_space(name: str) -> None:
    assert fold(f"  {name} ") == fold(name)
