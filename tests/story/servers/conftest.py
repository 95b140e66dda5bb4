"""Servers that the tests start, and one between kg and a server that fails as it is told."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest
import requests

from kg.address import About, Address
from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit
from kg.iri import BASE
from kg.server import Server
from kg.store import Store

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")
OPEN = {"user": "dba", "password": "dba"}
INI = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = {data}
NumberOfBuffers = 10000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = .
ServerThreads = 5
"""
Opener = Callable[[], AbstractContextManager[Store]]
Begin = Callable[[Path, str], Store]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """Run a server until it is not needed any more."""
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        try:
            until = time.monotonic() + 60
            while True:
                try:
                    requests.get(url, timeout=5)
                    break
                except requests.ConnectionError:
                    assert process.poll() is None, (folder / "said").read_text(errors="replace")
                    assert time.monotonic() < until, f"{command[0]} does not answer"
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    """The address of an empty Oxigraph server."""
    assert OXIGRAPH.exists(), "the package oxigraph, of the extra [test], brings the server"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (tmp_path / "oxigraph-server").mkdir()
    command = [str(OXIGRAPH), "serve", "--bind", f"127.0.0.1:{port}"]
    with running(command, tmp_path / "oxigraph-server", url):
        yield url


@pytest.fixture(scope="session")
def one_virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso, which takes seconds to start."""
    if VIRTUOSO is None:
        pytest.skip("Virtuoso is not installed (Debian's virtuoso-opensource)")
    folder = tmp_path_factory.mktemp("virtuoso")
    web = free_port()
    (folder / "virtuoso.ini").write_text(INI.format(data=free_port(), web=web))
    url = f"http://127.0.0.1:{web}"
    with running([VIRTUOSO, "+foreground", "+configfile", "virtuoso.ini"], folder, f"{url}/sparql"):
        yield url


@pytest.fixture
def virtuoso(one_virtuoso: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a Virtuoso in which there is nothing of kg's, and that takes its writer's word."""
    for name, value in OPEN.items():
        monkeypatch.setenv(f"KG_STORE_{name.upper()}", value)
    yield one_virtuoso
    server = Server(Address.of(one_virtuoso))
    for graph in sorted(graphs(one_virtuoso)):
        if "openlinksw" not in graph and "localuriqaserver" not in graph:
            server.update(f"DROP SILENT GRAPH <{graph}>")


def graphs(url: str) -> set[str]:
    """Return the named graphs of a server, without kg's help."""
    text = urlencode({"query": "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"})
    for path in ("query", "sparql"):
        answer = requests.get(
            f"{url}/{path}?{text}", headers={"Accept": "application/sparql-results+json"}, timeout=30
        )
        if answer.ok:
            return {row["g"]["value"] for row in answer.json()["results"]["bindings"]}
    raise AssertionError(f"{url} does not answer")


# Virtuoso takes minutes over all of them; `test_virtuoso.py` has what is looked at each time.
@pytest.fixture(params=["memory", "disk", "oxigraph", pytest.param("virtuoso", marks=pytest.mark.long)])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Return what opens one and the same store, wherever its quads are."""
    if request.param == "memory":
        only = Store.memory()
        return lambda: nullcontext(only)
    server = "" if request.param == "disk" else str(request.getfixturevalue(request.param))
    about = About(BASE, server)
    return lambda: Store.open(tmp_path / "s", create=True, about=about)


@dataclass(slots=True)
class Between:
    """A server that passes requests on, but for those that `does` says something else of.

    `does` gets the number of an update (from 1; 0 is a query) and returns "pass", "drop" (close the
    connection and pass nothing on), "deaf" (pass it on and close without an answer), "half" (half
    the answer), "drip" (a byte of it each tenth of a second), "noise" (an answer that is none), or a
    status. `seen` are the headers of all requests.
    """

    url: str
    does: Callable[[int], str | int] = lambda _: "pass"
    strips: str = ""
    updates: int = 0
    extra: dict[str, str] = field(default_factory=dict)
    seen: list[dict[str, str]] = field(default_factory=list)
    refusal: dict[str, str] = field(default_factory=dict)


class Handler(BaseHTTPRequestHandler):
    """Does with a request what the state of its server says."""

    state: Between
    behind: str

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.state.seen.append(dict(self.headers))
        number = 0
        if not self.path.startswith("/query"):
            self.state.updates += 1
            number = self.state.updates
        what = self.state.does(number)
        if isinstance(what, int):
            self._answer(what, b"as the test wants it", {"Content-Type": "text/plain", **self.state.refusal})
        elif what == "drop":
            self.connection.close()
        else:
            self._pass_on(body.replace(self.state.strips.encode() or b"\0", b""), what)

    def _pass_on(self, body: bytes, what: str) -> None:
        kept = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
        answer = requests.request(self.command, self.behind + self.path, data=body, headers=kept, timeout=30)
        if what == "deaf":
            self.connection.close()
            return
        content = b'{"head": {}, "results"' if what == "noise" else answer.content
        told = {"Content-Type": answer.headers.get("Content-Type", ""), **self.state.extra}
        self._answer(answer.status_code, content, told, what)

    def _answer(self, status: int, body: bytes, told: dict[str, str], what: str = "pass") -> None:
        self.send_response(status)
        for name, value in told.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if what == "drip":
            for place in range(len(body)):
                self.wfile.write(body[place : place + 1])
                time.sleep(0.1)
            return
        self.wfile.write(body[: len(body) // 2] if what == "half" else body)
        if what == "half":
            self.connection.close()


@pytest.fixture
def between(oxigraph: str) -> Iterator[Between]:
    """A server between kg and Oxigraph."""
    port = free_port()
    state = Between(f"http://127.0.0.1:{port}")
    handler = type("Told", (Handler,), {"state": state, "behind": oxigraph})
    serving = ThreadingHTTPServer(("127.0.0.1", port), handler)
    serving.daemon_threads = True
    thread = Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield state
    serving.shutdown()
    serving.server_close()
    thread.join()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long between tries."""
    monkeypatch.setattr("kg.server._pause", lambda _: 0.01)
    monkeypatch.setenv("KG_STORE_TIMEOUT", "20")


@pytest.fixture
def two(stories: dict[str, Contribution]) -> list[Contribution]:
    """Two articles of one story."""
    return [stories[name] for name in sorted(stories) if name[:2] in ("05", "08")]


@pytest.fixture
def begun(knowing: Knowledge) -> Begin:
    """Return what opens a store on a server, and gives it the ontology's words."""

    def begin(folder: Path, url: str) -> Store:
        store = Store.open(folder, create=True, about=About(BASE, url))
        store.learn(vocabulary(knowing.axioms, store.names))
        return store

    return begin


@pytest.fixture
def filled(
    between: Between, two: list[Contribution], knowing: Knowledge, tmp_path: Path, begun: Begin
) -> Store:
    """A store on a server with two articles, as somebody sees it who has only the address."""
    with begun(tmp_path / "s", between.url) as store:
        for each in two:
            admit(store, each, knowing)
    return Store.reached(between.url)
