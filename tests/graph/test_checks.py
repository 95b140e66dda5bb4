"""A project's own tests: each row is one violation, said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.checks import failures, own_tests
from kg.errors import QueryError
from kg.resources import resources
from kg.store import Store

PLAIN = """# Nobody may be accused.
PREFIX kg: <https://w3id.org/kgnews/ns#>
SELECT ?event ?whom WHERE { ?event a kg:Accuse ; kg:target ?whom }
"""
HEADED = """#+ summary: Somebody is accused
#+ columns: {event: Accusation, whom: Accused}
PREFIX kg: <https://w3id.org/kgnews/ns#>
SELECT ?event ?whom ?day WHERE { ?event a kg:Accuse ; kg:target ?whom OPTIONAL { ?event kg:earliest ?day } }
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tests" / "mine.rq"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_is_a_violation_in_the_words_of_the_first_comment(tmp_path: Path, filled: Store) -> None:
    (found,) = failures(filled, [written(tmp_path, PLAIN)])

    assert found.severity == "Violation"
    assert found.words == (
        "mine.rq: Nobody may be accused. Found: event: Southland accuses Norland (event:tc3nm776raxt), "
        "whom: Norland (actor:norland-q1)."
    )


def test_a_header_gives_the_summary_and_the_names_of_columns(tmp_path: Path, filled: Store) -> None:
    (found,) = failures(filled, [written(tmp_path, HEADED)])

    assert found.words.startswith(
        "mine.rq: Somebody is accused. Found: Accusation: Southland accuses Norland"
    )
    assert found.words.endswith("Accused: Norland (actor:norland-q1).")


def test_a_test_without_rows_says_nothing(tmp_path: Path, filled: Store) -> None:
    assert list(failures(filled, [written(tmp_path, PLAIN.replace("Accuse", "Protest"))])) == []


def test_rows_come_in_one_order(tmp_path: Path, filled: Store) -> None:
    text = "SELECT ?label { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    found = [result.words for result in failures(filled, [written(tmp_path, text)])]

    assert found == sorted(found)


def test_the_shipped_files_are_no_tests_of_a_store(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)

    assert own_tests(resources()) == ()
    assert own_tests(resources(tmp_path)) == (path,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT", r"mine\.rq: malformed SPARQL"),
        ("ASK { ?s ?p ?o }", r"mine\.rq: a test is a SELECT"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", r"mine\.rq: a test is a SELECT"),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", r"mine\.rq: SERVICE is refused"),
        ("#+ summary: x\n#+ colour: red\nSELECT * { ?s ?p ?o }", r"mine\.rq:2: unknown key 'colour'"),
        (
            "#+ summary: x\n#+ params: {p: {type: string}}\nSELECT * { ?s ?p ?o }",
            r"mine\.rq:2: a test has no",
        ),
    ],
)
def test_what_is_no_test_is_refused_with_its_place(
    tmp_path: Path, filled: Store, text: str, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        list(failures(filled, [written(tmp_path, text)]))
