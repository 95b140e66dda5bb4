"""Several processes add to one number, each through a store of its own, while another one reads it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from fault_kills import Bench
from fault_work import copy, increment
from pyoxigraph import NamedNode

from kg.commit import Knowledge
from kg.errors import InUseError, StoreError
from kg.iri import Names
from kg.snapshots import Held, newest, watching
from kg.store import Store
from kg.terms import plain

WRITERS = 4


def writers(bench: Bench, increments: int, reads: int) -> dict[str, object]:
    """Let four processes add to a number so many times each, while it is read so many times."""
    copy(bench.template, bench.folder)
    store = bench.folder / "store"
    start = time.monotonic()
    reader = _forked(lambda: _read(store, reads))
    working = [_forked(lambda: _add(store, bench.known, increments)) for _ in range(WRITERS)]
    waited = [_ended(each) for each in working]
    seconds = time.monotonic() - start
    (store / "done").touch()
    torn, seen = _ended(reader)
    value = bench.child(lambda: _value(store))
    if value != increments * WRITERS or torn:
        bench.wrong.append(f"writers: {value} of {increments * WRITERS}, {torn} of {reads} reads torn")
    return {
        "writers": WRITERS,
        "writers_increments": increments * WRITERS,
        "writers_counted": value,
        "writers_refused_and_tried_again": sum(first for first, _ in waited),
        "writers_seconds": round(seconds),
        "reads": reads,
        "reads_torn": torn,
        "reads_values_seen": seen,
    }


def _value(store: Path) -> int:
    with Store.open(store, read_only=True) as opened:
        return max(int(plain(quad.object)) for quad in opened.quads(opened.names.graph("counter")))


def _add(store: Path, known: Knowledge, increments: int) -> tuple[int, int]:
    """Add one so many times; a store that is in use is asked again."""
    refused = 0
    for _ in range(increments):
        while True:
            try:
                increment(store, known)
                break
            except InUseError:
                refused += 1
                time.sleep(0.01)
    return refused, 0


def _read(store: Path, reads: int) -> tuple[int, int]:
    """Read the number, as two quads tell it, from snapshots; return how often they were at odds."""
    torn, done, seen = 0, 0, set[str]()
    graph = NamedNode(Names().graph("counter"))
    with watching(store):
        held: Held | None = None
        while done < reads or not (store / "done").exists():
            latest = newest(store)
            if latest is None:
                time.sleep(0.01)
                continue
            if held is None or held.path != latest:
                if held is not None:
                    held.release()
                try:
                    held = Held(latest)
                except StoreError:  # it went while we looked
                    held = None
                    continue
            for _ in range(20):
                numbers = [plain(q.object) for q in held.quads.quads_for_pattern(None, None, None, graph)]
                done += 1
                torn += len(numbers) not in (0, 2) or len(set(numbers)) > 1
                seen |= set(numbers)
            if done >= reads:
                time.sleep(0.005)
        if held is not None:
            held.release()
    return torn, len(seen)


def _forked(work: object) -> tuple[int, int]:
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            first, second = work()  # type: ignore[operator]
            os.write(writing, f"{first} {second}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    return process, reading


def _ended(begun: tuple[int, int]) -> tuple[int, int]:
    process, reading = begun
    with os.fdopen(reading) as pipe:
        words = pipe.read().split()
    os.waitpid(process, 0)
    first, second = (int(word) for word in words)
    return first, second
