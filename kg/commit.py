"""Puts records into a store: into the log first, then what follows of them into index and quads.

A record that is in the log is kept, whatever happens next: whoever opens the store for writing
brings index and quads up to it. The quads change in one transaction, so they are at the state
before a record or after it, never between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from kg.accounts import Senses
from kg.axioms import Axioms, vocabulary
from kg.changes import Contribution, consequences
from kg.constructs import read_schema
from kg.entries import entered
from kg.errors import StoreError
from kg.facts import Fact, Stored, fact_of
from kg.intake import Plan, plan, published, said
from kg.iri import Names
from kg.link.kin import Kin
from kg.log import Frame
from kg.reasoning import update
from kg.records import Admitted, Joined, Judged, Loaded, Record, Retracted, decode, encode
from kg.remembered import Remembered
from kg.rules import Rules, compile_rules
from kg.store import Store
from kg.view import Change, View


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What linking and reasoning take from the ontology; `digest` changes with its axioms."""

    axioms: Axioms
    rules: Rules
    senses: Senses
    digest: str

    @classmethod
    def of(cls, axioms: Axioms, kin: Kin) -> Knowledge:
        """Compile the axioms. Raises OntologyError for those that reasoning does not support."""
        schema = read_schema(axioms.axioms, axioms.triples)
        parts = (f"{each.name} {sorted(map(str, getattr(schema, each.name)))}" for each in fields(schema))
        digest = sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]
        return cls(axioms, compile_rules(axioms), Senses.of(axioms, kin), digest)


def now() -> str:
    """Return the time of this run, to the second (ISO 8601, UTC)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def admit(store: Store, contribution: Contribution, knowledge: Knowledge, *, file: str = "") -> bool:
    """Take in an article's build in the place of any older one of it, or of its address.

    Of several texts of one address the one that was published last stays, of equal ones the one
    that came last. Returns whether anything changed: the same build again is no new record. Raises
    StoreError where the base is another one or the store cannot be written.
    """
    return take_in(store, contribution, knowledge, file=file) is not None


def take_in(
    store: Store, contribution: Contribution, knowledge: Knowledge, *, file: str = ""
) -> Change | None:
    """Admit an article's build; return what it changed in the store, or None for the same build again."""
    if not contribution.graph.startswith(store.names.graph("")):
        raise StoreError(f"{contribution.graph}: not below this store's base {store.names.base}")
    catch_up(store, knowledge)
    record = Admitted(
        now(),
        contribution.article,
        contribution.graph,
        contribution.text,
        as_nquads(contribution.quads),
        contribution.url,
        file,
    )
    if _is_there(store, record) or _is_older(store, contribution):
        return None
    return _commit(store, record, knowledge)


def retract(store: Store, article: str, knowledge: Knowledge, *, because: str = "") -> bool:
    """Take out an article and exactly what only it supported; return whether it was there."""
    catch_up(store, knowledge)
    if not store.index.held(iri=article):
        return False
    _commit(store, Retracted(now(), article, because), knowledge)
    return True


def load(store: Store, loaded: Loaded, knowledge: Knowledge) -> int:
    """Take in the quads of an RDF file in the place of what its graph held; return how many are new.

    A part of a large file is a record even where nothing of it is new: it tells how far one came.
    """
    catch_up(store, knowledge)
    quads = frozenset(from_nquads(loaded.quads))
    number = sum(quad not in store.dataset for quad in quads)
    if number or loaded.part or any(quad not in quads for quad in store.quads(loaded.graph)):
        _commit(store, loaded, knowledge)
    return number


def decide(store: Store, decision: Joined | Judged, knowledge: Knowledge) -> None:
    """Keep a decision by hand, and compute anew what it concerns."""
    catch_up(store, knowledge)
    _commit(store, decision, knowledge)


def catch_up(store: Store, knowledge: Knowledge) -> None:
    """Bring index and quads up to the log; both are computed anew where that is the way.

    That is so after a change of the ontology's axioms, and where one knows more than the other.
    """
    store.backing.recover()
    known, wanted = store.log.place(store.index.applied), store.log.place(store.applied)
    stale = store.rules not in ("", knowledge.digest)
    if stale or known is None or wanted is None or _apart(store, known, wanted):
        rebuild(store, knowledge)
        return
    if known < store.log.end or wanted < store.log.end:
        for frame in store.log.frames(known):
            apply(store, decode(frame.payload), frame, knowledge)
        store.publish()
    if not store.rules:
        store.know(knowledge.digest)


def _apart(store: Store, known: int, wanted: int) -> bool:
    """Tell whether index and quads are at states from which the records after them lead nowhere.

    Quads that are one record ahead of the index are what a kill leaves; that record is made again.
    """
    if known == wanted:
        return not known and not store.log.empty
    return known > wanted or not known or store.log.frame(known).end != wanted


def rebuild(store: Store, knowledge: Knowledge) -> int:
    """Compute index and quads anew from the log alone; return the number of records."""
    store.forget()
    store.learn(vocabulary(knowledge.axioms, store.names))
    number = 0
    for frame in store.log.frames():
        apply(store, decode(frame.payload), frame, knowledge)
        number += 1
    store.know(knowledge.digest)
    store.publish()
    return number


def as_nquads(quads: Iterable[Quad]) -> str:
    """Return quads as N-Quads, sorted: equal sets give equal text."""
    return (serialize(sorted(set(quads), key=str), format=RdfFormat.N_QUADS) or b"").decode("utf-8")


def from_nquads(text: str) -> tuple[Quad, ...]:
    """Return the quads of N-Quads that we wrote."""
    return tuple(parse(text.encode("utf-8"), format=RdfFormat.N_QUADS))


def _is_there(store: Store, record: Admitted) -> bool:
    for held in store.index.held(graph=record.graph):
        old = decode(store.log.frame(held.start).payload)
        if isinstance(old, Admitted):
            same = replace(record, at=old.at, file=old.file, names=old.names)
            return same == old
    return False


def _is_older(store: Store, given: Contribution) -> bool:
    """Tell whether the store has, or had since, a newer text of the article's address."""
    if store.index.is_older(given.graph):
        return True
    day = published(given.quads)
    held = store.index.held(url=given.url) if given.url else ()
    return any(day and other.graph != given.graph and other.published > day for other in held)


def _commit(store: Store, record: Record, knowledge: Knowledge) -> Change:
    with _undone_unless_done(store):
        made = plan(store, record, store.log.end, knowledge.senses)
        whole = _worked_out(store, made, knowledge)  # what fails here is no record, and stops nothing later
        frame = store.log.append(encode(made.record))
        _write(store, whole, frame)
    store.publish()
    return whole


def apply(store: Store, record: Record, frame: Frame, knowledge: Knowledge) -> None:
    """Put what follows of a record that is in the log into index and quads."""
    with _undone_unless_done(store):
        made = plan(store, record, frame.start, knowledge.senses)
        _write(store, _worked_out(store, made, knowledge), frame)


@contextmanager
def _undone_unless_done(store: Store) -> Iterator[None]:
    """Forget what was done in the index where the rest did not follow."""
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            store.index.rollback()


def _worked_out(store: Store, made: Plan, knowledge: Knowledge) -> Change:
    """Return what a plan changes in the quads, with all that follows."""
    store.backing.expect(made.new)
    view = View(Remembered(store.dataset))
    whole = consequences(view, said(view, made, store.names), made.events, store.names)
    return whole | reasoned(view, whole, knowledge.rules, store.names)


def _write(store: Store, whole: Change, frame: Frame) -> None:
    mark = store.log.mark_of(frame)
    store.write(whole, mark)
    entered(View(Remembered(store.dataset)), whole, store.index.catalogue, store.names)
    store.index.apply(mark)
    store.index.commit()


def reasoned(view: View, change: Change, rules: Rules, names: Names) -> Change:
    """Return what a change of the asserted quads changes in the inferred ones."""
    after = view.with_change(change)
    gone = {fact for quad in change.gone if (fact := fact_of(quad)) and not _asserted(after, quad, names)}
    new = {fact for quad in change.new if (fact := fact_of(quad)) and not _asserted(view, quad, names)}
    delta = update(Stored(view.store, names), rules, gone, new)
    return Change(_inferred(delta.withdrawn, names), _inferred(delta.added, names))


def _asserted(view: View, quad: Quad, names: Names) -> bool:
    other = (NamedNode(names.graph("inferred")), NamedNode(names.graph("ontology")))
    twins = view.match(quad.subject, quad.predicate, quad.object)
    return any(twin.graph_name not in other for twin in twins)


def _inferred(facts: Iterable[Fact], names: Names) -> frozenset[Quad]:
    graph = NamedNode(names.graph("inferred"))
    return frozenset(Quad(NamedNode(s), NamedNode(p), NamedNode(o), graph) for s, p, o in facts)
