from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.iri import BASE
from kg.query import Answer
from kg.render import FORMATS, render
from kg.terms import LABEL, integer, typed
from kg.words import clean

NODE = NamedNode(f"{BASE}id/actor/norland-q1")
EVIL = Literal("\x1b[31mred\x1b[0m\u202e | <b>\n=1+1\x07\x85")
ANSWER = Answer(("who", "words", "n"), ((NODE, EVIL, integer(-2)), (None, Literal("=SUM(A1)"), None)))
GRAPH = Answer(("subject", "predicate", "object"), ((NODE, LABEL, EVIL),), is_graph=True)


@pytest.mark.parametrize("how", [name for name in FORMATS if name != "turtle"])
def test_no_format_lets_control_characters_through(how: str) -> None:
    written = render(ANSWER, how, width=80)

    assert not set(written) & {"\x1b", "\x07", "\x85", "\u202e"}


def test_turtle_has_the_triples_and_no_control_characters() -> None:
    written = render(GRAPH, "turtle")

    assert "rdfs:label" in written
    assert "\x1b" not in written


def test_turtle_of_a_table_is_refused() -> None:
    with pytest.raises(UsageError, match="turtle is for"):
        render(ANSWER, "turtle")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="xml"):
        render(ANSWER, "xml")


def test_tsv_has_a_line_for_each_row_and_short_iris() -> None:
    lines = render(ANSWER, "tsv").splitlines()

    assert [line.split("\t")[0] for line in lines] == ["who", "actor:norland-q1", ""]


def test_csv_holds_no_formula_and_keeps_numbers_and_whole_iris() -> None:
    rows = list(csv.reader(io.StringIO(render(ANSWER, "csv"))))

    assert rows[1][0] == NODE.value
    assert rows[1][2] == "-2"
    assert rows[2][1] == "'=SUM(A1)"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_csv_disarms_every_start_of_a_formula(start: str) -> None:
    written = render(Answer(("x",), ((Literal(start + "1"),),)), "csv")

    assert written == f"x\n'{start}1\n"


def test_json_is_sparqls_own() -> None:
    found = json.loads(render(ANSWER, "json"))

    assert found["head"] == {"vars": ["who", "words", "n"]}
    assert found["results"]["bindings"][0]["who"] == {"type": "uri", "value": NODE.value}
    assert set(found["results"]["bindings"][1]) == {"words"}


def test_json_of_an_ask_is_a_boolean() -> None:
    answer = Answer(("answer",), ((typed("false", "boolean"),),))

    assert json.loads(render(answer, "json"))["boolean"] is False


def test_markdown_cells_cannot_make_columns_or_tags() -> None:
    row = render(ANSWER, "markdown").splitlines()[2]

    assert "\\|" in row and "\\<b\\>" in row


def test_a_table_shows_the_words() -> None:
    assert "actor:norland-q1" in render(ANSWER, "table", width=100)


def test_line_breaks_become_spaces() -> None:
    assert clean("a\r\nb\tc") == "a b c"
