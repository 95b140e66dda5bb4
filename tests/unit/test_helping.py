"""The help of a question: what it takes, what it gives, and an example that works."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

import kg
from kg.helping import help_text, listing
from kg.params import Param
from kg.plan import plan
from kg.saved import SavedQuery


def query(*params: Param, tags: tuple[str, ...] = (), name: str = "q") -> SavedQuery:
    return SavedQuery(name, Path("q.rq"), "", "Things", "All of them.", tags, params, (("a", "A"),), "map")


@pytest.mark.parametrize(
    ("param", "line"),
    [
        (Param("p", "string", "P"), "  p  P: words"),
        (Param("p", "integer", "P", required=True), "  p  P: a whole number; required"),
        (Param("p", "decimal", "P", default=("0.8",)), "  p  P: a number, as 0.75; default: 0.8"),
        (
            Param("p", "date", "P", end=True),
            "  p  P: a day, as 2025, 2025-10 or 2025-10-03 (the last day of it)",
        ),
        (Param("p", "one-of", "P", options=("a", "b")), "  p  P: one of a, b"),
        (Param("p", "boolean", "P", many=True), "  p  P: true or false; may be given several times"),
        (Param("p", "iri", "P"), "  p  P: the name, CURIE or IRI"),
    ],
)
def test_a_parameter_is_explained(param: Param, line: str) -> None:
    assert line in help_text(query(param)).splitlines()


def test_a_dozen_choices_are_shown_and_the_others_counted() -> None:
    many = tuple((f"http://x/{n}", f"name {n:02}") for n in range(14))
    shown = help_text(query(Param("p", "iri", "P")), {"p": many})

    assert "name 11 … and 2 more\n" in shown
    assert "name 12" not in shown


def test_the_example_takes_a_name_that_only_one_thing_has() -> None:
    found = (
        ("http://x/1", "Ada"),
        ("http://x/2", "Ada"),
        ("http://x/3", "some men"),
        ("http://x/4", "Bo Li"),
    )
    last = help_text(query(Param("p", "iri", "P", required=True)), {"p": found}).splitlines()[-1]

    assert shlex.split(last) == ["kg", "query", "q", "p=Bo Li"]


def test_what_is_shown_holds_no_control_characters() -> None:
    found = (("http://x/1", "A\x1b[31mda"),)

    assert "\x1b" not in help_text(query(Param("p", "iri", "P")), {"p": found})


def test_questions_are_listed_below_their_first_tag() -> None:
    found = listing(
        [query(name="one", tags=("b", "a")), query(name="other", tags=("a",)), query(name="third")]
    )

    assert [line.split()[0] for line in found.splitlines()] == ["a:", "other", "b:", "one", "other:", "third"]


def test_every_shipped_question_is_listed() -> None:
    saved = kg.saved_queries()
    shown = {line.split()[0] for line in listing(saved).splitlines() if line.startswith("  ")}

    assert shown == {each.name for each in saved}


@pytest.mark.parametrize("saved", kg.saved_queries(), ids=lambda saved: saved.name)
def test_every_shipped_question_has_a_plan_that_is_always_the_same(saved: SavedQuery) -> None:
    assert plan(saved.text) == plan(saved.text) != ""


@pytest.mark.parametrize("text", ["SELECT", "SELECT * { ?s x:p ?o }", "SELECT * { SERVICE <http://x/> {} }"])
def test_what_has_no_plan_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(kg.KgError):
        plan(text)
