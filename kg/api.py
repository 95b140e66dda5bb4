"""The functions behind the command line, for Python: the steps of the library, put together.

Where a function takes `found`, that is where ontology, shapes and queries are taken from:
`find_project(folder).resources`; the shipped ones when it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OntologyError
from kg.iri import BASE
from kg.resources import Resources, resources

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.actor_lists import Format
    from kg.annotate import Parser
    from kg.commit import Knowledge
    from kg.diff import Difference
    from kg.export import ExportChoice
    from kg.pipeline import Built, Failed, Kit, Placed
    from kg.report import Report, Result
    from kg.rules import Rules
    from kg.sidecar import Metadata
    from kg.store import Store
    from kg.validate import Checker


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


def load_knowledge(found: Resources | None = None) -> Knowledge:
    """Load what a store needs of the ontology to link and to reason, without a parser.

    Raises OntologyError, with file and line, for a faulty file.
    """
    from kg import pipeline

    return pipeline.load_knowledge(found or resources())


def load_rules(found: Resources | None = None) -> Rules:
    """Compile what follows from what. Raises OntologyError, with file and line, for a faulty file."""
    from kg import pipeline
    from kg.rules import compile_rules

    return compile_rules(pipeline.load_axioms(found or resources()))


def load_file(path: Path | str, store: Store, knowledge: Knowledge | None = None) -> int:
    """Load an RDF file into a store; return how many of its quads are new.

    Raises ReadError, with file and line, for one that cannot be read.
    """
    from kg.load import load_file

    return load_file(Path(path), store, knowledge or load_knowledge())


def build(
    paths: Iterable[Path | str], store: Store, kit: Kit | None = None, *, overrides: Metadata | None = None
) -> tuple[Built | Failed, ...]:
    """Build all articles of files and folders into a store; return what became of each.

    Raises ReadError where there is no article at all; one that cannot be read is a Failed.
    """
    from kg.pipeline import build, each_taken

    known = kit or load_kit()
    taken = partial(each_taken, kit=known, overrides=overrides)
    return tuple(build(map(Path, paths), store, known, taken=taken))


def build_shards(
    paths: Iterable[Path | str],
    folder: Path | str,
    shards: Iterable[str],
    found: Resources | None = None,
    *,
    base: str = BASE,
) -> tuple[Path, ...]:
    """Build parts of a corpus, such as `3/10`, into a folder of N-Quads; return the files of all parts.

    One that is there is not built again. Raises UsageError for no such part, ReadError where the
    folder has parts of another build, KgError where it cannot be written.
    """
    from kg.annotate import MODEL
    from kg.plugins import RULES
    from kg.sharding import Corpus, make
    from kg.shards import Shard
    from kg.workers import Plan, kit_of

    plan = Plan(found or resources(), MODEL, RULES)
    corpus = Corpus(tuple(map(Path, paths)), plan, base)
    chosen = [Shard.parse(each) for each in shards]
    for each in chosen:
        for _ in make(corpus, each, Path(folder), kit_of(plan)):
            pass
    return tuple(Path(folder) / f"{each.name}.nq" for each in chosen)


def load_shards(
    folder: Path | str, store: Store, found: Resources | None = None
) -> tuple[Placed | Failed, ...]:
    """Fill a store from all parts of a corpus; return what became of each article.

    Raises ReadError for a part that is missing or damaged.
    """
    from kg import pipeline
    from kg.sharding import fill

    given = found or resources()
    done = fill(Path(folder), store, pipeline.load_knowledge(given), _checker(given, "auto"))
    return tuple(each for each, _ in done)


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


def validate_store(
    store: Store,
    found: Resources | None = None,
    *,
    engine: str = "auto",
    processes: int = 1,
    on_result: Callable[[Result], None] | None = None,
) -> Report:
    """Check all of a store against the shapes, and run the project's own `tests/*.rq`.

    `engine` is pyshacl, shacl, or auto for the fastest that is installed. More than one process
    needs a store that is open for reading only, and a main module that may be imported.
    `on_result` gets each result as it is found. Raises UsageError for an engine that is not there.
    """
    from kg import pipeline
    from kg.checks import failures, own_tests
    from kg.report import Report

    given = found or resources()
    checker = _checker(given, engine)
    report = pipeline.validate_store(store, checker, processes=processes, on_result=on_result)
    own = tuple(failures(store, own_tests(given)))
    if on_result:
        for result in own:
            on_result(result)
    return Report((*report.results, *own), report.notes)


def validate_files(
    paths: Iterable[Path | str],
    found: Resources | None = None,
    *,
    shapes: Iterable[Path | str] = (),
    engine: str = "auto",
) -> Report:
    """Check RDF files, taken together, against the shapes. Raises ReadError with file and line.

    With `shapes` of one's own it is these alone that count, and the files bring their own classes.
    """
    from kg.load import read_rdf
    from kg.validate import Checker, check

    def quads(names: Iterable[Path | str]) -> list[Quad]:
        return [quad for name in names for quad in read_rdf(Path(name), Path(name).resolve().as_uri())]

    own = quads(shapes)
    checker = Checker.made([q.triple for q in own], engine) if own else _checker(found or resources(), engine)
    return check(quads(paths), checker)


def _checker(found: Resources, engine: str) -> Checker:
    from kg.pipeline import load_axioms, shape_files
    from kg.validate import Checker

    return Checker.of(shape_files(found), load_axioms(found), engine=engine)


def export_store(store: Store, how: str, choice: ExportChoice | None = None) -> bytes:
    """Return a store as turtle, trig, nquads or jsonld: the same bytes for the same store.

    `choice` says what of it; its article may be given by title, CURIE or IRI. Raises UsageError for
    an unknown format, QueryError for an unknown article.
    """
    from kg.export import ALL, export
    from kg.iri import NS
    from kg.lookup import find

    chosen = choice or ALL
    if chosen.article:
        chosen = replace(chosen, article=find(store, chosen.article, f"{NS}Article").value)
    return export(store, how, chosen)


def findings_text(store: Store, thing: str, found: Resources | None = None) -> str:
    """Return what is wrong with a thing, its reports and claims, and what to do, as lines of text."""
    from kg.lookup import find
    from kg.mending import concerning, proposal
    from kg.pipeline import articles_on, examine_only
    from kg.words import clean

    node = find(store, thing)
    checker = _checker(found or resources(), "auto")
    results = [
        r for graph in articles_on(store, node) for r in examine_only(store, graph, checker).violations
    ]
    lines = []
    for result in dict.fromkeys(concerning(store, node, results)):
        hint = proposal(store, result)
        lines += [f"  {clean(result.words)}\n", *([f"    to mend it: {clean(hint)}\n"] if hint else [])]
    return "".join(("\nNot valid:\n", *lines)) if lines else ""


def find_thing(store: Store, words: str) -> str:
    """Return the IRI of what a label, a CURIE or an IRI names. Raises QueryError where that is not one."""
    from kg.lookup import find

    return find(store, words).value


def compare(one: Path | str, other: Path | str, found: Resources | None = None) -> tuple[Difference, ...]:
    """Return how two stores (folders) or RDF files differ. Raises StoreError or ReadError."""
    from kg.diff import diff
    from kg.load import read_rdf
    from kg.pipeline import load_axioms
    from kg.store import Store

    def quads(path: Path) -> list[Quad]:
        if not path.is_dir():
            return read_rdf(path)
        with Store.open(path, read_only=True) as store:
            return list(store.quads())

    axioms = load_axioms(found or resources())
    return tuple(diff(quads(Path(one)), quads(Path(other)), axioms))


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
