"""Several processes add to one number, each through a store of its own, while another one reads it."""

from __future__ import annotations

import time
from pathlib import Path

from fault_kills import Bench
from fault_work import copy, increment
from forked import Child, child
from pyoxigraph import NamedNode

from kg.commit import Knowledge
from kg.errors import InUseError, StoreError
from kg.iri import Names
from kg.snapshots import Held, newest, watching
from kg.store import Store
from kg.terms import plain

WRITERS = 4
HOUR = 3600  # seconds


def writers(bench: Bench, increments: int, reads: int) -> dict[str, object]:
    """Let four processes add to a number so many times each, while it is read so many times."""
    copy(bench.template, bench.folder)
    store = bench.folder / "store"
    start = time.monotonic()
    reader = Child(lambda: _read(store, reads), seconds=HOUR)
    working = [Child(lambda: _add(store, bench.known, increments), seconds=HOUR) for _ in range(WRITERS)]
    waited = [each.value() for each in working]
    seconds = time.monotonic() - start
    (store / "done").touch()
    torn, seen = reader.value()
    value = child(lambda: _value(store))
    if value != increments * WRITERS or torn:
        bench.wrong.append(f"writers: {value} of {increments * WRITERS}, {torn} of {reads} reads torn")
    return {
        "writers": WRITERS,
        "writers_increments": increments * WRITERS,
        "writers_counted": value,
        "writers_refused_and_tried_again": sum(waited),
        "writers_seconds": round(seconds),
        "reads": reads,
        "reads_torn": torn,
        "reads_values_seen": seen,
    }


def _value(store: Path) -> int:
    with Store.open(store, read_only=True) as opened:
        return max(int(plain(quad.object)) for quad in opened.quads(opened.names.graph("counter")))


def _add(store: Path, known: Knowledge, increments: int) -> int:
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
    return refused


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
