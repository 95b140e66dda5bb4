"""Values as people write them: the terms that they become, and the choices that are offered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.binding import MOST_CHOICES, bind, choices, terms
from kg.errors import QueryError
from kg.params import Param, literal
from kg.query import run
from kg.resources import shipped
from kg.saved import load_query
from kg.store import Store
from kg.terms import LABEL, TYPE, kg, typed

ACTORS = Param("who", "iri", "Who", kind=kg("Actor").value)
EVENTS = Param("type", "iri", "Type", below=kg("Event").value)
FIRST, LAST = Param("from", "date", "From"), Param("to", "date", "To", end=True)
HARM = Param("harm", "one-of", "Harm", options=("killed", "injured"))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-10", "2025-10-01", "2025-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-10-03", "2025-10-03", "2025-10-03"),
    ],
)
def test_a_date_may_leave_out_its_day_or_month(value: str, first: str, last: str) -> None:
    assert (literal(FIRST, value).value, literal(LAST, value).value) == (first, last)


@pytest.mark.parametrize(
    "value",
    ["", "25", "2025-1", "2025-13", "2025-02-30", "20250103", "2025-W01", "0000", "２０２５", " 2025"],
)
def test_any_other_date_is_refused_with_the_three_forms(value: str) -> None:
    with pytest.raises(QueryError, match="write 2025, 2025-10 or 2025-10-03"):
        literal(FIRST, value)


@given(st.dates())
def test_a_day_written_out_is_itself_whichever_end_is_meant(day: date) -> None:
    assert literal(FIRST, day.isoformat()) == literal(LAST, day.isoformat()) == typed(day.isoformat(), "date")


@given(st.dates())
def test_a_month_begins_no_later_than_it_ends(day: date) -> None:
    month = day.isoformat()[:7]

    assert literal(FIRST, month).value <= day.isoformat() <= literal(LAST, month).value


@pytest.mark.parametrize(
    ("param", "value", "term"),
    [
        (Param("n", "integer", "N"), "-007", typed("-7", "integer")),
        (Param("n", "decimal", "N"), "0.75", typed("0.75", "decimal")),
        (Param("n", "boolean", "N"), "False", typed("false", "boolean")),
        (HARM, "Killed", Literal("killed")),
        (Param("n", "string", "N"), "", Literal("")),
    ],
)
def test_a_value_becomes_a_term_of_its_type(param: Param, value: str, term: Literal) -> None:
    assert literal(param, value) == term


@pytest.mark.parametrize(
    ("param", "value"),
    [
        *((Param("n", "integer", "N"), value) for value in ("", "1.5", "1_000", " 7", "٣", "1" * 30)),
        *((Param("n", "decimal", "N"), value) for value in ("", ".5", "1e3", "NaN", "1,5")),
        *((Param("n", "boolean", "N"), value) for value in ("", "yes", "1")),
        *((HARM, value) for value in ("", "missing", "killed ")),
    ],
)
def test_a_value_of_another_form_is_refused(param: Param, value: str) -> None:
    with pytest.raises(QueryError, match=f"^{param.name}: .* is not a"):
        literal(param, value)


def query(tmp_path: Path, param: str) -> Path:
    path = tmp_path / "q.rq"
    path.write_text(
        f"#+ summary: Things\n#+ params: {{p: {{{param}}}}}\n#+ columns: {{p: P}}\n"
        "SELECT ?p WHERE {\n  VALUES ?p { UNDEF }\n}\nORDER BY ?p\n"
    )
    return path


@pytest.mark.parametrize(
    ("param", "values", "rows"),
    [
        ("type: integer, default: 3", {}, ["3"]),
        ("type: integer, default: 3", {"p": "4"}, ["4"]),
        ("type: integer, default: 3", {"p": ""}, [None]),
        ("type: integer", {}, [None]),
        ("type: integer, many: true", {"p": ["2", "1", "2"]}, ["1", "2"]),
        ("type: integer, many: true, default: [1, 2]", {}, ["1", "2"]),
        ("type: integer, many: true, default: [1, 2]", {"p": ["5"]}, ["5"]),
    ],
)
def test_defaults_and_several_values_are_bound(
    tmp_path: Path, filled: Store, param: str, values: dict[str, str | list[str]], rows: list[str | None]
) -> None:
    found = run(filled, load_query(query(tmp_path, param)), values).rows

    assert [getattr(row[0], "value", None) for row in found] == rows


def test_several_values_are_refused_where_one_is_meant(tmp_path: Path, filled: Store) -> None:
    with pytest.raises(QueryError, match="p: takes one value, got 2"):
        run(filled, load_query(query(tmp_path, "type: integer")), {"p": ["1", "2"]})


def test_an_empty_value_is_none_for_a_parameter_that_is_required(tmp_path: Path, filled: Store) -> None:
    with pytest.raises(QueryError, match="missing"):
        run(filled, load_query(query(tmp_path, "type: string, required: true")), {"p": ""})


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_no_words_of_several_can_break_out_of_their_place(words: list[str]) -> None:
    casualties = load_query(shipped() / "queries" / "casualties.rq")
    bound = bind(casualties, {"kind": tuple(map(Literal, words))})

    assert bound.count("\n") == casualties.text.count("\n")


def test_the_choices_of_things_are_those_of_the_class_by_label(filled: Store) -> None:
    found = choices(filled, ACTORS)
    labels = [label for _, label in found]

    assert labels == sorted(labels, key=str.casefold)
    assert {"Norland", "police of Norland", "Ada Quill"} <= set(labels)
    assert "Port Vell" not in labels
    assert all(iri.startswith("http") for iri, _ in found)


def test_the_choices_of_types_are_the_classes_from_one_downwards(filled: Store) -> None:
    found = dict(choices(filled, EVENTS))

    assert found[kg("CitizenshipRevocation").value] == "revocation of citizenship"
    assert kg("Actor").value not in found


@pytest.mark.parametrize(
    ("param", "found"),
    [
        (HARM, ("killed", "injured")),
        (Param("b", "boolean", "B"), ("true", "false")),
        (Param("s", "string", "S"), ()),
        (Param("t", "iri", "T"), ()),
    ],
)
def test_other_choices_need_no_store(filled: Store, param: Param, found: tuple[str, ...]) -> None:
    assert choices(filled, param) == tuple((value, value) for value in found)


def test_too_many_choices_are_none_at_all() -> None:
    store = Store.memory()
    graph = NamedNode("http://example.org/g")
    for number in range(MOST_CHOICES):
        node = NamedNode(f"http://example.org/{number}")
        store.oxigraph.add(Quad(node, TYPE, kg("Actor"), graph))
        store.oxigraph.add(Quad(node, LABEL, Literal(f"actor {number}"), graph))
    before = len(choices(store, ACTORS))
    store.oxigraph.add(Quad(NamedNode("http://example.org/one-more"), TYPE, kg("Actor"), graph))

    assert (before, choices(store, ACTORS)) == (MOST_CHOICES, ())


@pytest.mark.parametrize("words", ["assault", "Assault", "kg:Assault", kg("Assault").value])
def test_a_type_may_be_named_in_four_ways(filled: Store, words: str) -> None:
    saved = load_query(shipped() / "queries" / "timeline.rq")

    assert terms(filled, saved, {"type": words}) == {"type": (kg("Assault"),)}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"type": "kg:Actor"}, "'kg:Actor' is not kg:Event nor a class under it"),
        ({"type": "Norland"}, "nothing is called 'Norland'"),
        ({"type": "asault"}, r"did you mean assault \(kg:Assault\)"),
        ({"actor": "Southlnad"}, r"did you mean Southland \(actor:southland-q2\)"),
        ({"actor": "Quill"}, r"Ada Quill \(actor:ada-quill-xabc\) or Ada Quill \(actor:ada-quill-xjkl\)"),
        ({"actor": "Zzyzx"}, "nothing is called 'Zzyzx'$"),
    ],
)
def test_a_name_that_fits_nothing_brings_the_nearest(
    filled: Store, values: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        run(filled, load_query(shipped() / "queries" / "timeline.rq"), values)


def test_no_more_than_three_names_are_offered(filled: Store) -> None:
    with pytest.raises(QueryError) as error:
        run(filled, load_query(shipped() / "queries" / "timeline.rq"), {"actor": "o"})

    assert str(error.value).count(" or ") == 2
