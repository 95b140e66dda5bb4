"""What becomes of a store whose server fails: nothing lost, nothing twice, one clear line."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, QuerySolution

from kg.address import About, Address
from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit, catch_up, rebuild
from kg.errors import StoreError
from kg.iri import BASE
from kg.query import ask
from kg.remote import Remote
from kg.server import Server
from kg.store import Store

Stories = dict[str, Contribution]


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long between tries."""
    monkeypatch.setattr("kg.server._pause", lambda _: 0.01)
    monkeypatch.setenv("KG_STORE_TIMEOUT", "20")


@pytest.fixture
def two(stories: Stories) -> list[Contribution]:
    return [stories[name] for name in sorted(stories) if name[:2] in ("05", "08")]


def quads(store: Store) -> frozenset[Quad]:
    return frozenset(store.quads())


def begun(folder: Path, url: str, knowing: Knowledge) -> Store:
    store = Store.open(folder, create=True, about=About(BASE, url))
    store.learn(vocabulary(knowing.axioms, store.names))
    return store


@pytest.fixture
def reference(two: list[Contribution], knowing: Knowledge) -> frozenset[Quad]:
    store = Store.memory()
    store.learn(vocabulary(knowing.axioms, store.names))
    for each in two:
        admit(store, each, knowing)
    return quads(store)


@pytest.mark.parametrize("how", ["drop", "deaf", 503, 500])
@pytest.mark.parametrize("size", [20_000, 100], ids=["whole", "parts"])
def test_an_article_that_fails_at_any_request_is_whole_after_the_next_one(
    how: str | int,
    size: int,
    between: Any,
    two: list[Contribution],
    knowing: Knowledge,
    reference: frozenset[Quad],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.served.SIZE", size)
    failures = 0
    with begun(tmp_path / "s", between.url, knowing) as store:
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
    between: Any, two: list[Contribution], knowing: Knowledge, reference: frozenset[Quad], tmp_path: Path
) -> None:
    calls = [0]

    def busy(_: int) -> str | int:
        calls[0] += 1
        return 503 if calls[0] % 3 else "pass"

    between.does = busy
    with begun(tmp_path / "s", between.url, knowing) as store:
        for each in two:
            admit(store, each, knowing)

        assert quads(store) == reference


@pytest.fixture
def filled(between: Any, two: list[Contribution], knowing: Knowledge, tmp_path: Path) -> Store:
    with begun(tmp_path / "s", between.url, knowing) as store:
        for each in two:
            admit(store, each, knowing)
    return Store.reached(between.url)


def whole(store: Store) -> list[Quad]:
    return list(store.quads())


@pytest.mark.parametrize(
    ("does", "words"),
    [
        ("half", "broke off"),
        ("drop", "no answer"),
        (503, "the server refuses (503)"),
        (401, "KG_STORE_USER"),
        (403, "not allowed (403)"),
        (302, "use that address"),
    ],
)
def test_a_question_to_a_server_that_fails_ends_in_one_line(
    does: str | int, words: str, filled: Store, between: Any
) -> None:
    between.does = lambda _: does

    with pytest.raises(StoreError, match=f"^{between.url}: ") as raised:
        whole(filled)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_answer_that_the_server_cuts_off_is_no_answer(filled: Store, between: Any) -> None:
    between.extra = {"X-SPARQL-MaxRows": str(len(whole(filled)) + 1000)}
    assert whole(filled)
    with pytest.raises(StoreError, match="cuts answers"):
        for number in range(10):  # the graph of notes is not among the quads of a store
            between.extra = {"X-SPARQL-MaxRows": str(len(whole(filled)) + number)}


@pytest.mark.parametrize("form", ["SELECT ?s ?p ?o", "CONSTRUCT { ?s ?p ?o }"])
def test_an_answer_to_a_user_that_the_server_cuts_off_is_no_answer(
    form: str, filled: Store, between: Any
) -> None:
    text = f"{form} WHERE {{ ?s ?p ?o }} LIMIT 7"
    assert ask(filled, text)
    between.extra = {"X-SPARQL-MaxRows": "7"}

    with pytest.raises(StoreError, match="cuts answers at 7 rows"):
        ask(filled, text)


def test_a_server_that_drips_is_given_up_on(
    filled: Store, between: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_TIMEOUT", "0.5")
    between.does = lambda _: "drip"
    start = time.monotonic()

    with pytest.raises(StoreError, match=r"no whole answer in 0\.5 s"):
        ask(filled, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 50")
    assert time.monotonic() - start < 5


def test_an_answer_that_cannot_be_read_is_told_as_such(filled: Store, between: Any) -> None:
    between.does = lambda _: "noise"

    with pytest.raises(StoreError, match="cannot be read"):
        ask(filled, "SELECT ?s WHERE { ?s ?p ?o }")
    with pytest.raises(StoreError, match="nothing answers SPARQL here"):
        Store.reached(between.url)


def test_a_slow_server_is_given_up_on(filled: Store, between: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_: int) -> str:
        time.sleep(1)
        return "pass"

    monkeypatch.setenv("KG_STORE_TIMEOUT", "0.3")
    between.does = slow

    with pytest.raises(StoreError, match="no answer"):
        whole(filled)


def test_a_server_whose_default_graph_is_no_union_is_not_asked(filled: Store, between: Any) -> None:
    between.strips = "union-default-graph=true"

    with pytest.raises(StoreError, match="not the union"):
        ask(filled, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")


def test_a_server_that_another_log_wrote_is_not_written(
    filled: Store, between: Any, knowing: Knowledge, tmp_path: Path
) -> None:
    before = quads(filled)

    with pytest.raises(StoreError, match="written from another log"):
        begun(tmp_path / "other", between.url, knowing)
    assert quads(Store.reached(between.url)) == before


THEIRS = "<https://example.org/a> <https://example.org/b> <https://example.org/c>"


def other_data(oxigraph: str) -> list[QuerySolution]:
    """Return what somebody else put on a server."""
    asked = "SELECT ?s WHERE { GRAPH <https://example.org/g> { ?s ?p ?o } }"
    return [*Remote(Server(Address.of(oxigraph))).rows(asked)]


def test_what_else_the_server_has_is_neither_seen_nor_removed(
    between: Any, oxigraph: str, two: list[Contribution], knowing: Knowledge, tmp_path: Path
) -> None:
    Server(Address.of(oxigraph)).update(f"INSERT DATA {{ GRAPH <https://example.org/g> {{ {THEIRS} }} }}")
    with begun(tmp_path / "s", between.url, knowing) as store:
        admit(store, two[0], knowing)
        seen = quads(store)
        store.backing.clear()

    assert not [quad for quad in seen if "example.org/g" in str(quad.graph_name)]
    assert len(other_data(oxigraph)) == 1


def test_a_server_that_lost_the_store_and_has_other_data_keeps_them_when_it_is_written_anew(
    between: Any, oxigraph: str, two: list[Contribution], knowing: Knowledge, tmp_path: Path
) -> None:
    with begun(tmp_path / "s", between.url, knowing) as store:
        admit(store, two[0], knowing)
        before = quads(store)
    Server(Address.of(oxigraph)).update("DROP ALL")
    Server(Address.of(oxigraph)).update(f"INSERT DATA {{ GRAPH <https://example.org/g> {{ {THEIRS} }} }}")
    with Store.open(tmp_path / "s", anew=True) as store:
        rebuild(store, knowing)

        assert quads(store) == before
    assert len(other_data(oxigraph)) == 1


def test_a_password_is_shown_to_the_server_that_asks_and_kept_nowhere(
    between: Any, knowing: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_USER", "ann")
    monkeypatch.setenv("KG_STORE_PASSWORD", "s3cret-word")
    challenged = {"WWW-Authenticate": 'Basic realm="graphs"'}
    between.does = lambda _: "pass" if "Authorization" in between.seen[-1] else 401
    between.refusal = challenged
    with begun(tmp_path / "s", between.url, knowing):
        pass
    kept = b"".join(file.read_bytes() for file in (tmp_path / "s").rglob("*") if file.is_file())

    assert "Authorization" not in between.seen[0]
    assert "Basic YW5uOnMzY3JldC13b3Jk" in between.seen[-1].values()
    assert b"s3cret" not in kept


def test_a_token_goes_with_every_request(
    between: Any, knowing: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", "abc")
    with begun(tmp_path / "s", between.url, knowing):
        pass

    assert {headers["Authorization"] for headers in between.seen} == {"Bearer abc"}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://ann:word@example.org/x", "KG_STORE_PASSWORD"),
        ("https://", "a host"),
        ("https://example.org:99999/", "not an address"),
        ("ftp://example.org", "expected http"),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as raised:
        Address.of(address)
    assert "word@" not in str(raised.value)


def test_a_place_without_a_store_is_told_as_such(oxigraph: str) -> None:
    with pytest.raises(StoreError, match="no store is here"):
        Store.reached(oxigraph)


def test_a_page_that_is_no_server_is_told_as_such(between: Any) -> None:
    between.does = lambda _: 404

    with pytest.raises(StoreError, match="refuses \\(404\\)"):
        Store.reached(between.url)
