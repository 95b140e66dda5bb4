from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms, read_axioms, vocabulary
from kg.errors import OntologyError
from kg.infer import inconsistencies, infer
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import Article, Event
from kg.naming import event_iri
from kg.projection import project
from kg.resources import shipped
from kg.terms import LABEL, OWL, RDFS, TYPE, kg

NAMES = Names()
GRAPH = NamedNode(NAMES.graph("events"))
Events = tuple[Event, ...]


@pytest.fixture(scope="module")
def axioms() -> Axioms:
    return read_axioms((shipped() / "ontology").glob("*.ttl"))


@pytest.fixture
def facts(article: Article, events: Events) -> list[Quad]:
    mapped = list(to_quads(article, events, NAMES))
    return [*mapped, *project(mapped, NAMES)]


def quad(subject: str, predicate: NamedNode, value: NamedNode) -> Quad:
    return Quad(NamedNode(f"http://example.org/{subject}"), predicate, value, GRAPH)


def node(name: str) -> NamedNode:
    return NamedNode(f"http://example.org/{name}")


def test_who_the_police_act_for_is_involved(
    article: Article, events: Events, facts: list[Quad], axioms: Axioms
) -> None:
    raid = event_iri(article, events[0].trigger, NAMES)
    found = {q.object for q in infer(facts, axioms, NAMES) if q.predicate == kg("involves")}

    assert raid in {q.subject for q in facts}
    assert NamedNode(NAMES.mint("actor", "norland-q1")) in found


def test_a_state_is_an_organisation_and_an_actor(facts: list[Quad], axioms: Axioms) -> None:
    norland = NamedNode(NAMES.mint("actor", "norland-q1"))
    found = {q.object for q in infer(facts, axioms, NAMES) if (q.subject, q.predicate) == (norland, TYPE)}

    assert found == {kg("Organisation"), kg("Actor")}


def test_nothing_inferred_is_asserted_already_or_about_a_term(facts: list[Quad], axioms: Axioms) -> None:
    found = list(infer(facts, axioms, NAMES))

    assert not {q.triple for q in found} & {q.triple for q in facts}
    assert not [q for q in found if q.subject.value.startswith(kg("").value)]


def test_there_is_no_noise_of_the_reasoner(facts: list[Quad], axioms: Axioms) -> None:
    found = list(infer(facts, axioms, NAMES))

    assert not [q for q in found if q.subject == q.object]
    assert not [q for q in found if q.predicate.value.startswith(OWL) or OWL in q.object.value]


def test_the_example_holds_no_contradiction(facts: list[Quad], axioms: Axioms) -> None:
    assert inconsistencies(facts, axioms, NAMES) == ()


def test_a_place_as_an_agent_is_a_contradiction(axioms: Axioms) -> None:
    quads = [
        quad("raid", kg("agent"), node("vell")),
        quad("vell", TYPE, kg("City")),
        Quad(node("vell"), LABEL, Literal("Port Vell"), GRAPH),
    ]

    assert inconsistencies(quads, axioms, NAMES) == (
        "Port Vell is used both as actor and as place; nothing is both.",
    )


def test_a_contradiction_makes_nothing_of_what_it_is_about(axioms: Axioms) -> None:
    quads = [quad("raid", kg("agent"), node("vell")), quad("vell", TYPE, kg("City"))]

    assert not [q for q in infer(quads, axioms, NAMES) if q.subject == node("vell")]


def test_data_cannot_change_what_words_mean(axioms: Axioms) -> None:
    poison = Quad(TYPE, NamedNode(f"{RDFS}subPropertyOf"), kg("agent"), GRAPH)
    quads = [quad("x", TYPE, kg("Person")), poison]

    assert {q.object for q in infer(quads, axioms, NAMES)} == {kg("Actor")}


def test_data_cannot_make_two_nodes_one(axioms: Axioms) -> None:
    same = quad("x", NamedNode(f"{OWL}sameAs"), node("y"))
    quads = [same, quad("x", kg("actsFor"), node("z"))]

    assert not [q for q in infer(quads, axioms, NAMES) if q.subject == node("y")]


def test_after_goes_on_and_on(axioms: Axioms) -> None:
    quads = [quad("c", kg("after"), node("b")), quad("b", kg("after"), node("a"))]

    assert quad("c", kg("after"), node("a")).triple in {q.triple for q in infer(quads, axioms, NAMES)}


def test_examples_and_shapes_are_not_axioms(tmp_path: Path) -> None:
    path = tmp_path / "raid.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/kgnews/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        'kg:Raid rdfs:subClassOf kg:Coerce ; kg:example [ kg:agent "Police" ] ;'
        "sh:property [ sh:in ( kg:a kg:b ) ] ."
    )

    assert [t.subject for t in read_axioms([path]).axioms] == [kg("Raid")]


def test_a_malformed_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("\n<a> oops")

    with pytest.raises(OntologyError, match=r"bad\.ttl.*2"):
        read_axioms([path])


def test_the_vocabulary_for_a_store_has_labels_and_no_blank_nodes(axioms: Axioms) -> None:
    found = list(vocabulary(axioms, NAMES))

    assert (
        Quad(
            kg("Coerce"),
            LABEL,
            Literal("coerce", language="en"),
            NamedNode(NAMES.graph("ontology")),
        )
        in found
    )
    assert all(isinstance(q.subject, NamedNode) for q in found)


def test_the_english_label_of_a_term_wins(tmp_path: Path) -> None:
    path = tmp_path / "raid.ttl"
    path.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        '<urn:x> rdfs:label "perquisition"@fr, "raid"@en, "Razzia"@de .'
    )

    assert read_axioms([path]).label("urn:x") == "raid"
