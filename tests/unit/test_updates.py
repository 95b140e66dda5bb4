"""Graphs that a request names are put into an update; its strings, IRIs and comments are left alone."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import QueryError
from kg.outside import refuse_outside
from kg.web.protocol import LARGEST, RefusedError
from kg.web.updates import NOTHING, tokens, with_dataset, without_silent_loads

A, B, P = (NamedNode(f"http://example.org/{name}") for name in "abp")
USING = ["USING <http://example.org/a>", "USING NAMED <http://example.org/b>"]
ADDED = f"{' '.join(USING)} "
# What looks like a keyword or a brace, and is none.
DECOYS = (
    "'WHERE'", '"} WHERE {"', "'''it's\n} USING {'''", '"""say "WITH" {"""', "'a\\'} WHERE {'",
    "<http://WHERE/#USING>",
    "<http://e/\\u007DWHERE>", "ex:WHERE", "ex:with\\#USING", "where:WITH", "_:WHERE", "?WHERE", "$using",
    "'x'@where",
    "# } WHERE {\n", "#'\n",
)  # fmt: skip
gap = st.sampled_from([" ", "\n", "# WHERE {\n", "\t#'\n"])


plain = st.lists(st.sampled_from(DECOYS), max_size=6).map(" ".join)
block = st.tuples(plain, plain, plain).map(lambda parts: f"{{ {parts[0]} {{ {parts[1]} }} {parts[2]} }}")
quiet = st.one_of(
    st.tuples(st.sampled_from(["INSERT", "delete"]), block).map(lambda parts: f"{parts[0]} DATA {parts[1]}"),
    st.sampled_from(
        ["CLEAR ALL", "COPY <http://WHERE/> TO where:using", "CREATE SILENT GRAPH ex:WHERE", NOTHING]
    ),
)


@given(st.lists(quiet, max_size=5), gap)
def test_an_update_without_a_where_stays_as_it_is(operations: list[str], between: str) -> None:
    text = f"PREFIX where: <http://WHERE/>{between}" + f"{between};".join(operations)

    assert with_dataset(text, USING) == text


@given(block, block, st.sampled_from(["INSERT", "delete"]), gap, st.sampled_from(["WHERE", "where", "Where"]))
def test_the_graphs_come_before_the_where_of_an_operation(
    template: str, pattern: str, verb: str, between: str, where: str
) -> None:
    head = f"{verb} {template}{between}"

    assert with_dataset(f"{head}{where}{pattern}", USING) == f"{head}{ADDED}{where}{pattern}"


@given(block, gap)
def test_delete_where_becomes_a_template_and_a_pattern(pattern: str, between: str) -> None:
    text = with_dataset(f"DELETE{between}WHERE {pattern} ;", USING)

    assert text == f"DELETE{between}{pattern} {ADDED}WHERE {pattern} ;"


@given(block, st.sampled_from(["WITH <http://e/>", "with ex:g", "WITHex:g"]), gap)
def test_an_update_with_graphs_of_its_own_is_refused(template: str, own: str, between: str) -> None:
    with pytest.raises(RefusedError) as refused:
        with_dataset(f"{own}{between}INSERT {template} WHERE {{}}", USING)

    assert refused.value.status == 400


@pytest.mark.parametrize(
    "own", ["USING <http://e/>", "using NAMED <http://e/>", "USINGex:g", "USING<http://e/>"]
)
def test_an_update_that_uses_graphs_is_refused(own: str) -> None:
    with pytest.raises(RefusedError, match="the update may have no USING"):
        with_dataset(f"INSERT {{}}{own} WHERE {{}}", USING)


def test_a_prefix_may_be_called_like_a_keyword() -> None:
    text = "PREFIX using: <http://e/> CLEAR GRAPH using:g"

    assert with_dataset(text, USING) == text


def test_without_graphs_even_its_own_are_left() -> None:
    text = "WITH <http://e/> INSERT {} WHERE {}"

    assert with_dataset(text, []) == text


def test_an_update_does_not_grow_without_end() -> None:
    many = "DELETE WHERE {} ; " * (LARGEST // 60)

    with pytest.raises(RefusedError) as refused:
        with_dataset(many, USING)
    assert refused.value.status == 413


@given(st.text(alphabet=" \n{}'\"\\#<>:;?aWHERE", max_size=60))
def test_any_text_is_cut_into_tokens_at_their_places(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
    with suppress(RefusedError):
        assert len(with_dataset(text, USING)) >= len(text)


def test_what_is_rewritten_means_what_it_says() -> None:
    store = Store()
    store.extend([Quad(P, P, A, A), Quad(P, P, B, B), Quad(P, P, P)])
    text = (
        f"INSERT {{ {A} {A} ?o . {B} {B} ?g }} WHERE {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p [] }} }} }}"
    )
    store.update(with_dataset(text, USING))

    assert [quad.object for quad in store.quads_for_pattern(A, A, None)] == [A]
    assert [quad.object for quad in store.quads_for_pattern(B, B, None)] == [B]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("LOAD SILENT <http://e/>", NOTHING),
        ("load silent ex:a INTO GRAPH <http://e/> ; CLEAR ALL", f"{NOTHING} ; CLEAR ALL"),
        ("CLEAR ALL;LOAD # SILENT\n SILENT <http://e/>", f"CLEAR ALL;{NOTHING}"),
        ("'LOAD SILENT <http://e/>'", "'LOAD SILENT <http://e/>'"),
        ("INSERT DATA { LOAD SILENT <a:b> }", "INSERT DATA { LOAD SILENT <a:b> }"),
        ("LOAD <http://e/>", "LOAD <http://e/>"),
    ],
)  # fmt: skip
def test_only_a_silent_load_becomes_nothing(text: str, becomes: str) -> None:
    assert without_silent_loads(text) == becomes


@given(
    st.lists(
        st.sampled_from(["LOAD", "SILENT", "<http://e/>", "ex:a", "INTO", "GRAPH", ";", "'", "#"]),
        max_size=12,
    )
)
def test_no_load_is_left_that_is_not_refused(words: list[str]) -> None:
    text = without_silent_loads(" ".join(words))
    store = Store()
    try:
        refuse_outside(text)
    except QueryError:
        return

    with suppress(SyntaxError):
        store.update(f"PREFIX ex: <http://e/> {text}")
    assert len(store) == 0
