from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.axioms import Axioms
from kg.errors import OntologyError
from kg.report import InvalidError, Report, Result
from kg.resources import shipped
from kg.terms import RDFS, kg
from kg.validate import validate

Quads = list[Quad]
CORE = shipped() / "shapes" / "core.ttl"


def messages(report: Report) -> str:
    return "\n".join(r.message for r in report.results if r.severity == "Violation")


def swapped(quads: Quads, aspect: str, value: NamedNode) -> Quads:
    """Give the first claim on an aspect another value."""
    claim = next(q.subject for q in quads if (q.predicate, q.object) == (kg("aspect"), kg(aspect)))
    return [
        Quad(claim, kg("value"), value, q.graph_name)
        if (q.subject, q.predicate) == (claim, kg("value"))
        else q
        for q in quads
    ]


def type_shape(path: Path, role: str) -> Path:
    path.write_text(
        "@prefix kg: <https://w3id.org/kgnews/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> ."
        "kg:Retreat a sh:NodeShape ; sh:targetClass kg:Retreat ; sh:property "
        f'[ sh:path kg:{role} ; sh:minCount 1 ; sh:message "It lacks a part."@en ] .'
    )
    return path


@pytest.mark.parametrize(("role", "found"), [("agent", ""), ("target", "It lacks a part.")])
def test_the_roles_of_a_demanded_event_are_checked_as_demanded(
    tmp_path: Path, valid: Quads, ontology: Axioms, role: str, found: str
) -> None:
    shape = type_shape(tmp_path / "retreat.ttl", role)

    assert messages(validate(valid, [shape], ontology)) == found


def test_a_result_is_said_in_words_with_its_sentence(valid: Quads, ontology: Axioms) -> None:
    report = validate(swapped(valid, "agent", NamedNode("http://example.org/x")), [CORE], ontology)
    (words,) = {r.words for r in report.violations}

    assert words == (
        "claim on agent of police raid the harbour office: An agent must be an actor, never a "
        "place or a thing. In the text: “Police of Norland raided the harbour office in Port "
        "Vell on 3 May 2031.”"
    )
    assert not re.search("https?:", words)


def test_data_cannot_lend_itself_a_class(valid: Quads, ontology: Axioms) -> None:
    cheat = Quad(kg("City"), NamedNode(f"{RDFS}subClassOf"), kg("Actor"), valid[0].graph_name)
    city = next(q.subject for q in valid if q.object == kg("City"))
    broken = swapped([*valid, cheat], "agent", city)

    assert not validate(broken, [CORE], ontology)


def test_the_order_of_the_quads_does_not_change_the_report(valid: Quads, ontology: Axioms) -> None:
    broken = [quad for quad in valid if quad.predicate != kg("about")]

    assert validate(broken, [CORE], ontology) == validate(broken[::-1], [CORE], ontology)


def test_a_report_with_a_violation_is_false_and_raises() -> None:
    result = Result("", "", "", "Violation", "", "", "", "Something is missing.")

    with pytest.raises(InvalidError, match=r"Something is missing\."):
        Report((result,)).raise_for_violations()
    assert not Report((result,))


def test_a_malformed_shape_is_an_error_and_no_violation(
    tmp_path: Path, valid: Quads, ontology: Axioms
) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix kg: <https://w3id.org/kgnews/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> ."
        "kg:S a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property [ sh:minCount 1 ] ."
    )

    with pytest.raises(OntologyError):
        validate(valid, [bad], ontology)


QUERY = "kg:S a sh:NodeShape ; sh:targetClass kg:Claim ; sh:sparql [ sh:select '%s' ] ."
VALUE = "kg:S a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property [ sh:path %s ; sh:minInclusive %s ] ."


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (QUERY % "SELECT $this { $this ex:p ?x }", "uses the prefix 'ex', which nothing declares"),
        (QUERY % "SELECT $this { GRAPH ?g { $this ?p ?x } }", "asks for a named graph"),
        (QUERY % "SELECT $this FROM <http://example.org/> { $this ?p ?x }", "FROM is refused"),
        (QUERY % "SELECT $this { SERVICE <http://127.0.0.1:9/> { $this ?p ?x } }", "SERVICE is refused"),
        (
            QUERY % "SELECT $this { SERVIC\\\\u0045 <http://127.0.0.1:9/> { $this ?p ?x } }",
            "SERVICE is refused",
        ),
        (QUERY % "SELECT $this { $this <p> ?x }", "has the relative IRI <p>"),
        (QUERY % "DESCRIBE $this", "sh:select holds another form of query"),
        (
            QUERY % ("SELECT $this { FILTER(" + "(" * 300 + "1" + ")" * 300 + ") }"),
            "brackets within each other",
        ),
        (QUERY % "SELECT $this", "Expected SelectQuery"),
        (VALUE % ("_:a", "1") + " _:a sh:inversePath _:a .", "lies too deep, or within itself"),
        (VALUE % ("kg:confidence", "kg:much"), "stumbles over a value"),
    ],
)
def test_shapes_that_no_engine_can_use_are_an_error_in_one_line(
    tmp_path: Path, valid: Quads, ontology: Axioms, shape: str, why: str
) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        f"@prefix kg: <https://w3id.org/kgnews/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> . {shape}"
    )

    with pytest.raises(OntologyError, match=f"^shapes: [^\n]*{why}[^\n]*$"):
        validate(valid, [bad], ontology, "pyshacl")


def test_a_query_may_use_a_prefix_that_it_declares_itself(
    tmp_path: Path, valid: Quads, ontology: Axioms
) -> None:
    shapes = tmp_path / "shapes.ttl"
    query = "PREFIX ex: <https://w3id.org/kgnews/ns#> SELECT $this ?value { $this ex:aspect ?value }"
    shapes.write_text(
        "@prefix kg: <https://w3id.org/kgnews/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> ."
        + QUERY % query
    )

    assert validate(valid, [shapes], ontology).results
