"""SPARQL by engines of others, on data in a file: what each question takes, and how many rows it finds.

    PYTHON benchmarks/engines.py rdflib|maplib DATA.nt < questions.json

As a program it loads N-Triples and asks each question, in a process that may lack kg (and that whoever
started it may stop): a line of JSON for each that is answered. What an engine raises ends it, with its
traceback; questions after that have no answer.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

Answers = dict[str, object]
LIMIT = 60  # seconds for a question, and for rdflib and maplib all of them with what they load
TURNS, LONG = 3, 5  # seconds of one question after which it is not asked again
LOADING = 600  # seconds that a server may load
NONE = f"none in {LIMIT} s"
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
NumberOfBuffers = 100000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = .
ServerThreads = 5
"""


def in_python(engine: str) -> Callable[[Path, Mapping[str, str], str], Answers]:
    """Return what asks an engine that is a package of Python."""

    def answers(data: Path, texts: Mapping[str, str], program: str) -> Answers:
        command = [program, str(Path(__file__).resolve()), engine, str(data)]
        try:
            done = subprocess.run(  # noqa: S603  # a Python that the caller names
                command,
                input=json.dumps(dict(texts)).encode(),
                stdout=subprocess.PIPE,
                timeout=LIMIT,
                check=False,
            )
            lines, missing = done.stdout, f"none: ended with {done.returncode}"
        except subprocess.TimeoutExpired as error:
            lines, missing = error.stdout or b"", NONE
        found = dict(json.loads(line) for line in lines.splitlines())
        return {name: found.get(name, missing) for name in texts}

    return answers


def virtuoso(data: Path, texts: Mapping[str, str], _: str) -> Answers:
    """Ask Virtuoso, where it is installed (Debian's virtuoso-opensource-7-bin)."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        return dict.fromkeys(texts, NONE)
    folder = data.parent / "virtuoso"
    with loaded(folder, data) as address:
        found = {name: _of_server(address, text) for name, text in texts.items()}
    shutil.rmtree(folder)
    return found


@contextmanager
def loaded(folder: Path, data: Path) -> Iterator[str]:
    """Run Virtuoso with the data in it; yield its endpoint. Raises OSError where it does not begin."""
    folder.mkdir()
    sql, web = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(INI.format(data=sql, web=web), encoding="utf-8")
    (folder / "data.nt").symlink_to(data)
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with (
        (folder / "said").open("wb") as said,
        subprocess.Popen(command, cwd=folder, stdout=said, stderr=said) as process,  # noqa: S603
    ):
        try:
            _wait(web)
            load = "ld_dir('.', 'data.nt', 'urn:default'); rdf_loader_run(); checkpoint;"
            subprocess.run(  # noqa: S603
                ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"],  # noqa: S607
                cwd=folder, stdout=said, stderr=said, timeout=LOADING, check=True,
            )  # fmt: skip
            yield f"http://127.0.0.1:{web}/sparql"
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int) -> None:
    until = time.monotonic() + LIMIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _of_server(address: str, text: str) -> object:
    """Return the milliseconds and rows of a question, or why there are none."""
    given = urllib.parse.urlencode({"query": text, "format": "application/sparql-results+json"}).encode()

    def ask() -> int:
        with urllib.request.urlopen(address, given, timeout=LIMIT) as answer:  # noqa: S310  # our own server
            return len(json.load(answer)["results"]["bindings"])

    try:
        return timed(ask)
    except urllib.error.HTTPError as error:
        return f"refused: {' '.join(error.read(200).decode(errors='replace').split())}"
    except TimeoutError:
        return NONE


def timed(ask: Callable[[], int]) -> dict[str, float]:
    """Return the milliseconds and rows of a question: the median of TURNS, or one that took long."""
    took: list[float] = []
    while len(took) < TURNS and sum(took) < LONG:
        start = time.perf_counter()
        rows = ask()
        took.append(time.perf_counter() - start)
    return {"ms": round(median(took) * 1000, 2), "rows": rows}


def _rdflib(data: str) -> Callable[[str], int]:
    import rdflib

    graph = rdflib.Graph()
    graph.parse(data, format="nt")
    return lambda text: len(graph.query(text))


def _maplib(data: str) -> Callable[[str], int]:
    import maplib  # type: ignore[import-not-found]  # of another environment

    model = maplib.Model()
    model.read(data, format="ntriples")
    return lambda text: int(model.query(text).height)


ENGINES: Mapping[str, Callable[[Path, Mapping[str, str], str], Answers]] = {
    "rdflib": in_python("rdflib"),
    "maplib": in_python("maplib"),
    "virtuoso": virtuoso,
}


def main(engine: str, data: str) -> None:
    """Load, ask, and print each answer as soon as it is there."""
    ask = {"rdflib": _rdflib, "maplib": _maplib}[engine](data)
    for name, text in json.load(sys.stdin).items():
        print(json.dumps([name, timed(lambda text=text: ask(text))]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
