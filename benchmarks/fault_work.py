"""The store that is tried, every command that writes to it, and how a state is told from another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus import made_up

from kg import decisions
from kg.axioms import read_axioms, vocabulary
from kg.cli.options import write_out
from kg.commit import Knowledge, admit, catch_up, load, now, rebuild, retract
from kg.digests import digest_of
from kg.errors import UsageError
from kg.export import export
from kg.link.kin import Kin
from kg.load import load_file
from kg.project import init_project
from kg.records import Loaded
from kg.resources import shipped
from kg.store import Store
from kg.terms import kg, plain

Step = Callable[[Store, Path, Knowledge], Iterator[object]]
FILES = ("accusation", "detention", "military-attack", "raid", "talks")
LINES = "".join(f"<http://example.org/s{n}> <http://example.org/p> 'loaded {n}' .\n" for n in range(40))


def knowledge() -> Knowledge:
    """Return the axioms of the core and of five types of events."""
    events = [shipped() / "ontology" / "events" / f"{name}.ttl" for name in FILES]
    return Knowledge.of(read_axioms([*(shipped() / "ontology").glob("*.ttl"), *events]), Kin({}))


def _events(store: Store, number: int) -> list[str]:
    return [known.event for known in store.index.reports(graph=made_up(number).graph)]


def _pair(store: Store, one: int, other: int) -> tuple[str, str]:
    """Return an event of each of two articles, of the same type."""
    kinds = {event: _kind(store, event) for event in _events(store, one)}
    return next((a, b) for b in _events(store, other) for a, kind in kinds.items() if kind == _kind(store, b))


def _kind(store: Store, event: str) -> str:
    found = store.oxigraph.query(
        f"SELECT ?t {{ GRAPH ?g {{ <{event}> a ?t }} FILTER(?g = <{store.names.graph('events')}>) }}"
    )
    return " ".join(sorted(plain(row["t"]) for row in found))


def _claim(store: Store, number: int, aspect: str) -> str:
    graph = store.quads(made_up(number).graph)
    return min(plain(q.subject) for q in graph if q.predicate == kg("aspect") and q.object == kg(aspect))


def build(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Take in two articles."""
    store.learn(vocabulary(known.axioms, store.names))
    yield None  # nothing yet that counts
    for number in (3, 4):
        yield admit(store, made_up(number), known)


def load_rdf(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Load a file."""
    yield load_file(folder / "given.ttl", store, known)


def merge(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Merge two events."""
    yield decisions.merge(store, *_pair(store, 0, 2), known, because="one")


def split(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Take apart what was merged."""
    yield decisions.split(store, _pair(store, 0, 1)[0], known, because="two")


def reject(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Reject a claim."""
    yield decisions.reject(store, _claim(store, 0, "agent"), known, because="no")


def correct(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Correct a claim."""
    yield decisions.correct(store, _claim(store, 0, "when"), "1999-05-03", known, because="late")


def take_out(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Retract an article."""
    yield retract(store, made_up(1).article, known, because="wrong")


def purge(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Wipe an article."""
    yield decisions.purge(store, made_up(1).article, known, because="ordered")


def compute(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Compute everything anew."""
    yield rebuild(store, known)


def write_file(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Export to a file that is there already."""
    write_out(export(store, "nquads"), folder / "out.nq")
    yield None


def init(store: Store, folder: Path, known: Knowledge) -> Iterator[object]:
    """Make a project."""
    yield init_project(folder / "mine")


STEPS: dict[str, Step] = {
    "build": build, "load": load_rdf, "retract": take_out, "purge": purge, "merge": merge, "split": split,
    "reject": reject, "correct": correct, "rebuild": compute, "init": init, "export": write_file,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """What a folder holds: the quads of its store, the exported file, the project (digests)."""

    quads: str
    out: str
    mine: str


def state(folder: Path, known: Knowledge) -> State:
    """Open the store as a command does, and tell its state."""
    with Store.open(folder / "store") as store:
        catch_up(store, known)
        own = {store.names.graph(name) for name in ("log", "ontology")}
        quads = digest_of(quad for quad in store.quads() if plain(quad.graph_name) not in own)
    out = folder / "out.nq"
    mine = (
        sorted(p for p in (folder / "mine").rglob("*") if p.is_file())
        if (folder / "mine" / "kg.yaml").exists()
        else []
    )
    whole = (f"{path.name} {path.read_bytes()!r}" for path in mine)
    return State(
        str(quads), str(digest_of([out.read_bytes()])) if out.exists() else "", str(digest_of(whole))
    )


def run(folder: Path, name: str, known: Knowledge, told: Callable[[], object] = lambda: None) -> None:
    """Do what a command does; tell of each thing that it has done."""
    with Store.open(folder / "store") as store:
        catch_up(store, known)
        for _ in STEPS[name](store, folder, known):
            told()


class _EnoughError(Exception):
    """Ends a command after one of the things that it does."""


def states(source: Path, folder: Path, name: str, known: Knowledge) -> list[State]:
    """Return the states that a command leads through: before, and after each thing that it does."""
    found: list[State] = []
    while True:
        copy(source, folder)
        left = [len(found)]

        def told(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise _EnoughError

        if found:
            with suppress(_EnoughError):
                run(folder, name, known, told)
        if left[0] > 0:
            return found
        found.append(state(folder, known))


def template(folder: Path, known: Knowledge) -> None:
    """Make the store that is tried: three articles, two of whose events were merged by hand."""
    folder.mkdir(parents=True)
    with Store.open(folder / "store", create=True) as store:
        store.learn(vocabulary(known.axioms, store.names))
        for number in range(3):
            admit(store, made_up(number), known)
        decisions.merge(store, *_pair(store, 0, 1), known, because="one")
    (folder / "given.ttl").write_text(LINES, encoding="utf-8")
    (folder / "out.nq").write_bytes(b"an older export\n")


def increment(store: Path, known: Knowledge) -> int:
    """Add one to a number that two quads tell; return it."""
    with Store.open(store) as opened:
        graph = opened.names.graph("counter")
        before = max((int(plain(quad.object)) for quad in opened.quads(graph)), default=0)
        lines = "".join(f'<urn:{n}> <urn:is> "{before + 1}" <{graph}> .\n' for n in ("one", "other"))
        load(opened, Loaded(now(), graph, lines), known)
    return before + 1


def copy(source: Path, target: Path) -> None:
    """Put a copy of a folder in the place of another."""
    with suppress(FileNotFoundError):
        shutil.rmtree(target)
    shutil.copytree(source, target)


def harmless(folder: Path, name: str, known: Knowledge) -> str:
    """Do a command again; return why it refuses, if it does so cleanly."""
    try:
        run(folder, name, known)
    except UsageError as error:
        return str(error)
    return ""
