"""The command line and the server as fronts for hostile inputs, and the traps that nothing may spring."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from hostile_cases import EITHER, FINE, REFUSED, Case, Traps
from hostile_library import project

KG = [sys.executable, "-m", "kg"]
START = 2.0  # seconds that a process may take to begin on a busy machine
SLACK = 0.5  # seconds after a deadline
MOST = 1000.0  # MiB
_EXITS = (0, 1, 2, 3)


@dataclass(slots=True)
class Sprung:
    """What reached the traps."""

    connections: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


@contextmanager
def trapped(folder: Path) -> Iterator[tuple[Traps, Sprung]]:
    """Listen at an address, and wait for somebody to open a file."""
    sprung, pipe = Sprung(), folder / "secret.ttl"
    os.mkfifo(pipe)
    listening = socket.create_server(("127.0.0.1", 0))
    ending = threading.Event()

    def connections() -> None:
        while not ending.is_set():
            if select.select([listening], [], [], 0.2)[0]:
                other, _ = listening.accept()
                sprung.connections.append("connected")
                other.close()

    def files() -> None:
        while True:
            opened = os.open(pipe, os.O_WRONLY)  # returns once somebody reads
            if ending.is_set():
                return
            sprung.files.append("opened")
            os.close(opened)
            time.sleep(0.1)

    threads = [threading.Thread(target=each, daemon=True) for each in (connections, files)]
    for each in threads:
        each.start()
    yield Traps(f"http://127.0.0.1:{listening.getsockname()[1]}/x", str(pipe)), sprung
    ending.set()
    os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
    threads[0].join()
    listening.close()


@dataclass(slots=True)
class Commands:
    """The command line: how long each run took and what it used, at most."""

    folder: Path
    store: Path
    seconds: float
    longest: float = 0.0
    largest: float = 0.0
    begin: float = START
    _number: int = 0

    def __post_init__(self) -> None:
        """Add to the deadline what a command takes on this machine that does next to nothing."""
        first = self.folder / "first.nt"
        began = time.monotonic()
        self._run(["load", str(first), "--store", str(self.folder / "none")])
        took = time.monotonic() - began
        self.begin = max(START, took)
        self.seconds += took
        self.longest = self.largest = 0.0

    def tell(self, case: Case) -> Iterator[str]:
        """Yield `answer`, `refusal`, or what went wrong, for each command that a case is given to."""
        self._number += 1
        new = self.folder / f"new{self._number}"
        given = self.folder / f"given{self._number}{Path(case.file).suffix}"
        store = ["--store", str(self.store if case.end == REFUSED else new)]
        if case.kind == "sparql":
            yield self._run(["query", "--sparql", "-", "--store", str(self.store)], case.data)
        elif case.kind == "rdf":
            given.write_bytes(case.data)
            yield self._run(["load", str(given), *store])
            if case.end == EITHER:
                yield self._run(["validate", str(given), "--engine", "pyshacl"])
        elif case.kind == "shapes":
            given = given.with_suffix(".ttl")
            given.write_bytes(case.data)
            data = self.folder / "data.ttl"
            data.write_text(f'<urn:a> <urn:p> "{"a" * 40}b" .\n', encoding="utf-8")
            for engine in ("pyshacl", "shacl"):
                yield self._run(["validate", str(data), "--shapes", str(given), "--engine", engine])
        elif case.kind == "value" and b"\x00" not in case.data:
            value = f"{case.file}=".encode() + case.data
            yield self._run(["query", "timeline", os.fsdecode(value), "--store", str(self.store)])
        elif case.kind == "project":
            (self.folder / "fine.nt").write_text("<urn:a> <urn:p> <urn:b> .\n", encoding="utf-8")
            args = ["load", str(self.folder / "fine.nt"), "--store", str(new)]
            yield self._run(args, cwd=project(case, self.folder))

    def _run(self, args: list[str], given: bytes = b"", cwd: Path | None = None) -> str:
        told = {"KG_TIMEOUT": str(self.seconds), "KG_MEMORY": "800"}
        out, err, fed = (self.folder / name for name in ("out", "err", "in"))
        fed.write_bytes(given)
        began = time.monotonic()
        with out.open("wb") as o, err.open("wb") as e, fed.open("rb") as i:
            process = subprocess.Popen(  # noqa: S603  # that is what is tried
                [*KG, *args], stdin=i, stdout=o, stderr=e, cwd=cwd or self.folder, env={**os.environ, **told}
            )
        timer = threading.Timer(self.seconds * 3 + 30, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        took, megabytes = time.monotonic() - began, used.ru_maxrss / 1024
        self.longest, self.largest = max(self.longest, took), max(self.largest, megabytes)
        words = err.read_bytes()
        for wrong, so in {
            f"exit code {process.returncode}": process.returncode not in _EXITS,
            "a traceback": b"Traceback" in words or b"panicked" in words,
            "escapes on the terminal": any(byte in words for byte in (b"\x1b", b"\x07", "\u202e".encode())),
            "more than a line": process.returncode == 3 and words.count(b"kg: ") > 1,
            f"took {took:.1f} s": took > self.seconds + SLACK + self.begin,
            f"{megabytes:.0f} MiB": megabytes > MOST,
        }.items():
            if so:
                return f"{wrong}: {words[-200:]!r}"
        return "answer" if process.returncode < 2 else "refusal"


@dataclass(slots=True)
class Server:
    """`kg serve`, asked byte by byte."""

    process: subprocess.Popen[str]
    address: tuple[str, int]
    seconds: float
    longest: float = 0.0

    def tell(self, case: Case) -> str:
        """Return `answer`, `refusal`, or what went wrong."""
        for _ in range(20):
            began = time.monotonic()
            status = self._status(self._request(case))
            took = time.monotonic() - began
            if status != 503 or case.end != FINE:
                break
            time.sleep(0.5)  # a worker is starting
        self.longest = max(self.longest, took)
        if self.process.poll() is not None:
            return f"the front died: {self.process.returncode}"
        if took > 2 * self.seconds + SLACK + START:  # one waits for a worker, and then for an answer
            return f"took {took:.1f} s"
        return "answer" if 100 <= status < 400 else "refusal"

    def _request(self, case: Case) -> bytes:
        host = f"{self.address[0]}:{self.address[1]}".encode()
        head = b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\nAccept: */*\r\n"
        if case.kind == "sparql":
            kind = b"Content-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n" % len(case.data)
            return b"POST /sparql" + head + kind + case.data
        if case.kind == "value":
            return f"GET /q/timeline.json?{case.file}={quote(case.data)}".encode() + head + b"\r\n"
        return case.data.replace(b"HOST", host)

    def _status(self, request: bytes) -> int:
        """Return the status of an answer, or 0 where the connection ended without one."""
        with closing(socket.create_connection(self.address, 5)) as to:
            to.settimeout(self.seconds * 2 + SLACK)
            with suppress(OSError):  # it may answer before all is sent
                to.sendall(request)
            try:
                first = to.recv(64)
                while to.recv(1_000_000):
                    pass
            except OSError:
                first = b""
        parts = first.split()
        return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


@contextmanager
def server(store: Path, seconds: float) -> Iterator[Server]:
    """Serve a store for a while."""
    command = [
        *KG,
        "serve",
        "--store",
        str(store),
        "--port",
        "0",
        "--timeout",
        str(seconds),
        "--memory",
        "700",
        "--rate",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            host, _, port = process.stdout.readline().strip().strip("/").rpartition("/")[2].partition(":")
            yield Server(process, (host, int(port)), seconds)
        finally:
            process.terminate()
            process.wait(20)
