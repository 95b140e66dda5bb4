"""What `kg build` takes for many articles of text: memory as they add up, and speed with more processes.

    python benchmarks/building.py [--json] [--sizes 200 2000] [--jobs 1 2] [--reading 800] [--seed S]

Articles are short, made up after `corpus.py` with names of countries and cities, and written into one file of
JSON Lines. Memory is the largest resident set of a build by one process, of its workers where it has any.
Reading is all that workers do (annotate, extract, gate): articles a second from the FIRSTth on, when all
processes have loaded what they need.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from corpus import ZIPF, Corpus, Deed
from measured import options, tell

from kg.annotate import MODEL
from kg.finding import find_files, items
from kg.pipeline import Failed, each_taken
from kg.plugins import RULES
from kg.resources import resources
from kg.workers import Plan, kit_of, taken_by

FIRST = 40
STATES = (
    "Norway", "Sweden", "Denmark", "Finland", "Iceland", "Estonia", "Latvia", "Lithuania", "Poland",
    "Germany", "France", "Spain", "Portugal", "Italy", "Austria", "Hungary", "Romania", "Bulgaria", "Greece",
    "Turkey", "Georgia", "Armenia", "Azerbaijan", "Kazakhstan", "Mongolia", "China", "Japan",
    "Vietnam", "Thailand", "Malaysia", "Indonesia", "India", "Pakistan", "Iran", "Iraq", "Egypt", "Kenya",
    "Nigeria", "Chile", "Peru",
)  # fmt: skip
CITIES = (
    "Oslo", "Stockholm", "Copenhagen", "Helsinki", "Tallinn", "Riga", "Vilnius", "Warsaw", "Berlin", "Paris",
    "Madrid", "Lisbon", "Rome", "Vienna", "Budapest", "Bucharest", "Sofia", "Athens", "Ankara", "Tbilisi",
)  # fmt: skip
TOLD = {
    "struck": "{agent} bombed a depot of {target} near {place} on {day}.",
    "raided": "Police of {agent} raided an office of {target} in {place} on {day}.",
    "accused": "{agent} accused {target} on {day} of a theft in {place}.",
    "met": "Ministers of {agent} and {target} held talks in {place} on {day}.",
    "jailed": "{agent} arrested two citizens of {target} in {place} on {day}.",
}
MORE = "Shops stayed open that week, and article {number} has no more to tell of it."
WORLD = replace(ZIPF, actors=len(STATES), places=len(CITIES))


def story(number: int, corpus: Corpus) -> str:
    """Return the article of this number as a line of JSON."""
    deeds = corpus.deeds(number)
    text = " ".join((*map(_told, deeds), MORE.format(number=number)))
    given = {"text": text, "title": f"News {number}", "published": deeds[-1].day.isoformat()}
    return json.dumps(given) + "\n"


def _told(deed: Deed) -> str:
    day = f"{deed.day.day} {deed.day:%B %Y}"
    names = {"agent": STATES[deed.agent], "target": STATES[deed.target], "place": CITIES[deed.where]}
    return TOLD[deed.verb].format(day=day, **names)


def written(path: Path, size: int, corpus: Corpus) -> Path:
    """Write so many articles into a file, and return it."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(story(number, corpus) for number in range(size))
    return path


def built(file: Path, size: int, jobs: int) -> dict[str, float]:
    """Build a file into a new store; return the largest memory of a process, and the articles a second."""
    store = file.with_name(f"store-{size}-{jobs}")
    given = ["build", str(file), "--store", str(store), "--no-cache", "--jobs", str(jobs)]
    start = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, "-m", "kg", *given], os.environ)
    _, status, used = os.wait4(process, 0)
    took = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):  # 1: a shape is broken
        raise OSError(f"kg build ended with {code}")
    return {
        "articles": size, "jobs": jobs, "exit": code, "peak_mib": round(used.ru_maxrss / 1024, 1),
        "articles_per_second": round(size / took, 1),
    }  # fmt: skip


def reading(file: Path, jobs: int, plan: Plan) -> dict[str, float]:
    """Return how many articles a second so many processes read once they are warm."""
    found = items(find_files([file]))
    taken = taken_by(jobs, found, plan) if jobs > 1 else each_taken(found, kit_of(plan))
    for _ in islice(taken, FIRST):
        pass
    start = time.perf_counter()
    events = [0 if isinstance(each, Failed) else len(each.extraction.events) for each in taken]
    took = time.perf_counter() - start
    return {"jobs": jobs, "per_second": round(len(events) / took, 1), "events": sum(events)}


def measure(sizes: list[int], jobs: list[int], articles: int, corpus: Corpus) -> Iterator[tuple[str, object]]:
    """Yield the figures by their names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {size: written(folder / f"{size}.jsonl", size, corpus) for size in sizes}
        rows = [built(file, size, jobs[0]) for size, file in files.items()]
        yield "builds", rows
        yield "memory_ratio", round(rows[-1]["peak_mib"] / rows[0]["peak_mib"], 2)
        plan = Plan(resources(), MODEL, RULES)
        file = written(folder / "read.jsonl", FIRST + articles, corpus)
        speeds = [reading(file, each, plan) for each in jobs]
        yield "reading", speeds
        yield "reading_ratio", round(speeds[-1]["per_second"] / speeds[0]["per_second"], 2)


def main() -> None:
    """Print a table, or one JSON object."""
    given = options(__doc__)
    given.add_argument("--sizes", type=int, nargs="+", default=[200, 2000])
    given.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    given.add_argument("--reading", type=int, default=800, help="articles that are timed")
    given.add_argument("--seed", type=int, default=0)
    asked = given.parse_args()
    found = dict(measure(asked.sizes, asked.jobs, asked.reading, replace(WORLD, seed=asked.seed)))
    tell(found, as_json=asked.as_json, seed=asked.seed)


if __name__ == "__main__":
    main()
