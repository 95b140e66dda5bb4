"""A name whose letters look like those of another alphabet is warned of."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms
from kg.resources import shipped
from kg.terms import LABEL, TYPE, kg
from kg.validate import validate

CORE = shipped() / "shapes" / "core.ttl"


def named(quads: list[Quad], name: str) -> list[Quad]:
    """Give a state a name of its own."""
    state = next(q.subject for q in quads if (q.predicate, q.object) == (TYPE, kg("State")))
    assert isinstance(state, NamedNode)
    kept = [q for q in quads if (q.subject, q.predicate) != (state, LABEL)]
    return [*kept, Quad(state, LABEL, Literal(name), quads[0].graph_name)]


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("N\u043erland", True),
        ("\u041d\u043erway", True),
        ("Norland", False),
        ("\u0420\u0438\u0433\u0430", False),
    ],
)
def test_a_word_of_two_alphabets_is_a_warning(
    name: str, warned: bool, valid: list[Quad], ontology: Axioms
) -> None:
    report = validate(named(valid, name), [CORE], ontology)
    found = [result for result in report.results if "mixes Latin letters" in result.message]

    assert report
    assert [result.severity for result in found] == ["Warning"] * warned
