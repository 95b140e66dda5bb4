"""What kg costs and finds as news adds up whose actors and places follow Zipf's law: time, disk, questions.

    python benchmarks/reach.py [--json] [--sizes 100 1000 10000] [--turns N] [--seed S] [--maplib PYTHON]

One store on disk grows through the sizes. At each of them N articles are put in as `kg build` does it once
an article is read: linked, projected, reasoned, written with fsync, indexed, validated. Then the store is
closed and its files counted, and the first fifty events of each question asked: with the index, without it,
of pyoxigraph alone (all rows), and of engines of others with the same SPARQL on the same data
(`engines.py`), each until it has once been too slow.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

import pyoxigraph
from asking import TURNS, compared
from asking import timed as timed_turns
from corpus import NAMES, ZIPF, Corpus
from engines import ENGINES, NONE
from measured import options, tell
from pyoxigraph import RdfFormat

from kg.api import load_knowledge
from kg.axioms import vocabulary
from kg.binding import Values, bind, terms
from kg.catalogue import Wanted
from kg.commit import Knowledge, admit
from kg.lookup import find
from kg.pipeline import place, shape_files
from kg.questions import saved_query
from kg.resources import resources
from kg.store import Store
from kg.terms import kg
from kg.validate import Checker

PARTS = {"log": "log", "log_copy": "log.copy", "quads": "oxigraph", "index": "index.sqlite"}
SLOW = 10_000  # events from which on what has no index is asked once


def grow(store: Store, numbers: range, corpus: Corpus, knowledge: Knowledge) -> None:
    """Put the articles of these numbers into a store."""
    for number in numbers:
        admit(store, corpus.article(number), knowledge)
        if number % 1000 == 999:
            print(f"{number + 1} articles", file=sys.stderr)


def inserted(
    store: Store, numbers: range, corpus: Corpus, knowledge: Knowledge, checker: Checker
) -> tuple[list[float], list[float]]:
    """Put articles in, and validate each; return the milliseconds of each, and of a processor."""
    took, cpu = [], []
    for number in numbers:
        given = corpus.article(number)
        start, used = time.perf_counter(), time.thread_time()
        place(Path(f"{number}.txt"), given, store, knowledge, checker)
        took.append((time.perf_counter() - start) * 1000)
        cpu.append((time.thread_time() - used) * 1000)
    return took, cpu


def sizes_of(path: Path, quads: int) -> dict[str, float]:
    """Return how many bytes a quad each part of a closed store takes, and all of them."""
    found = {}
    for name, part in PARTS.items():
        files = [path / part, *(path / part).rglob("*")]
        found[name] = sum(file.stat().st_size for file in files if file.is_file()) / quads
    rounded = {name: round(size, 1) for name, size in found.items()}
    return {**rounded, "all": round(sum(found.values()), 1)}


def questions(store: Store) -> dict[str, tuple[str, Values]]:
    """Return the saved questions that are asked, and their values: about those with most events."""
    return {
        "busiest_actor": ("actor", {"actor": find(store, "State 0").value}),
        "deeds_of_a_type": ("who-did-what-to-whom", {"type": kg("Raid").value}),
        "place_and_parts": ("place", {"place": find(store, "Land 0").value}),
        "contested": ("contested", {}),
        "phrase": ("search", {"words": "struck State 0 in City 0 on"}),
    }


def asked(path: Path, others: dict[str, str], folder: Path) -> dict[str, object]:
    """Return how many events a store has, and what each question takes, here and in other engines."""
    with Store.open(path, read_only=True) as store:
        events = store.catalogue.count(Wanted()) if store.catalogue else 0
        turns = 1 if events > SLOW else TURNS
        given = questions(store)
        found: dict[str, dict[str, object]] = {
            name: dict(compared(store, query, values, turns)) for name, (query, values) in given.items()
        }
        texts = {name: _text(store, query, values) for name, (query, values) in given.items()}
        for name, text in texts.items():
            found[name] |= bare(store.oxigraph, text, turns)
        data = folder / "data.nt"
        if others:  # all graphs as one: no triple is in two
            triples = (quad.triple for quad in store.oxigraph)
            pyoxigraph.serialize(triples, str(data), format=RdfFormat.N_TRIPLES)
    for engine, program in tuple(others.items()):
        answers = ENGINES[engine](data, texts, program)
        if all(answer == NONE for answer in answers.values()):
            del others[engine]
        for name, answer in answers.items():
            found[name][engine] = answer
    return {"events": events, "questions": found}


def _text(store: Store, query: str, values: Values) -> str:
    saved = saved_query(query)
    return bind(saved, terms(store, saved, values))


def bare(quads: pyoxigraph.Store, text: str, turns: int) -> dict[str, float]:
    """Return the rows that pyoxigraph alone finds, and its milliseconds."""

    def rows() -> int:
        answer = quads.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        return sum(1 for _ in answer)

    return {"rows": rows(), "oxigraph_ms": timed_turns(rows, turns)}


def measure(sizes: list[int], turns: int, corpus: Corpus, others: dict[str, str]) -> dict[str, object]:
    """Return the figures of each size, and of the last beside the first."""
    rows = list(_rows(sizes, turns, corpus, others))
    first, last = rows[0], rows[-1]
    ratios = {
        name.replace("ms", "ratio"): round(_number(last[name]) / _number(first[name]), 2)
        for name in ("insert_ms", "insert_cpu_ms")
    }
    return {"sizes": rows, **ratios}


def _number(value: object) -> float:
    return float(str(value))


def _rows(
    sizes: list[int], turns: int, corpus: Corpus, others: dict[str, str]
) -> Iterator[Mapping[str, object]]:
    knowledge = load_knowledge()
    checker = Checker.of(shape_files(resources()), knowledge.axioms)
    gc.freeze()  # as kg build does
    done = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "s"
        for size in sizes:
            with Store.open(path, create=True) as store:
                store.learn(vocabulary(knowledge.axioms, NAMES))
                grow(store, range(done, size), corpus, knowledge)
                done = size + turns
                took, cpu = inserted(store, range(size, done), corpus, knowledge, checker)
                quads = len(store)
            yield {
                "articles": size, "quads": quads, "insert_ms": round(median(took), 2),
                "insert_cpu_ms": round(median(cpu), 2),
                "bytes_a_quad": sizes_of(path, quads), **asked(path, others, folder),
            }  # fmt: skip


def main() -> None:
    """Print a table, or one JSON object."""
    given = options(__doc__, growing=True)
    given.add_argument("--seed", type=int, default=0)
    given.add_argument("--alone", action="store_true", help="Leave the engines of others out.")
    given.add_argument("--maplib", metavar="PYTHON", default="", help="A Python that has maplib.")
    asked_for = given.parse_args()
    others = {} if asked_for.alone else {"rdflib": sys.executable, "virtuoso": ""}
    if asked_for.maplib:
        others["maplib"] = asked_for.maplib
    corpus = replace(ZIPF, seed=asked_for.seed)
    found = measure(asked_for.sizes, asked_for.turns, corpus, others)
    tell(found, as_json=asked_for.as_json, turns=asked_for.turns, seed=asked_for.seed, steep=corpus.steep)


if __name__ == "__main__":
    main()
