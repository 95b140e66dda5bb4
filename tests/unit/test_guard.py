"""What files of others may not say: what words mean, what the store computes, values that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.api import load_file, load_knowledge
from kg.commit import Knowledge
from kg.errors import ReadError
from kg.export import export
from kg.iri import EDTF
from kg.literals import Writing
from kg.store import Store
from kg.terms import XSD

HEAD = """@prefix kg: <https://w3id.org/kgnews/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <https://example.org/> .
@prefix actor: <https://w3id.org/kgnews/id/actor/> . @prefix schema: <https://schema.org/> .
"""
GRAPH = "https://w3id.org/kgnews/graph/"
REDEFINING = {
    "rdf:type rdfs:subPropertyOf ex:killed": "not say what they mean",
    "kg:Raid rdfs:subClassOf kg:Aid": "not say what they mean",
    "kg:Raid rdfs:label 'murder'": "not say what they mean",
    "kg:agent rdfs:domain ex:Murderer": "not say what they mean",
    "kg:agent rdfs:range ex:Murderer": "not say what they mean",
    "schema:location rdfs:subPropertyOf kg:target": "not say what they mean",
    "owl:sameAs a owl:SymmetricProperty": "not say what they mean",
    "ex:killed rdfs:subPropertyOf rdf:type": "nothing can be put under",
    "ex:Mine rdfs:subClassOf owl:Thing": "nothing can be put under",
    "ex:agent owl:equivalentProperty kg:agent": "make two one",
    "ex:agent owl:inverseOf kg:agent": "make two one",
    "ex:Mine owl:disjointWith kg:Actor": "make two one",
    "actor:one owl:sameAs actor:two": "make two one",
    "ex:one owl:sameAs actor:two": "make two one",
    "actor:one rdfs:subClassOf kg:Aid": "is no class and no property",
    "ex:shape sh:deactivated true": "shapes are read from",
    "ex:shape a sh:NodeShape": "shapes are read from",
    "ex:shape sh:targetClass kg:Event": "shapes are read from",
}
HARMLESS = (
    "ex:Mine rdfs:subClassOf ex:Thing",
    "ex:MyRaid rdfs:subClassOf kg:Raid",
    "ex:one a kg:Organisation ; rdfs:label 'kg:Raid rdfs:subClassOf kg:Aid'",
    "ex:one owl:sameAs ex:two",
    "ex:one skos:exactMatch actor:two",
    "ex:p rdfs:domain ex:Mine",
    "ex:one ex:about kg:Raid",
)
ILL_TYPED = (
    ("2025-02-30", "date"), ("2025-13", "gYearMonth"), ("NaN", "double"), ("４２", "integer"),
    (" 7", "integer"),
    ("7.0", "integer"), ("-1", "nonNegativeInteger"), ("300", "byte"), ("yes", "boolean"),
    ("1e999", "double"),
    ("1,5", "decimal"), ("2025-02-29T00:00:00", "dateTime"), ("2025-01-01T25:00:00Z", "dateTime"),
    ("2025-01-01", "dateTime"), ("25", "gYear"), ("--02-30", "gMonthDay"), ("P", "duration"),
    ("0g", "hexBinary"),
    ("2025-01-01+15:00", "date"), ("2025-01-01\n", "date"), ("9" * 1001, "integer"), ("٢٠٢٥", "gYear"),
)  # fmt: skip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """What a store needs of the shipped ontology."""
    return load_knowledge()


@pytest.fixture
def store() -> Store:
    """A store that holds one quad of somebody."""
    return Store.memory()


def loaded(folder: Path, store: Store, knowledge: Knowledge, text: str, name: str = "a.trig") -> int:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return load_file(path, store, knowledge)


def refusal(folder: Path, store: Store, knowledge: Knowledge, text: str) -> str:
    with pytest.raises(ReadError) as found:
        loaded(folder, store, knowledge, text)
    return str(found.value)


@pytest.mark.parametrize("line", REDEFINING)
def test_no_file_tells_what_words_and_things_mean(
    tmp_path: Path, store: Store, knowledge: Knowledge, line: str
) -> None:
    words = refusal(tmp_path, store, knowledge, f"ex:a ex:p ex:b . {line} .")

    assert words.startswith(f"{tmp_path}/a.trig: <")
    assert REDEFINING[line] in words
    assert (words.count("\n"), list(store.records())) == (0, [])


@pytest.mark.parametrize("line", REDEFINING)
@pytest.mark.parametrize("name", ["mine", "article-abc", "inferred", "loaded-x"])
def test_no_graph_makes_that_right(
    tmp_path: Path, store: Store, knowledge: Knowledge, line: str, name: str
) -> None:
    assert REDEFINING[line] in refusal(tmp_path, store, knowledge, f"<{GRAPH}{name}> {{ {line} }}")


@pytest.mark.parametrize("line", HARMLESS)
def test_what_only_looks_like_it_goes_in(
    tmp_path: Path, store: Store, knowledge: Knowledge, line: str
) -> None:
    assert loaded(tmp_path, store, knowledge, f"{line} .") > 0


@pytest.mark.parametrize(
    "name",
    [
        "entities",
        "links",
        "events",
        "inferred",
        "provenance",
        "decisions",
        "article-abc",
        "ontology",
        "log",
        "x",
    ],
)
def test_nothing_goes_into_a_graph_that_the_store_writes(
    tmp_path: Path, store: Store, knowledge: Knowledge, name: str
) -> None:
    loaded(tmp_path, store, knowledge, "ex:a ex:p ex:b .", "before.trig")
    before = export(store, "nquads")

    assert refusal(tmp_path, store, knowledge, f"<{GRAPH}{name}> {{ ex:a ex:p ex:c }}")
    assert export(store, "nquads") == before


def test_into_a_new_store_the_graphs_of_another_go_but_no_other_ontology(
    tmp_path: Path, store: Store, knowledge: Knowledge
) -> None:
    words = refusal(tmp_path, store, knowledge, f"<{GRAPH}ontology> {{ ex:Mine rdfs:label 'mine' }}")

    assert "words are defined in a project's ontology/ alone" in words
    assert loaded(tmp_path, store, knowledge, f"<{GRAPH}events> {{ ex:a ex:p ex:c }}") == 1


def test_an_export_loaded_into_its_own_store_is_no_change(
    tmp_path: Path, store: Store, knowledge: Knowledge
) -> None:
    loaded(tmp_path, store, knowledge, f"<{GRAPH}events> {{ ex:a ex:p ex:c }} <urn:g> {{ ex:a ex:p ex:d }}")
    (tmp_path / "all.nq").write_bytes(export(store, "nquads"))

    assert load_file(tmp_path / "all.nq", store, knowledge) == 0
    assert len(list(store.records())) == 1


@pytest.mark.parametrize(("text", "kind"), ILL_TYPED)
def test_a_value_that_is_none_is_refused_with_its_place(
    tmp_path: Path, store: Store, knowledge: Knowledge, text: str, kind: str
) -> None:
    written = text.replace("\n", "\\n")
    words = refusal(tmp_path, store, knowledge, f'ex:a ex:p "{written}"^^xsd:{kind} .')

    assert words.startswith(f"{tmp_path}/a.trig: <https://example.org/a> <https://example.org/p> ")
    assert list(store.records()) == []


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13", "soon", "[2025-01-09..2025-01-01]", "2025-01-01/"])
def test_an_edtf_date_that_is_none_is_refused(
    tmp_path: Path, store: Store, knowledge: Knowledge, text: str
) -> None:
    assert "a.trig: <" in refusal(tmp_path, store, knowledge, f'ex:a ex:p "{text}"^^<{EDTF}> .')


@pytest.mark.parametrize(
    ("text", "kind", "kept", "as_kind"),
    [
        ("007", "integer", "7", "integer"), ("5", "int", "5", "integer"),
        ("1.50", "decimal", "1.5", "decimal"),
        ("1", "boolean", "true", "boolean"), ("1e3", "double", "1000", "double"),
        ("INF", "double", "INF", "double"),
        ("2024-12-31T24:00:00Z", "dateTime", "2025-01-01T00:00:00Z", "dateTime"),
        ("2024-02-29", "date", "2024-02-29", "date"), ("P1Y12M", "duration", "P2Y", "duration"),
        ("9" * 30, "integer", "9" * 30, "integer"), ("2000-02-29", "date", "2000-02-29", "date"),
        (" x ", "token", " x ", "token"), ("ff", "hexBinary", "ff", "hexBinary"),
    ],
)  # fmt: skip
def test_a_value_takes_the_form_that_the_store_gives_it(
    text: str, kind: str, kept: str, as_kind: str
) -> None:
    found = Writing().kept(Literal(text, datatype=NamedNode(XSD + kind)))

    assert found == Literal(kept, datatype=NamedNode(XSD + as_kind))


@pytest.mark.parametrize(
    "text", ["2025", "2025-05", "2025-05-03", "202X", "2025-21", "2025-05-03~", "../2025-05-03"]
)
def test_an_edtf_date_that_kg_writes_goes_in(
    tmp_path: Path, store: Store, knowledge: Knowledge, text: str
) -> None:
    assert loaded(tmp_path, store, knowledge, f'ex:a ex:p "{text}"^^<{EDTF}> .') == 1


@pytest.mark.parametrize("name", ["a.ttl", "a.nq"])
def test_triple_terms_within_each_other_are_refused_before_they_are_parsed(
    tmp_path: Path, store: Store, knowledge: Knowledge, name: str
) -> None:
    path = tmp_path / name
    path.write_text("<a:a> <a:p> " + "<<( <a:a> <a:p> " * 100_000 + "<a:b>" + " )>>" * 100_000 + " .")

    with pytest.raises(ReadError, match="kg keeps no triple terms"):
        load_file(path, store, knowledge)


def test_a_word_without_end_is_refused(tmp_path: Path, store: Store, knowledge: Knowledge) -> None:
    path = tmp_path / "a.nt"
    path.write_text('<a:a> <a:p> "' + "x" * 20_000_000)

    with pytest.raises(ReadError, match="a token of more than 16 MB"):
        load_file(path, store, knowledge)
