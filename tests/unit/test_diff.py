"""What differs between two graphs, in words."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms, read_axioms
from kg.diff import diff, diff_text
from kg.resources import shipped
from kg.terms import LABEL, TYPE, kg, schema

G = NamedNode("urn:g")


@pytest.fixture(scope="module")
def axioms() -> Axioms:
    return read_axioms((shipped() / "ontology").glob("*.ttl"))


def event(name: str, report: str, **said: str) -> list[Quad]:
    node = NamedNode(f"urn:{name}")
    return [
        Quad(NamedNode(f"urn:{report}"), kg("reportOf"), node, G),
        Quad(node, TYPE, kg("Event"), G),
        Quad(node, LABEL, Literal(said.pop("label", "raid")), G),
        *(Quad(node, kg(key), Literal(value), G) for key, value in said.items()),
    ]


def article(name: str) -> list[Quad]:
    node = NamedNode(f"urn:{name}")
    return [Quad(node, TYPE, kg("Article"), G), Quad(node, schema("headline"), Literal(name.title()), G)]


def told(one: list[Quad], other: list[Quad], axioms: Axioms) -> list[str]:
    return diff_text(diff(one, other, axioms)).splitlines()


def test_equal_graphs_do_not_differ_whatever_their_events_are_called(axioms: Axioms) -> None:
    assert told(event("a", "r", earliest="2031-05-03"), event("b", "r", earliest="2031-05-03"), axioms) == []


def test_what_came_and_what_went_is_told(axioms: Axioms) -> None:
    found = told(
        [*article("old"), *event("a", "r")], [*article("new"), *event("b", "s", label="talks")], axioms
    )

    assert found == [
        "- article: Old",
        "+ article: New",
        "- event: raid",
        "    type: event",
        "+ event: talks",
        "    type: event",
    ]


def test_what_changed_of_an_event_is_told_below_it(axioms: Axioms) -> None:
    found = told(event("a", "r", latest="2031-05-03"), event("a", "r", latest="2031-05-09"), axioms)

    assert found == ["~ event: raid", "    - latest: 2031-05-03", "    + latest: 2031-05-09"]


def test_an_event_that_more_articles_tell_has_changed(axioms: Axioms) -> None:
    found = told(event("a", "r"), [*event("a", "r"), *event("a", "s")], axioms)

    assert found == ["~ event: raid", "    reports: 1 before, 2 now"]


def test_control_characters_never_reach_the_terminal(axioms: Axioms) -> None:
    assert "\x1b" not in diff_text(diff([], event("a", "r", label="\x1b]0;x"), axioms))
