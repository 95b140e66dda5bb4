"""The ontology as it is loaded, and how a faulty event-type file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError, PatternError
from kg.ontology import EventType, Ontology, build_ontology
from kg.resources import resources

HEAD = """@prefix kg: <https://w3id.org/kgnews/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
BOARDING = """kg:Boarding a owl:Class ; rdfs:subClassOf kg:Raid ; rdfs:label "boarding"@en ;
    kg:pattern "{agent} board {target}" ; kg:refuse "{_} board {_:bus}" ;
    kg:example [ kg:text "Guards boarded the Petrel." ; kg:agent "Guards" ; kg:target "the Petrel" ] ;
    kg:counterExample "We boarded the bus."@en .
"""


def built(folder: Path, text: str) -> Ontology:
    path = folder / "boarding.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return build_ontology([*resources().files("ontology", ".ttl").values(), path])


@pytest.fixture(scope="module")
def boarding(tmp_path_factory: pytest.TempPathFactory) -> EventType:
    return built(tmp_path_factory.mktemp("own"), BOARDING).types["Boarding"]


def test_an_event_type_brings_its_phrases(boarding: EventType) -> None:
    assert [p.phrase for p in boarding.patterns] == ["{agent} board {target}"]


def test_an_event_type_brings_its_refusals(boarding: EventType) -> None:
    assert [p.phrase for p in boarding.refusals] == ["{_} board {_:bus}"]


def test_an_event_type_brings_its_examples(boarding: EventType) -> None:
    example, counter = boarding.examples

    assert (example.roles, example.counter) == ((("agent", "Guards"), ("target", "the Petrel")), False)
    assert (counter.text, counter.counter) == ("We boarded the bus.", True)


def test_an_event_type_knows_its_file(boarding: EventType) -> None:
    assert boarding.source.name == "boarding.ttl"


def test_a_class_without_an_own_code_has_that_of_the_class_above(tmp_path: Path) -> None:
    assert built(tmp_path, BOARDING).plover_of("Boarding") == "COERCE"


def test_a_class_is_what_all_classes_above_it_are(tmp_path: Path) -> None:
    found = built(tmp_path, BOARDING)

    assert [found.is_a("Boarding", [name]) for name in ("Boarding", "Raid", "Event", "Assault")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_an_unknown_class_is_only_itself(knowledge: Ontology) -> None:
    assert not knowledge.is_a("Nowhere", ["Actor"])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("{agent} board {target}", "{agent} Board", "'Board' is not a list of lower-case"),
        ("{_} board {_:bus}", "{_} board (", "brackets do not match"),
        ("board {target}", "board {target:Ship}", "no class Ship in the ontology"),
        ("board {target}", "board {victim}", "no role victim; roles are agent, target, participant"),
    ],
)
def test_a_faulty_phrase_is_named_with_its_file(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(PatternError) as caught:
        built(tmp_path, BOARDING.replace(old, new))

    assert str(caught.value).startswith(f'{tmp_path / "boarding.ttl"}: pattern "')
    assert why in str(caught.value)


def test_an_example_without_words_is_told(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"boarding\.ttl: Boarding: an example needs kg:text"):
        built(tmp_path, BOARDING.replace('kg:text "Guards boarded the Petrel." ;', ""))


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"boarding\.ttl:\d+: not valid Turtle"):
        built(tmp_path, BOARDING.replace("kg:pattern", "pattern"))


def test_a_class_that_is_under_itself_does_not_loop(tmp_path: Path) -> None:
    found = built(tmp_path, BOARDING + "kg:Raid rdfs:subClassOf kg:Boarding .")

    assert found.is_a("Raid", ["Boarding"])


def test_roles_of_an_agent_are_actors_only(knowledge: Ontology) -> None:
    assert knowledge.ranges["agent"] == {"Actor"}


def test_no_reading_of_a_place_can_be_an_actor(knowledge: Ontology) -> None:
    places = [name for name in knowledge.supers if knowledge.is_a(name, ["Place"])]

    assert not any(knowledge.is_a(name, ["Actor"]) for name in places)
