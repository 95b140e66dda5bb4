from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.binding import bind, terms
from kg.errors import QueryError
from kg.iri import Names
from kg.lookup import find, is_a
from kg.outside import refuse_outside
from kg.query import ask, run
from kg.resources import shipped
from kg.saved import load_query
from kg.store import Store
from kg.terms import kg, short, typed

NAMES = Names()
NORLAND = NamedNode(NAMES.mint("actor", "norland-q1"))
GOOD = """#+ summary: All with a label
#+ params:
#+   label: {type: string, label: Label}
#+   number: {type: integer, label: Number}
#+   day: {type: date, label: Day}
#+   yes: {type: boolean, label: Yes}
#+ columns: {thing: Thing, label: Label}
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE {
  VALUES ?label { UNDEF }
  VALUES ?number { UNDEF }
  VALUES ?day { UNDEF }
  VALUES ?yes { UNDEF }
  ?thing rdfs:label ?label .
}
ORDER BY ?thing ?label
"""


def saved(tmp_path: Path, text: str = GOOD) -> Path:
    path = tmp_path / "q.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_values_are_bound_as_terms_of_their_type(tmp_path: Path, filled: Store) -> None:
    given = {"label": "x", "number": "7", "day": "2031-05-03", "yes": "TRUE"}

    assert terms(filled, load_query(saved(tmp_path)), given) == {
        "label": (Literal("x"),),
        "number": (typed("7", "integer"),),
        "day": (typed("2031-05-03", "date"),),
        "yes": (typed("true", "boolean"),),
    }


@pytest.mark.parametrize(
    ("name", "value"), [("number", "many"), ("day", "May"), ("yes", "maybe"), ("day", "2031-02-30")]
)
def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path, filled: Store, name: str, value: str) -> None:
    with pytest.raises(QueryError, match=f"{name}: {value!r} is not a"):
        run(filled, load_query(saved(tmp_path)), {name: value})


def test_an_unknown_parameter_is_refused(tmp_path: Path, filled: Store) -> None:
    with pytest.raises(QueryError, match=r"unknown: \['colour'\]"):
        run(filled, load_query(saved(tmp_path)), {"colour": "red"})


def test_a_missing_parameter_is_named(tmp_path: Path, filled: Store) -> None:
    text = GOOD.replace("{type: string,", "{type: string, required: true,")

    with pytest.raises(QueryError, match=r"missing: \['label'\]"):
        run(filled, load_query(saved(tmp_path, text)))


def test_a_parameter_without_a_value_leaves_the_question_open(tmp_path: Path, filled: Store) -> None:
    path = saved(tmp_path)

    assert bind(load_query(path), {}) == path.read_text()


@given(st.text())
def test_no_words_can_break_out_of_their_place(words: str) -> None:
    words = words.encode("utf-8", "ignore").decode("utf-8")
    casualties = load_query(shipped() / "queries" / "casualties.rq")
    bound = bind(casualties, {"kind": (Literal(words),)})

    assert bound.count("\n") == casualties.text.count("\n")
    assert f"{{ {Literal(words)} }}" in bound


def test_words_that_look_like_sparql_find_nothing(tmp_path: Path, filled: Store) -> None:
    bad = '" } ?s ?p ?o . { "'

    assert run(filled, load_query(saved(tmp_path)), {"label": bad}).rows == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  VALUES ?day { UNDEF }\n", "", r"q\.rq:5: no line 'VALUES \?day"),
        ("#+   day: {type: date, label: Day}\n", "", r"q\.rq:11: \?day is not among"),
        ("{thing: Thing, label", "{label", r"q\.rq:7: the header's columns must be"),
        ("type: date", "type: moment", r"parameter day needs a type"),
        ("ORDER BY ?thing ?label\n", "", "no ORDER BY"),
        ("#+ summary: All with a label\n", "", "needs at least"),
        ("#+ summary: All", "#+ summary: [All", r"q\.rq:\d+: malformed header"),
        ("#+ columns", "#+ colour: red\n#+ columns", r"q\.rq:7: unknown key 'colour'"),
        ("SELECT", "SELEKT", r"q\.rq: "),
        ("?thing rdfs:label", "SERVICE <http://x/> {} ?thing rdfs:label", "SERVICE is refused"),
    ],
)
def test_a_header_that_disagrees_with_its_body_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in GOOD

    with pytest.raises(QueryError, match=message):
        load_query(saved(tmp_path, GOOD.replace(old, new, 1)))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVIC\\u0045 <http://x/> { ?s ?p ?o } }",
        "SELECT * FROM <http://x/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://x/> { ?s ?p ?o }",
        "LOAD <http://x/>",
        "SELECT * { ?s ?p '#' . SERVICE <http://x/> {} }",
        "SELECT * { SERVICESILENT <http://x/> { ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * { SERVICE: { ?s ?p ?o } }",
        'SELECT * { FILTER(\'z\' != """a\\"""") SERVICE <http://x/> {} FILTER(\'z\' != "") }',
        "PREFIX x: <x:> SELECT * { FILTER(x:a\\# != x:b) SERVICE <http://x/> {}\n}",
        "SELECT * { ?q ?w 5SERVICE <http://x/> {} }",
        "SELECT * FROMNAMED<x:a> { ?s ?p ?o }",
        # A prefix of such a name is refused too: engines need no space after the keyword.
        "PREFIX from: <http://x/> SELECT * { ?s from:load ?o }",
    ],
)
def test_a_query_that_reaches_out_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="refused"):
        refuse_outside(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?from { VALUES ?from { 1 } }",
        "SELECT * { ?s <http://x/from> 'LOAD' } # SERVICE",
        "PREFIX x: <http://x/> SELECT * { ?s x:from ?o . ?o x:service 'SERVICE' }",
    ],
)
def test_the_same_words_elsewhere_are_no_harm(filled: Store, text: str) -> None:
    refuse_outside(text)

    assert ask(filled, text).columns


def test_malformed_sparql_is_an_error_of_ours(filled: Store) -> None:
    with pytest.raises(QueryError, match="malformed"):
        ask(filled, "SELECT {")


def test_an_ask_has_one_answer(filled: Store) -> None:
    assert ask(filled, "ASK { ?s ?p ?o }").rows == ((typed("true", "boolean"),),)


def test_a_construct_answers_with_triples(filled: Store) -> None:
    answer = ask(filled, f"CONSTRUCT WHERE {{ {NORLAND} ?p ?o }}")

    assert answer.is_graph and answer


@pytest.mark.parametrize("words", ["Norland", "norland", "actor:norland-q1", NORLAND.value, str(NORLAND)])
def test_a_label_a_curie_and_an_iri_name_the_same(filled: Store, words: str) -> None:
    assert find(filled, words, kg("Actor").value) == NORLAND


def test_an_ambiguous_label_lists_the_candidates(filled: Store) -> None:
    with pytest.raises(QueryError, match="actor:ada-quill-xabc, actor:ada-quill-xjkl"):
        find(filled, "Ada Quill")


def test_a_label_of_another_class_does_not_count(filled: Store) -> None:
    with pytest.raises(QueryError, match="nothing is called"):
        find(filled, "Port Vell", kg("Actor").value)


def test_an_unknown_label_brings_those_that_are_near(filled: Store) -> None:
    with pytest.raises(QueryError, match=r"did you mean Norland \(actor:norland-q1\)"):
        find(filled, "Norlan", kg("State").value)


def test_a_police_force_is_an_actor(filled: Store) -> None:
    assert is_a(filled, NamedNode(NAMES.mint("actor", "norland-police")), kg("Actor").value)


def test_short_forms_lead_back(filled: Store) -> None:
    assert find(filled, short(NORLAND.value, NAMES.base)) == NORLAND


def test_a_class_may_be_named_by_its_local_name(filled: Store) -> None:
    assert find(filled, "SecurityForce") == kg("SecurityForce")
