"""What goes into a store comes out as it was, once its values took the form that the store gives them."""

from __future__ import annotations

import os
import tempfile
from datetime import date, datetime, time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.api import load_file, load_knowledge
from kg.commit import Knowledge
from kg.export import export
from kg.iri import EDTF
from kg.literals import Writing
from kg.store import Store
from kg.terms import XSD

FORMS = {
    "turtle": (ox.RdfFormat.TURTLE, ".ttl"),
    "trig": (ox.RdfFormat.TRIG, ".trig"),
    "nquads": (ox.RdfFormat.N_QUADS, ".nq"),
    "jsonld": (ox.RdfFormat.JSON_LD, ".jsonld"),
}
MANY = int(os.environ.get("KG_GRAPHS", "40"))  # graphs; 10,000 and more by hand


def typed(kind: str) -> st.SearchStrategy[ox.Literal]:
    """Values of a datatype in any of the ways to write them."""
    return KINDS[kind].map(lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)))


days = st.dates(date(1, 1, 1), date(9999, 12, 31))
zones = st.sampled_from(["", "Z", "+00:00", "-00:00", "+05:30", "-14:00"])
signs = st.sampled_from(["", "+", "-"])
zeros = st.sampled_from(["", "0", "00"])
numbers = st.one_of(st.integers(0, 10**6), st.integers(0, 10**30))
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 30)).map(datetime.isoformat)
KINDS: dict[str, st.SearchStrategy[str]] = {
    "integer": st.builds("{}{}{}".format, signs, zeros, numbers),
    "int": st.integers(-(2**31), 2**31 - 1).map(str),
    "unsignedLong": st.integers(0, 2**64 - 1).map(str),
    "decimal": st.builds("{}{}{}.{}{}".format, signs, zeros, numbers, st.integers(0, 10**20), zeros),
    "double": st.one_of(
        st.floats(allow_nan=False, allow_infinity=False).map(repr),
        st.sampled_from(["INF", "-INF", "-0", "1E3"]),
    ),
    "float": st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr),
    "boolean": st.sampled_from(["true", "false", "1", "0"]),
    "date": st.builds("{}{}".format, days.map(date.isoformat), zones),
    "dateTime": st.builds("{}{}".format, moments, zones),
    "time": st.builds("{}{}".format, st.times().map(time.isoformat), zones),
    "gYear": st.builds("{:04}{}".format, st.integers(0, 20_000), zones),
    "gYearMonth": st.builds("{:04}-{:02}{}".format, st.integers(0, 9999), st.integers(1, 12), zones),
    "dayTimeDuration": st.builds("P{}DT{}M{}.{}S".format, *[st.integers(0, 999)] * 4),
    "yearMonthDuration": st.builds("P{}Y{}M".format, st.integers(0, 999), st.integers(0, 99)),
    "anyURI": st.text(max_size=9),
}  # fmt: skip
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
literals = st.one_of(
    words.map(ox.Literal),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), words, st.sampled_from(["en", "en-GB", "ar"])
    ),
    days.map(lambda day: ox.Literal(day.isoformat(), datatype=ox.NamedNode(EDTF))),
    words.map(lambda text: ox.Literal(text, datatype=ox.NamedNode("https://example.org/kind"))),
    *map(typed, KINDS),
)
nodes = st.one_of(
    st.integers(0, 5).map(lambda n: ox.NamedNode(f"https://example.org/{n}")),
    st.sampled_from(["urn:a", "https://example.org/é", "https://example.org/a?b=c#d", "mailto:a@b.c"]).map(
        ox.NamedNode
    ),
)
triples = st.builds(ox.Triple, nodes, nodes, st.one_of(nodes, literals))
graphs = st.sets(triples, min_size=1, max_size=12)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """What a store needs of the shipped ontology."""
    return load_knowledge()


def in_form(triple: ox.Triple) -> ox.Triple:
    if not isinstance(triple.object, ox.Literal):
        return triple
    return ox.Triple(triple.subject, triple.predicate, Writing().kept(triple.object))


def mine(store: Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads() if "graph/loaded-" in str(quad.graph_name)}


@settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs)
def test_a_graph_goes_through_the_store_and_every_format_unchanged(
    knowledge: Knowledge, graph: set[ox.Triple]
) -> None:
    wanted = set(map(in_form, graph))
    with tempfile.TemporaryDirectory() as folder:
        for how, (form, ending) in FORMS.items():
            path = Path(folder) / f"a{ending}"
            path.write_bytes(ox.serialize(graph, format=form) or b"")
            store = Store.memory()
            load_file(path, store, knowledge)

            assert mine(store) == wanted
            assert {quad.triple for quad in ox.parse(export(store, how), format=form)} >= wanted
            assert load_file(path, store, knowledge) == 0


@settings(deadline=None)
@given(literals)
def test_a_value_in_the_form_of_the_store_keeps_it(value: ox.Literal) -> None:
    kept = Writing().kept(value)

    assert Writing().kept(kept) == kept
