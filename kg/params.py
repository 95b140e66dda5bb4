"""Parameters of saved queries, and the RDF terms that written values stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyoxigraph import Literal

from kg.errors import QueryError
from kg.terms import day, typed

TYPES: Final = ("iri", "string", "date", "integer", "decimal", "boolean", "one-of")
BOOLEANS: Final = ("true", "false")

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a saved query.

    An `iri` may name any thing; with `kind` (the IRI of a class) only a thing of that class, with
    `below` (the IRI of a class) only that class or one under it. `options` are the values of a
    `one-of`, `default` what counts where no value is given, one string for each value. `many` takes
    several values. Of a date that leaves out its day or month, `end` takes the last day, else the
    first one counts.
    """

    name: str
    type: str
    label: str
    kind: str = ""
    below: str = ""
    options: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    end: bool = False


def literal(param: Param, value: str) -> Literal:
    """Return the literal that a written value stands for; of an `iri` that is no question to ask.

    Raises QueryError, with the forms that are allowed, for a value that is not of the type.
    """
    match param.type:
        case "date":
            return day(_day(param, value))
        case "integer":
            return _number(param, value, _INTEGER, "write whole digits, as 3")
        case "decimal":
            return _number(param, value, _DECIMAL, "write digits, as 0.75")
        case "boolean":
            return typed(_one(param, value, BOOLEANS, "boolean"), "boolean")
        case "one-of":
            return Literal(_one(param, value, param.options, "known value"))
        case _:
            return Literal(value)


def _day(param: Param, value: str) -> date:
    wrong = f"{param.name}: {value!r} is not a date; write 2025, 2025-10 or 2025-10-03"
    found = _DATE.fullmatch(value)
    if found is None:
        raise QueryError(wrong)
    year, month, number = (int(part) if part else None for part in found.groups())
    assert year is not None  # the pattern has it
    try:
        known = month or (12 if param.end else 1)
        return date(year, known, number or (monthrange(year, known)[1] if param.end else 1))
    except ValueError as error:
        raise QueryError(wrong) from error


def _number(param: Param, value: str, form: re.Pattern[str], hint: str) -> Literal:
    if not form.fullmatch(value):
        what = "an integer" if param.type == "integer" else f"a {param.type}"
        raise QueryError(f"{param.name}: {value!r} is not {what}; {hint}")
    return typed(str(int(value)) if param.type == "integer" else value, param.type)


def _one(param: Param, value: str, known: tuple[str, ...], what: str) -> str:
    found = {option.casefold(): option for option in known}.get(value.casefold())
    if found is None:
        raise QueryError(f"{param.name}: {value!r} is not a {what}; choose one of {', '.join(known)}")
    return found
