"""Lists of actors become Turtle that kg reads as its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.actor_lists import Known, detect, read_list
from kg.actor_turtle import to_turtle
from kg.errors import ReadError
from kg.gazetteer import load_gazetteer
from kg.ontology import Ontology
from kg.resources import resources
from kg.turtle import read_turtle

CSV = """item,itemLabel,itemAltLabel,class,country,countryLabel,start,end
http://www.wikidata.org/entity/Q900000001,Karl Ek,"K. Ek, Ek of Lund",human,http://www.wikidata.org/entity/Q34,Sweden,2019-05-04T00:00:00Z,2023-01-01T00:00:00Z
http://www.wikidata.org/entity/Q900000001,Karl Ek,,human,http://www.wikidata.org/entity/Q20,Norway,2024-02-01T00:00:00Z,
http://www.wikidata.org/entity/Q900000002,Harbour League,,political party,http://www.wikidata.org/entity/Q20,Norway,,
"""
HEAD = CSV.splitlines()[0]


@pytest.fixture(scope="module")
def known(knowledge: Ontology) -> Known:
    return Known.of(knowledge.gazetteer)


def written(folder: Path, text: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def turtle(path: Path, known: Known) -> str:
    return to_turtle(read_list(path, detect(path), known))


def test_rows_of_one_item_are_one_actor_with_two_tenures(tmp_path: Path, known: Known) -> None:
    text = turtle(written(tmp_path, CSV), known)

    assert text.count('rdfs:label "Karl Ek"@en ; skos:altLabel "K. Ek"@en , "Ek of Lund"@en') == 1
    assert 'kg:for actor:sweden-q34 ; kg:since "2019-05-04"^^xsd:date ; kg:until "2023"^^xsd:gYear' in text
    assert 'kg:for actor:norway-q20 ; kg:since "2024-02-01"^^xsd:date .' in text


def test_a_country_without_a_date_is_no_office(tmp_path: Path, known: Known) -> None:
    (_, league) = read_list(written(tmp_path, CSV), "csv", known)

    assert (league.kind, league.spells) == ("Organisation", ())


def test_what_is_written_is_read_as_kgs_own(tmp_path: Path, known: Known) -> None:
    out = written(tmp_path, turtle(written(tmp_path, CSV), known), "own.ttl")
    shipped = resources().files("ontology/entities", ".ttl").values()
    gazetteer = load_gazetteer(read_turtle([*shipped, out]))

    assert gazetteer.actors["k. ek"].key == "karl-ek-q900000001"
    assert [t.for_whom for t in gazetteer.tenures["karl-ek-q900000001"]] == ["sweden-q34", "norway-q20"]


def test_an_item_that_kg_has_keeps_its_node_class_and_label(tmp_path: Path, known: Known) -> None:
    text = turtle(written(tmp_path, "item,itemLabel,altLabel\nQ7747,Vladimir V. Putin,Putin\n"), known)

    assert 'actor:vladimir-putin-q7747 skos:altLabel "Vladimir V. Putin"@en ; skos:exactMatch' in text


@pytest.mark.parametrize(
    "given",
    [
        [{"itemLabel": "Karl Ek", "itemAltLabel": ["K. Ek"]}],
        {"results": {"bindings": [{"label": {"value": "Karl Ek"}, "altLabel": {"value": "K. Ek"}}]}},
    ],
)
def test_json_is_a_list_or_sparql_results(given: Any, tmp_path: Path, known: Known) -> None:
    (actor,) = read_list(written(tmp_path, json.dumps(given), "own.json"), "json", known)

    assert (actor.label, actor.names, actor.kind) == ("Karl Ek", ("K. Ek",), "Actor")


def test_the_same_list_gives_the_same_bytes_in_any_order(tmp_path: Path, known: Known) -> None:
    rows = CSV.splitlines()
    other = "\n".join([rows[0], rows[3], rows[1], rows[2]]) + "\n"

    assert turtle(written(tmp_path, CSV), known) == turtle(written(tmp_path, other, "other.csv"), known)


def test_a_dictionarys_actor_that_kg_has_gets_only_the_code(tmp_path: Path, known: Known) -> None:
    text = turtle(written(tmp_path, "NORWAY [NOR]\n+NORWEGIAN\n+THE_FJORD_REALM\n", "own.txt"), known)

    assert 'actor:norway-q20 skos:altLabel "The Fjord Realm"@en ; kg:code "NOR" .' in text


def test_a_dated_code_is_a_tenure_without_an_office(tmp_path: Path, known: Known) -> None:
    text = turtle(written(tmp_path, "ADA_QUILL [XNO]\n [XNOGOV 20100101-20121231]\n", "own.txt"), known)

    assert 'rdfs:label "Ada Quill"@en ; kg:code "XNO" .' in text
    assert 'kg:code "XNOGOV" ; kg:since "2010-01-01"^^xsd:date ; kg:until "2012-12-31"^^xsd:date .' in text


def test_a_role_in_the_code_gives_the_class(tmp_path: Path, known: Known) -> None:
    (actor,) = read_list(written(tmp_path, "FJORD_GUARD [XNOMIL]", "own.txt"), "petrarch-actors", known)

    assert actor.kind == "SecurityForce"


def test_agent_words_are_no_names(tmp_path: Path, known: Known) -> None:
    text = turtle(written(tmp_path, "SOLDIER [~MIL]", "own.txt"), known)

    assert 'agent:soldier-mil a kg:AgentWord ; skos:prefLabel "soldier"@en' in text
    assert "rdfs:label" not in text.split("\n\n", 1)[1]


def test_quotes_and_control_characters_are_escaped(tmp_path: Path, known: Known) -> None:
    label = 'Karl "the\\Oak"\x07 Ek'
    out = written(
        tmp_path, turtle(written(tmp_path, json.dumps([{"label": label}]), "o.json"), known), "o.ttl"
    )
    found = read_turtle([out])

    assert label in {text for iri in found.of for p in found.of[iri] for text in found.texts(iri, p)}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.csv", "item,name_\nQ1,x\n", ":1: no column itemLabel"),
        ("a.csv", f"{HEAD}\nQ1\n", ":2: as many fields as columns"),
        ("a.csv", f"{HEAD}\n,,,,,,,\n", ":2: no itemLabel"),
        ("a.csv", f"{HEAD}\n,Ek,,,,Atlantis,2001,\n", ":2: kg knows no actor 'Atlantis'"),
        ("a.csv", f"{HEAD}\n,Ek,,,,Norway,May 2001,\n", ":2: 'May 2001' is no day"),
        ("a.csv", "itemLabel\n", ":1: no actor in it"),
        ("a.json", "[{]", ":1: not valid JSON"),
        ("a.json", '{"a": 1}', ":1: neither SPARQL results nor a list"),
        ("a.json", "[3]", ": object 1: not an object"),
        ("a.json", '[{"label": [1]}]', ": object 1: a value is neither text nor a list of texts"),
        ("a.txt", "some words about nothing", ": no list of actors that kg knows; name its form: --format"),
    ],
)
def test_a_fault_is_told_with_file_place_and_fix(
    name: str, text: str, why: str, tmp_path: Path, known: Known
) -> None:
    path = written(tmp_path, text, name)

    with pytest.raises(ReadError) as caught:
        read_list(path, detect(path), known)

    assert str(caught.value).removeprefix(str(path)).startswith(why)
    assert "\n" not in str(caught.value)
