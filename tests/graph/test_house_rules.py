from __future__ import annotations

from pathlib import Path

import pytest

from kg.resources import shipped
from kg.validate import house_rules

CORE = sorted((shipped() / "ontology").glob("*.ttl"))
HEAD = """
@prefix kg:   <https://w3id.org/kgnews/ns#> .
@prefix owl:  <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh:   <http://www.w3.org/ns/shacl#> .
@prefix xsd:  <http://www.w3.org/2001/XMLSchema#> .
"""
GOOD = """kg:Boarding a owl:Class, sh:NodeShape ; sh:targetClass kg:Boarding ;
    rdfs:subClassOf kg:Coerce ; rdfs:label "boarding"@en ; rdfs:comment "A ship is entered."@en ;
    kg:plover "COERCE-seize" ; kg:pattern "{agent} board {target}" ;
    kg:example [ kg:text "Guards boarded the Petrel." ; kg:agent "Guards" ] ;
    kg:counterExample "Passengers boarded the bus."@en .
"""
BROKEN = {
    "one label in English": GOOD.replace('"boarding"@en', '"boarding"'),
    "one comment in English": GOOD.replace('rdfs:comment "A ship is entered."@en ;', ""),
    "under kg:Event": GOOD.replace("kg:Coerce", "kg:Actor"),
    "class that is defined": GOOD.replace("kg:Coerce", "kg:Coerce , kg:Nowhere"),
    "has patterns": GOOD.replace('kg:pattern "{agent} board {target}" ;', ""),
    "each with one text": GOOD.replace('kg:text "Guards boarded the Petrel." ;', ""),
    "has examples": GOOD.replace("kg:example [", "kg:sample ["),
    "has a counter-example": GOOD.replace("kg:counterExample", "kg:sample"),
    "code looks like": GOOD.replace("COERCE-seize", "coerce"),
    "has a PLOVER code": GOOD.replace('kg:plover "COERCE-seize" ;', ""),
    "names its target class": GOOD.replace("sh:targetClass kg:Boarding ;", ""),
    "owl:sameAs is not used": GOOD + "kg:Boarding owl:sameAs kg:Coerce .",
    "Functional properties": GOOD + "kg:agent a owl:FunctionalProperty .",
    "Cardinality belongs": GOOD + "[] a owl:Restriction ; owl:maxCardinality 1 .",
    "xsd:date is outside": GOOD + "kg:since rdfs:range xsd:date .",
    "method of Python": GOOD + 'kg:count a owl:Class ; rdfs:label "c"@en ; rdfs:comment "C."@en .',
}


def check(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "boarding.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return [result.message for result in house_rules([*CORE, path]).results]


def test_the_shipped_ontology_keeps_the_house_rules() -> None:
    files = (shipped() / "ontology").rglob("*.ttl")

    assert [str(result) for result in house_rules(files).results] == []


def test_a_good_event_type_keeps_them(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == []


def test_an_event_type_outside_plover_needs_no_code(tmp_path: Path) -> None:
    outside = BROKEN["has a PLOVER code"].replace("kg:Coerce", "kg:Mishap")

    assert check(tmp_path, outside) == []


@pytest.mark.parametrize("fragment", BROKEN)
def test_a_broken_rule_is_caught(tmp_path: Path, fragment: str) -> None:
    assert any(fragment in message for message in check(tmp_path, BROKEN[fragment]))
