from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import Quad

from kg.changes import Contribution, change
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import Article, Event
from kg.naming import article_graph, article_iri
from kg.projection import project
from kg.store import Store

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
    mapped = list(to_quads(version, events, NAMES))
    return Contribution(
        article_iri(version, NAMES).value,
        article_graph(version, NAMES).value,
        (*mapped, *project(mapped, NAMES)),
        version.text,
    )


@pytest.mark.parametrize("kept", [0, 1, 5])
def test_a_build_looks_at_no_more_when_the_store_holds_more(
    article: Article, events: tuple[Event, ...], kept: int
) -> None:
    looks = []
    for others in (3, 30):
        store = Store.memory()
        for number in range(others):
            store.replace(build(article, events, number))
        counting = Counting(store)
        change(counting, build(article, events[:kept], 0), NAMES)  # type: ignore[arg-type]
        looks.append(counting.seen)

    assert looks[1] <= looks[0] * 1.1


def test_a_change_of_nothing_is_false(article: Article, events: tuple[Event, ...]) -> None:
    store = Store.memory()
    store.replace(build(article, events, 0))

    assert not change(store.oxigraph, build(article, events, 0), NAMES)
