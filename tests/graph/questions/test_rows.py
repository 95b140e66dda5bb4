"""The saved queries: rows written by hand, and the same rows in the same order from two engines.

`rows/NAME.yaml` has cases for the query NAME: a store of the fixtures, the values that are given,
some of the columns, and what these hold; of triples `only` may pick those with some subject, predicate
or object.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from kg.binding import bind, terms
from kg.edge import to_rdflib
from kg.query import Answer, Term, ask, run
from kg.resources import shipped
from kg.saved import load_query
from kg.store import Store

FILES = {path.stem: path for path in sorted((shipped() / "queries").glob("*.rq"))}
ROWS = sorted((Path(__file__).parent / "rows").glob("*.yaml"))
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Case:
    query: str
    number: int
    store: str
    values: dict[str, str | list[str]]
    columns: list[str]
    rows: list[list[str]]
    only: dict[str, str] = field(default_factory=dict)


def cases() -> list[Case]:
    return [
        Case(path.stem, number, **case)
        for path in ROWS
        for number, case in enumerate(yaml.load(path.read_text("utf-8"), yaml.BaseLoader), 1)
    ]


CASES = cases()
by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.query}-{case.number}")


@pytest.fixture
def store(case: Case, request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(case.store)
    return found


def written(term: Term | None) -> str:
    return "" if term is None else getattr(term, "value", str(term))


def picked(answer: Answer, case: Case) -> list[list[str]]:
    rows = [dict(zip(answer.columns, map(written, row), strict=True)) for row in answer.rows]
    return [[row[name] for name in case.columns] for row in rows if case.only.items() <= row.items()]


@by_case
def test_a_question_gets_the_rows_written_by_hand(case: Case, store: Store) -> None:
    answer = run(store, load_query(FILES[case.query]), case.values)

    assert picked(answer, case) == case.rows


@by_case
def test_two_engines_give_the_same_rows_in_the_same_order(case: Case, store: Store) -> None:
    saved = load_query(FILES[case.query])
    text = bind(saved, terms(store, saved, case.values))
    ours = [tuple(map(written, row)) for row in ask(store, text).rows]
    found = to_rdflib(store.oxigraph).query(text)
    theirs = [tuple("" if term is None else str(term) for term in row) for row in found]

    if saved.view == "graph":  # triples have no order
        assert sorted(ours) == sorted(theirs)
    else:
        assert ours == theirs


@pytest.mark.parametrize("path", FILES.values(), ids=lambda path: path.stem)
def test_every_saved_query_runs_without_values_unless_one_is_required(filled: Store, path: Path) -> None:
    saved = load_query(path)

    if not any(param.required for param in saved.params):
        run(filled, saved)


def test_every_saved_query_has_rows_written_by_hand() -> None:
    full = {case.query for case in CASES if case.rows}

    assert full == set(FILES)
    assert len(full) >= FEWEST


def test_every_parameter_is_given_in_some_case() -> None:
    given = {(case.query, name) for case in CASES for name in case.values}
    declared = {(name, param.name) for name, path in FILES.items() for param in load_query(path).params}

    assert declared - given == set()


@pytest.mark.parametrize("path", FILES.values(), ids=lambda path: path.stem)
def test_a_shipped_query_says_all_that_people_need(path: Path) -> None:
    saved = load_query(path)

    assert saved.description and saved.tags
    assert all(label for _, label in saved.columns)
    assert all(param.label != param.name for param in saved.params)


@pytest.mark.parametrize("path", FILES.values(), ids=lambda path: path.stem)
def test_where_an_event_is_listed_its_label_is_a_column_too(path: Path) -> None:
    names = {name for name, _ in load_query(path).columns}

    assert "event" not in names or names & {"label", "agent", "target"}


@pytest.mark.parametrize("path", FILES.values(), ids=lambda path: path.stem)
def test_a_network_has_the_columns_that_a_picture_of_it_needs(path: Path) -> None:
    saved = load_query(path)
    wanted = ["source", "sourceLabel", "target", "targetLabel", "count"]

    assert saved.view != "network" or [name for name, _ in saved.columns] == wanted
