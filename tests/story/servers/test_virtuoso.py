"""Virtuoso, which is less of a SPARQL 1.1 server than others, keeps the same quads."""

from __future__ import annotations

from pathlib import Path

from kg.address import About
from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit, retract
from kg.iri import BASE
from kg.query import run
from kg.questions import saved_query
from kg.store import Store

Stories = dict[str, Contribution]


def filled(store: Store, given: list[Contribution], knowing: Knowledge) -> Store:
    """Put articles into a store, and take the last one out again."""
    store.learn(vocabulary(knowing.axioms, store.names))
    for each in given:
        admit(store, each, knowing)
    retract(store, given[-1].article, knowing)
    return store


def test_articles_come_and_go_and_the_timeline_is_the_same(
    virtuoso: str, stories: Stories, knowing: Knowledge, tmp_path: Path
) -> None:
    given = [story for name, story in stories.items() if name[:2] in ("01", "04", "05", "27")]
    wanted = filled(Store.memory(), given, knowing)
    with Store.open(tmp_path / "s", create=True, about=About(BASE, virtuoso)) as store:
        filled(store, given, knowing)

        assert frozenset(store.quads()) == frozenset(wanted.quads())
        assert run(store, saved_query("timeline")) == run(wanted, saved_query("timeline"))
