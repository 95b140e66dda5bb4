"""Asks a store: saved queries with their values, and SPARQL as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.binding import Values, bind, terms
from kg.errors import QueryError
from kg.outside import refuse_outside
from kg.saved import SavedQuery
from kg.terms import typed

if TYPE_CHECKING:
    from kg.store import Store

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


def ask(store: Store, text: str) -> Answer:
    """Ask SPARQL of the union of all graphs. Raises QueryError if malformed or reaching out."""
    refuse_outside(text)
    try:
        return answer_of(store.oxigraph.query(text, use_default_graph_as_union=True))
    except SyntaxError as error:
        raise QueryError(f"malformed SPARQL: {error}") from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def answer_of(
    found: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples,
) -> Answer:
    """Return what the engine found as an answer; triples are sorted."""
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Answer(("answer",), ((typed(str(bool(found)).lower(), "boolean"),),))
    if isinstance(found, pyoxigraph.QueryTriples):
        rows = sorted(((t.subject, t.predicate, t.object) for t in found), key=str)
        return Answer(("subject", "predicate", "object"), tuple(rows), is_graph=True)
    columns = tuple(variable.value for variable in found.variables)
    return Answer(columns, tuple(tuple(row[name] for name in columns) for row in found))
