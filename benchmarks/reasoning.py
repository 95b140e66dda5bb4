"""What it costs to reason when an article comes or goes, in stores of growing size, beside owlrl.

    python benchmarks/reasoning.py [--json] [--sizes 100 1000 10000] [--turns N]

Articles are made up: 30 claims on six events each, about a hundred states and their people, with
events after others and as parts of a few long quarrels. Each store is on disk, and compacted once it
is filled. An article that is not in it comes and goes, N times over; what is timed is how long kg works
out what to add and to withdraw, and not the writing. owlrl has to start from nothing: with one
article, and with 100 events.
"""

from __future__ import annotations

import gc
import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from statistics import median

from measured import options, tell
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.axioms import Axioms
from kg.changes import Change
from kg.facts import Stored, fact_of
from kg.infer import reason, reference
from kg.iri import Names
from kg.pipeline import load_axioms
from kg.reasoning import Delta, update
from kg.resources import resources
from kg.rules import Rules, compile_rules
from kg.terms import TYPE, kg

NAMES = Names()
PATTERN = 100  # articles repeat themselves after so many, but for their own nodes
EVENTS, CLAIMS, STATES = 6, 5, 100
ROLES = ("agent", "target", "place", "when", "content")
INFERRED = NamedNode(NAMES.graph("inferred"))


def node(kind: str, *parts: object) -> NamedNode:
    """Return a node of one kind."""
    return NamedNode(NAMES.mint(kind, *map(str, parts)))


def world() -> Iterator[Quad]:
    """Yield what all articles share: states, who acts for them, cities, and long quarrels."""
    graph = NamedNode(NAMES.graph("entities"))
    for n in range(STATES):
        for kind, each in (
            ("State", node("actor", n)), ("Person", node("actor", n, "head")),
            ("SecurityForce", node("actor", n, "army")), ("City", node("place", n, "city")),
            ("Country", node("place", n)), ("Situation", node("event", "quarrel", n)),
        ):  # fmt: skip
            yield Quad(each, TYPE, kg(kind), graph)
        yield Quad(node("actor", n, "head"), kg("actsFor"), node("actor", n), graph)
        yield Quad(node("actor", n, "army"), kg("actsFor"), node("actor", n), graph)
        yield Quad(node("place", n, "city"), kg("within"), node("place", n), graph)
        yield Quad(node("event", "quarrel", n), kg("partOf"), node("event", "quarrel", n // 10), graph)


def article(n: int) -> Iterator[Quad]:
    """Yield the quads of one article: its graph, links and events."""
    graph, links = NamedNode(NAMES.graph(f"article-{n}")), NamedNode(NAMES.graph("links"))
    this = node("article", n)
    yield Quad(this, TYPE, kg("Article"), graph)
    for e in range(EVENTS):
        report, event = node("report", n, e), node("event", n, e)
        yield Quad(report, TYPE, kg("EventReport"), graph)
        yield Quad(report, kg("statedIn"), this, graph)
        yield Quad(report, kg("reportOf"), event, links)
        values = fillers(n, e)
        for c, role in enumerate(ROLES):
            yield from claim(n, (e, c), kg(role), values[c])
        yield from happened(n, e, values)


def fillers(n: int, e: int) -> tuple[NamedNode, ...]:
    """Return what fills the roles of an event, which repeats itself from pattern to pattern."""
    one = (n % PATTERN * 7 + e) % STATES
    other = (one + 13) % STATES
    agent = node("actor", one, "army") if e % 2 else node("actor", one, "head")
    return (
        agent,
        node("actor", other),
        node("place", other, "city"),
        node("time", n, e),
        node("event", "quarrel", one),
    )


def happened(n: int, e: int, values: tuple[NamedNode, ...]) -> Iterator[Quad]:
    """Yield the triples on an event, and its place among others."""
    graph, event = NamedNode(NAMES.graph("events")), node("event", n, e)
    yield Quad(event, TYPE, kg("Coerce"), graph)
    yield Quad(event, kg("status"), kg("Actual"), graph)
    for role, value in zip(ROLES[:4], values, strict=False):
        yield Quad(event, kg(role), value, graph)
    yield Quad(values[3], TYPE, kg("TimeSpan"), graph)
    yield Quad(event, kg("partOf"), node("event", "quarrel", n % PATTERN), graph)
    if e:
        yield Quad(event, kg("after"), node("event", n, e - 1), graph)


def claim(n: int, at: tuple[int, int], aspect: NamedNode, value: NamedNode) -> Iterator[Quad]:
    """Yield one claim and the passages it rests on."""
    graph, this = NamedNode(NAMES.graph(f"article-{n}")), node("claim", n, *at)
    around = node("passage", n, at[0])
    yield Quad(this, TYPE, kg("Claim"), graph)
    yield Quad(this, kg("about"), node("report", n, at[0]), graph)
    yield Quad(this, kg("aspect"), aspect, graph)
    yield Quad(this, kg("value"), value, graph)
    yield Quad(this, kg("claimant"), node("actor", (n + at[1]) % STATES), graph)
    yield Quad(this, kg("factuality"), kg("Asserted"), graph)
    yield Quad(this, kg("evidence"), around, graph)
    yield Quad(this, kg("words"), node("passage", n, *at), graph)
    yield Quad(this, kg("statedIn"), node("article", n), graph)
    yield Quad(this, kg("confidence"), Literal("0.9"), graph)
    for passage in (around, node("passage", n, *at)):
        yield Quad(passage, TYPE, kg("Passage"), graph)
        yield Quad(passage, kg("statedIn"), node("article", n), graph)
        yield Quad(passage, kg("text"), Literal(f"words {n} {at}"), graph)
    yield Quad(node("passage", n, *at), kg("inSentence"), around, graph)


def pattern(axioms: Axioms) -> list[list[str]]:
    """Return what follows from each article of a pattern, one list of N-Quads lines each."""
    shared = {quad.triple for quad in reason(world(), axioms, NAMES).quads}
    reference_data = tuple(world())
    return [
        [
            f"{q} .\n"
            for q in reason([*reference_data, *article(n)], axioms, NAMES).quads
            if q.triple not in shared
        ]
        for n in range(PATTERN)
    ]


def fill(store: Store, size: int, axioms: Axioms, follows: list[list[str]]) -> None:
    """Put the world, so many articles and all that follows into a store."""
    store.bulk_extend(world())
    store.bulk_extend(reason(world(), axioms, NAMES).quads)
    store.bulk_extend(quad for n in range(size) for quad in article(n))
    for first in range(0, size, 500):
        lines = (
            re.sub(
                rf"(id/(?:event|claim|report|passage|article|time)/){n % PATTERN}(?=[->])", rf"\g<1>{n}", line
            )
            for n in range(first, min(size, first + 500))
            for line in follows[n % PATTERN]
        )
        store.bulk_load("".join(lines), format=RdfFormat.N_QUADS)
    store.optimize()


def timed(store: Store, rules: Rules, gone: Iterable[Quad], new: Iterable[Quad]) -> tuple[Delta, list[float]]:
    """Return what reasoning finds over a change, and what it took: milliseconds of processor, of clock."""
    start, clock = time.thread_time(), time.perf_counter()
    lost = {fact for quad in gone if (fact := fact_of(quad))}
    told = {fact for quad in new if (fact := fact_of(quad))}
    found = update(Stored(store, NAMES), rules, lost, told)
    return found, [(time.thread_time() - start) * 1000, (time.perf_counter() - clock) * 1000]


def come_and_go(store: Store, rules: Rules, size: int, turns: int) -> dict[str, float]:
    """Return the medians over so many articles that come and go."""
    adding, removing = [], []
    quads: tuple[Quad, ...] = ()
    there = len(store)
    for n in range(size, size + turns):
        quads = tuple(article(n))
        delta, took = timed(store, rules, (), quads)
        adding.append(took)
        whole = frozenset([*quads, *_quads(delta.added)])
        store.update(Change(frozenset(), whole).update())
        back, took = timed(store, rules, quads, ())
        removing.append(took)
        assert back.withdrawn == delta.added
        store.update(Change(whole, frozenset()).update())
    found = {
        "articles": size,
        "quads": there,
        "article_quads": len({*quads}),
        "article_inferred": len(delta.added),
    }
    for name, rows in (("add", adding), ("remove", removing)):
        for unit, column in zip(("cpu_ms", "ms"), zip(*rows, strict=True), strict=True):
            found[f"{name}_{unit}"] = round(median(column), 2)
    return found


def _quads(facts: Iterable[tuple[str, str, str]]) -> list[Quad]:
    return [Quad(NamedNode(s), NamedNode(p), NamedNode(o), INFERRED) for s, p, o in facts]


def seconds(axioms: Axioms, articles: int, *, owlrl: bool) -> float:
    """Return the seconds that reasoning from nothing takes over so many articles and the world."""
    quads = [*world(), *(quad for n in range(articles) for quad in article(n))]
    start = time.perf_counter()
    (reference if owlrl else reason)(quads, axioms, NAMES)
    return round(time.perf_counter() - start, 3)


def measure(sizes: list[int], turns: int) -> dict[str, object]:
    """Return the figures."""
    axioms = load_axioms(resources())
    rules = compile_rules(axioms)
    follows = pattern(axioms)
    gc.freeze()  # as kg build does
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = Store(folder)
            fill(store, size, axioms, follows)
            rows.append(come_and_go(store, rules, size, turns))
            del store
    found: dict[str, object] = {"sizes": rows}
    for name in ("add_cpu_ms", "add_ms", "remove_cpu_ms", "remove_ms"):
        found[f"{name}_ratio"] = round(rows[-1][name] / rows[0][name], 2)
    for articles in (1, 100 // EVENTS + 1):
        label = f"{articles * EVENTS}_events"
        found[f"owlrl_seconds_{label}"] = seconds(axioms, articles, owlrl=True)
        found[f"kg_seconds_{label}"] = seconds(axioms, articles, owlrl=False)
    return found


def main() -> None:
    """Print a table, or one JSON object."""
    given = options(__doc__, growing=True).parse_args()
    found = measure(given.sizes, given.turns)
    tell(found, as_json=given.as_json, turns=given.turns)


if __name__ == "__main__":
    main()
