"""Turns values as people write them into RDF terms, and puts these into a saved query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.lookup import find, find_class, labels_of
from kg.params import BOOLEANS, Param, literal
from kg.saved import INDEX_LINE, VALUES_LINE, SavedQuery
from kg.terms import Node

if TYPE_CHECKING:
    from kg.store import Store

Values = Mapping[str, str | Sequence[str]]
MOST_CHOICES: Final = 500


def terms(store: Store, saved: SavedQuery, values: Values) -> dict[str, tuple[Node, ...]]:
    """Return the values of parameters, and the defaults of those without one, as RDF terms.

    An empty value takes a default away. Raises QueryError for a name that is unknown or missing,
    a value of the wrong type, one too many, and one that names nothing or several things.
    """
    known = {param.name: param for param in saved.params}
    given = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
    unknown = sorted(set(given) - set(known))
    missing = sorted(p.name for p in saved.params if p.required and not any(given.get(p.name, ())))
    if unknown or missing:
        wrong = f"unknown: {unknown}" if unknown else f"missing: {missing}"
        raise QueryError(f"{saved.name} takes {sorted(known)}; {wrong}")
    found = {name: _terms(store, param, given.get(name)) for name, param in known.items()}
    return {name: nodes for name, nodes in found.items() if nodes}


def bind(saved: SavedQuery, values: Mapping[str, tuple[Node, ...]], events: Sequence[NamedNode] = ()) -> str:
    """Return the text of a saved query with its parameters bound to terms.

    `events` are those that the index proposes: they take the place of the line `# index ?event`.
    """
    return "\n".join(_bound(line, values, events) for line in saved.text.split("\n"))


def choices(store: Store, param: Param) -> tuple[tuple[str, str], ...]:
    """Return the values that a parameter can take, each with its label, sorted by label.

    Things and classes are given by IRI. Empty where there is nothing to choose from, and where
    there are more than MOST_CHOICES: a list that is cut off would hide what it leaves out.
    """
    if param.type in ("one-of", "boolean"):
        return tuple((option, option) for option in param.options or BOOLEANS)
    if not (param.kind or param.below):
        return ()
    found = labels_of(store, param.kind, below=param.below, most=MOST_CHOICES)
    return tuple(sorted(found.items(), key=lambda each: (each[1].casefold(), each[0])))


def _terms(store: Store, param: Param, given: tuple[str, ...] | None) -> tuple[Node, ...]:
    if given == ("",) and param.default:
        return ()
    values = param.default if given is None else given
    if len(values) > 1 and not param.many:
        raise QueryError(f"{param.name}: takes one value, got {len(values)}")
    return tuple(dict.fromkeys(_term(store, param, value) for value in values))


def _term(store: Store, param: Param, value: str) -> Node:
    if any(0xD800 <= ord(letter) < 0xE000 for letter in value):
        raise QueryError(f"{param.name}: {value!a} holds half a letter; write it in UTF-8")
    if param.type != "iri":
        return literal(param, value)
    return find_class(store, value, param.below) if param.below else find(store, value, param.kind)


def _bound(line: str, values: Mapping[str, tuple[Node, ...]], events: Sequence[NamedNode]) -> str:
    if events and INDEX_LINE.match(line):
        # In a query of its own: engines put the values first then, and look up the rest for each.
        return f"  {{ SELECT ?event {{ VALUES ?event {{ {' '.join(map(str, events))} }} }} }}"
    found = VALUES_LINE.match(line)
    if found is None or found[2] not in values:
        return line
    return f"{found[1]}{' '.join(map(str, values[found[2]]))}{found[3]}"
