"""Writes answers as a table, TSV, CSV, JSON, Markdown or Turtle.

Control characters never get through: what came from a text cannot steer a terminal.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.errors import UsageError
from kg.iri import BASE
from kg.query import Answer, Term
from kg.terms import PREFIXES, XSD, short
from kg.words import clean, without_controls

FORMATS: Final = ("table", "tsv", "csv", "json", "markdown", "turtle")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def render(answer: Answer, how: str, *, base: str = BASE, width: int | None = None) -> str:
    """Return an answer in one of FORMATS; IRIs below the base are shortened for people.

    `width` is that of the terminal, for a table. Raises UsageError for an unknown format.
    """
    match how:
        case "table":
            return _table(answer, base, width)
        case "tsv":
            return _tsv(answer, base)
        case "csv":
            return _csv(answer)
        case "json":
            return _json(answer)
        case "markdown":
            return _markdown(answer, base)
        case "turtle":
            return _turtle(answer)
    raise UsageError(f"unknown format {how!r}; choose one of {', '.join(FORMATS)}")


def shown(term: Term | None, base: str = BASE) -> str:
    """Return what people are shown of a term: words, a short IRI, or nothing.

    >>> shown(NamedNode(BASE + "id/actor/norland-q1")), shown(Literal("x")), shown(None)
    ('actor:norland-q1', 'x', '')
    """
    match term:
        case None:
            return ""
        case NamedNode():
            return clean(short(term.value, base))
        case Literal():
            return clean(term.value)
    return clean(str(term))


def _cells(answer: Answer, base: str) -> list[list[str]]:
    return [[shown(term, base) for term in row] for row in answer.rows]


def _table(answer: Answer, base: str, width: int | None) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for column in answer.columns:
        table.add_column(Text(clean(column)))
    for row in _cells(answer, base):
        table.add_row(*(Text(cell) for cell in row))
    buffer = io.StringIO()
    Console(file=buffer, width=width, no_color=True, highlight=False).print(table)
    return buffer.getvalue()


def _tsv(answer: Answer, base: str) -> str:
    rows = [[clean(column) for column in answer.columns], *_cells(answer, base)]
    return "".join("\t".join(row) + "\n" for row in rows)


def _csv(answer: Answer) -> str:
    """Write CSV (RFC 4180) that a spreadsheet takes for words, never for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_safe(clean(column)) for column in answer.columns)
    for row in answer.rows:
        writer.writerow(_cell(term) for term in row)
    return buffer.getvalue()


def _cell(term: Term | None) -> str:
    words = clean(term.value) if isinstance(term, NamedNode | Literal) else shown(term)
    number = isinstance(term, Literal) and term.datatype.value in (
        f"{XSD}integer",
        f"{XSD}decimal",
    )
    return words if number else _safe(words)


def _safe(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words


def _json(answer: Answer) -> str:
    """Write SPARQL 1.1 Query Results JSON."""
    if answer.columns == ("answer",) and len(answer.rows) == 1:
        found = {"head": {}, "boolean": shown(answer.rows[0][0]) == "true"}
        return json.dumps(found, indent=1) + "\n"
    bindings = [
        {name: _binding(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    found = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> dict[str, str]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal(language=str(language)):
            return {"type": "literal", "value": without_controls(term.value), "xml:lang": language}
        case Literal():
            words = {"type": "literal", "value": without_controls(term.value)}
            plain = term.datatype.value == f"{XSD}string"
            return words if plain else {**words, "datatype": term.datatype.value}
    return {"type": "literal", "value": clean(str(term))}


def _markdown(answer: Answer, base: str) -> str:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(map(_escaped, cells)) + " |\n"

    head = line([clean(column) for column in answer.columns])
    rule = "|" + " --- |" * len(answer.columns) + "\n"
    return head + rule + "".join(map(line, _cells(answer, base)))


def _escaped(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", words)


def _turtle(answer: Answer) -> str:
    if not answer.is_graph:
        raise UsageError("turtle is for CONSTRUCT and DESCRIBE; a table has no triples")
    triples = [
        Triple(subject, predicate, value)
        for subject, predicate, value in answer.rows
        if isinstance(subject, NamedNode | BlankNode)
        if isinstance(predicate, NamedNode) and value is not None
    ]
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    return without_controls(written.decode("utf-8"))
