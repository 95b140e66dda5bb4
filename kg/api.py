"""The functions behind the command line, for Python: the steps of the library, put together.

Where a function takes `found`, that is where ontology, shapes and queries are taken from:
`find_project(folder).resources`; the shipped ones when it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OntologyError, UsageError
from kg.resources import Resources, resources

if TYPE_CHECKING:
    from kg.actor_lists import Format
    from kg.annotate import Parser
    from kg.pipeline import Built, Failed, Kit
    from kg.query import Answer, SavedQuery
    from kg.report import Report
    from kg.sidecar import Metadata
    from kg.store import Store


def load_kit(
    found: Resources | None = None,
    *,
    model: str | None = None,
    extractor: str | None = None,
    cache: Path | None = None,
    min_confidence: float = 0.0,
) -> Kit:
    """Load what builds need: ontology, axioms, shapes, a spaCy pipeline and an extractor by name.

    `cache` is the folder of what was extracted before; nothing is kept where it is left out.
    Events that are less sure than `min_confidence` (0 to 1) are refused, such claims left out.

    Takes about two seconds: load it once. Raises OntologyError, ParserError or ExtractorError
    with the fix, UsageError for an extractor that is not installed.
    """
    from kg.annotate import MODEL
    from kg.cache import Cache
    from kg.pipeline import load_kit
    from kg.plugins import RULES

    given = found or resources()
    kit = load_kit(given, model=model or MODEL, extractor=extractor or RULES)
    kit = replace(kit, reader=replace(kit.reader, min_confidence=min_confidence))
    return replace(kit, cache=Cache.of(cache, given, kit.reader)) if cache else kit


def build(
    paths: Iterable[Path | str], store: Store, kit: Kit | None = None, *, overrides: Metadata | None = None
) -> tuple[Built | Failed, ...]:
    """Build all articles of files and folders into a store; return what became of each.

    Raises ReadError where there is no article at all; one that cannot be read is a Failed.
    """
    from kg.pipeline import build

    return tuple(build(map(Path, paths), store, kit or load_kit(), overrides=overrides))


def import_actors(file: Path, *, form: Format | None = None, kind: str | None = None) -> str:
    """Return the actors of a list (Wikidata CSV or JSON, PETRARCH dictionary) as Turtle.

    `form` is found out where it is not given; `kind` is the class of them all, by its local name.
    Only the shipped actors count as known: the same list gives the same bytes in any project.
    Raises ReadError with file, line and fix.
    """
    from kg.actor_lists import Known, detect, read_list
    from kg.actor_turtle import to_turtle
    from kg.gazetteer import load_gazetteer
    from kg.turtle import read_turtle

    entities = resources().files("ontology/entities", ".ttl")
    known = Known.of(load_gazetteer(read_turtle(entities.values())))
    return to_turtle(read_list(file, form or detect(file), known, kind))


def saved_queries(found: Resources | None = None) -> tuple[SavedQuery, ...]:
    """Return all saved questions, by name. Raises QueryError, with file and line, for a bad one."""
    from kg.query import load_query

    return tuple(load_query(path) for path in _query_files(found).values())


def saved_query(name: str, found: Resources | None = None) -> SavedQuery:
    """Return the saved question of this name, or the one in this .rq file.

    Raises UsageError for an unknown name, QueryError for a malformed file.
    """
    from kg.query import load_query

    files = _query_files(found)
    if name not in files and not name.endswith(".rq"):
        raise UsageError(f"no saved question {name!r}; there are {', '.join(files)}")
    return load_query(files.get(name) or Path(name))


def ask(
    store: Store, name: str, values: Mapping[str, str] | None = None, *, found: Resources | None = None
) -> Answer:
    """Ask a saved question, with the values of its parameters as people write them.

    Raises UsageError for an unknown question, QueryError for a value that does not fit.
    """
    from kg.query import run

    return run(store, saved_query(name, found), values)


def validate_store(store: Store, found: Resources | None = None) -> Report:
    """Check all articles of a store against the shapes, and run the project's own `tests/*.rq`."""
    from kg import pipeline
    from kg.checks import failures, own_tests
    from kg.report import Report

    given = found or resources()
    report = pipeline.validate_store(store, pipeline.load_axioms(given), pipeline.shape_files(given))
    return Report((*report.results, *failures(store, own_tests(given))))


def validate_files(paths: Iterable[Path | str], found: Resources | None = None) -> Report:
    """Check RDF files, taken together, against the shapes. Raises ReadError with file and line."""
    from kg.load import read_rdf
    from kg.pipeline import load_axioms, shape_files
    from kg.validate import validate

    given = found or resources()
    quads = [quad for path in paths for quad in read_rdf(Path(path))]
    return validate(quads, shape_files(given), load_axioms(given))


def export_store(store: Store, how: str, *, article: str | None = None, asserted: bool = False) -> bytes:
    """Return a store as turtle, trig, nquads or jsonld: the same bytes for the same store.

    `article` (title, CURIE or IRI) limits it to one; `asserted` leaves out what was computed.
    """
    from kg.export import export
    from kg.iri import NS
    from kg.lookup import find

    iri = find(store, article, f"{NS}Article").value if article else None
    return export(store, how, article=iri, asserted=asserted)


def check_event_file(
    path: Path | str, found: Resources | None = None, *, parser: Parser | None = None
) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with an event-type file; nothing if it is fine.

    Raises OntologyError, with file and line, where it cannot be read at all.
    """
    from kg.annotate import load_parser
    from kg.examples import check_file

    file = Path(path)
    if not file.is_file():
        raise OntologyError(f"{file}: no such file")
    yield from check_file(file, found or resources(), parser or load_parser())


def _query_files(found: Resources | None) -> dict[str, Path]:
    files = (found or resources()).files("queries", ".rq")
    return {Path(name).stem: path for name, path in files.items()}
