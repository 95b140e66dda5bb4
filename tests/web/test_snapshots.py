"""Snapshots: left only where somebody reads, kept while they are looked at, whole at any moment."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.iri import BASE
from kg.resources import resources
from kg.snapshots import FOLDER, Held, newest, publish, watched, watching
from kg.store import Store
from kg.web.worker import Setup, State

ROOT = Path(__file__).resolve().parents[2]
KG = [sys.executable, "-m", "kg"]
TORN = """PREFIX kg: <https://w3id.org/kgnews/ns#> SELECT ?what (COUNT(*) AS ?n) WHERE {
  { BIND ('articles' AS ?what) ?x a kg:Article }
  UNION { BIND ("torn" AS ?what) ?x a kg:EventReport
    FILTER NOT EXISTS { ?x kg:reportOf ?e . ?e kg:status ?s } }
  UNION { BIND ('torn' AS ?what) ?x kg:reportOf ?e FILTER NOT EXISTS { ?x kg:statedIn ?a . ?a a kg:Article } }
} GROUP BY ?what"""


def quad(number: int) -> Quad:
    node = NamedNode(f"http://example.org/{number}")
    return Quad(node, node, Literal(str(number)), node)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    with Store.open(path, create=True) as made:
        made.oxigraph.add(quad(0))
    return path


def test_where_nobody_reads_nothing_is_left(store: Path) -> None:
    with Store.open(store) as writing:
        writing.publish()

    assert not watched(store)
    assert newest(store) is None


def test_a_snapshot_holds_what_was_there_and_nothing_later(store: Path) -> None:
    with watching(store), Store.open(store) as writing:
        writing.publish()
        writing.oxigraph.add(quad(1))
        first = newest(store)
        assert first is not None
        held = Held(first)
        assert [len(held.quads), len(writing)] == [1, 2]
        held.release()


def test_one_that_is_looked_at_stays_and_goes_with_the_next(store: Path) -> None:
    with watching(store), Store.open(store) as writing:
        first = publish(store, writing.oxigraph)
        held = Held(first)
        second = publish(store, writing.oxigraph)
        assert first.exists()
        held.release()
        third = publish(store, writing.oxigraph)

        assert [path.exists() for path in (first, second, third)] == [False, False, True]


def test_the_last_reader_takes_them_along(store: Path) -> None:
    with watching(store):
        with watching(store), Store.open(store) as writing:
            writing.publish()
        assert newest(store) is not None

    assert not (store / FOLDER).exists()


def test_what_a_killed_reader_left_goes_with_the_next_writer(store: Path) -> None:
    with watching(store), Store.open(store) as writing:
        publish(store, writing.oxigraph)
        shutil.copytree(store / FOLDER, store / "kept")
    (store / "kept").rename(store / FOLDER)
    with Store.open(store):
        assert not (store / FOLDER).exists()


def test_a_snapshot_that_is_gone_is_told(store: Path) -> None:
    with pytest.raises(StoreError, match="does not open"):
        Held(store / FOLDER / "000000009")


def test_where_the_disk_refuses_the_store_goes_on(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise StoreError("no space")

    monkeypatch.setattr("kg.embedded.publish", full)
    with watching(store), Store.open(store) as writing:
        writing.publish()

        assert len(writing) == 1


def test_a_build_is_never_seen_half_done(
    tmp_path: Path, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    store = tmp_path / "store"
    first = ROOT / "examples" / "ural-post-raid.txt"
    subprocess.run([*KG, "build", str(first), "--store", str(store)], check=True)
    seen: list[int] = []
    with serving(store) as address, httpx.Client(timeout=60) as client:
        building = subprocess.Popen([*KG, "build", str(ROOT / "examples"), "--store", str(store)])
        while building.poll() is None or len(seen) < 3:
            found = client.get(f"{address}/sparql", params={"query": TORN}).json()["results"]["bindings"]
            counts = {row["what"]["value"]: int(row["n"]["value"]) for row in found}
            assert "torn" not in counts
            seen.append(counts["articles"])
        last = client.get(f"{address}/sparql", params={"query": TORN}).json()["results"]["bindings"]

    assert seen == sorted(seen)
    assert [int(row["n"]["value"]) for row in last] == [8]


def test_a_worker_that_finds_a_snapshot_gone_takes_the_newer_one(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = Setup(resources(), store, BASE, memory=2**40, most=2**20)
    with watching(store), Store.open(store) as writing:
        there = iter([store / FOLDER / "000000000", publish(store, writing.oxigraph)])
        monkeypatch.setattr("kg.web.worker.newest", lambda _: next(there))
        site = State(setup).site()

        assert site is not None
        assert len(site.store.oxigraph) == 1
