"""Bounds of how many were harmed: one is given only where every count has one, on both engines."""

from __future__ import annotations

import pyoxigraph
import pytest

from kg.binding import bind, terms
from kg.edge import to_rdflib
from kg.query import ask
from kg.questions import saved_query
from kg.store import Store
from kg.terms import kg, plain


@pytest.mark.parametrize(("lacking", "low"), [("", "3"), ("4", ""), ("3", "")])
def test_a_lowest_number_is_given_only_where_every_count_has_one(
    newsroom: Store, lacking: str, low: str
) -> None:
    quads = pyoxigraph.Store()
    quads.extend(q for q in newsroom.oxigraph if q.predicate != kg("atLeast") or plain(q.object) != lacking)
    store, saved = Store.over(quads), saved_query("harm")
    text = bind(saved, terms(store, saved, {"kind": "injured"}))
    answer = ask(store, text)
    at = answer.columns.index("low")

    assert [plain(row[at]) for row in answer.rows] == [low]
    assert [str(row[at] or "") for row in to_rdflib(quads).query(text)] == [low]
