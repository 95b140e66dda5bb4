"""The index proposes, SPARQL disposes: a part of an answer is the same with the index and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import admit, retract
from kg.decisions import reject
from kg.iri import Names
from kg.pipeline import Kit, contribution
from kg.query import run, run_part
from kg.questions import saved_queries
from kg.read import read
from kg.resources import resources
from kg.store import Store
from kg.terms import RDFS, TYPE, kg, plain
from kg.web.lists import overview
from kg.web.site import Site

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "tests" / "corpus").glob("*.txt"))[:14] + sorted((ROOT / "examples").glob("*.txt"))
NAMES = Names()
INDEXED = {saved.name: saved for saved in saved_queries() if saved.index}


@pytest.fixture(scope="module")
def articles(kit: Kit) -> tuple[Contribution, ...]:
    return tuple(contribution(a, kit.reader.events(a), NAMES) for a in map(read, FILES))


@pytest.fixture(scope="module")
def store(articles: tuple[Contribution, ...], kit: Kit) -> Iterator[Store]:
    """A store in which articles came, went and came again."""
    with Store.memory() as made:
        made.learn(vocabulary(kit.axioms, NAMES))
        for each in articles:
            admit(made, each, kit.knowledge)
        for each in articles[::3]:
            retract(made, each.article, kit.knowledge)
        admit(made, articles[0], kit.knowledge)
        yield made


def bare(store: Store) -> Store:
    """Return the same quads without an index."""
    return Store.over(store.oxigraph)


def test_what_the_first_page_counts_is_the_same_without_the_index(store: Store) -> None:
    counts = [overview(Site.of(each, resources(), 1)) for each in (store, bare(store))]

    assert counts[0] == counts[1]
    assert min(counts[0]["events"], counts[0]["events without a date"], counts[0]["contested claims"]) > 0


def known(store: Store, name: str) -> list[str]:
    """Return values that a parameter may have, and one that it has in no event."""
    view = store.oxigraph
    match name:
        case "actor":
            return sorted({plain(q.object) for q in view.quads_for_pattern(None, kg("involves"), None, None)})
        case "place":
            found = view.quads_for_pattern(None, TYPE, kg("City"), None)
            wider = view.quads_for_pattern(None, kg("within"), None, None)
            return sorted({plain(q.subject) for q in found} | {plain(q.object) for q in wider})
        case "type":
            below = NamedNode(f"{RDFS}subClassOf")
            top = kg("Event")
            return sorted({plain(q.subject) for q in view.quads_for_pattern(None, below, top, None)})
        case "words":
            return [
                "raid",
                "the",
                "Dunmarrow",
                "DIPLOMATS",
                "o",
                "no such words",
                'a "quote"',
                "50%",
                "—",
                "İ",
            ]
        case _:
            return ["2024-12", "2025", "2031-03-20", "0001", "9999"]


@pytest.mark.parametrize("name", sorted(INDEXED))
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_a_part_is_the_same_with_the_index_and_without(store: Store, name: str, data: st.DataObject) -> None:
    saved = INDEXED[name]
    values = {}
    for param in saved.params:
        if param.required or data.draw(st.booleans()):
            some = st.sampled_from(known(store, param.name))
            picked = data.draw(st.lists(some, min_size=1, max_size=3, unique=True) if param.many else some)
            values[param.name] = picked
    most, first = data.draw(st.integers(1, 60)), data.draw(st.integers(0, 20))

    assert store.catalogue is not None
    assert run_part(store, saved, values, most=most, first=first) == run_part(
        bare(store), saved, values, most=most, first=first
    )


@pytest.mark.parametrize("name", sorted(INDEXED))
def test_all_parts_together_are_the_whole(store: Store, name: str) -> None:
    saved = INDEXED[name]
    values = {param.name: known(store, param.name)[0] for param in saved.params if param.required}
    whole = run(store, saved, values)
    number = run_part(store, saved, values, most=1).number
    rows = [
        row
        for at in range(0, number, 7)
        for row in run_part(store, saved, values, most=7, first=at).answer.rows
    ]

    assert rows == list(whole.rows)
    assert number == len({row[whole.columns.index("event")] for row in whole.rows})


def test_an_index_that_knows_less_than_the_quads_is_not_asked(store: Store) -> None:
    store.index.apply("another log:7")
    try:
        assert store.catalogue is None
    finally:
        store.index.rollback()
    assert store.catalogue is not None


def contradicting(store: Store) -> list[str]:
    """Return the claims that contradict others."""
    return sorted({plain(q.subject) for q in store.oxigraph.quads_for_pattern(None, kg("contradicts"), None)})


def test_where_a_claim_is_rejected_nothing_is_contested_any_more(
    articles: tuple[Contribution, ...], kit: Kit
) -> None:
    with Store.memory() as made:
        made.learn(vocabulary(kit.axioms, NAMES))
        for each in articles:
            admit(made, each, kit.knowledge)
        assert run_part(made, INDEXED["contested"], most=9).number > 0
        while torn := contradicting(made):
            reject(made, torn[0], kit.knowledge, because="a try")
            parts = [run_part(each, INDEXED["contested"], most=9) for each in (made, bare(made))]
            assert parts[0] == parts[1]

        assert run_part(made, INDEXED["contested"], most=9).number == 0


def test_an_event_without_reports_is_found_no_more(articles: tuple[Contribution, ...], kit: Kit) -> None:
    with Store.memory() as made:
        made.learn(vocabulary(kit.axioms, NAMES))
        admit(made, articles[0], kit.knowledge)
        assert run_part(made, INDEXED["search"], {"words": "the"}, most=9).number > 0
        retract(made, articles[0].article, kit.knowledge)

        assert run_part(made, INDEXED["search"], {"words": "the"}, most=9).number == 0
