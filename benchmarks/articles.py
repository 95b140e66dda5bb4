"""What one article costs a store as it grows: taken in, retracted, projected, validated.

    python benchmarks/articles.py [--json] [--sizes 100 1000 10000] [--turns N]

Articles are made up: 30 claims on five events, a hundred states, twenty articles a day. Each store is on
disk and filled by the same way that is measured: log with fsync, index, linking, projection, reasoning,
one transaction. Then articles that are not in it come and go, N times over.
"""

from __future__ import annotations

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from measured import options, tell

from kg.api import load_knowledge
from kg.axioms import vocabulary
from kg.changes import Contribution, consequences
from kg.commit import Knowledge, admit, retract, take_in
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import Article, Block, BlockKind, Claim, Entity, Event, Filler, Span, When, Window
from kg.naming import article_graph, article_iri
from kg.pipeline import examine, shape_files
from kg.resources import resources
from kg.store import Store
from kg.validate import Checker
from kg.view import Change

NAMES = Names()
EVENTS, STATES, A_DAY, FIRST = 5, 100, 20, date(2000, 1, 1)
KINDS = {
    "struck": "MilitaryAttack", "raided": "Raid", "accused": "Accusation", "met": "Talks",
    "jailed": "Detention",
}  # fmt: skip


def state(number: int) -> Entity:
    """Return one of the states."""
    return Entity("State", f"state-{number}", f"State {number}")


def place(number: int) -> Entity:
    """Return a city, in the land of a state."""
    land = Entity("Country", f"land-{number}", f"Land {number}")
    return Entity("City", f"city-{number}", f"City {number}", links=(("within", land),))


def made_up(number: int) -> Contribution:
    """Return what the article of this number says: the same in every run."""
    luck = random.Random(number)  # noqa: S311  # no secret
    day = FIRST + timedelta(days=number // A_DAY)
    said = [
        (luck.randrange(STATES), verb, luck.randrange(STATES), luck.randrange(STATES), day) for verb in KINDS
    ]
    lines = [
        f"State {a} {verb} State {t} in City {p} on {d.isoformat()}, it said {number}."
        for a, verb, t, p, d in said
    ]
    text = " ".join(lines)
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
    told = Window(day.isoformat(), day, day)
    article = Article(f"{number}.txt", text, blocks, title=f"News {number}", published=told)
    events, start = [], 0
    for line, parts in zip(lines, said, strict=True):
        events.append(event(line, start, parts))
        start += len(line) + 1
    quads = tuple(to_quads(article, events, NAMES))
    return Contribution(article_iri(article, NAMES).value, article_graph(article, NAMES).value, quads, text)


def event(line: str, start: int, parts: tuple[int, str, int, int, date]) -> Event:
    """Return the event of a sentence, with its six claims."""
    agent, verb, target, where, day = parts
    whole = Span(start, start + len(line))

    def words(text: str, after: str = "") -> Span:
        at = start + line.index(text, line.index(after) + len(after))
        return Span(at, at + len(text))

    doer = Filler(words(f"State {agent}"), state(agent))
    whom = Filler(words(f"State {target}", verb), state(target))
    city = Filler(words(f"City {where}"), place(where))
    when = When(Window(day.isoformat(), day, day), words(day.isoformat()))
    values = {
        "type": KINDS[verb],
        "status": "Actual",
        "agent": doer,
        "target": whom,
        "place": city,
        "when": when,
    }
    claims = tuple(Claim(aspect, value, whole) for aspect, value in values.items())
    return Event(KINDS[verb], words(verb), whole, claims, f"{verb} {agent}")


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
