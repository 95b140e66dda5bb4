"""What it costs to validate: one article in stores of growing size, and a whole store.

    python benchmarks/validation.py [--json] [--sizes 100 1000 10000] [--turns N] [--engine NAME]
                                    [--whole N] [--pyshacl N]

One article of examples/ is built and copied: events, claims, passages, reports and times anew, actors
and places the same, so that a store of 10,000 articles has places and actors that tens of thousands
of claims name. For one article, a copy that is not in the store comes, is validated and goes. pySHACL
over the whole graph is timed at `--pyshacl` articles; its speed is taken as the same for more.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from measured import options, tell
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.commit import as_nquads
from kg.engines import ENGINES, PYSHACL
from kg.pipeline import Kit, build, load_kit, validate_store
from kg.reach import HIDDEN
from kg.resources import resources
from kg.store import Store
from kg.terms import TYPE, kg
from kg.validate import Checker, check, validate_change

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "meridian-citizenship.txt"
KINDS = "article|claim|count|event|report|time|description|link"
LEARNT = "/id/(?:actor|object|place)/[^>#]*-x[0-9a-z]+"  # whom only one article knows
OWN = re.compile(rf"((?:/id/(?:{KINDS})|/graph/article)[^>#]+|{LEARNT})")


def pattern(kit: Kit) -> str:
    """Return what the example puts into a store, as N-Quads."""
    with Store.memory() as store:
        list(build([EXAMPLE], store, kit))
        hidden = {NamedNode(store.names.graph(name)) for name in HIDDEN}
        return as_nquads(q for q in store.quads() if q.graph_name not in hidden)


def copies(lines: str, first: int, last: int) -> Iterator[str]:
    """Yield the example again and again, each time with nodes of its own."""
    return (OWN.sub(rf"\1-{n}", lines) for n in range(first, last))


def fill(path: Path, lines: str, size: int) -> None:
    """Make a store of so many copies."""
    with Store.open(path, create=True) as store:
        for first in range(0, size, 100):
            text = "".join(copies(lines, first, min(size, first + 100)))
            store.oxigraph.bulk_load(text.encode(), format=RdfFormat.N_QUADS)
        store.oxigraph.optimize()


def one_article(path: Path, lines: str, size: int, checker: Checker, turns: int) -> dict[str, float]:
    """Return what validating one article more takes: medians over so many that come and go."""
    took, cpu = [], []
    with Store.open(path) as store:
        for n in range(size, size + turns):
            quads = _quads(next(copies(lines, n, n + 1)))
            new = [quad for quad in quads if quad not in store.oxigraph]
            store.oxigraph.extend(new)
            start, clock = time.process_time(), time.perf_counter()
            validate_change(store.view(), new, checker, store.names)
            took.append((time.perf_counter() - clock) * 1000)
            cpu.append((time.process_time() - start) * 1000)
            for quad in new:
                store.oxigraph.remove(quad)
        return {
            "articles": size, "quads": len(store), "ms": round(median(took), 2),
            "cpu_ms": round(median(cpu), 2),
        }  # fmt: skip


def _quads(text: str) -> list[Quad]:
    return list(parse(text.encode(), format=RdfFormat.N_QUADS))


def whole(path: Path, checker: Checker, events: int, processes: int) -> dict[str, float]:
    """Return how fast a whole store is validated."""
    with Store.open(path, read_only=True) as store:
        clock = time.perf_counter()
        report = validate_store(store, checker, processes=processes)
        took = time.perf_counter() - clock
    return {
        "events": events, "processes": processes, "seconds": round(took, 2),
        "events_per_second": round(events / took, 1), "results": len(report.results),
    }  # fmt: skip


def as_one(lines: str, number: int, events: int, checker: Checker) -> dict[str, float]:
    """Return how fast pySHACL is over so many articles as one graph."""
    quads = _quads("".join(copies(lines, 0, number)))
    clock = time.perf_counter()
    report = check(quads, checker)
    took = time.perf_counter() - clock
    return {
        "articles": number, "events": events * number, "seconds": round(took, 2),
        "events_per_second": round(events * number / took, 1), "results": len(report.results),
    }  # fmt: skip


def measure(given: argparse.Namespace) -> dict[str, object]:
    """Return the figures."""
    kit = load_kit(resources())
    lines = pattern(kit)
    quads = _quads(lines)
    kinds = [sum((q.predicate, q.object) == (TYPE, kg(name)) for q in quads) for name in ("Event", "Claim")]
    checker = Checker.of(kit.shapes, kit.axioms, engine=given.engine)
    slow = Checker.of(kit.shapes, kit.axioms, engine=PYSHACL)
    gc.freeze()  # as kg build does
    rows = []
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "store"
            fill(path, lines, size)
            rows.append(one_article(path, lines, size, checker, given.turns))
    found: dict[str, object] = {
        "engine": checker.engine, "events": kinds[0], "claims": kinds[1], "sizes": rows,
        "ratio": round(rows[-1]["ms"] / rows[0]["ms"], 2),
        "pyshacl_whole_graph": [as_one(lines, number, kinds[0], slow) for number in given.pyshacl],
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        fill(path, lines, given.whole)
        found["whole"] = whole(path, checker, given.whole * kinds[0], os.cpu_count() or 1)
    return found


def main() -> None:
    """Print a table, or one JSON object."""
    asked = options(__doc__, growing=True)
    asked.add_argument("--engine", choices=ENGINES, default="auto")
    asked.add_argument("--whole", type=int, default=1000, help="articles of the whole store")
    asked.add_argument("--pyshacl", type=int, nargs="+", default=[1, 10, 100], help="articles for pySHACL")
    given = asked.parse_args()
    found = measure(given)
    tell(found, as_json=given.as_json, turns=given.turns)


if __name__ == "__main__":
    main()
