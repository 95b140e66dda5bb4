"""Hours of use: questions, articles that come and go, workers that are killed; nothing grows, nothing fails.

    python benchmarks/soak.py [--json] [--seconds 7200] [--seed S]

A store is served while this process writes to it: of a hundred steps 90 ask a page, a saved question or the
endpoint, 8 take in an article and retract the oldest, 2 kill a worker of the server. Memory, open files
and files of the store are looked at every few seconds; the slope of memory, of all processes and of
each kind, is that of the line through the last four fifths, when all workers are warm. Needs Linux.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression

import httpx
from corpus import made_up
from fault_work import knowledge
from measured import options, tell
from serving import served

from kg.axioms import vocabulary
from kg.commit import Knowledge, admit, retract
from kg.store import Store

ARTICLES = 60  # that the store has at any time
FILLING = (
    2_000  # articles that come and go before, until what RocksDB keeps of its journals in memory is full
)
LOOKS = 400  # at memory and files, over the whole time
ADDRESSES = (
    "/", "/timeline?page=2", "/actors", "/places", "/articles", "/q/overview", "/q/network.json",
    "/q/timeline.csv?from=2000-01-02", "/sparql?query=SELECT%20*%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2050",
    "/quality",
)  # fmt: skip


@dataclass(slots=True)
class Seen:
    """What was seen: errors, steps by kind, and at moments the bytes of memory and the numbers of files."""

    errors: list[str] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    memory: dict[str, list[int]] = field(default_factory=lambda: {"writer": [], "front": [], "workers": []})
    descriptors: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def look(self, store: Path) -> None:
        """Look at the server, its workers, this process and the store's folder."""
        front = children(os.getpid())
        workers = [worker for each in front for worker in children(each)]
        self.times.append(time.monotonic())
        for name, family in (("writer", [os.getpid()]), ("front", front), ("workers", workers)):
            self.memory[name].append(sum(map(resident, family)))
        own = (Path(f"/proc/{pid}/fd") for pid in (os.getpid(), *front))
        self.descriptors.append(sum(len(list(each.iterdir())) for each in own))
        self.files.append(sum(1 for path in store.rglob("*") if path.is_file()))

    def told(self) -> dict[str, object]:
        """Return the figures."""
        warm, half = len(self.times) // 5, len(self.times) // 2
        slopes = {name: self._slope(seen, warm) for name, seen in self.memory.items()}
        return {
            "seconds": round(self.times[-1] - self.times[0]),
            **{kind: self.steps[kind] for kind in ("asked", "written", "killed")}, "errors": len(self.errors),
            "memory_mib": round(sum(seen[-1] for seen in self.memory.values()) / 2**20),
            "memory_mib_an_hour": round(sum(slopes.values()), 2),
            **{f"{name}_mib_an_hour": round(slope, 2) for name, slope in slopes.items()},
            "descriptors_most": [max(self.descriptors[warm:half]), max(self.descriptors[half:])],
            "files_most": [max(self.files[warm:half]), max(self.files[half:])],
        }  # fmt: skip

    def _slope(self, seen: list[int], warm: int) -> float:
        """Return the slope of the line through what was seen since, in MiB an hour."""
        return linear_regression(self.times[warm:], seen[warm:]).slope * 3600 / 2**20


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += map(int, task.read_text().split())
    return found


def resident(pid: int) -> int:
    """Return the bytes of a process that are in no file, 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss_Anon:"))


class Soak:
    """One store, its server and its writer."""

    def __init__(self, store: Store, known: Knowledge, address: str, luck: random.Random) -> None:
        self.seen = Seen()
        self._store, self._known, self._luck = store, known, luck
        self._client = httpx.Client(base_url=address, timeout=60)
        self._next = ARTICLES

    def step(self) -> None:
        """Do one thing."""
        chance = self._luck.random()
        if chance < 0.90:
            self._ask()
        elif chance < 0.98:
            self.write()
            self.seen.steps["written"] += 1
        else:
            self._kill()

    def _ask(self) -> None:
        address = self._luck.choice(ADDRESSES)
        answer = self._client.get(address)
        self.seen.steps["asked"] += 1
        if not answer.is_success:
            self.seen.errors.append(f"{address}: {answer.status_code} {answer.text[:200]}")

    def write(self) -> None:
        """Take in an article and retract the oldest."""
        admit(self._store, made_up(self._next), self._known)
        retract(self._store, made_up(self._next - ARTICLES).article, self._known)
        self._next += 1

    def _kill(self) -> None:
        (front,) = children(os.getpid())
        workers = [pid for pid in children(front) if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]
        if workers:
            os.kill(self._luck.choice(workers), signal.SIGKILL)
            self.seen.steps["killed"] += 1


def soak(folder: Path, seconds: float, seed: int, filling: int) -> Seen:
    """Use a store for so many seconds, after so many articles have come and gone."""
    known = knowledge()
    path = folder / "store"
    with Store.open(path, create=True) as store:
        store.learn(vocabulary(known.axioms, store.names))
        for number in range(ARTICLES):
            admit(store, made_up(number), known)
    with served(path) as address:
        httpx.get(address, timeout=60)
        with Store.open(path) as store:
            made = Soak(store, known, address, random.Random(seed))  # noqa: S311  # no secret
            for _ in range(filling):
                made.write()
            start, looks = time.monotonic(), 0
            while (now := time.monotonic() - start) < seconds:
                made.step()
                if now >= looks * seconds / LOOKS:
                    looks += 1
                    made.seen.look(path)
    return made.seen


def main() -> None:
    """Use a store and print what grew and what failed."""
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=7200.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--filling", type=int, default=FILLING)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen = soak(Path(folder), given.seconds, given.seed, given.filling)
    for words in seen.errors:
        print(words, file=sys.stderr)
    tell(seen.told(), as_json=given.as_json, seed=given.seed, filling=given.filling)
    raise SystemExit(1 if seen.errors else 0)


if __name__ == "__main__":
    main()
