"""The corpus of `tests/corpus` as contributions, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit
from kg.iri import Names
from kg.pipeline import Kit, contribution
from kg.read import read
from kg.store import Store
from kg.terms import kg

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
Stories = dict[str, Contribution]


@pytest.fixture(scope="session")
def stories(kit: Kit) -> Stories:
    """What each article of the corpus puts into a store, by the name of its file."""
    articles = {path.name: read(path) for path in sorted(CORPUS.glob("*.txt"))}
    return {n: contribution(a, kit.reader.events(a), Names()) for n, a in articles.items()}


@pytest.fixture(scope="session")
def knowing(kit: Kit) -> Knowledge:
    return kit.knowledge


@pytest.fixture(scope="session")
def stored(knowing: Knowledge) -> Callable[[Iterable[Contribution]], Store]:
    """Put contributions into a new store, in their order."""

    def put(given: Iterable[Contribution]) -> Store:
        store = Store.memory()
        store.learn(vocabulary(knowing.axioms, Names()))
        for each in given:
            admit(store, each, knowing)
        return store

    return put


@pytest.fixture(scope="session")
def content() -> Callable[[Store], frozenset[str]]:
    """Return all quads, each event named by the first of its reports, without what leads from old names."""

    def all_of(store: Store) -> frozenset[str]:
        links = [q for q in store.quads() if q.predicate == kg("reportOf")]
        events = {q.object for q in links}
        names = {event: min(str(q.subject) for q in links if q.object == event) for event in events}
        return frozenset(
            " ".join(str(names.get(term, term)) for term in (q.subject, q.predicate, q.object, q.graph_name))
            for q in store.quads()
            if q.predicate != kg("mergedInto")
        )

    return all_of


@pytest.fixture
def whole(stories: Stories, stored: Callable[[Iterable[Contribution]], Store]) -> Store:
    """A store with the whole corpus, in the order of publication."""
    return stored(stories.values())
