"""The parts of the page that need no server: what is accepted, and which graphs a query names."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import QueryError
from kg.web.accept import preferred
from kg.web.asked import Answered, Asked
from kg.web.dataset import refuse_remote

OFFERED = ("text/html", "text/turtle", "application/json")
GRAPH = NamedNode("http://example.org/g")


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    made = pyoxigraph.Store()
    made.add(Quad(GRAPH, GRAPH, Literal("x"), GRAPH))
    return made


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/*;q=0.3, application/json", "application/json"),
        ("text/turtle", "text/turtle"),
        ("text/html;q=0, */*", "text/turtle"),
        ("application/json;q=0.5, text/*;q=0.5", "text/html"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/html;level=1;q=0.2, text/turtle;q=0.1", "text/html"),
        ("image/png", None),
        ("text/html;q=nan", None),
        ("text/html;q=7", None),
        (";;;,,,q=", None),
    ],
)
def test_the_best_of_what_is_accepted_is_chosen(accept: str, chosen: str | None) -> None:
    assert preferred(accept, OFFERED) == chosen


@given(st.text(max_size=60))
def test_whatever_is_accepted_is_one_of_those_offered_or_none(accept: str) -> None:
    assert preferred(accept, OFFERED) in (*OFFERED, None)


@given(st.text(), st.lists(st.tuples(st.text(), st.text())), st.binary())
def test_requests_and_answers_come_out_as_they_went_in(
    path: str, pairs: list[tuple[str, str]], body: bytes
) -> None:
    asked = Asked(path, tuple(pairs), "POST", "a/b", "c/d", body, "http://x")
    answered = Answered(200, path, body, {"A": path})

    assert Asked.unpack(*asked.pack()) == asked
    assert Answered.unpack(*answered.pack()) == answered


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SELECT * FROM <http://example.org/g> { ?s ?p ?o }", True),
        ("SELECT * FROM NAMED <http://example.org/g> { GRAPH ?g { ?s ?p ?o } }", True),
        ("PREFIX e: <http://example.org/> SELECT * FROM e:g { ?s ?p ?o }", True),
        ("SELECT*FROM<http://example.org/g>{?s ?p ?o}", True),
        ("SELECT ?FROM { ?FROM ?p 'FROM <http://other/>' } # FROM <http://other/>", False),
        ("SELECT * { ?s ?p ?o }", False),
    ],
)
def test_a_graph_that_is_here_may_be_named(store: pyoxigraph.Store, text: str, named: bool) -> None:
    assert refuse_remote(store, text, named=False) is named


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <http://other/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM x:g { ?s ?p ?o }",
        "SELECT * FR\\u004fM <http://example.org/g> { ?s ?p ?o }",
        "SELECT * { SERVICE <http://other/> { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://other/>{ ?s ?p ?o } }",
    ],
)
def test_what_is_elsewhere_is_refused(store: pyoxigraph.Store, text: str) -> None:
    with pytest.raises(QueryError):
        refuse_remote(store, text, named=False)


def test_where_the_request_names_the_graphs_those_of_the_query_do_not_count(store: pyoxigraph.Store) -> None:
    assert refuse_remote(store, "SELECT * FROM <http://other/> { ?s ?p ?o }", named=True)
    with pytest.raises(QueryError):
        refuse_remote(store, "SELECT * { SERVICE <http://other/> { ?s ?p ?o } }", named=True)
