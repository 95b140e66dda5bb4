"""The SHACL engines: pySHACL, and a faster one where the extra `fast` is installed.

Both are given triples and return what they found in the same form. Shapes are read once.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Protocol

from pyoxigraph import Literal, RdfFormat, Triple, parse, serialize

from kg.edge import to_rdflib
from kg.errors import OntologyError, UsageError
from kg.shape_queries import with_imports
from kg.terms import SH

if TYPE_CHECKING:
    import rdflib

AUTO: Final = "auto"
PYSHACL: Final = "pyshacl"
FAST: Final = "shacl"
ENGINES: Final = (AUTO, PYSHACL, FAST)
_REFUSALS: Final = (re.error, TypeError, ValueError, AssertionError, NotImplementedError, RecursionError)
_SPARQL: Final = "SPARQLConstraintComponent"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result as an engine gives it: terms as text, blank nodes and complex paths as nothing."""

    focus: str
    path: str
    value: str
    severity: str
    message: str
    shape: str
    component: str

    @property
    def by_query(self) -> bool:
        """Whether a SPARQL constraint found it."""
        return self.component == _SPARQL


class Engine(Protocol):
    """Checks triples against the shapes that it was made of."""

    def findings(self, data: Collection[Triple]) -> list[Finding]:
        """Return all results. Raises OntologyError for shapes that cannot be used."""


def chosen(engine: str) -> str:
    """Return the engine that is meant. Raises UsageError for one that is not installed or unknown."""
    if engine not in ENGINES:
        raise UsageError(f"no SHACL engine {engine!r}; there are {', '.join(ENGINES)}")
    installed = find_spec(FAST) is not None
    if engine == FAST and not installed:
        raise UsageError(f"the SHACL engine {FAST!r} is not installed: pip install 'kgnews[fast]'")
    return (FAST if installed else PYSHACL) if engine == AUTO else engine


@dataclass(slots=True)
class PySHACL:
    """pySHACL over graphs in memory."""

    shapes: Sequence[Triple]
    _graph: list[rdflib.Graph] = field(default_factory=list)

    def findings(self, data: Collection[Triple]) -> list[Finding]:
        """Return all results. Raises OntologyError for shapes that cannot be used."""
        import pyshacl
        import rdflib
        from pyparsing import ParseException
        from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

        logging.getLogger("pyshacl-validate").disabled = True  # it says no more than what it raises
        if not self._graph:
            self._graph.append(to_rdflib(with_imports(self.shapes)))
        try:
            _, found, text = pyshacl.validate(to_rdflib(data), shacl_graph=self._graph[0], inplace=True)
        except (ReportableRuntimeError, ShapeLoadError, ParseException, *_REFUSALS) as e:
            reason = " ".join(str(e).split()) or "pySHACL stumbles over a value in them"
            raise OntologyError(f"shapes: {reason}") from e
        if not isinstance(found, rdflib.Graph):
            raise OntologyError(f"shapes: {text}")
        own = _messages(self.shapes)
        return [_read(found, node, own) for node in found.objects(None, rdflib.URIRef(f"{SH}result"))]


def _read(found: rdflib.Graph, node: rdflib.term.Node, own: Collection[str]) -> Finding:
    import rdflib

    def one(name: str) -> str:
        value = found.value(node, rdflib.URIRef(SH + name), any=True)
        return "" if value is None or isinstance(value, rdflib.BNode) else str(value)

    component = one("sourceConstraintComponent").removeprefix(SH)
    messages = [str(m) for m in found.objects(node, rdflib.URIRef(f"{SH}resultMessage"))]
    return Finding(
        one("focusNode"), one("resultPath"), one("value"), one("resultSeverity").removeprefix(SH),
        _message(messages, component, own), one("sourceShape"), component,
    )  # fmt: skip


@dataclass(slots=True)
class Fast:
    """The package `shacl`: compiled shapes, in Rust. Raises OntologyError for shapes it cannot read."""

    shapes: Sequence[Triple]
    _compiled: Any = None
    _own: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        import shacl

        self._own = _messages(self.shapes)
        try:
            self._compiled = shacl.Shapes.from_text(_lines(self.shapes), format="ntriples")
        except ValueError as error:
            raise OntologyError(f"shapes: {error}") from error

    def findings(self, data: Collection[Triple]) -> list[Finding]:
        """Return all results. Raises OntologyError where it gives up."""
        try:
            report = self._compiled.validate_text(_lines(data), format="ntriples")
        except ValueError as error:
            raise OntologyError(f"shapes: {error}") from error
        return [self._finding(found) for found in report.results]

    def _finding(self, found: Any) -> Finding:
        path = found.path or ""
        plain = path.startswith("<") and path.endswith(">") and path.count("<") == 1
        return Finding(
            _text(found.focus_node), _text(path) if plain else "", _text(found.value),
            found.severity_iri.removeprefix(SH), _message(found.messages, found.component, self._own),
            _text(found.source_shape), found.component_iri.removeprefix(SH),
        )  # fmt: skip


def _lines(triples: Iterable[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode("utf-8")


def _text(term: str | None) -> str:
    """Return a term of N-Triples as text: an IRI or a literal's value, nothing for a blank node."""
    if not term or term.startswith("_:"):
        return ""
    if term.startswith("<"):
        return term[1:-1]
    quad = next(iter(parse(f"<a:a> <a:a> {term} .".encode(), format=RdfFormat.N_TRIPLES)))
    return quad.object.value if isinstance(quad.object, Literal) else ""


def _messages(shapes: Iterable[Triple]) -> frozenset[str]:
    """Return what shapes say themselves."""
    said = (triple.object for triple in shapes if triple.predicate.value == f"{SH}message")
    return frozenset(term.value for term in said if isinstance(term, Literal))


def _message(messages: Iterable[str], component: str, own: Collection[str]) -> str:
    """Return what a shape says; each engine has its own words for one that says nothing."""
    said = sorted(messages)
    component = component.removeprefix(SH).removesuffix("ConstraintComponent")
    if f"{component}ConstraintComponent" == _SPARQL and said:
        return said[0]
    parameter = component[:1].lower() + component[1:]
    return next((text for text in said if text in own), f"It does not meet sh:{parameter}.")


def fast_or_not(shapes: Sequence[Triple], engine: str) -> tuple[Engine, str]:
    """Return an engine for shapes, and what to say where it is not the one that was asked for."""
    if engine != FAST:
        return PySHACL(shapes), ""
    try:
        return Fast(shapes), ""
    except OntologyError as error:
        return PySHACL(shapes), f"pySHACL checks all shapes: {error}"
