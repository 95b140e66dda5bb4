"""Reads Turtle files of knowledge (ontology, shapes) into plain look-ups, with errors that
name the file and the line. Only files of the installation or of the user's own project are
read this way, never data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Facts:
    """The triples of some files: for each subject its properties, in the order of the files."""

    of: Mapping[str, Mapping[str, tuple[Term, ...]]]
    source: Mapping[str, Path]

    def text(self, subject: str, predicate: str) -> str | None:
        """Return the first value as a plain string (lexical form or IRI), or None."""
        return next(iter(self.texts(subject, predicate)), None)

    def texts(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return all values as plain strings."""
        values = self.of.get(subject, {}).get(predicate, ())
        return tuple(plain(value) for value in values)

    def subjects(self, class_iri: str) -> tuple[str, ...]:
        """Return the subjects typed with this class, sorted."""
        return tuple(
            sorted(name for name in self.of if class_iri in self.texts(name, RDF_TYPE)),
        )


def plain(term: Term) -> str:
    """Return a term's lexical form, IRI or blank node label."""
    if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode):
        return term.value
    raise OntologyError(f"{term}: triple terms have no place in kg's files; remove it")


def read_turtle(paths: Iterable[Path]) -> Facts:
    """Parse Turtle files; raises OntologyError with file, line and the parser's reason."""
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    source: dict[str, Path] = {}
    for number, path in enumerate(paths):
        for quad in parse_turtle(path):
            subject = _scoped(quad.subject, number)
            source.setdefault(subject, path)
            value = quad.object
            if isinstance(value, ox.BlankNode):
                value = ox.BlankNode(_scoped(value, number))
            found[subject][quad.predicate.value].append(value)
    frozen = {s: {p: tuple(o) for p, o in props.items()} for s, props in found.items()}
    return Facts(frozen, source)


def parse_turtle(path: Path) -> list[ox.Quad]:
    """Return the quads of a Turtle file; raises OntologyError with file, line and reason."""
    try:
        return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise OntologyError(f"{path}{line}: not valid Turtle: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error


def _scoped(term: Term, number: int) -> str:
    """Keep blank nodes of different files apart."""
    return f"f{number}{term.value}" if isinstance(term, ox.BlankNode) else plain(term)
