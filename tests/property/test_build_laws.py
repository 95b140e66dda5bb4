"""Laws of building: the order of the articles changes nothing, nor does building again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit, rebuild, retract
from kg.derivations import explain
from kg.export import export
from kg.facts import Stored, fact_of
from kg.infer import infer
from kg.iri import Names
from kg.model import Article, Block, BlockKind, Span
from kg.pipeline import Kit, contribution
from kg.read import read
from kg.store import Store
from kg.terms import kg

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".html"))
NUMBERS = range(len(FILES))
NAMES = Names()
Contributions = tuple[Contribution, ...]
orders = st.permutations(NUMBERS)
some = st.lists(st.sampled_from(NUMBERS), unique=True, max_size=3)


@pytest.fixture(scope="module")
def contributions(kit: Kit) -> Contributions:
    """What the example articles put into a store, and a copy of one that other news is added to."""
    return tuple(contribution(a, kit.reader.events(a), NAMES) for a in map(read, FILES))


@pytest.fixture(scope="module")
def knowledge(kit: Kit) -> Knowledge:
    return kit.knowledge


def stored(contributions: Iterable[Contribution], knowledge: Knowledge) -> Store:
    store = Store.memory()
    for each in contributions:
        admit(store, each, knowledge)
    return store


def content(store: Store) -> frozenset[str]:
    """Return all quads, each event named by the first of its reports, without what leads from old names."""
    links = [q for q in store.quads() if q.predicate == kg("reportOf")]
    names = {
        event: min(str(q.subject) for q in links if q.object == event) for event in {q.object for q in links}
    }
    return frozenset(
        " ".join(str(names.get(term, term)) for term in (q.subject, q.predicate, q.object, q.graph_name))
        for q in store.quads()
        if q.predicate != kg("mergedInto")
    )


@settings(deadline=None, max_examples=6)
@given(order=orders)
def test_the_order_of_the_articles_changes_no_more_than_names(
    contributions: Contributions, knowledge: Knowledge, order: list[int]
) -> None:
    there = stored([contributions[i] for i in order], knowledge)

    assert content(there) == content(stored(contributions, knowledge))


@settings(deadline=None, max_examples=4)
@given(more=st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=5))
def test_building_again_changes_nothing(
    contributions: Contributions, knowledge: Knowledge, more: list[int]
) -> None:
    store = stored(contributions, knowledge)
    before = export(store, "nquads")

    assert not any(admit(store, contributions[i], knowledge) for i in more)
    assert export(store, "nquads") == before


@settings(deadline=None, max_examples=8)
@given(order=orders, gone=some)
def test_articles_taken_out_leave_what_the_others_put_in(
    contributions: Contributions, knowledge: Knowledge, order: list[int], gone: list[int]
) -> None:
    store = stored([contributions[i] for i in order], knowledge)
    for i in gone:
        assert retract(store, contributions[i].article, knowledge)

    kept = [c for i, c in enumerate(contributions) if i not in gone]
    assert content(store) == content(stored(kept, knowledge))


@settings(deadline=None, max_examples=4)
@given(order=orders, gone=some, back=some)
def test_rebuilding_from_the_log_changes_nothing(
    contributions: Contributions, knowledge: Knowledge, order: list[int], gone: list[int], back: list[int]
) -> None:
    store = stored([contributions[i] for i in order], knowledge)
    for i in gone:
        retract(store, contributions[i].article, knowledge)
    for i in back:
        admit(store, contributions[i], knowledge)
    store.learn(vocabulary(knowledge.axioms, NAMES))
    before = export(store, "nquads")
    rebuild(store, knowledge)

    assert export(store, "nquads") == before


@settings(deadline=None, max_examples=4)
@given(order=orders, gone=some)
def test_what_was_inferred_in_steps_is_what_follows_at_once(
    contributions: Contributions, knowledge: Knowledge, order: list[int], gone: list[int]
) -> None:
    store = stored([contributions[i] for i in order], knowledge)
    for i in gone:
        retract(store, contributions[i].article, knowledge)
    inferred = NAMES.graph("inferred")
    told = [quad for quad in store.quads() if quad.graph_name.value != inferred]

    assert set(store.quads(inferred)) == set(infer(told, knowledge.axioms, NAMES))


def test_every_inferred_fact_leads_to_asserted_ones(
    contributions: Contributions, knowledge: Knowledge
) -> None:
    store = stored(contributions, knowledge)
    known = Stored(store.oxigraph, NAMES)
    follows = [fact for q in store.quads(NAMES.graph("inferred")) if (fact := fact_of(q))]

    assert follows
    assert all(explain(known, knowledge.rules, fact) for fact in follows)


def test_reading_and_building_anew_gives_the_same_quads(kit: Kit, contributions: Contributions) -> None:
    article = read(FILES[0])

    assert contribution(article, kit.reader.events(article), NAMES) == contributions[0]


def test_what_a_store_learns_of_the_terms_is_learnt_once(kit: Kit) -> None:
    store = Store.memory()
    store.learn(vocabulary(kit.axioms, store.names))

    assert not store.learn(vocabulary(kit.axioms, store.names))


def test_every_quote_in_a_graph_is_the_text_at_its_offsets(kit: Kit) -> None:
    text = (
        "A wa\u0301rning 🚓: police raided the warehouse in Grozny on 3 May 2031, killing “two” men."
        " İzmir condemned the raid."
    )
    made = Article("made.txt", text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
    quads = contribution(made, kit.reader.events(made), NAMES).quads
    at = {q.subject.value: re.search(r"#char=(\d+),(\d+)$", q.subject.value) for q in quads}
    quotes = [(q, at[q.subject.value]) for q in quads if q.predicate.value.endswith("#exact")]

    assert len(quotes) > 3
    assert [q.object.value for q, _ in quotes] == [text[int(m[1]) : int(m[2])] for _, m in quotes if m]
