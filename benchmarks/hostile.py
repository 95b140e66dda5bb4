"""Nobody gets in: hostile inputs to the command line, the library and the server.

    python benchmarks/hostile.py [--json] [--sample N] [--seed S] [--only sparql rdf ...] [--seconds D]

Each input is given to every front that takes its kind. Each must end in an answer or in a refusal by its
deadline and half a second (and the start of a process), within 1 GB, without a connection, without
opening a file of others, and leave the store as it was; what is harmless must go through.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from hostile_cases import FINE, REFUSED, Case, Traps, sparql
from hostile_fronts import Commands, server, trapped
from hostile_library import Library
from hostile_rdf import rdf, shapes
from hostile_texts import projects, requests, texts, values
from measured import options, tell

from kg.api import load_file, load_knowledge
from kg.commit import rebuild
from kg.store import Store

SOURCES = (sparql, rdf, shapes, texts, values, projects, requests)
COMMANDS = ("sparql", "rdf", "shapes", "value", "project")
SERVED = ("sparql", "value", "http")


def main() -> None:
    """Give the inputs to the fronts and print what became of them."""
    parser = options(__doc__)
    parser.add_argument("--sample", type=int, help="So many inputs of all. [default: all]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", help="Kinds: sparql rdf shapes text sidecar value project http.")
    parser.add_argument("--seconds", type=float, default=3.0, help="The deadline of each.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, trapped(Path(name)) as (traps, sprung):
        folder = Path(name)
        cases = _chosen(traps, given.sample, given.seed, given.only)
        store = _store(folder)
        before = _digest(store)
        found: dict[str, object] = {"inputs": len(cases)}
        wrong: list[str] = []
        ends: Counter[str] = Counter()
        start = time.monotonic()
        for front, case, end in _all(folder, store, cases, given.seconds, found):
            word = end.partition(":")[0]
            fits = word in ("answer", "refusal") and not (
                (case.end == REFUSED and word == "answer") or (case.end == FINE and word == "refusal")
            )
            ends[f"{front}_{word if fits else 'wrong'}"] += 1
            if not fits:
                wrong.append(f"{front}: {case.kind}: {case.name}: {end}")
                print(wrong[-1], file=sys.stderr)
        found |= dict(sorted(ends.items()))
        found |= {"connections": len(sprung.connections), "foreign_files": len(sprung.files)}
        found |= {"store_changed": _digest(store) != before, "seconds": round(time.monotonic() - start)}
    bad = bool(wrong or sprung.connections or sprung.files or found["store_changed"])
    tell(
        found,
        as_json=given.as_json,
        seed=given.seed,
        deadline=given.seconds,
        sample=given.sample,
        wrong=wrong,
    )
    raise SystemExit(1 if bad else 0)


def _all(
    folder: Path, store: Path, cases: list[Case], seconds: float, found: dict[str, object]
) -> Iterator[tuple[str, Case, str]]:
    """Yield each front that a case is given to, and what became of it there."""
    library = Library(folder, max(seconds * 5, 20))
    for case in cases:
        if case.kind != "http" and not case.costly:
            yield "library", case, library.tell(case)
    library.close()
    commands = Commands(folder, store, seconds)
    found["command_begin_s"] = round(commands.begin, 2)
    for case in cases:
        if case.kind in COMMANDS:
            for end in commands.tell(case):
                yield "command", case, end
    found |= {"command_longest_s": round(commands.longest, 2), "command_largest_mib": round(commands.largest)}
    with server(store, seconds) as serving:
        for case in cases:
            if case.kind in SERVED:
                yield "server", case, serving.tell(case)
        page = next(case for case in requests(Traps("", "")) if case.name == "a page")
        yield "server", page, serving.tell(page)
    found["server_longest_s"] = round(serving.longest, 2)


def _chosen(traps: Traps, sample: int | None, seed: int, only: list[str] | None) -> list[Case]:
    """Return all cases, or so many of them, of all kinds."""
    every = [case for source in SOURCES for case in source(traps) if not only or case.kind in only]
    if sample is None:
        return every
    return random.Random(seed).sample(every, min(sample, len(every)))  # noqa: S311  # no secret


def _store(folder: Path) -> Path:
    """Make a store that knows the ontology and a quad."""
    first = folder / "first.nt"
    first.write_text("<urn:a> <urn:p> <urn:b> .\n", encoding="utf-8")
    known = load_knowledge()
    with Store.open(folder / "store", create=True) as store:
        load_file(first, store, known)
        rebuild(store, known)
    return folder / "store"


def _digest(store: Path) -> str:
    return sha256((store / "log").read_bytes() + (store / "kg.json").read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
