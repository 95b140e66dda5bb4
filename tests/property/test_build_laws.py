"""Laws of building: the order of the articles changes nothing, nor does building again."""

from __future__ import annotations

import re
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.export import export
from kg.iri import Names
from kg.model import Article, Block, BlockKind, Span
from kg.pipeline import Kit, prepare
from kg.read import read
from kg.store import Store

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("steppe-wire-first-report.txt", "steppe-wire-update.txt", "meridian-citizenship.txt")
NUMBERS = range(len(NAMES))


@pytest.fixture(scope="module")
def contributions(kit: Kit) -> tuple[Contribution, ...]:
    """What three of the example articles put into a store."""
    articles = [read(EXAMPLES / name) for name in NAMES]
    return tuple(prepare(a, kit.reader.events(a), kit, Names()).contribution for a in articles)


def stored(contributions: list[Contribution]) -> Store:
    def put(store: Store, contribution: Contribution) -> Store:
        store.replace(contribution)
        return store

    return reduce(put, contributions, Store.memory())


@settings(deadline=None, max_examples=25)
@given(order=st.permutations(NUMBERS))
def test_the_order_of_the_articles_changes_nothing(
    contributions: tuple[Contribution, ...], order: list[int]
) -> None:
    there = stored([contributions[i] for i in order])

    assert export(there, "nquads") == export(stored(list(contributions)), "nquads")


@settings(deadline=None, max_examples=25)
@given(more=st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=5))
def test_building_again_changes_nothing(contributions: tuple[Contribution, ...], more: list[int]) -> None:
    store = stored(list(contributions))
    before = export(store, "nquads")

    assert not any(store.replace(contributions[i]) for i in more)
    assert export(store, "nquads") == before


@settings(deadline=None, max_examples=25)
@given(gone=st.sampled_from(NUMBERS))
def test_an_article_taken_out_leaves_what_the_others_put_in(
    contributions: tuple[Contribution, ...], gone: int
) -> None:
    store = stored(list(contributions))
    store.remove(contributions[gone].article)

    kept = [c for i, c in enumerate(contributions) if i != gone]
    assert export(store, "nquads") == export(stored(kept), "nquads")


def test_reading_and_building_anew_gives_the_same_quads(
    kit: Kit, contributions: tuple[Contribution, ...]
) -> None:
    article = read(EXAMPLES / NAMES[0])

    assert prepare(article, kit.reader.events(article), kit, Names()).contribution == contributions[0]


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
    quads = prepare(made, kit.reader.events(made), kit, Names()).contribution.quads
    at = {q.subject.value: re.search(r"#char=(\d+),(\d+)$", q.subject.value) for q in quads}
    quotes = [(q, at[q.subject.value]) for q in quads if q.predicate.value.endswith("#exact")]

    assert len(quotes) > 3
    assert [q.object.value for q, _ in quotes] == [text[int(m[1]) : int(m[2])] for _, m in quotes if m]
