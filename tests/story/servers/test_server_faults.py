"""What becomes of a store whose server fails: nothing lost, nothing twice, one clear line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, QuerySolution

from kg.address import Address
from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit, catch_up, rebuild
from kg.errors import StoreError
from kg.remote import Remote
from kg.server import Server
from kg.store import Store

pytestmark = pytest.mark.usefixtures("hurried")
WHOLE, PARTS = 20_000, 100  # quads of an update
Begin = Callable[[Path, str], Store]


def quads(store: Store) -> frozenset[Quad]:
    return frozenset(store.quads())


@pytest.fixture
def reference(two: list[Contribution], knowing: Knowledge) -> frozenset[Quad]:
    store = Store.memory()
    store.learn(vocabulary(knowing.axioms, store.names))
    for each in two:
        admit(store, each, knowing)
    return quads(store)


@pytest.mark.parametrize(
    ("how", "size"),
    [
        ("drop", WHOLE), ("deaf", WHOLE), (503, WHOLE), (500, WHOLE), ("drop", PARTS), ("deaf", PARTS),
        pytest.param(503, PARTS, marks=pytest.mark.long), pytest.param(500, PARTS, marks=pytest.mark.long),
    ],
)  # fmt: skip
def test_an_article_that_fails_at_any_request_is_whole_after_the_next_one(
    how: str | int,
    size: int,
    between: Any,
    two: list[Contribution],
    begun: Begin,
    knowing: Knowledge,
    reference: frozenset[Quad],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.served.SIZE", size)
    failures = 0
    with begun(tmp_path / "s", between.url) as store:
        catch_up(store, knowing)
    start = between.updates + 2  # whoever opens the store to write asks whether the server takes updates
    for at in range(start, start + 40):
        between.does = lambda number, at=at: how if number >= at else "pass"
        try:
            with Store.open(tmp_path / "s") as store:
                for each in two:
                    admit(store, each, knowing)
            break
        except StoreError as error:
            assert between.url in str(error)
            failures += 1
            between.updates = start - 2
    between.does = lambda _: "pass"
    with Store.open(tmp_path / "s") as store:
        for each in two:
            admit(store, each, knowing)

        assert failures > 1
        assert quads(store) == reference
        assert len([*store.records()]) == len(two)


def test_a_server_that_is_busy_for_a_moment_is_asked_again(
    between: Any,
    two: list[Contribution],
    begun: Begin,
    knowing: Knowledge,
    reference: frozenset[Quad],
    tmp_path: Path,
) -> None:
    calls = [0]

    def busy(_: int) -> str | int:
        calls[0] += 1
        return 503 if calls[0] % 3 else "pass"

    between.does = busy
    with begun(tmp_path / "s", between.url) as store:
        for each in two:
            admit(store, each, knowing)

        assert quads(store) == reference


def test_a_server_that_another_log_wrote_is_not_written(
    filled: Store, between: Any, begun: Begin, tmp_path: Path
) -> None:
    before = quads(filled)

    with pytest.raises(StoreError, match="written from another log"):
        begun(tmp_path / "other", between.url)
    assert quads(Store.reached(between.url)) == before


THEIRS = "<https://example.org/a> <https://example.org/b> <https://example.org/c>"


def other_data(oxigraph: str) -> list[QuerySolution]:
    """Return what somebody else put on a server."""
    asked = "SELECT ?s WHERE { GRAPH <https://example.org/g> { ?s ?p ?o } }"
    return [*Remote(Server(Address.of(oxigraph))).rows(asked)]


def test_what_else_the_server_has_is_neither_seen_nor_removed(
    between: Any, oxigraph: str, two: list[Contribution], begun: Begin, knowing: Knowledge, tmp_path: Path
) -> None:
    Server(Address.of(oxigraph)).update(f"INSERT DATA {{ GRAPH <https://example.org/g> {{ {THEIRS} }} }}")
    with begun(tmp_path / "s", between.url) as store:
        admit(store, two[0], knowing)
        seen = quads(store)
        store.backing.clear()

    assert not [quad for quad in seen if "example.org/g" in str(quad.graph_name)]
    assert len(other_data(oxigraph)) == 1


def test_a_server_that_lost_the_store_and_has_other_data_keeps_them_when_it_is_written_anew(
    between: Any, oxigraph: str, two: list[Contribution], begun: Begin, knowing: Knowledge, tmp_path: Path
) -> None:
    with begun(tmp_path / "s", between.url) as store:
        admit(store, two[0], knowing)
        before = quads(store)
    Server(Address.of(oxigraph)).update("DROP ALL")
    Server(Address.of(oxigraph)).update(f"INSERT DATA {{ GRAPH <https://example.org/g> {{ {THEIRS} }} }}")
    with Store.open(tmp_path / "s", anew=True) as store:
        rebuild(store, knowing)

        assert quads(store) == before
    assert len(other_data(oxigraph)) == 1
