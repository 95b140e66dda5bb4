"""What kg makes of the answers of a server: refusals, parts of answers, logins; one clear line for each."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad

from kg.address import Address
from kg.errors import StoreError
from kg.query import ask
from kg.store import Store

pytestmark = pytest.mark.usefixtures("hurried")
Begin = Callable[[Path, str], Store]


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


def test_a_password_is_shown_to_the_server_that_asks_and_kept_nowhere(
    between: Any, begun: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_USER", "ann")
    monkeypatch.setenv("KG_STORE_PASSWORD", "s3cret-word")
    challenged = {"WWW-Authenticate": 'Basic realm="graphs"'}
    between.does = lambda _: "pass" if "Authorization" in between.seen[-1] else 401
    between.refusal = challenged
    with begun(tmp_path / "s", between.url):
        pass
    kept = b"".join(file.read_bytes() for file in (tmp_path / "s").rglob("*") if file.is_file())

    assert "Authorization" not in between.seen[0]
    assert "Basic YW5uOnMzY3JldC13b3Jk" in between.seen[-1].values()
    assert b"s3cret" not in kept


def test_a_token_goes_with_every_request(
    between: Any, begun: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", "abc")
    with begun(tmp_path / "s", between.url):
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
