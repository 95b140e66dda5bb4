"""What `kg serve` costs: the timeline's page as the store grows, and while others ask for too much.

    python benchmarks/serving.py [--json] [--events 1000 100000] [--clients 20] [--heavy 200] [--seconds 20]

The store is an example of examples/, copied as in benchmarks/validation.py. The page is asked for with
another filter each time, so that no answer is kept from before. Beside it the same SPARQL on the same
data: in pyoxigraph in this process, in Oxigraph's own server (extra [test]), and in rdflib-endpoint where
`--rdflib-endpoint` names its program (`pip install 'rdflib-endpoint[cli]'`), up to EVENTS events, since
it holds all in memory.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import httpx
import pyoxigraph
from measured import options, tell
from pyoxigraph import NamedNode, RdfFormat
from validation import EXAMPLE, copies

from kg.axioms import vocabulary
from kg.binding import bind, terms
from kg.commit import as_nquads
from kg.entries import entered
from kg.pipeline import Kit, build, load_kit
from kg.questions import saved_query
from kg.resources import resources
from kg.store import Store
from kg.terms import kg
from kg.view import Change

HEAVY = (
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a = ?i && ?c = ?d) }",
    "SELECT (COUNT(*) AS ?n) WHERE { ?a (<http://a>|!<http://a>)* ?b . ?b (<http://a>|!<http://a>)* ?c }",
)
TURNS = 3
BOMBS = 4  # a second, where they do not come all at once
EVENTS = 2000  # that rdflib-endpoint is given at most
WARM = 5.0  # seconds until all workers have counted once
START = 300.0  # seconds until a peer answers


def pattern(kit: Kit) -> tuple[str, int]:
    """Return what the example puts into a store, as N-Quads, and its number of events."""
    with Store.memory() as store:
        list(build([EXAMPLE], store, kit))
        hidden = {NamedNode(store.names.graph(name)) for name in ("ontology", "log")}
        lines = as_nquads(quad for quad in store.quads() if quad.graph_name not in hidden)
        rows = store.oxigraph.quads_for_pattern(
            None, NamedNode("https://w3id.org/kgnews/ns#status"), None, NamedNode(store.names.graph("events"))
        )
        return lines, sum(1 for _ in rows)


def fill(path: Path, lines: str, size: int, kit: Kit) -> None:
    """Make a store of so many copies."""
    with Store.open(path, create=True) as store:
        store.learn(vocabulary(kit.axioms, store.names))
        for first in range(0, size, 100):
            text = "".join(copies(lines, first, min(size, first + 100)))
            store.oxigraph.bulk_load(text.encode(), format=RdfFormat.N_QUADS)
        store.oxigraph.optimize()


def index(path: Path) -> float:
    """Put all events of a store into its index; return the milliseconds for each."""
    with Store.open(path) as store:
        store.write(Change(frozenset(), frozenset()), store.log.mark)
        status = frozenset(store.oxigraph.quads_for_pattern(None, kg("status"), None, None))
        start = time.perf_counter()
        entered(store.view(), Change(frozenset(), status), store.index.catalogue, store.names)
        took = (time.perf_counter() - start) * 1000 / max(1, len(status))
        store.index.apply(store.log.mark)
        store.index.commit()
    return round(took, 3)


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve a store; yield its address."""
    command = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        "--store",
        str(path),
        "--port",
        "0",
        "--timeout",
        "60",
        "--rate",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip().rstrip("/")
        finally:
            process.terminate()


def timed(work: Callable[[int], object], first: int = 0) -> float:
    """Return the median of the milliseconds that some work takes, done a few times."""
    took = []
    for turn in range(first, first + TURNS):
        start = time.perf_counter()
        work(turn)
        took.append((time.perf_counter() - start) * 1000)
    return round(median(took), 1)


def day(turn: int) -> str:
    """Return a day before all events: another one each time."""
    return f"19{turn % 90 + 10}-01-01"


def asked(path: Path, turn: int) -> str:
    """Return the SPARQL of the timeline from a day on."""
    saved = saved_query("timeline")
    with Store.memory() as store:
        return bind(saved, terms(store, saved, {"from": day(turn)}))


def bare(path: Path, texts: list[str]) -> dict[str, object]:
    """Return what the same SPARQL takes in pyoxigraph alone."""
    quads = pyoxigraph.Store.read_only(str(path / "oxigraph"))

    def rows(turn: int) -> int:
        return sum(1 for _ in quads.query(texts[turn], use_default_graph_as_union=True))

    return {"quads": len(quads), "bare_ms": timed(rows)}


def served_by(command: list[str], address: str, texts: list[str]) -> float:
    """Return what the same SPARQL takes in a server that a command starts."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            with httpx.Client(timeout=300) as client:
                _wait(client, address, process)
                return timed(lambda turn: _rows(client, address, texts[turn]))
        finally:
            process.terminate()


def _wait(client: httpx.Client, address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while True:
        try:
            _rows(client, address, "SELECT * WHERE { ?s ?p ?o } LIMIT 1")
            return
        except httpx.ConnectError:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.1)


def _rows(client: httpx.Client, address: str, text: str) -> int:
    """Return the number of rows of an answer; there must be one at least."""
    asked = {"query": text, "union-default-graph": "true"}
    done = client.post(address, data=asked, headers={"Accept": "application/sparql-results+json"})
    rows = len(done.raise_for_status().json()["results"]["bindings"])
    if rows == 0:
        raise ValueError(f"{address}: no rows for {text[:60]}")
    return rows


def peers(path: Path, texts: list[str], events: int, program: Path | None) -> dict[str, float]:
    """Return what the same SPARQL takes in servers that others wrote."""
    port = free_port()
    oxigraph = [str(Path(sys.executable).with_name("oxigraph")), "serve-read-only"]
    given = ["--location", str(path / "oxigraph"), "--bind", f"127.0.0.1:{port}"]
    found = {"oxigraph_server_ms": served_by([*oxigraph, *given], f"http://127.0.0.1:{port}/query", texts)}
    if program is not None and events <= EVENTS:
        data = path.with_name("data.nq")
        pyoxigraph.Store.read_only(str(path / "oxigraph")).dump(str(data), format=RdfFormat.N_QUADS)
        command = [str(program), "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
        found["rdflib_endpoint_ms"] = served_by(command, f"http://127.0.0.1:{port}", texts)
    return found


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def one_size(events: int, lines: str, each: int, kit: Kit, program: Path | None) -> dict[str, object]:
    """Return the figures of a store of about so many events."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s")
        fill(path, lines, max(1, events // each), kit)
        index(path)
        found: dict[str, object] = {"events": max(1, events // each) * each}
        texts = [asked(path, turn) for turn in range(TURNS)]
        found |= bare(path, texts)
        found |= peers(path, texts, events, program)
        with served(path) as address, httpx.Client(timeout=300) as client:
            for turn in range(20, 28):  # each worker has counted and listed once then
                client.get(f"{address}/timeline", params={"from": day(turn)})
            page = client.get(f"{address}/timeline", params={"from": "1901-01-01"})
            found["page_kb"] = round(len(page.content) / 1000, 1)
            found["page_ms"] = timed(lambda t: client.get(f"{address}/timeline", params={"from": day(t)}))
            found["again_ms"] = timed(lambda t: client.get(f"{address}/timeline", params={"from": day(0)}))
            found["sparql_ms"] = timed(lambda t: client.get(f"{address}/sparql", params={"query": texts[t]}))
        found["page_to_bare"] = round(float(str(found["page_ms"])) / float(str(found["bare_ms"])), 2)
    return found


def attacked(lines: str, each: int, kit: Kit, clients: int, heavy: int, seconds: float) -> dict[str, object]:
    """Return how the timeline answers while heavy queries come, beside how it does without them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s")
        fill(path, lines, 1000 // each, kit)
        index(path)
        with served(path) as address:
            load(address, clients, 0, WARM)
            quiet, _ = load(address, clients, 0, seconds)
            busy, codes = load(address, clients, heavy, seconds)
            steady, _ = load(address, clients, int(BOMBS * seconds), seconds, pause=1 / BOMBS)
    return {
        "clients": clients, "heavy": heavy, "quiet_ms": round(median(quiet), 1),
        "attacked_ms": round(median(busy), 1), "attacked_to_quiet": round(median(busy) / median(quiet), 2),
        "failed": sum(1 for took in (*busy, *steady) if took < 0), "heavy_codes": codes,
        "quiet_p99_ms": round(p99(quiet), 1), "bombed_p99_ms": round(p99(steady), 1),
        "bombed_to_quiet_p99": round(p99(steady) / p99(quiet), 2),
    }  # fmt: skip


def p99(took: list[float]) -> float:
    """Return what 99 of 100 stay below."""
    return quantiles(took, n=100)[-1]


def load(
    address: str, clients: int, heavy: int, seconds: float, pause: float = 0.0
) -> tuple[list[float], dict[str, int]]:
    """Let clients ask for the timeline again and again; return how long each took, and what bombs got.

    Bombs come with a pause between them, in seconds; without one all come at once.
    """
    until = time.monotonic() + seconds
    took: list[float] = []
    codes: list[str] = []

    def good() -> None:
        with httpx.Client(timeout=60) as client:
            while time.monotonic() < until:
                start = time.perf_counter()
                done = client.get(f"{address}/timeline")
                took.append((time.perf_counter() - start) * 1000 if done.status_code == 200 else -1)

    def bad(number: int) -> None:
        done = httpx.get(f"{address}/sparql", params={"query": HEAVY[number % len(HEAVY)]}, timeout=300)
        codes.append(str(done.status_code))

    threads = [threading.Thread(target=good) for _ in range(clients)]
    threads += [threading.Thread(target=bad, args=(number,), daemon=True) for number in range(heavy)]
    for number, thread in enumerate(threads):
        thread.start()
        time.sleep(pause if number >= clients else 0)
    for thread in threads[:clients]:
        thread.join()
    return took, {code: codes.count(code) for code in sorted(set(codes))}


def main() -> None:
    """Print a table, or one JSON object."""
    given = options(__doc__)
    given.add_argument("--events", type=int, nargs="+", default=[1000, 100_000])
    given.add_argument("--clients", type=int, default=20)
    given.add_argument("--heavy", type=int, default=200)
    given.add_argument("--seconds", type=float, default=20.0)
    given.add_argument("--rdflib-endpoint", type=Path, metavar="PROGRAM")
    asked = given.parse_args()
    kit = load_kit(resources())
    lines, each = pattern(kit)
    sizes = [one_size(events, lines, each, kit, asked.rdflib_endpoint) for events in asked.events]
    found: dict[str, object] = {"sizes": sizes}
    if asked.heavy:
        found["attack"] = attacked(lines, each, kit, asked.clients, asked.heavy, asked.seconds)
    tell(found, as_json=asked.as_json)


if __name__ == "__main__":
    main()
