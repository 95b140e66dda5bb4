"""Shows in which order a query is put together: its algebra as SPARQL 1.1 defines it.

pyoxigraph, which answers, tells no plan of its own; rdflib translates the text, and its order of
triple patterns is a fair guess at what an engine without statistics does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from kg.errors import QueryError
from kg.iri import BASE
from kg.outside import refuse_deep, refuse_outside
from kg.terms import short

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

NOTE: Final = "# SPARQL 1.1 algebra by rdflib; innermost first. pyoxigraph joins in an order of its own."
_IRI: Final = re.compile(r"<([^<>\s]*)>")
_HIDDEN: Final = frozenset({"_vars", "lazy", "datasetClause"})


def plan(text: str, *, base: str = BASE) -> str:
    """Return a query's algebra, one operation a line, what it works on indented below it.

    Raises QueryError for malformed SPARQL and for what reaches out of the store.
    """
    import pyoxigraph
    from pyparsing import ParseException
    from rdflib.plugins.sparql import prepareQuery

    refuse_deep(text)
    refuse_outside(text)
    try:
        pyoxigraph.Store().query(text)  # rdflib is less clear about what is wrong
        algebra = prepareQuery(text).algebra
    except (SyntaxError, ParseException, ValueError, RecursionError) as error:
        raise QueryError(f"malformed SPARQL: {' '.join(str(error).split())}") from error
    return "".join(f"{line}\n" for line in (NOTE, *_lines(algebra, 0, base)))


def _lines(part: CompValue, depth: int, base: str) -> Iterator[str]:
    found = {key: value for key, value in part.items() if key not in _HIDDEN}
    inner = {key: value for key, value in found.items() if _is_operation(value)}
    words = [
        f"{key} {_said(value, base)}" for key, value in found.items() if key not in inner and key != "triples"
    ]
    yield "  " * depth + " ".join((part.name, *words))
    for triple in found.get("triples") or ():
        yield "  " * (depth + 1) + " ".join(_said(term, base) for term in triple)
    for value in inner.values():
        yield from _lines(value, depth + 1, base)


def _is_operation(value: object) -> bool:
    from rdflib.plugins.sparql.parserutils import CompValue, Expr

    return isinstance(value, CompValue) and not isinstance(value, Expr)


def _said(value: Any, base: str) -> str:
    """Return a term, an expression or a list of them in one line."""
    from rdflib.plugins.sparql.parserutils import CompValue

    match value:
        case CompValue():
            return f"{value.name}({_all((v for k, v in value.items() if k not in _HIDDEN), base)})"
        case dict():
            return f"{{{', '.join(f'{_said(k, base)} {_said(v, base)}' for k, v in value.items())}}}"
        case list() | tuple():
            return f"[{_all(value, base)}]"
    return _term(value, base)


def _term(value: Any, base: str) -> str:
    from rdflib import URIRef

    if isinstance(value, URIRef):
        return short(str(value), base)
    words = str(value.n3()) if hasattr(value, "n3") else str(value)
    return _IRI.sub(lambda found: short(found[1], base), words)


def _all(values: Iterable[Any], base: str) -> str:
    return ", ".join(_said(value, base) for value in values if value is not None)
