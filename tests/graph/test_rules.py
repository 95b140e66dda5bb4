"""Each construct of the ontology's language does what it says, and the others are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.axioms import Axioms, read_axioms
from kg.errors import OntologyError
from kg.facts import IS_A, Fact, Memory
from kg.iri import NS
from kg.pipeline import load_axioms
from kg.reasoning import update
from kg.resources import resources
from kg.rules import compile_rules

PREFIXES = (
    f"@prefix kg: <{NS}> . @prefix ex: <http://example.org/words#> . "
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)


def axioms(folder: Path, turtle: str) -> Axioms:
    path = folder / "words.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return read_axioms([path])


def fact(text: str) -> Fact:
    subject, name, value = text.split()
    if name == "is":
        return f"http://example.org/{subject}", IS_A, NS + value
    return f"http://example.org/{subject}", NS + name, f"http://example.org/{value}"


@pytest.mark.parametrize(
    ("turtle", "told", "follows"),
    [
        ("kg:A rdfs:subClassOf kg:B . kg:B rdfs:subClassOf kg:C .", "x is A", "x is B, x is C"),
        ("kg:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf kg:C .", "x is A", "x is C"),
        ("kg:p rdfs:subPropertyOf kg:q . kg:q rdfs:subPropertyOf kg:r .", "x p y", "x q y, x r y"),
        ("kg:p rdfs:subPropertyOf ex:q . ex:q rdfs:subPropertyOf kg:r .", "x p y", "x r y"),
        ("kg:p rdfs:domain kg:A ; rdfs:range kg:B .", "x p y", "x is A, y is B"),
        ("kg:p rdfs:domain ex:A . ex:A rdfs:subClassOf kg:A .", "x p y", "x is A"),
        ("kg:p rdfs:domain owl:Thing ; rdfs:subPropertyOf rdfs:seeAlso .", "x p y", ""),
        ("kg:p owl:inverseOf kg:q .", "x p y, z q x", "y q x, x p z"),
        ("kg:p a owl:SymmetricProperty .", "x p y", "y p x"),
        ("kg:p a owl:TransitiveProperty .", "x p y, y p z, z p w", "x p z, y p w, x p w"),
        ("kg:p a owl:TransitiveProperty .", "x p y, y p x", "x p x, y p y"),
        ("kg:r owl:propertyChainAxiom ( kg:p kg:q ) .", "x p y, y q z", "x r z"),
        ("kg:r owl:propertyChainAxiom ( kg:p kg:q kg:p ) .", "x p y, y q z, z p w", "x r w"),
        ("kg:r owl:propertyChainAxiom ( kg:r kg:q ) .", "x r y, y q z, z q w", "x r z, x r w"),
        ("ex:p a owl:TransitiveProperty ; rdfs:range kg:A .", "x p y", ""),
        ("kg:A owl:disjointWith kg:B . kg:C rdfs:subClassOf kg:B .", "x is A, x is C", ""),
        ("kg:p a owl:AsymmetricProperty , owl:IrreflexiveProperty .", "x p y", ""),
    ],
)
def test_a_construct_derives_what_it_means(tmp_path: Path, turtle: str, told: str, follows: str) -> None:
    rules = compile_rules(axioms(tmp_path, turtle))
    found = update(Memory(), rules, (), [fact(each) for each in told.split(", ")])

    assert found.added == {fact(each) for each in follows.split(", ") if each}


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("kg:A owl:equivalentClass kg:B .", "owl:equivalentClass.*once each way"),
        ("kg:p owl:equivalentProperty kg:q .", "owl:equivalentProperty.*once each way"),
        ("kg:x owl:sameAs kg:y .", "owl:sameAs.*one IRI"),
        ("kg:p a owl:FunctionalProperty .", "owl:FunctionalProperty.*sh:maxCount"),
        ("kg:p a owl:InverseFunctionalProperty .", "owl:InverseFunctionalProperty.*shape"),
        ("kg:p a owl:ReflexiveProperty .", "owl:ReflexiveProperty.*leave it out"),
        ("kg:A owl:hasKey ( kg:p ) .", "owl:hasKey.*leave it out"),
        ("kg:A owl:unionOf ( kg:B kg:C ) .", "owl:unionOf"),
        ("kg:p owl:propertyDisjointWith kg:q .", "owl:propertyDisjointWith"),
        ("[] a owl:AllDisjointClasses ; owl:members ( kg:A kg:B ) .", "is not reasoned with"),
        ("kg:A rdfs:subClassOf [ owl:onProperty kg:p ; owl:someValuesFrom kg:B ] .", "not reasoned with"),
        ("kg:A rdfs:subClassOf [] .", "subClassOf of something without a name"),
        ("kg:p rdfs:range [ rdfs:label 'x' ] .", "range of something without a name"),
        ("[] rdfs:subClassOf kg:A .", "named term"),
        ("rdf:type rdfs:subPropertyOf kg:p .", "RDF's own words"),
        ("kg:p rdfs:subPropertyOf rdf:type .", "nothing can be put under"),
        ("kg:p rdfs:subPropertyOf owl:sameAs .", "nothing can be put under"),
        ("rdfs:label a owl:SymmetricProperty .", "RDF's own words"),
        ("kg:p owl:propertyChainAxiom ( kg:q ) .", "two properties or more"),
        ("kg:p owl:propertyChainAxiom kg:q .", "two properties or more"),
        ("kg:p owl:propertyChainAxiom ( kg:q rdf:type ) .", "named properties of your own"),
        (
            "kg:p rdfs:subPropertyOf ex:q . ex:q a owl:TransitiveProperty ; rdfs:subPropertyOf kg:r .",
            "ex.*keeps",
        ),
        ("ex:q owl:propertyChainAxiom ( kg:a kg:b ) ; rdfs:subPropertyOf kg:r .", "keeps nothing"),
        ("ex:q a owl:TransitiveProperty . kg:r owl:propertyChainAxiom ( ex:q kg:b ) .", "keeps nothing"),
    ],
)
def test_what_is_not_reasoned_with_is_refused_with_a_fix(tmp_path: Path, turtle: str, words: str) -> None:
    with pytest.raises(OntologyError, match=words.replace("ex.*", "example.*")):
        compile_rules(axioms(tmp_path, turtle))


@pytest.mark.parametrize(
    "turtle",
    [
        "<http://example.org/> a owl:Ontology ; owl:versionInfo '1' ; owl:imports <http://example.org/o> .",
        "kg:A a owl:Class ; owl:deprecated true . kg:x a owl:NamedIndividual , kg:A .",
        "kg:p a owl:DatatypeProperty ; rdfs:range xsd:integer , rdfs:Literal .",
    ],
)
def test_what_says_nothing_to_a_reasoner_is_passed_over(tmp_path: Path, turtle: str) -> None:
    assert not compile_rules(axioms(tmp_path, turtle)).steps


def test_the_shipped_ontology_is_compiled_once() -> None:
    ours = load_axioms(resources())

    assert compile_rules(ours) is compile_rules(ours)


def test_nothing_is_concluded_about_a_word_of_the_ontology(tmp_path: Path) -> None:
    rules = compile_rules(axioms(tmp_path, "kg:p rdfs:range kg:A . kg:Actual rdfs:label 'actual'@en ."))
    told = ("http://example.org/x", f"{NS}p", f"{NS}Actual")

    assert not update(Memory(), rules, (), [told])


def test_a_project_is_refused_before_any_article_is_read(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    axioms(tmp_path / "ontology", "kg:A owl:equivalentClass kg:B .")

    with pytest.raises(OntologyError, match=r"ns#A: owl:equivalentClass"):
        load_axioms(resources(tmp_path))
