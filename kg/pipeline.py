"""The way through the house: files in, a validated graph out.

    read → annotate → extract → gate → map → project → infer → validate → store

Everything but reading and storing is a pure function of the article and of what kg knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.annotate import MODEL, Parser, load_parser
from kg.axioms import Axioms, read_axioms, vocabulary
from kg.cache import Cache
from kg.changes import Contribution
from kg.errors import ExtractorError, ReadError
from kg.extraction import Reader
from kg.infer import reason
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import Article, Extraction
from kg.naming import article_graph, article_iri
from kg.ontology import load_ontology
from kg.plugins import RULES, check_name, load_extractor
from kg.projection import project
from kg.read import find_articles, read
from kg.report import Report
from kg.resources import Resources
from kg.rules import compile_rules
from kg.sidecar import Metadata
from kg.store import Store
from kg.validate import validate


@dataclass(frozen=True, slots=True)
class Kit:
    """All that a build needs: a reader of events, the axioms, the shapes; a cache if one is kept."""

    reader: Reader
    axioms: Axioms
    shapes: tuple[Path, ...]
    cache: Cache | None = None

    def events(self, article: Article) -> Extraction:
        """Return the events of an article that pass the gate, from the cache where it has them."""
        return self.cache.events(article, self.reader) if self.cache else self.reader.events(article)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one article. `changed` is false where the store already held the same."""

    path: Path
    article: Article
    extraction: Extraction
    report: Report
    inconsistencies: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that could not be read, or that an extractor failed on, with the one line that says why."""

    path: Path
    reason: str


def load_kit(
    found: Resources, parser: Parser | None = None, *, model: str = MODEL, extractor: str = RULES
) -> Kit:
    """Load what a build needs, the extractor by its name.

    Raises OntologyError, ParserError or ExtractorError with the place and the fix, UsageError
    for an extractor that is not installed.
    """
    check_name(extractor)
    ontology = load_ontology(found)
    chosen = load_extractor(extractor, ontology)
    axioms = load_axioms(found)
    return Kit(Reader.of(ontology, parser or load_parser(model), chosen), axioms, shape_files(found))


def load_axioms(found: Resources) -> Axioms:
    """Read the classes and properties: the ontology without names (`entities/`) and words.

    Raises OntologyError for what cannot be reasoned with, before any article is read.
    """
    files = found.files("ontology", ".ttl").items()
    axioms = read_axioms(p for name, p in files if not name.startswith(("entities/", "lexicon")))
    compile_rules(axioms)
    return axioms


def shape_files(found: Resources) -> tuple[Path, ...]:
    """Return the shapes that data must fit: `shapes/` less the house rules, and the event types'."""
    shapes = [path for name, path in found.files("shapes", ".ttl").items() if name != "house.ttl"]
    return (*shapes, *found.files("ontology/events", ".ttl").values())


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an article will put into a store, and what was found wrong with it."""

    contribution: Contribution
    report: Report
    inconsistencies: tuple[str, ...]


def prepare(article: Article, extraction: Extraction, kit: Kit, names: Names) -> Prepared:
    """Map, project, reason and validate: everything between the events and the store."""
    said = tuple(to_quads(article, extraction.events, names))
    known = (*said, *project(said, names))
    closure = reason(known, kit.axioms, names)
    whole = Contribution(
        article_iri(article, names).value,
        article_graph(article, names).value,
        (*known, *closure.quads),
        article.text,
    )
    return Prepared(whole, validate(known, kit.shapes, kit.axioms), closure.inconsistencies)


def build_article(path: Path, store: Store, kit: Kit, overrides: Metadata | None = None) -> Built:
    """Read one file and put it into the store. Raises ReadError where it is no article."""
    article = read(path, overrides)
    extraction = kit.events(article)
    ready = prepare(article, extraction, kit, store.names)
    changed = store.replace(ready.contribution)
    return Built(path, article, extraction, ready.report, ready.inconsistencies, changed)


def build(
    paths: Iterable[Path],
    store: Store,
    kit: Kit,
    *,
    overrides: Metadata | None = None,
    on_article: Callable[[Path], None] | None = None,
) -> Iterator[Built | Failed]:
    """Build all articles of files and folders, one after the other, in the order of their paths.

    An article that cannot be read, or that an extractor fails on, is reported and the rest goes
    on. Raises ReadError where there is none at all.
    """
    store.learn(vocabulary(kit.axioms, store.names))
    for path in find_articles(paths):
        if on_article:
            on_article(path)
        try:
            yield build_article(path, store, kit, overrides)
        except (ExtractorError, ReadError) as error:
            yield Failed(path, str(error))


def validate_store(store: Store, axioms: Axioms, shapes: Iterable[Path]) -> Report:
    """Validate all articles of a store, each with its neighbourhood."""
    files = tuple(shapes)
    found = [r for iri in store.articles() for r in validate(store.neighbourhood(iri), files, axioms).results]
    return Report(tuple(dict.fromkeys(found)))
