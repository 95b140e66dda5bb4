"""`kg serve` beside a writer, under attack, and with clients that nobody here wrote."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

KG = [sys.executable, "-m", "kg"]
Serving = Callable[..., AbstractContextManager[str]]
HEAVY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a = ?i && ?c = ?d) }"
COUNT = "SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a <https://w3id.org/kgnews/ns#Article> }"


def eventually(ask: Callable[[], int]) -> int:
    """Ask until there is an answer: after an attack a worker may still be starting."""
    for _ in range(20):
        try:
            return ask()
        except ValueError:
            time.sleep(0.5)
    return ask()


def articles(address: str) -> int:
    response = httpx.get(f"{address}/sparql", params={"query": COUNT}, timeout=30)
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def test_what_a_build_adds_is_answered_within_a_second_of_its_end(tmp_path: Path, serving: Serving) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("Police in Norland raided the office of a newspaper on 3 May 2031.\n")
    second.write_text("Norland expelled two diplomats of Sweden on 4 May 2031, its ministry said.\n")
    store = tmp_path / "store"
    subprocess.run([*KG, "build", str(first), "--store", str(store)], check=True)

    with serving(store) as address:
        assert articles(address) == 1
        subprocess.run([*KG, "build", str(second), "--store", str(store)], check=True)
        assert articles(address) == 2
    assert not (store / "snapshots").exists()


def test_a_heavy_query_is_stopped_and_the_pages_go_on(story: Path, serving: Serving) -> None:
    with serving(story, "--timeout", "1") as address:
        assert httpx.get(f"{address}/timeline", timeout=30).status_code == 200
        found: list[int] = []
        attack = [
            threading.Thread(
                target=lambda: found.append(
                    httpx.get(f"{address}/sparql", params={"query": HEAVY}, timeout=60).status_code
                )
            )
            for _ in range(20)
        ]
        for each in attack:
            each.start()
        pages = [httpx.get(f"{address}/timeline", timeout=30).status_code for _ in range(20)]
        for each in attack:
            each.join()

        assert set(pages) == {200}
        assert set(found) == {503, 504}
        assert eventually(lambda: articles(address)) == 8


def test_a_query_that_takes_too_much_memory_is_stopped(story: Path, serving: Serving) -> None:
    growing = "SELECT ?z WHERE { BIND ('aaaaaaaaaa' AS ?a) " + "".join(
        f"BIND (CONCAT(?{one}, ?{one}, ?{one}, ?{one}, ?{one}, ?{one}, ?{one}, ?{one}) AS ?{other}) "
        for one, other in zip("abcdefghij", "bcdefghijz", strict=True)
    )
    with serving(story, "--memory", "300", "--timeout", "60") as address:
        response = httpx.get(f"{address}/sparql", params={"query": growing + "}"}, timeout=60)

        assert response.status_code == 503
        assert articles(address) == 8


def test_an_answer_that_is_too_large_is_refused_whole(site: str) -> None:
    large = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 500000"
    response = httpx.get(f"{site}/sparql", params={"query": large}, timeout=60)

    assert response.status_code in (500, 504)
    assert len(response.content) < 200


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", 400),
        ("SELECT * { SERVIC\\u0045 <http://127.0.0.1:9/> { ?a ?b ?c } }", 400),
        ("SELECT * FROM <http://127.0.0.1:9/g> { ?a ?b ?c }", 400),
        ("PREFIX x: <http://127.0.0.1:9/> SELECT * FROM NAMED x:g { ?a ?b ?c }", 400),
        ("LOAD <http://127.0.0.1:9/g>", 400),
        ("SELECT * { ?a ?b ?c FILTER (" + "!(" * 70 + "true" + ")" * 70 + ") }", 400),
        ("SELECT * { ?a ?b " + "x" * 70_000 + " }", 413),
    ],
)
def test_what_reaches_out_or_is_a_bomb_is_refused(site: str, text: str, status: int) -> None:
    response = httpx.post(
        f"{site}/sparql", content=text, headers={"Content-Type": "application/sparql-query"}
    )

    assert response.status_code == status


def test_a_graph_of_the_store_may_be_named(site: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/kgnews/graph/events> { ?a ?b ?c }"
    response = httpx.get(f"{site}/sparql", params={"query": text})

    assert 0 < int(response.json()["results"]["bindings"][0]["n"]["value"]) < 5000


def test_another_host_and_a_page_of_another_site_are_refused(site: str) -> None:
    assert httpx.get(site, headers={"Host": "evil.example"}).status_code == 421
    assert httpx.get(site, headers={"Origin": "http://evil.example"}).status_code == 403


def test_sparqlwrapper_asks_it(site: str) -> None:
    from SPARQLWrapper import JSON, SPARQLWrapper

    client = SPARQLWrapper(f"{site}/sparql")
    client.setQuery(COUNT)
    client.setReturnFormat(JSON)

    assert client.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == "8"


def test_rdflib_asks_it(site: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{site}/sparql"))

    assert [int(row[0]) for row in graph.query(COUNT)] == [8]


def test_two_servers_share_a_store(story: Path, serving: Serving) -> None:
    with serving(story) as one, serving(story) as other:
        assert articles(one) == articles(other) == 8


def test_without_a_store_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [*KG, "serve", "--store", str(tmp_path / "no")], check=False, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "no store here" in done.stderr


def test_stopping_waits_for_nobody_and_says_nothing(story: Path) -> None:
    command = [*KG, "serve", "--store", str(story), "--port", "0", "--timeout", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip()
        found: list[int] = []
        waiting = threading.Thread(
            target=lambda: found.append(
                httpx.get(f"{address}sparql", params={"query": HEAVY}, timeout=60).status_code
            )
        )
        waiting.start()
        time.sleep(2)
        process.terminate()
        waiting.join(10)

        assert process.wait(10) == 0
        assert found == [503]
        assert process.stderr.read() == ""


def sent(address: str, *pieces: bytes, pause: float = 0.0, wait: float = 30.0) -> bytes:
    """Send bytes to a server a piece at a time; return what it answers until it ends."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), wait) as to:
        for piece in pieces:
            to.sendall(piece.replace(b"HOST", f"{host}:{port}".encode()))
            time.sleep(pause)
        answer = b""
        with suppress(ConnectionResetError):  # it does not read what it refuses
            while part := to.recv(65_536):
                answer += part
        return answer


POST = (
    b"POST /sparql HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Type: application/sparql-query\r\n"
)


def test_a_body_that_is_too_long_is_refused_before_all_of_it_came(site: str) -> None:
    answer = sent(site, POST + b"Content-Length: 900000000\r\n\r\n" + b"x" * 300_000)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_body_that_never_comes_is_not_waited_for(site: str) -> None:
    began = time.monotonic()
    answer = sent(site, POST + b"Content-Length: 6\r\n\r\nASK")

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 15


def test_who_leaves_within_a_body_leaves_no_trace(story: Path) -> None:
    command = [*KG, "serve", "--store", str(story), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip().rstrip("/")
        host, _, port = address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port)), 5) as to:
            to.sendall(POST.replace(b"HOST", f"{host}:{port}".encode()) + b"Content-Length: 60\r\n\r\nASK")
            time.sleep(0.5)
        assert httpx.get(f"{address}/timeline", timeout=30).status_code == 200
        process.terminate()

        assert process.wait(10) == 0
        assert process.stderr.read() == ""


def test_more_connections_than_it_takes_are_told_so(site: str) -> None:
    host, _, port = site.removeprefix("http://").partition(":")
    with ExitStack() as stack:
        for _ in range(520):
            stack.enter_context(socket.create_connection((host, int(port)), 5))
        time.sleep(0.5)
        full = httpx.get(site, timeout=10).status_code

    assert full == 503
    assert eventually(lambda: articles(site)) == 8


def test_who_asks_too_often_is_told_when_to_come_again(story: Path, serving: Serving) -> None:
    with serving(story, "--rate", "2") as address, httpx.Client(timeout=60) as client:
        answers = [client.get(f"{address}/style.css") for _ in range(20)]
        late = next(answer for answer in answers if answer.status_code == 429)
        time.sleep(int(late.headers["Retry-After"]))

        assert client.get(f"{address}/style.css").is_success
    assert late.text.startswith("too many requests from this address")
    assert sum(answer.is_success for answer in answers) >= 8


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_every_worker_is_without_network_and_programs(story: Path, serving: Serving) -> None:
    with serving(story, "--workers", "2", "--name", "shut") as address:
        for path in ("/timeline", "/sparql?query=ASK%7B%7D"):
            assert httpx.get(address + path, timeout=60).is_success
        states = workers("shut")

    assert len(states) >= 2
    assert ["Seccomp:\t2" in state for state in states] == [True] * len(states)


def test_a_worker_that_dies_while_nobody_asks_is_not_missed(story: Path, serving: Serving) -> None:
    with serving(story, "--workers", "1", "--name", "alone") as address, httpx.Client(timeout=60) as client:
        client.get(f"{address}/timeline")
        (state,) = workers("alone")
        os.kill(int(state.split("\nPid:")[1].split()[0]), signal.SIGKILL)

        assert client.get(f"{address}/timeline").is_success


def workers(name: str) -> list[str]:
    """Return the states of the processes that the server of this name has started."""
    words = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            words[process.name] = (process / "cmdline").read_text(), (process / "status").read_text()
    servers = {pid for pid, (line, _) in words.items() if "\0serve\0" in line and f"\0{name}\0" in line}
    parent = re.compile(rf"^PPid:\s(?:{'|'.join(servers)})$", re.MULTILINE)
    return [state for line, state in words.values() if "spawn_main" in line and parent.search(state)]
