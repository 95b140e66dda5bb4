"""What the first fifty events of a question cost as the store grows, with the index and without.

    python benchmarks/asking.py [--json] [--events 1000 100000]

The store is an example of examples/, copied as in benchmarks/validation.py; the actor and the place are
those with most events. Without the index the whole question is asked and cut off, as SPARQL alone has to.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyoxigraph
from measured import options, tell
from serving import fill, index, pattern

from kg.binding import Values
from kg.pipeline import Kit, load_kit
from kg.query import run_part
from kg.questions import saved_query
from kg.resources import resources
from kg.store import Store
from kg.terms import kg, plain

MOST = 50
TURNS = 5


def timed(work: Callable[[], object], turns: int = TURNS) -> float:
    """Return the median of the milliseconds that some work takes."""
    took = []
    for _ in range(turns):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return round(median(took), 2)


def busiest(store: Store, name: str) -> str:
    """Return the thing that most events have as this."""
    text = f"SELECT ?x (COUNT(*) AS ?n) {{ ?e <{kg(name).value}> ?x }} GROUP BY ?x ORDER BY DESC(?n) LIMIT 1"
    found = store.oxigraph.query(text, use_default_graph_as_union=True)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return plain(next(found)["x"])


def one_size(events: int, lines: str, each: int, kit: Kit) -> dict[str, object]:
    """Return the figures of a store of about so many events."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s")
        fill(path, lines, max(1, events // each), kit)
        found: dict[str, object] = {"events": max(1, events // each) * each, "index_ms": index(path)}
        with Store.open(path, read_only=True) as store:
            found["quads"] = len(store)
            found["index_bytes_a_quad"] = round((path / "index.sqlite").stat().st_size / len(store), 1)
            asked: dict[str, Values] = {
                "actor": {"actor": busiest(store, "participant")},
                "place": {"place": busiest(store, "place")},
                "timeline": {},
                "search": {"words": "citizenship"},
            }
            turns = 1 if events > 10_000 else TURNS
            found |= {name: compared(store, name, values, turns) for name, values in asked.items()}
    return found


def compared(store: Store, name: str, values: Values, turns: int) -> dict[str, float]:
    """Return the milliseconds of a question with the index, and without it (so many turns of that)."""
    saved, bare = saved_query(name), Store.over(store.oxigraph)
    with_index = timed(lambda: run_part(store, saved, values, most=MOST))
    without = timed(lambda: run_part(bare, saved, values, most=MOST), turns)
    return {"ms": with_index, "without_ms": without, "times": round(without / with_index, 1)}


def main() -> None:
    """Print a table, or one JSON object."""
    given = options(__doc__)
    given.add_argument("--events", type=int, nargs="+", default=[1000, 100_000])
    asked = given.parse_args()
    kit = load_kit(resources())
    lines, each = pattern(kit)
    tell({"sizes": [one_size(events, lines, each, kit) for events in asked.events]}, as_json=asked.as_json)


if __name__ == "__main__":
    main()
