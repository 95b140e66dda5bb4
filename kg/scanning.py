"""Looks through all files of a store for damage, names it, and repairs what follows from the log.

What quads and index must hold is computed anew from the log in a folder for a while, and compared:
that takes as long as `kg rebuild`, and as much disk as the store.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode

from kg.address import About
from kg.commit import Knowledge, apply, from_nquads, rebuild
from kg.database import Database
from kg.digests import Digest, digest_of, orders
from kg.errors import StoreError, UsageError
from kg.folder import locked, read_about, write_settings
from kg.iri import Names
from kg.log import Log, draft_log, place_log
from kg.quads import open_quads
from kg.records import Admitted, Record, decode
from kg.rows import INDEX, copied, faults, tables
from kg.seal import changed_since
from kg.store import Store
from kg.terms import END, EXACT, START, Node, plain
from kg.twofold import open_log, put_in_place
from kg.weave import FROM_OTHER, LOST, Finding, Woven, weave

AGAIN: Final = "kg fsck --repair computes it anew from the log"
_QUADS: Final = "oxigraph"
_SETTINGS: Final = "kg.json"
_MOST: Final = 5  # graphs or tables that are named, of all that differ


@dataclass(slots=True)
class _Case:
    """A store that is looked through: its folder, what quads and index are, and what they know."""

    store: Path
    index: Path
    quads: pyoxigraph.Store | None = None
    marks: dict[str, str] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)


def fsck(store: Path, knowledge: Knowledge, *, repair: bool = False) -> tuple[Finding, ...]:
    """Return what is wrong with a store, and repair it where that is asked for and can be done.

    Raises StoreError where there is no store or it is in use.
    """
    with suppress(StoreError):
        if server := read_about(store).server:
            raise UsageError(f"{server} has the quads of {store}; kg rebuild writes them anew there")
    if not any((store / name).exists() for name in (_SETTINGS, "log", "log.copy")):
        raise StoreError(f"{store}: no store here (no kg.json, no log); kg build makes one")
    with tempfile.TemporaryDirectory(prefix="kg-fsck-") as place, locked(store, alone=repair):
        found = _looked_through(store, Path(place), knowledge)
        lost = any(each.lost for each in found)
        if repair and found and not lost:
            _mend_log(store, Path(place) / "s", found)
    if repair and not lost and any(each.fix == AGAIN for each in found):
        with Store.open(store, anew=True) as opened:
            rebuild(opened, knowledge)
    return found


def _looked_through(store: Path, place: Path, knowledge: Knowledge) -> tuple[Finding, ...]:
    case = _Case(store, place / INDEX)
    base = _base(case)
    _begin(case, base or "")
    with weave(store, tuple(case.marks.values())) as woven:
        case.found += woven.findings
        base = base or next(_bases(woven), "")
        if not woven.generation or not base:
            fix = LOST if not base else AGAIN
            case.found.append(Finding(_SETTINGS, "", "the base is not known", fix, lost=True))
            return tuple(case.found)
        (place / "s").mkdir()
        draft_log(place / "s" / "log", (frame.payload for frame in woven.frames()), woven.generation)
    place_log(place / "s" / "log")
    write_settings(place / "s", About(base))
    case.found += [Finding(name, "", what, AGAIN) for name, what in changed_since(store).items()]
    with Store.open(place / "s") as wanted:
        _compare(case, wanted, knowledge)
    case.quads = None
    return tuple(case.found)


def _base(case: _Case) -> str | None:
    try:
        return read_about(case.store).base
    except StoreError as error:
        what = str(error).split(": ", 1)[-1].split(";", maxsplit=1)[0]
        lost = what.startswith("format")
        fix = str(error).rsplit("; ", 1)[-1] if lost else "kg fsck --repair makes it from the log"
        case.found.append(Finding(_SETTINGS, "", what, fix, lost=lost))
        return None


def _bases(woven: Woven) -> Iterator[str]:
    """Yield the base of the store, as the graphs tell that articles and files came into."""
    for frame in woven.frames():
        graph = str(getattr(decode(frame.payload), "graph", ""))
        if "graph/" in graph:
            yield graph[: graph.rindex("graph/")]


def _begin(case: _Case, base: str) -> None:
    """Open quads and index, the index as a copy; note what they know of the log."""
    if (case.store / _QUADS).exists():
        try:
            case.quads = open_quads(case.store, read_only=True)
            node = NamedNode(Names(base).graph("log")) if base else None
            case.marks[_QUADS] = _mark(case.quads, node)
        except (StoreError, OSError, RuntimeError) as error:
            case.found.append(Finding(_QUADS, "", f"cannot be read: {_short(error)}", AGAIN))
    else:
        case.found.append(Finding(_QUADS, "", "is missing", AGAIN))
    if not (case.store / INDEX).exists():
        case.found.append(Finding(INDEX, "", "is missing", AGAIN))
        return
    try:
        case.marks[INDEX] = copied(case.store, case.index.parent)
    except StoreError as error:
        case.found.append(Finding(INDEX, "", _short(error), AGAIN))


def _mark(quads: pyoxigraph.Store, node: NamedNode | None) -> str:
    for quad in quads.quads_for_pattern(None, None, None, node):
        if plain(quad.graph_name).endswith("graph/log") and plain(quad.predicate).endswith("#applied"):
            return plain(quad.object)
    return ""


def _compare(case: _Case, wanted: Store, knowledge: Knowledge) -> None:
    """Put record after record into a store of its own; compare at the ones that quads and index know last."""
    due = dict(case.marks)
    case.found += _at(case, wanted, "", due, knowledge)
    for frame in wanted.log.frames():
        record = decode(frame.payload)
        case.found += _misquoted(record, frame.start)
        if due:
            apply(wanted, record, frame, knowledge)
            case.found += _at(case, wanted, wanted.log.mark_of(frame), due, knowledge)
    for name in due:
        case.found.append(Finding(name, "", "follows from another log", AGAIN))


def _at(
    case: _Case, wanted: Store, mark: str, due: dict[str, str], knowledge: Knowledge
) -> Iterator[Finding]:
    """Compare what knows the log up to here."""
    if due.get(INDEX) == mark:
        del due[INDEX]
        yield from _rows(case, wanted)
    if due.get(_QUADS) == mark:
        del due[_QUADS]
        try:
            yield from _quads(case, wanted, knowledge)
        except (OSError, RuntimeError, ValueError) as error:
            yield Finding(_QUADS, "", f"cannot be read: {_short(error)}", AGAIN)


def _quads(case: _Case, wanted: Store, knowledge: Knowledge) -> Iterator[Finding]:
    assert case.quads is not None
    held = Store.over(case.quads, wanted.names.base)
    rules = held.noted("rules")
    if rules not in ("", knowledge.digest):
        yield Finding(_QUADS, "", "was computed with other axioms than the ontology has now", AGAIN)
        return
    first, *others = orders(case.quads).items()
    for name, digest in others:
        if digest != first[1]:
            what = f"{digest.number} quads, {first[0]} has {first[1].number}"
            yield Finding(
                _QUADS, f"order {name}", what if digest.number != first[1].number else _OTHERS, AGAIN
            )
    terms = digest_of(held.quads(held.names.graph("ontology")))
    if str(terms) != (held.noted("terms") or str(Digest())):
        yield Finding(_QUADS, "graph ontology", "does not hold what it was told", AGAIN)
    yield from _graphs(held, wanted)


_OTHERS: Final = "holds other quads"


def _graphs(held: Store, wanted: Store) -> Iterator[Finding]:
    own = {NamedNode(held.names.graph(name)) for name in ("log", "ontology")}
    both = {*held.dataset.named_graphs(), *wanted.dataset.named_graphs()} - own
    number = 0
    for graph in sorted(map(plain, both)):
        here, there = (digest_of(store.quads(graph)) for store in (held, wanted))
        if here != there:
            number += 1
            what = f"{here.number} quads, {there.number} follow from the log"
            if number <= _MOST:
                place = f"graph {graph.removeprefix(held.names.graph(''))}"
                yield Finding(_QUADS, place, what if here.number != there.number else _OTHERS, AGAIN)
    if number > _MOST:
        yield Finding(_QUADS, "", f"{number - _MOST} more graphs differ", AGAIN)


def _rows(case: _Case, wanted: Store) -> Iterator[Finding]:
    wanted.index.commit()
    here, there = Database.read(case.index), Database.read(case.index.parent / "s" / INDEX)
    try:
        for what in faults(case.index):
            yield Finding(INDEX, "", what, AGAIN)
        ours, theirs = tables(here), tables(there)
        for name, digest in theirs.items():
            if ours.get(name) != digest:
                yield Finding(INDEX, f"table {name}", "does not hold what follows from the log", AGAIN)
    except StoreError as error:
        yield Finding(INDEX, "", _short(error), AGAIN)
    finally:
        here.close()
        there.close()


def _misquoted(record: Record, start: int) -> Iterator[Finding]:
    """Look whether every passage of an article is what stands at its offsets in the text."""
    if not isinstance(record, Admitted):
        return
    told: dict[str, dict[NamedNode, Node]] = {}
    for quad in from_nquads(record.quads):
        if quad.predicate in (START, END, EXACT):
            told.setdefault(plain(quad.subject), {})[quad.predicate] = quad.object  # type: ignore[assignment]  # no blank nodes
    for passage, parts in sorted(told.items()):
        if parts.keys() == {START, END, EXACT}:
            first, last = int(plain(parts[START])), int(plain(parts[END]))
            if record.text[first:last] != plain(parts[EXACT]):
                fix = "build the article again"
                yield Finding("log", f"byte {start}", f"{passage}: these are not the words at its place", fix)


def _mend_log(store: Path, whole: Path, found: tuple[Finding, ...]) -> None:
    """Put the log together again from its two files, and write the settings that it tells."""
    wrong = {each.file for each in found if each.fix != AGAIN}
    try:
        if _SETTINGS in wrong:
            write_settings(store, read_about(whole))
        if any(each.fix == FROM_OTHER for each in found):
            log = Log.open(whole / "log", read_only=True)
            draft_log(store / "log", (frame.payload for frame in log.frames()), log.generation)
            log.close()
            put_in_place(store)
            open_log(store, read_only=False).close()
    except OSError as error:
        raise StoreError(f"{store}: cannot be repaired: {error.strerror}") from error


def _short(error: Exception) -> str:
    return " ".join(str(error).split(";", maxsplit=1)[0].split())
