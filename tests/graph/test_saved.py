"""What a saved query's header may say, and that everything else is refused with line and fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.header import read_header
from kg.params import Param
from kg.saved import SavedQuery, load_query
from kg.terms import kg

BODY = """SELECT ?thing WHERE {
  VALUES ?p { UNDEF }
  ?thing ?is ?p .
}
ORDER BY ?thing
"""


def loaded(tmp_path: Path, param: str, body: str = BODY, more: str = "") -> SavedQuery:
    path = tmp_path / "q.rq"
    header = f"#+ summary: Things\n#+ params:\n#+   p: {{{param}}}\n#+ columns: {{thing: Thing}}\n{more}"
    path.write_text(header + body, encoding="utf-8")
    return load_query(path)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("type: string", Param("p", "string", "p")),
        ("type: iri, label: P, class: kg:Actor", Param("p", "iri", "P", kind=kg("Actor").value)),
        (
            "type: iri, below: kg:Event, many: true",
            Param("p", "iri", "p", below=kg("Event").value, many=True),
        ),
        ("type: iri, required: true", Param("p", "iri", "p", required=True)),
        ("type: date, end: true", Param("p", "date", "p", end=True)),
        ("type: integer, default: 3", Param("p", "integer", "p", default=("3",))),
        ("type: decimal, default: 0.8", Param("p", "decimal", "p", default=("0.8",))),
        ("type: boolean, default: true", Param("p", "boolean", "p", default=("true",))),
        (
            "type: one-of, values: [a, b], many: true, default: [a, b]",
            Param("p", "one-of", "p", options=("a", "b"), default=("a", "b"), many=True),
        ),
        ("type: one-of, values: [yes, on]", Param("p", "one-of", "p", options=("yes", "on"))),
    ],
)
def test_a_header_declares_a_parameter(tmp_path: Path, said: str, found: Param) -> None:
    assert loaded(tmp_path, said).params == (found,)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("label: P", r"q\.rq:3: parameter p needs a type out of iri, string, date"),
        ("type: moment", r"q\.rq:3: parameter p needs a type"),
        ("type: [iri]", r"q\.rq:3: type must be words"),
        ("type: iri, klass: kg:Actor", r"q\.rq:3: unknown key 'klass' in parameter p; it has type, label"),
        ("type: iri, type: string", r"q\.rq:3: 'type' stands twice"),
        ("type: date, class: kg:Actor", "class is for iri, not for date"),
        ("type: iri, values: [a]", "values is for one-of, not for iri"),
        ("type: string, end: true", "end is for date, not for string"),
        ("type: iri, class: Actor", "'Actor' is no class; write one as kg:Actor"),
        ("type: iri, class: 'kg:A b'", "is no class"),
        ("type: iri, class: kg:Actor, below: kg:Actor", "exclude each other"),
        ("type: iri, required: perhaps", "required is true or false, not 'perhaps'"),
        ("type: integer, required: true, default: 3", "is required and has a default"),
        ("type: integer, default: three", r"q\.rq:3: the default of p: 'three' is not an integer"),
        ("type: date, default: soon", "write 2025, 2025-10 or 2025-10-03"),
        ("type: one-of, values: [a, b], default: c", "is not a known value; choose one of a, b"),
        ("type: one-of", "needs values, each once"),
        ("type: one-of, values: [a, a]", "needs values, each once"),
        ("type: string, default: [a, b]", "several defaults; it needs 'many: true'"),
        ("type: string, default: {a: b}", "default must be a list"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(tmp_path: Path, said: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        loaded(tmp_path, said)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("#+ view: pie\n", r"q\.rq:5: unknown view 'pie'; choose one of table, timeline, network"),
        ("#+ tags: {a: b}\n", r"q\.rq:5: tags must be a list"),
        ("#+ summary: Again\n", r"q\.rq:5: 'summary' stands twice in the header"),
        ("#+ description: [a]\n", r"q\.rq:5: description must be words"),
        ("#+ note: x\n", r"q\.rq:5: unknown key 'note' in the header; it has summary"),
    ],
)
def test_a_header_with_anything_else_is_refused(tmp_path: Path, more: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        loaded(tmp_path, "type: string", more=more)


def test_two_places_for_one_parameter_are_refused(tmp_path: Path) -> None:
    body = BODY.replace("UNDEF }\n", "UNDEF }\n  VALUES ?p { UNDEF }\n")

    with pytest.raises(QueryError, match=r"q\.rq:7: a second line 'VALUES \?p"):
        loaded(tmp_path, "type: string", body)


def test_a_parameter_that_is_declared_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"q\.rq:4: 'p' stands twice in params"):
        loaded(tmp_path, "type: string}\n#+   p: {type: date")


def test_lines_of_a_block_are_told_by_the_line_of_the_name() -> None:
    text = "#+ summary: x\n# between\n#+ params:\n#+   p:\n#+     type: string\n"

    assert read_header(Path("q.rq"), text).lines == {"summary": 1, "params": 3, "p": 4}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#+ summary:\n",
        "#+ - summary\n",
        "#+ summary: x\n#+ params: [a]\n",
        "#+ summary: x\n#+ columns: a\n",
        "#+ summary: x\n#+ params: {p: {type: &a [*a]}}\n",
        "#+ summary: !!python/object:os.system x\n#+ &a\n",
        "#+ summary: " + "[" * 5000 + "\n",
        "#+ {{a: b}: c}\n",
    ],
)
def test_a_header_of_another_form_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(QueryError, match=r"^q\.rq:\d+: "):
        read_header(Path("q.rq"), text)
