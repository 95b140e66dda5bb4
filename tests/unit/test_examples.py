"""What `kg test-event` says of a file, for each way in which it can be wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.annotate import Parser
from kg.errors import OntologyError
from kg.examples import check_examples, check_file, sentence_article
from kg.extraction import Reader
from kg.ontology import Example
from kg.resources import Resources, resources

HEAD = """@prefix kg: <https://w3id.org/kgnews/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
BOARDING = """kg:Boarding a owl:Class ; rdfs:subClassOf kg:Coerce ; rdfs:label "boarding"@en ;
    rdfs:comment "Armed men enter a ship."@en ; kg:plover "COERCE" ;
    kg:pattern "{agent} board {target:ship|tanker}" ;
    kg:example [ kg:text "Soldiers boarded the tanker." ; kg:agent "Soldiers" ; kg:target "the tanker" ] ;
    kg:counterExample "The students boarded the bus."@en .
"""


def faults(folder: Path, text: str, parser: Parser, found: Resources | None = None) -> list[str]:
    path = folder / "boarding.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return list(check_file(path, found or resources(), parser))


def test_a_good_file_has_no_faults(tmp_path: Path, reader: Reader) -> None:
    assert faults(tmp_path, BOARDING, reader.parser) == []


def test_an_example_without_its_event_is_told(tmp_path: Path, reader: Reader) -> None:
    text = BOARDING.replace('"Soldiers boarded the tanker."', '"Soldiers left the tanker."')

    assert faults(tmp_path, text, reader.parser) == [
        'Boarding: example "Soldiers left the tanker." gives no Boarding'
    ]


def test_a_wrong_filler_is_told_with_what_was_found(tmp_path: Path, reader: Reader) -> None:
    text = BOARDING.replace('kg:agent "Soldiers"', 'kg:agent "Sailors"')

    assert faults(tmp_path, text, reader.parser) == [
        'Boarding: example "Soldiers boarded the tanker.": agent is "Soldiers", not "Sailors"'
    ]


def test_a_missing_filler_is_told(tmp_path: Path, reader: Reader) -> None:
    text = BOARDING.replace('kg:agent "Soldiers"', 'kg:place "Oslo"')

    assert faults(tmp_path, text, reader.parser) == [
        'Boarding: example "Soldiers boarded the tanker.": place is nothing, not "Oslo"'
    ]


def test_a_counter_example_that_gives_an_event_is_told(tmp_path: Path, reader: Reader) -> None:
    text = BOARDING.replace("The students boarded the bus.", "Pirates boarded the ship.")

    assert faults(tmp_path, text, reader.parser) == [
        'Boarding: counter-example "Pirates boarded the ship." gives Boarding at "boarded"'
    ]


@pytest.mark.parametrize("name", ["pattern", "example", "counterExample"])
def test_what_an_event_type_lacks_is_told(name: str, reader: Reader) -> None:
    bare = reader.ontology.types["Raid"]
    counter = name == "counterExample"
    kept = tuple(e for e in bare.examples if name == "pattern" or e.counter != counter)
    bare = replace(bare, patterns=() if name == "pattern" else bare.patterns, examples=kept)

    assert list(check_examples(bare, reader)) == [f"Raid: has no kg:{name}"]


def test_a_file_without_an_event_type_is_told(tmp_path: Path, reader: Reader) -> None:
    text = BOARDING.replace("kg:Coerce", "kg:Actor")

    assert faults(tmp_path, text, reader.parser) == [
        f"{tmp_path / 'boarding.ttl'}: defines no class below kg:Event"
    ]


def test_a_broken_house_rule_is_told(tmp_path: Path, reader: Reader) -> None:
    text = BOARDING.replace('kg:plover "COERCE"', 'kg:plover "coerce"')

    assert any("PLOVER code" in fault for fault in faults(tmp_path, text, reader.parser))


def test_a_faulty_phrase_is_an_error(tmp_path: Path, reader: Reader) -> None:
    with pytest.raises(OntologyError, match="brackets do not match"):
        faults(tmp_path, BOARDING.replace("{agent} board", "{agent} board ("), reader.parser)


def test_an_example_of_a_narrower_type_counts(reader: Reader) -> None:
    wide = replace(
        reader.ontology.types["Coerce"],
        patterns=reader.ontology.types["Raid"].patterns,
        examples=(Example("Police raided the warehouse."), Example("It rained.", counter=True)),
    )

    assert list(check_examples(wide, reader)) == []


def test_a_sentence_becomes_an_article_of_one_paragraph() -> None:
    (block,) = sentence_article("It rained.").blocks

    assert block.span.of("It rained.") == "It rained."
