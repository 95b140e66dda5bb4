"""Measures how fast quads come in: by the bare bulk loader, by `kg load`, and out of the mapping.

    python benchmarks/bulk.py --copies 40 --json > benchmarks/results/bulk.json

The examples are built once; copies of them, under other names, make a file of N-Quads. The mapping is
timed from extracted events to bytes of N-Quads, beside rdflib's `Graph.add` of the same triples.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import rdflib
from measured import options, tell

from kg.api import load_knowledge
from kg.commit import as_nquads, catch_up
from kg.finding import find_files, items
from kg.iri import Names
from kg.load import load_file
from kg.mapping import to_nquads, to_quads
from kg.pipeline import Taken, build, each_taken, load_kit
from kg.resources import resources
from kg.store import Store

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NQUADS = ox.RdfFormat.N_QUADS
KINDS = "report|claim|event|article|graph/article|time|count|link|node|decision"
NAME = re.compile(rf"(https://w3id\.org/kgnews/(?:id/)?(?:{KINDS})[-/][^>]*?)([>#])")


def timed(work: Callable[[], int], turns: int = 3) -> float:
    """Return how many quads a second a piece of work does, the best of some turns."""
    rates = []
    for _ in range(turns):
        began = time.perf_counter()
        number = work()
        rates.append(number / (time.perf_counter() - began))
    return round(max(rates))


def copied(quads: str, path: Path, copies: int) -> None:
    """Write a file of so many copies, each with names of its own."""
    with path.open("w", encoding="utf-8") as file:
        for copy in range(copies):
            file.write(NAME.sub(rf"\g<1>-c{copy}\g<2>", quads))


def loading(path: Path, folder: Path) -> dict[str, float]:
    """Return the quads a second of a bare bulk load and of `kg load`, each into a new store."""
    knowledge, number = load_knowledge(), iter(range(99))

    def bare() -> int:
        store = ox.Store(str(folder / f"bare{next(number)}"))
        store.bulk_load(path=str(path), format=NQUADS)
        return len(store)

    def ours() -> int:
        with Store.open(folder / f"ours{next(number)}", create=True) as store:
            catch_up(store, knowledge)
            return load_file(path, store, knowledge)

    return {"bulk_load": timed(bare, 2), "kg_load": timed(ours, 2)}


def mapping(taken: list[Taken], names: Names) -> dict[str, float]:
    """Return the quads a second from events to N-Quads, and of rdflib's `Graph.add` alone."""
    given = [(each.article, each.extraction.events) for each in taken]
    lines = as_nquads(quad for article, events in given for quad in to_quads(article, events, names))
    graph = rdflib.Dataset()
    graph.parse(data=lines, format="nquads")
    triples = [quad[:3] for quad in graph.quads()]

    def ours() -> int:
        return sum(to_nquads(article, events, names).count("\n") for article, events in given)

    def serialised() -> int:
        return len(ox.serialize(quads, format=NQUADS) or b"") and len(quads)

    def added() -> int:
        target = rdflib.Graph()
        for triple in triples:
            target.add(triple)
        return len(triples)

    quads = list(ox.parse(lines.encode("utf-8"), format=NQUADS))
    return {"map_and_write": timed(ours, 9), "write": timed(serialised, 9), "rdflib_add": timed(added, 9)}


def main() -> None:
    """Measure, and print."""
    parser = options(__doc__)
    parser.add_argument("--copies", type=int, default=40)
    given = parser.parse_args()
    kit = load_kit(resources())
    with TemporaryDirectory() as place, Store.memory() as store:
        folder = Path(place)
        for _ in build([EXAMPLES], store, kit):
            pass
        path = folder / "copies.nq"
        copied(as_nquads(store.quads()), path, given.copies)
        taken = [t for t in each_taken(items(find_files([EXAMPLES])), kit) if isinstance(t, Taken)]
        found = {**loading(path, folder), **mapping(taken, store.names)}
        found["load_ratio"] = round(found["kg_load"] / found["bulk_load"], 2)
        found["map_ratio"] = round(found["map_and_write"] / found["rdflib_add"], 2)
        found["write_ratio"] = round(found["write"] / found["rdflib_add"], 2)
        tell(found, as_json=given.as_json, copies=given.copies, bytes=path.stat().st_size)


if __name__ == "__main__":
    main()
