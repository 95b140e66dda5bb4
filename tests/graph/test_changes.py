from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pyoxigraph import NamedNode, Quad

from kg.changes import Contribution, consequences
from kg.commit import Knowledge, admit
from kg.entries import entered
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import Article, Claim, Event, When, Window
from kg.naming import article_graph, article_iri
from kg.store import Store
from kg.terms import TYPE, kg
from kg.view import Change, View

NAMES = Names()


class Counting:
    """Oxigraph's store, with a count of the quads that were looked at."""

    def __init__(self, store: Store) -> None:
        self._store = store.oxigraph
        self.seen = 0

    def __contains__(self, quad: Quad) -> bool:
        self.seen += 1
        return quad in self._store

    def quads_for_pattern(self, *pattern: Any) -> Iterator[Quad]:
        for quad in self._store.quads_for_pattern(*pattern):
            self.seen += 1
            yield quad


def build(article: Article, events: tuple[Event, ...], number: int) -> Contribution:
    version = replace(article, text=f"{article.text} {number}")
    return Contribution(
        article_iri(version, NAMES).value,
        article_graph(version, NAMES).value,
        tuple(to_quads(version, events, NAMES)),
        version.text,
    )


def test_taking_an_article_out_looks_at_no_more_when_the_store_holds_more(
    article: Article, events: tuple[Event, ...], knowledge: Knowledge
) -> None:
    looks = []
    for others in (2, 12):
        store = Store.memory()
        for number in range(others):
            admit(store, build(article, moved(events[:2], number), number), knowledge)
        counting = Counting(store)
        gone = frozenset(store.quads(build(article, events[:2], 0).graph))
        consequences(View(counting), Change(gone, frozenset()), [], NAMES)  # type: ignore[arg-type]
        looks.append(counting.seen)

    assert looks[1] <= looks[0] * 1.1


def moved(events: tuple[Event, ...], years: int) -> tuple[Event, ...]:
    """Return events that are dated later, and so are other events."""

    def later(claim: Claim) -> Claim:
        when = claim.value
        if not isinstance(when, When) or when.window is None or when.window.earliest is None:
            return claim
        day = when.window.earliest.replace(year=when.window.earliest.year + years)
        return replace(claim, value=replace(when, window=Window(day.isoformat(), day, day)))

    return tuple(replace(event, claims=tuple(map(later, event.claims))) for event in events)


def test_a_change_of_nothing_is_false(
    article: Article, events: tuple[Event, ...], knowledge: Knowledge
) -> None:
    store = Store.memory()
    admit(store, build(article, events, 0), knowledge)
    found = [q.subject.value for q in store.oxigraph.quads_for_pattern(None, TYPE, kg("Event"), None)]

    assert not consequences(store.view(), Change(frozenset(), frozenset()), found, NAMES)


def looked_at(first: Contribution, knowledge: Knowledge, copies: int) -> int:
    """Return how many quads are looked at to find the events of an article that so many graphs tell."""
    with Store.memory() as store:
        admit(store, first, knowledge)
        told = [quad for quad in store.quads() if quad.graph_name.value == first.graph]
        for number in range(copies):
            graph = NamedNode(f"https://example.org/{number}")
            store.oxigraph.extend(Quad(q.subject, q.predicate, q.object, graph) for q in told)
        counting = Counting(store)
        entered(View(counting), Change(frozenset(), frozenset(store.quads())), store.index.catalogue, NAMES)
        return counting.seen


def test_graphs_that_tell_the_same_cost_no_more_than_each_once(
    first: Contribution, knowledge: Knowledge
) -> None:
    few, many = looked_at(first, knowledge, 2), looked_at(first, knowledge, 8)

    assert many <= few * 4  # as many as graphs, not their powers
