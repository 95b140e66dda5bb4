"""Saved queries: plain SPARQL files with a `#+` YAML header, and parameters that are bound.

A parameter is a line `VALUES ?name { UNDEF }` of the body; a value takes the place of UNDEF
as one serialised RDF term. Nothing else of the text is ever touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import QueryError
from kg.lookup import find
from kg.terms import PREFIXES, day, integer, typed

if TYPE_CHECKING:
    from kg.store import Store

Term = NamedNode | BlankNode | Literal | Triple

_LINE: Final = re.compile(r"^(\s*VALUES\s+\?(\w+)\s*\{\s*)UNDEF(\s*\}\s*\.?\s*)$")
_OPAQUE: Final = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
    r"""|<[^<>"{}|^`\\\s]*>|(?<!\\)\#[^\n]*""",
    re.DOTALL,
)
# Engines need no space after a keyword ("SERVICESILENT"), so none is asked for here either.
_OUTSIDE: Final = re.compile(r"(?<![?$:A-Za-z_-])(SERVICE|LOAD|FROM)", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_TYPES: Final = ("iri", "string", "date", "integer", "boolean")
_KEYS: Final = {"summary", "description", "tags", "params", "columns", "view"}


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a saved query; `kind` is the IRI of the class its value must be of."""

    name: str
    type: str
    label: str
    kind: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question that is asked again and again, and the file it is in."""

    name: str
    path: Path
    text: str
    summary: str
    description: str
    tags: tuple[str, ...]
    params: tuple[Param, ...]
    columns: tuple[tuple[str, str], ...]
    view: str


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


def load_query(path: Path) -> SavedQuery:
    """Read a saved query. Raises QueryError, with file and line, if header and body disagree."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error
    header = _header(path, text)
    saved = SavedQuery(
        name=path.stem,
        path=path,
        text=text,
        summary=str(header["summary"]),
        description=str(header.get("description", "")),
        tags=tuple(map(str, header.get("tags") or ())),
        params=tuple(_param(path, n, p) for n, p in _table(path, header, "params").items()),
        columns=tuple((str(n), str(t)) for n, t in _table(path, header, "columns").items()),
        view=str(header.get("view", "table")),
    )
    _check_params(saved)
    _check_columns(saved)
    return saved


def run(store: Store, saved: SavedQuery, values: Mapping[str, str] | None = None) -> Answer:
    """Ask a saved query, with the values of its parameters as people write them.

    Raises QueryError for a name that is unknown, missing, ambiguous or of the wrong type.
    """
    return ask(store, bind(saved, terms(store, saved, values or {})))


def ask(store: Store, text: str) -> Answer:
    """Ask SPARQL of the union of all graphs. Raises QueryError if malformed or reaching out."""
    refuse_outside(text)
    try:
        return _answer(store.oxigraph.query(text, use_default_graph_as_union=True))
    except SyntaxError as error:
        raise QueryError(f"malformed SPARQL: {error}") from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def _answer(
    found: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples,
) -> Answer:
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Answer(("answer",), ((typed(str(bool(found)).lower(), "boolean"),),))
    if isinstance(found, pyoxigraph.QueryTriples):
        rows = sorted(((t.subject, t.predicate, t.object) for t in found), key=str)
        return Answer(("subject", "predicate", "object"), tuple(rows), is_graph=True)
    columns = tuple(variable.value for variable in found.variables)
    return Answer(columns, tuple(tuple(row[name] for name in columns) for row in found))


def refuse_outside(text: str) -> None:
    """Raise QueryError where a query would reach beyond the store (SERVICE, LOAD, FROM)."""
    decoded = _ESCAPE.sub(lambda found: _character(found[1] or found[2]), text)
    for version in (text, decoded):
        found = _OUTSIDE.search(_OPAQUE.sub(" ", version))
        if found:
            raise QueryError(f"{found[1].upper()} is refused: a query stays within the store")


def terms(store: Store, saved: SavedQuery, values: Mapping[str, str]) -> dict[str, Term]:
    """Return the values of parameters as RDF terms."""
    known = {param.name: param for param in saved.params}
    unknown = sorted(set(values) - set(known))
    missing = sorted(p.name for p in saved.params if p.required and p.name not in values)
    if unknown or missing:
        wrong = f"unknown: {unknown}" if unknown else f"missing: {missing}"
        raise QueryError(f"{saved.name} takes {sorted(known)}; {wrong}")
    return {name: _term(store, known[name], value) for name, value in values.items()}


def bind(saved: SavedQuery, values: Mapping[str, Term]) -> str:
    """Return the text of a saved query with its parameters bound to terms."""
    return "\n".join(_bound(line, values) for line in saved.text.split("\n"))


def _bound(line: str, values: Mapping[str, Term]) -> str:
    found = _LINE.match(line)
    if found is None or found[2] not in values:
        return line
    return f"{found[1]}{values[found[2]]}{found[3]}"


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else ""


def _term(store: Store, param: Param, value: str) -> Term:
    try:
        match param.type:
            case "iri":
                return find(store, value, param.kind)
            case "date":
                return day(date.fromisoformat(value))
            case "integer":
                return integer(int(value))
            case "boolean":
                return typed({"true": "true", "false": "false"}[value.lower()], "boolean")
            case _:
                return Literal(value)
    except (ValueError, KeyError) as error:
        raise QueryError(f"{param.name}: {value!r} is not a {param.type}") from error


def _header(path: Path, text: str) -> dict[str, Any]:
    import yaml

    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        # Every word stays a string: a parameter may be called "yes" or "on".
        header = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise QueryError(f"{path}:{mark.line + 1 if mark else 1}: malformed header") from error
    if not isinstance(header, dict) or "summary" not in header:
        raise QueryError(f"{path}:1: the header needs at least '#+ summary: ...'")
    for key in header:
        if key not in _KEYS:
            raise QueryError(f"{path}:{_line_of(text, str(key))}: unknown key {key!r} in the header")
    return header


def _table(path: Path, header: dict[str, Any], key: str) -> dict[str, Any]:
    found = header.get(key) or {}
    if not isinstance(found, dict):
        raise QueryError(f"{path}: {key} must be 'name: ...' lines")
    return found


def _param(path: Path, name: str, about: object) -> Param:
    if not isinstance(about, dict) or about.get("type") not in _TYPES:
        raise QueryError(f"{path}: parameter {name} needs a type out of {list(_TYPES)}")
    prefix, _, local = str(about.get("class", "")).partition(":")
    kind = PREFIXES.get(prefix, "") + local
    label = str(about.get("label", name))
    return Param(str(name), str(about["type"]), label, kind, str(about.get("required")) == "true")


def _check_params(saved: SavedQuery) -> None:
    places = {
        found[2]: number
        for number, line in enumerate(saved.text.splitlines(), 1)
        if (found := _LINE.match(line))
    }
    declared = {param.name for param in saved.params}
    for name in sorted(declared - set(places)):
        line = _line_of(saved.text, name)
        raise QueryError(f"{saved.path}:{line}: no line 'VALUES ?{name} {{ UNDEF }}' in the body")
    for name in sorted(set(places) - declared):
        raise QueryError(f"{saved.path}:{places[name]}: ?{name} is not among the header's params")


def _check_columns(saved: SavedQuery) -> None:
    try:
        refuse_outside(saved.text)
        found = pyoxigraph.Store().query(saved.text)
    except (SyntaxError, QueryError) as error:
        raise QueryError(f"{saved.path}: {error}") from error
    if not isinstance(found, pyoxigraph.QuerySolutions):
        return
    columns = [variable.value for variable in found.variables]
    if columns != [name for name, _ in saved.columns]:
        line = _line_of(saved.text, "columns")
        raise QueryError(f"{saved.path}:{line}: the header's columns must be {columns}")
    if not re.search(r"\bORDER\s+BY\b", _OPAQUE.sub(" ", saved.text), re.IGNORECASE):
        raise QueryError(f"{saved.path}: no ORDER BY, and engines order rows differently")


def _line_of(text: str, key: str) -> int:
    """Return the number of the header line that a key is on, else of the first line."""
    pattern = re.compile(rf"^#\+\s*{re.escape(key)}\s*:")
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)
