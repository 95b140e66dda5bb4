"""Reads the triple patterns of SPARQL constraints, where these hang together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import OntologyError
from kg.terms import OWL, SH

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

Step = tuple[str, Any]
_Triple = tuple[Any, Any, Any]
_Index = Mapping[object, Mapping[str, list[object]]]
_ANY: Final = "*"
_FORMS: Final = {"SelectQuery": "sh:select", "AskQuery": "sh:ask"}
_SCHEME: Final = re.compile(r"[A-Za-z][\w+.-]*:")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a query reads, led from one variable: `$this`, or `?value` where the query is `free`.

    Each branch is a row of steps from a variable reached before to another (or to nothing: "").
    `compared` holds the properties whose values the query computes with.
    """

    root: str
    branches: tuple[tuple[tuple[str, Step, str], ...], ...]
    compared: frozenset[str]

    @property
    def free(self) -> bool:
        """Whether the query is about any node at all, and not about the focus node."""
        return self.root == "value"


def read_query(index: _Index, constraint: object) -> Pattern | None:
    """Return what a SPARQL constraint reads; None where that cannot be told.

    Raises OntologyError for a query that no engine can run.
    """
    parsed = [query for _, query in _queries(index, constraint)]
    texts = [t for t in index[constraint].get(f"{SH}select", []) if isinstance(t, Literal)]
    unknown = len(texts) != 1 or len(parsed) != 1 or "$PATH" in texts[0].value
    return None if unknown or _undeclared(parsed[0]) else _read(parsed[0])


def check_query(index: _Index, node: object) -> None:
    """Raise OntologyError where a node of shapes has a query that no engine can run."""
    for kind, query in _queries(index, node):
        if query[1].name != kind:
            raise OntologyError(f"shapes: {_FORMS[kind]} holds another form of query")
        unknown = _undeclared(query) - _known_to_rdflib()
        if unknown:
            raise OntologyError(
                f"shapes: a query uses the prefix {min(unknown)!r}, which nothing declares; "
                "declare it with sh:declare and refer to it with sh:prefixes"
            )
        for part in _inside(query):
            if getattr(part, "name", "") in {"GraphGraphPattern", "DatasetClause"}:
                raise OntologyError("shapes: a query asks for a named graph; shapes see one graph only")
            if _is_relative(part) and not any(getattr(each, "name", "") == "Base" for each in query[0]):
                raise OntologyError(f"shapes: a query has the relative IRI <{part}>; write it in full")


def _queries(index: _Index, node: object) -> Iterator[tuple[str, Any]]:
    """Yield the queries of a node as rdflib parses them; what is wrong with others the engine says."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    for kind, name in _FORMS.items():
        for text in index[node].get(SH + name.removeprefix("sh:"), []):
            try:
                yield kind, parseQuery(_declared(index, node) + str(getattr(text, "value", "")))
            except (ParseException, RecursionError):
                continue


def _undeclared(query: Any) -> frozenset[str]:
    declared = {str(each.get("prefix") or "") for each in query[0] if each.name == "PrefixDecl"}
    used = {str(p.get("prefix") or "") for p in _inside(query[1]) if getattr(p, "name", "") == "pname"}
    return frozenset(used - declared)


def _known_to_rdflib() -> frozenset[str]:
    import rdflib

    return frozenset(prefix for prefix, _ in rdflib.Graph().namespaces())


def _is_relative(term: object) -> bool:
    from rdflib.term import URIRef

    return isinstance(term, URIRef) and _SCHEME.match(term) is None


def _declared(index: _Index, constraint: object) -> str:
    """Return the prefixes of a constraint, as SPARQL."""
    lines = []
    for owner in index[constraint].get(f"{SH}prefixes", []):
        for each in (d for o in _imported(index, owner) for d in index.get(o, {}).get(f"{SH}declare", [])):
            names, spaces = (index[each].get(SH + name, []) for name in ("prefix", "namespace"))
            pairs = zip(names, spaces, strict=False)
            lines += [f"PREFIX {getattr(n, 'value', '')}: <{getattr(s, 'value', '')}>\n" for n, s in pairs]
    return "".join(lines)


def _imported(index: _Index, owner: object) -> list[object]:
    """Return an ontology and those that it imports."""
    found = [owner]
    for each in found:
        found += [other for other in index.get(each, {}).get(f"{OWL}imports", []) if other not in found]
    return found


def with_imports(shapes: Sequence[Triple]) -> list[Triple]:
    """Return shapes with the prefixes that ontologies import declared by themselves; pySHACL wants it."""
    index: dict[object, dict[str, list[object]]] = {}
    for triple in shapes:
        index.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    importing = [triple.subject for triple in shapes if triple.predicate.value == f"{OWL}imports"]
    return [*shapes] + [
        Triple(owner, NamedNode(f"{SH}declare"), each)
        for owner in importing
        for other in _imported(index, owner)[1:]
        for each in index.get(other, {}).get(f"{SH}declare", [])
        if isinstance(each, NamedNode | BlankNode)
    ]


def _read(query: Any) -> Pattern | None:
    from rdflib.plugins.sparql.algebra import translateQuery

    try:
        algebra = translateQuery(query).algebra
    except (TypeError, ValueError, NameError, RecursionError):
        return None  # the engine says what is wrong with it
    branches = _branches(algebra)
    if not branches:
        return None
    root = "this" if any("this" in _names(triple) for branch in branches for triple in branch) else "value"
    rows = [_led(branch, root) for branch in branches]
    computed = {str(name) for name in _computed(algebra)}
    compared = {
        str(predicate)
        for branch in branches
        for _, predicate, value in branch
        if str(value) in computed and _is_variable(value)
    }
    known = tuple(row for row in rows if row is not None)
    return Pattern(root, known, frozenset(compared)) if len(known) == len(rows) else None


def _branches(part: CompValue) -> list[list[_Triple]] | None:
    """Return the alternatives of a pattern, each as its triples; None for what is not followed."""
    if part.name == "BGP":
        return [list(part.triples)]
    if part.name in ("SelectQuery", "Project", "Distinct", "Reduced", "Extend", "Filter"):
        return None if _has_exists(part.get("expr")) else _branches(part.p)
    if part.name in ("Join", "LeftJoin", "Union"):
        one, other = _branches(part.p1), _branches(part.p2)
        if one is None or other is None or _has_exists(part.get("expr")):
            return None
        return one + other if part.name == "Union" else [a + b for a, b in product(one, other)]
    return None


def _inside(value: object) -> Iterator[Any]:
    """Yield an expression, or a query, and everything in it."""
    from pyparsing import ParseResults

    yield value
    if isinstance(value, list | tuple | ParseResults):
        for inner in value:
            yield from _inside(inner)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name != "_vars":
                yield from _inside(inner)


def _has_exists(expression: object) -> bool:
    return any("EXISTS" in str(getattr(part, "name", "")).upper() for part in _inside(expression))


def _computed(part: object) -> Iterator[object]:
    """Yield the variables of all filters and assignments."""
    for each in _inside(part):
        if isinstance(each, Mapping) and "expr" in each:
            yield from (value for value in _inside(each["expr"]) if _is_variable(value))


def _is_variable(term: object) -> bool:
    from rdflib.term import BNode, Variable

    return isinstance(term, Variable | BNode)


def _names(triple: _Triple) -> tuple[str, ...]:
    return tuple(str(term) for term in triple if _is_variable(term))


def _led(branch: Iterable[_Triple], root: str) -> tuple[tuple[str, Step, str], ...] | None:
    """Order triples so that each begins at a variable that was reached; None where one never is."""
    waiting, reached, row = list(branch), {root}, []
    while waiting:
        ready = next((t for t in waiting if reached & set(_ends(t))), None)
        if ready is None:
            return None
        waiting.remove(ready)
        subject, value = (str(t) if _is_variable(t) else "" for t in (ready[0], ready[2]))
        back = subject not in reached
        step = _step(ready[1], back=back)
        if step is None:
            return None
        row.append((value, step, subject) if back else (subject, step, value))
        reached |= {subject, value} - {""}
    return tuple(row)


def _ends(triple: _Triple) -> tuple[str, ...]:
    return _names((triple[0], None, triple[2]))


def _step(predicate: Any, *, back: bool) -> Step | None:
    """Return a property path of a query; None for a negated property set."""
    from rdflib import paths
    from rdflib.term import URIRef

    turned: Callable[[Any], Step | None] = lambda inner: _step(inner, back=back)  # noqa: E731
    match predicate:
        case URIRef():
            return ("from" if back else "is", str(predicate))
        case paths.InvPath():
            return _step(predicate.arg, back=not back)
        case paths.MulPath():
            return _of(predicate.mod, [turned(predicate.path)])
        case paths.SequencePath():
            parts = [turned(part) for part in predicate.args]
            return _of("seq", parts[::-1] if back else parts)
        case paths.AlternativePath():
            return _of("alt", [turned(part) for part in predicate.args])
    return ("from" if back else "is", _ANY) if _is_variable(predicate) else None


def _of(kind: str, parts: list[Step | None]) -> Step | None:
    return None if None in parts else (kind, tuple(parts))
