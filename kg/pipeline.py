"""The way through the house: files in, a validated graph out.

    read → annotate → extract → gate → map → project → infer → validate → store

Everything but reading and storing is a pure function of the article and of what kg knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.annotate import MODEL, Parser, load_parser
from kg.axioms import Axioms, read_axioms, vocabulary
from kg.cache import Cache
from kg.changes import Contribution, neighbourhood
from kg.commit import Knowledge, take_in
from kg.derivations import Clash, clashes
from kg.errors import ExtractorError, ReadError
from kg.extraction import Reader
from kg.facts import IS_A, Near, Stored, fact_of
from kg.finding import find_files, items
from kg.infer import namer
from kg.iri import Names
from kg.items import Item
from kg.link.kin import Kin
from kg.mapping import to_quads
from kg.model import Article, Extraction
from kg.naming import article_graph, article_iri
from kg.ontology import load_ontology
from kg.plugins import RULES, check_name, load_extractor
from kg.read import read_item
from kg.remembered import Remembered
from kg.report import Report, Result
from kg.resources import Resources
from kg.rules import compile_rules
from kg.sidecar import Metadata
from kg.speaker import Speaker
from kg.store import Store
from kg.sweep import sweep
from kg.terms import kg, plain
from kg.validate import Checker, counted_notes, order, validate_change
from kg.view import NOTHING, Change, View


@dataclass(frozen=True, slots=True)
class Kit:
    """All that a build needs: a reader of events, the axioms, the shapes; a cache if one is kept."""

    reader: Reader
    knowledge: Knowledge
    shapes: tuple[Path, ...]
    cache: Cache | None = None

    @property
    def axioms(self) -> Axioms:
        """What the ontology says of its terms."""
        return self.knowledge.axioms

    def events(self, article: Article) -> Extraction:
        """Return the events of an article that pass the gate, from the cache where it has them."""
        return self.cache.events(article, self.reader) if self.cache else self.reader.events(article)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one article. `changed` is false where the store already held the same.

    `shared` are its events that other articles tell too, `contested` those on which claims
    contradict each other (IRIs).
    """

    path: Path
    article: Article
    extraction: Extraction
    report: Report
    changed: bool
    shared: frozenset[str] = frozenset()
    contested: frozenset[str] = frozenset()


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
    knowledge = Knowledge.of(load_axioms(found), Kin.of(ontology))
    return Kit(Reader.of(ontology, parser or load_parser(model), chosen), knowledge, shape_files(found))


def load_knowledge(found: Resources) -> Knowledge:
    """Load what a store needs of the ontology. Raises OntologyError with the place and the fix."""
    return Knowledge.of(load_axioms(found), Kin.of(load_ontology(found)))


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


def contribution(article: Article, extraction: Extraction, names: Names) -> Contribution:
    """Map an article's events: everything that it puts into a store."""
    return Contribution(
        article_iri(article, names).value,
        article_graph(article, names).value,
        tuple(to_quads(article, extraction.events, names)),
        article.text,
        article.url or "",
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was read, with its events."""

    path: Path
    article: Article
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of an article in the store, as in Built, whoever took its events."""

    path: Path
    report: Report
    changed: bool
    shared: frozenset[str] = frozenset()
    contested: frozenset[str] = frozenset()


def take(item: Item, kit: Kit, overrides: Metadata | None = None) -> Taken:
    """Read one article and take its events. Raises ReadError where it is none."""
    article = read_item(item, overrides)
    return Taken(item.path, article, kit.events(article))


def put(taken: Taken, store: Store, kit: Kit, checker: Checker) -> Built:
    """Put an article into the store, and validate what that changed there."""
    given = contribution(taken.article, taken.extraction, store.names)
    placed = place(taken.path, given, store, kit.knowledge, checker)
    return Built(
        taken.path,
        taken.article,
        taken.extraction,
        placed.report,
        placed.changed,
        placed.shared,
        placed.contested,
    )


def place(path: Path, given: Contribution, store: Store, knowledge: Knowledge, checker: Checker) -> Placed:
    """Put what an article says into the store, and validate what that changed there."""
    change = take_in(store, given, knowledge, file=str(path))
    report = examine(store, given.graph, knowledge, checker, change or NOTHING)
    return Placed(path, report, change is not None, *_told(store, given.graph))


def _told(store: Store, graph: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return an article's events that other articles tell too, and those whose claims contradict others."""
    events = {known.event for known in store.index.reports(graph=graph)}
    others = {e for e in events if any(known.graph != graph for known in store.index.of_event(e))}
    torn = {
        known.event
        for known in store.index.reports(graph=graph)
        for about in store.view().match(None, kg("about"), NamedNode(known.report))
        if any(True for _ in store.view().match(about.subject, kg("contradicts")))
    }
    return frozenset(others), frozenset(torn)


def examine(
    store: Store, graph: str, knowledge: Knowledge, checker: Checker, change: Change = NOTHING
) -> Report:
    """Validate what an article and a change of it concern.

    The contradictions with the axioms that it is caught in are violations, too, each with the
    sentence that it rests on.
    """
    still = Remembered(store.dataset)
    view = View(still)
    around = list(neighbourhood(view, graph, store.names))
    facts = [fact for quad in around if (fact := fact_of(quad))]
    nodes = {fact[0] for fact in facts} | {fact[2] for fact in facts if fact[1] != IS_A}
    found = clashes(Near(Stored(still, store.names)), knowledge.rules, nodes)
    changed = {*view.match(graph=NamedNode(graph)), *change.gone, *change.new}
    report = validate_change(view, changed, checker, store.names, graph=graph)
    speaker, name = Speaker(view, knowledge.axioms), namer(around, knowledge.axioms)
    rows = {_row(clash, clash.say(name), speaker) for clash in found}
    return Report(tuple(sorted((*report.results, *rows), key=order)), report.notes)


def examine_only(store: Store, graph: str, checker: Checker) -> Report:
    """Validate what an article's own quads concern."""
    view = store.view()
    return validate_change(view, view.match(graph=NamedNode(graph)), checker, store.names, graph=graph)


def articles_on(store: Store, node: NamedNode) -> tuple[str, ...]:
    """Return the graphs of the articles that report an event, or state a claim or report; sorted."""
    view = store.view()
    reports = {quad.subject for quad in view.match(None, kg("reportOf"), node)} | {node}
    stated = {quad.object for report in reports for quad in view.match(report, kg("statedIn"))}
    return tuple(sorted({store.graph_of(plain(article)) for article in stated} - {""}))


def _row(clash: Clash, words: str, speaker: Speaker) -> Result:
    """Return a contradiction as a result, with the first sentence that its premises rest on."""
    places = (speaker.sentence(node) for fact in clash.premises for node in (fact[0], fact[2]))
    sentence = next((place for place in places if place), "")
    quote = f" In the text: “{sentence}”" if sentence else ""
    return Result(clash.nodes[0], "", "", "Violation", words, clash.rule, sentence, f"{words}{quote}")


def build(
    paths: Iterable[Path],
    store: Store,
    kit: Kit,
    *,
    taken: Callable[[Iterable[Item]], Iterator[Taken | Failed]] | None = None,
    on_article: Callable[[Path], None] | None = None,
) -> Iterator[Built | Failed]:
    """Build all articles of files and folders, one after the other, in the order of their paths.

    An article that cannot be read, or that an extractor fails on, is reported and the rest goes
    on. `taken` reads them in another way: by several processes, or with what is given of them.
    Raises ReadError where there is none at all.
    """
    store.learn(vocabulary(kit.axioms, store.names))
    checker = Checker.of(kit.shapes, kit.axioms)
    found = items(find_files(paths))
    for each in taken(found) if taken else each_taken(found, kit):
        if on_article:
            on_article(each.path)
        yield each if isinstance(each, Failed) else put(each, store, kit, checker)


def each_taken(
    found: Iterable[Item], kit: Kit, overrides: Metadata | None = None
) -> Iterator[Taken | Failed]:
    """Yield what each article holds, one after the other; `overrides` are given of them all."""
    for item in found:
        try:
            yield take(item, kit, overrides)
        except (ExtractorError, ReadError) as error:
            yield Failed(item.path, str(error))


def validate_store(
    store: Store, checker: Checker, *, processes: int = 1, on_result: Callable[[Result], None] | None = None
) -> Report:
    """Validate a whole store, a few thousand nodes at a time, with all that their shapes can see.

    `on_result` gets each result as soon as it is there, always in the same order.
    """
    found: dict[Result, None] = {}
    notes: list[str] = []
    for results, said in sweep(store, checker, processes):
        notes += said
        for result in results:
            if on_result and result not in found:
                on_result(result)
            found[result] = None
    return Report(tuple(sorted(found, key=order)), (*checker.notes, *counted_notes(notes)))
