"""Saved queries: plain SPARQL files whose header and body agree, or are refused with the line.

A parameter is a line `VALUES ?name { UNDEF }` of the body; values take the place of UNDEF as
serialised RDF terms. Nothing else of the text is ever touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph

from kg.errors import QueryError
from kg.header import Header, read_header
from kg.outside import keywords, refuse_deep, refuse_outside
from kg.params import Param

VALUES_LINE: Final = re.compile(r"^(\s*VALUES\s+\?(\w+)\s*\{\s*)UNDEF(\s*\}\s*\.?\s*)$")
INDEX_LINE: Final = re.compile(r"^\s*# index \?event\s*$")
INDEXED: Final = ("actor", "place", "type", "from", "to", "words")  # parameters that an index knows
_ORDERED: Final = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question that is asked again and again, and the file it is in.

    `columns` are the names of an answer's columns with their labels for people; `view` is the
    picture that fits: table, timeline, network, map, number or graph. `index` says which events the
    index proposes where only some are asked for: `dated`, `every`, or nothing for a question that
    none serves.
    """

    name: str
    path: Path
    text: str
    summary: str
    description: str
    tags: tuple[str, ...]
    params: tuple[Param, ...]
    columns: tuple[tuple[str, str], ...]
    view: str
    index: str = ""


def load_query(path: Path) -> SavedQuery:
    """Read a saved query. Raises QueryError, with file and line, if header and body disagree."""
    text = read_text(path)
    header = read_header(path, text)
    _check_params(path, text, header)
    _check_columns(path, text, header)
    _check_index(path, text, header)
    return SavedQuery(
        name=path.stem,
        path=path,
        text=text,
        summary=header.summary,
        description=header.description,
        tags=header.tags,
        params=header.params,
        columns=header.columns,
        view=header.view,
        index=header.index,
    )


def read_text(path: Path) -> str:
    """Return the text of a query's file. Raises QueryError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error


def _check_params(path: Path, text: str, header: Header) -> None:
    places: dict[str, int] = {}
    for name, line in _places(text):
        if name in places:
            raise QueryError(f"{path}:{line}: a second line 'VALUES ?{name} {{ UNDEF }}'; take one out")
        places[name] = line
    declared = {param.name for param in header.params}
    for name in sorted(declared - set(places)):
        line = header.lines.get(name, 1)
        raise QueryError(f"{path}:{line}: no line 'VALUES ?{name} {{ UNDEF }}' in the body")
    for name in sorted(set(places) - declared):
        raise QueryError(f"{path}:{places[name]}: ?{name} is not among the header's params")


def _check_index(path: Path, text: str, header: Header) -> None:
    """Refuse an index that does not know a parameter, or that has no place in the body."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if INDEX_LINE.match(line)]
    if not header.index:
        if lines:
            raise QueryError(f"{path}:{lines[0]}: '# index ?event' needs 'index: ...' in the header")
        return
    line = header.lines["index"]
    for param in header.params:
        if param.name not in INDEXED:
            raise QueryError(f"{path}:{line}: the index knows no {param.name}, only {', '.join(INDEXED)}")
    if len(lines) != 1 or "event" not in dict(header.columns):
        raise QueryError(f"{path}:{line}: needs one line '# index ?event' in the body, and a column event")


def _places(text: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(text.split("\n"), 1):
        if found := VALUES_LINE.match(line):
            yield found[2], number


def _check_columns(path: Path, text: str, header: Header) -> None:
    try:
        refuse_deep(text)
        refuse_outside(text)
        found = pyoxigraph.Store().query(text)
    except (SyntaxError, QueryError) as error:
        raise QueryError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(found, pyoxigraph.QuerySolutions):
        return
    columns = [variable.value for variable in found.variables]
    if columns != [name for name, _ in header.columns]:
        line = header.lines.get("columns", 1)
        raise QueryError(f"{path}:{line}: the header's columns must be {columns}")
    if not _ORDERED.search(keywords(text)):
        raise QueryError(f"{path}: no ORDER BY, and engines order rows differently")
