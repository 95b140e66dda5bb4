"""How long a store takes to open after its writer was killed, and after it was closed, as it grows.

    python benchmarks/reopening.py [--json] [--sizes 100 1500] [--turns N]

A process fills a store with the articles of `corpus.py` and goes on until it is killed (SIGKILL). Then the
store is opened, a quad read, all counted, and closed, over and over: by the clock, the slowest after a kill
and the median after a clean close. Beside it bare pyoxigraph does so with a copy of the same quads.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyoxigraph as ox
from articles import fill
from corpus import made_up
from measured import options, tell

from kg.api import load_knowledge
from kg.commit import admit
from kg.store import Store


def write(path: Path, size: int, first: int) -> None:
    """Fill a new store up to a size, or open an old one; say so; then write on until killed."""
    knowledge = load_knowledge()
    with Store.open(path, create=not first) as store:
        if not first:
            fill(store, size, knowledge)
        print("filled", flush=True)
        number = size + first
        while True:
            admit(store, made_up(number), knowledge)
            number += 1


def killed(path: Path, size: int, turn: int) -> None:
    """Let a process write to a store and kill it, a little later at each turn."""
    words = [sys.executable, __file__, "--write", str(path), str(size), str(turn * 1000)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603  # this file
        assert writer.stdout is not None
        assert writer.stdout.readline() == "filled\n"
        time.sleep(1 + 0.37 * turn)
        writer.kill()


def ours(path: Path) -> int:
    """Open a store as kg does, read a quad, count them, and close it."""
    with Store.open(path) as store:
        next(store.quads())
        return len(store)


def bare(path: Path) -> int:
    """Do the same with the quads alone."""
    store = ox.Store(str(path / "oxigraph"))
    next(iter(store))
    return len(store)


def timed(work: Callable[[Path], int], path: Path) -> float:
    """Return the seconds that some work on a store takes by the clock."""
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def figures(size: int, turns: int) -> dict[str, float]:
    """Return the figures of a store of so many articles."""
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder, "s"), Path(folder, "bare")
        after_kill, beside, closed = [], [], []
        for turn in range(turns):
            killed(path, size, turn)
            shutil.copytree(path, copy)
            beside.append(timed(bare, copy))
            shutil.rmtree(copy)
            after_kill.append(timed(ours, path))
            closed.append(timed(ours, path))
        return {
            "articles": size, "quads": ours(path), "killed_s": round(max(after_kill), 3),
            "bare_killed_s": round(max(beside), 3), "closed_s": round(median(closed), 3),
        }  # fmt: skip


def main() -> None:
    """Print a table, or one JSON object."""
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    made = options(__doc__, growing=True)
    made.set_defaults(sizes=[100, 1500], turns=5)
    given = made.parse_args()
    rows = [figures(size, given.turns) for size in given.sizes]
    tell({"sizes": rows}, as_json=given.as_json, turns=given.turns, seed="the article's number")


if __name__ == "__main__":
    main()
