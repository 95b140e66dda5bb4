"""Asks a store: saved queries with their values, and SPARQL as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.backing import Found
from kg.binding import Values, bind, terms
from kg.catalogue import ACTOR, DATED, DEED, KIND, PLACE, TORN, Wanted, findable
from kg.embedded import Embedded
from kg.errors import QueryError
from kg.outside import refuse_deep, refuse_outside
from kg.saved import SavedQuery
from kg.terms import Node, plain, typed

if TYPE_CHECKING:
    from kg.store import Store

_FEW: Final = 10  # events that are asked about at once
_MANY: Final = 200  # events above which one question about them all is faster

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Answer:
    """Named columns and rows of terms (None where a row has no value).

    `is_graph` is true for the triples of a CONSTRUCT or DESCRIBE.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    is_graph: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)


def run(store: Store, saved: SavedQuery, values: Values | None = None) -> Answer:
    """Ask a saved query, with the values of its parameters as people write them.

    Raises QueryError for a name that is unknown, missing, ambiguous or of the wrong type.
    """
    return ask(store, bind(saved, terms(store, saved, values or {})))


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of an answer, and how many there are in all: events, where an index serves the question."""

    answer: Answer
    number: int


def run_part(
    store: Store, saved: SavedQuery, values: Values | None = None, *, most: int, first: int = 0
) -> Part:
    """Ask a saved query for some of its rows: at most so many, from that one on (from 0).

    Of a question that an index serves so many events are meant, each with all its rows. The rows are
    the same whether there is an index or not. Raises what `run` raises.
    """
    bound = terms(store, saved, values or {})
    catalogue, wanted = store.catalogue, wanted_by(saved, bound)
    if catalogue is None or wanted is None:
        return _cut(saved, ask(store, bind(saved, bound)), most, first)
    events = tuple(NamedNode(event) for event in catalogue.find(wanted, most, first))
    number = catalogue.count(wanted)
    if not events:
        return Part(Answer(tuple(name for name, _ in saved.columns), ()), number)
    return Part(_told(store, saved, bound, events), number)


def _told(
    store: Store, saved: SavedQuery, bound: Mapping[str, tuple[Node, ...]], events: tuple[NamedNode, ...]
) -> Answer:
    """Ask a question of events: of a few at a time, since of many pyoxigraph reads whole tables instead.

    Rows come event by event, but for what is contested.
    """
    few = isinstance(store.backing, Embedded) and len(events) <= _MANY and saved.index != "contested"
    step = _FEW if few else len(events)
    parts = [ask(store, bind(saved, bound, events[at : at + step])) for at in range(0, len(events), step)]
    return Answer(parts[0].columns, tuple(row for part in parts for row in part.rows))


def wanted_by(saved: SavedQuery, bound: Mapping[str, tuple[Node, ...]]) -> Wanted | None:
    """Return what events a question asks for, or None where no index can tell."""
    words = "".join(plain(term) for term in bound.get("words", ()))
    if not saved.index or (words and not findable(words)):
        return None
    groups = [
        tuple(beginning + plain(term) for term in bound.get(name, ()))
        for name, beginning in (("actor", ACTOR), ("place", PLACE), ("type", KIND))
    ]
    groups += [(TORN,)] if saved.index == "contested" else []
    since, until = (
        date.fromisoformat(plain(bound[name][0])) if name in bound else None for name in ("from", "to")
    )
    which = {"dated": DATED, "deeds": DEED}.get(saved.index, 0)
    return Wanted(tuple(group for group in groups if group), since, until, which, words)


def _cut(saved: SavedQuery, answer: Answer, most: int, first: int) -> Part:
    if not saved.index:
        return Part(Answer(answer.columns, answer.rows[first : first + most]), len(answer.rows))
    at = answer.columns.index("event")
    events = list(dict.fromkeys(row[at] for row in answer.rows))
    kept = set(events[first : first + most])
    return Part(Answer(answer.columns, tuple(row for row in answer.rows if row[at] in kept)), len(events))


def ask(store: Store, text: str) -> Answer:
    """Ask SPARQL of the union of all graphs. Raises QueryError if malformed, too deep or reaching out.

    It takes as long, and as much memory, as it needs: give what strangers ask to `kg serve`.
    """
    refuse_deep(text)
    refuse_outside(text)
    try:
        return answer_of(store.backing.query(text))
    except SyntaxError as error:
        raise QueryError(f"malformed SPARQL: {' '.join(str(error).split())}") from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def answer_of(found: Found) -> Answer:
    """Return what the engine found as an answer; triples are sorted."""
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Answer(("answer",), ((typed(str(bool(found)).lower(), "boolean"),),))
    if isinstance(found, pyoxigraph.QuerySolutions):
        columns = tuple(variable.value for variable in found.variables)
        return Answer(columns, tuple(tuple(row[name] for name in columns) for row in found))
    rows = sorted(((t.subject, t.predicate, t.object) for t in found), key=str)
    return Answer(("subject", "predicate", "object"), tuple(rows), is_graph=True)
