"""What one article costs a store as it grows: taken in, retracted, projected, validated.

    python benchmarks/articles.py [--json] [--sizes 100 1000 10000] [--turns N]

Articles are those of `corpus.py`, a hundred states that come up alike. Each store is on disk and filled by
the same way that is measured: log with fsync, index, linking, projection, reasoning, one transaction. Then
articles that are not in it come and go, N times over.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from corpus import NAMES, made_up
from measured import options, tell

from kg.api import load_knowledge
from kg.axioms import vocabulary
from kg.changes import Contribution, consequences
from kg.commit import Knowledge, admit, retract, take_in
from kg.pipeline import examine, shape_files
from kg.resources import resources
from kg.store import Store
from kg.validate import Checker
from kg.view import Change


def fill(store: Store, size: int, knowledge: Knowledge) -> None:
    """Put so many articles into a store."""
    store.learn(vocabulary(knowledge.axioms, NAMES))
    for number in range(size):
        admit(store, made_up(number), knowledge)
        if number % 1000 == 999:
            print(f"{number + 1} articles", file=sys.stderr)


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds that some work takes by the clock."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def come_and_go(store: Store, size: int, knowledge: Knowledge, turns: int) -> dict[str, float]:
    """Return the medians, in milliseconds, over so many articles that come and go."""
    checker = Checker.of(shape_files(resources()), knowledge.axioms)
    rows: dict[str, list[float]] = {"add_ms": [], "retract_ms": [], "project_ms": [], "validate_ms": []}
    for new in (made_up(size + n) for n in range(turns)):
        made: list[Change] = []
        rows["add_ms"].append(timed(lambda new=new, made=made: made.append(changed(store, new, knowledge))))
        gone = Change(frozenset(store.quads(new.graph)), frozenset())
        events = [known.event for known in store.index.reports(graph=new.graph)]
        rows["project_ms"].append(
            timed(lambda gone=gone, events=events: consequences(store.view(), gone, events, NAMES))
        )
        rows["validate_ms"].append(
            timed(lambda new=new, made=made: examine(store, new.graph, knowledge, checker, made[0]))
        )
        rows["retract_ms"].append(timed(lambda new=new: retract(store, new.article, knowledge)))
    medians = {name: round(median(row), 2) for name, row in rows.items()}
    return {"articles": size, "quads": len(store), **medians}


def changed(store: Store, new: Contribution, knowledge: Knowledge) -> Change:
    """Take in an article; return what that changed."""
    change = take_in(store, new, knowledge)
    assert change is not None
    return change


def measure(sizes: list[int], turns: int) -> dict[str, object]:
    """Return the figures, one row for each size, and the ratio of the last to the first."""
    knowledge = load_knowledge()
    gc.freeze()  # as kg build does
    rows = list(_rows(sizes, turns, knowledge))
    ratios = {
        f"{name.removesuffix('_ms')}_ratio": round(rows[-1][name] / rows[0][name], 2)
        for name in rows[0]
        if name.endswith("_ms")
    }
    return {"sizes": rows, **ratios}


def _rows(sizes: list[int], turns: int, knowledge: Knowledge) -> Iterator[dict[str, float]]:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "s"), create=True) as store:
            began = time.perf_counter()
            fill(store, size, knowledge)
            filled = round((time.perf_counter() - began) / size * 1000, 2)
            yield {**come_and_go(store, size, knowledge, turns), "filled_ms": filled}


def main() -> None:
    """Print a table, or one JSON object."""
    given = options(__doc__, growing=True).parse_args()
    found = measure(given.sizes, given.turns)
    tell(found, as_json=given.as_json, turns=given.turns, seed="the article's number")


if __name__ == "__main__":
    main()
