"""Writes a store, or one article of it, as RDF: the same bytes in every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.changes import neighbourhood
from kg.errors import UsageError
from kg.iri import Names, digest
from kg.records import Admitted, Judged, Retracted
from kg.store import Store
from kg.terms import EXACT, LABEL, PROV, TYPE, kg, prefixes, typed

FORMATS: Final = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
_COMPUTED: Final = ("events", "inferred")
_WORDED: Final = frozenset({kg("TimeSpan"), kg("CasualtyCount")})


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What of a store is written: all, or one article (an IRI) with its events and entities.

    `asserted` leaves out what was computed or inferred, `quotes` false the words of articles;
    `provenance` adds when articles came and went, and who decided what.
    """

    article: str | None = None
    asserted: bool = False
    quotes: bool = True
    provenance: bool = False


ALL: Final = ExportChoice()


def export(store: Store, how: str, choice: ExportChoice = ALL) -> bytes:
    """Return the store in one of FORMATS, as UTF-8; graphs are merged in Turtle.

    Raises UsageError for an unknown format or article.
    """
    article = choice.article
    if how not in FORMATS:
        raise UsageError(f"unknown format {how!r}; choose one of {', '.join(FORMATS)}")
    quads = list(store.quads() if article is None else _one(store, article))
    if article is not None and not quads:
        raise UsageError(f"{article}: no such article in the store")
    computed = {NamedNode(store.names.graph(name)) for name in _COMPUTED}
    kept = [quad for quad in quads if not (choice.asserted and quad.graph_name in computed)]
    if not choice.quotes:
        kept = list(_without_words(kept))
    if choice.provenance:
        kept += provenance(store)
    return write(kept, how, store.names)


def _without_words(quads: list[Quad]) -> Iterator[Quad]:
    """Leave out quotes, and the labels of times and counts, which are words of the text."""
    words = {q.subject for q in quads if q.predicate == TYPE and q.object in _WORDED}
    for quad in quads:
        if quad.predicate != EXACT and not (quad.predicate == LABEL and quad.subject in words):
            yield quad


def provenance(store: Store) -> Iterator[Quad]:
    """Yield what the log tells of each record: when (PROV-O), and why where somebody said so."""
    graph = NamedNode(store.names.graph("provenance"))
    for record in store.records():
        match record:
            case Admitted():
                node, name = NamedNode(record.article), "generatedAtTime"
            case Retracted():
                node, name = NamedNode(record.article), "invalidatedAtTime"
            case Judged():
                node, name = NamedNode(store.names.mint("decision", digest(record.claim))), "generatedAtTime"
            case _:
                continue
        yield Quad(node, NamedNode(PROV + name), typed(record.at, "dateTime"), graph)
        if isinstance(record, Retracted) and record.because:
            yield Quad(node, kg("reason"), Literal(record.because), graph)


def _one(store: Store, article: str) -> Iterator[Quad]:
    graph = store.graph_of(article)
    return neighbourhood(store.view(), graph, store.names) if graph else iter(())


def write(quads: Iterable[Quad], how: str, names: Names) -> bytes:
    """Return quads in one of FORMATS, sorted, so that equal sets give equal bytes."""
    ordered = sorted(set(quads), key=_order)
    if how == "turtle":
        triples = dict.fromkeys(sorted((quad.triple for quad in ordered), key=_within))
        return _bytes(triples, how, names)
    return _bytes(ordered, how, names)


def _bytes(quads: Iterable[Quad] | Iterable[Triple], how: str, names: Names) -> bytes:
    return serialize(quads, format=FORMATS[how], prefixes=prefixes(names.base)) or b""


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    return str(quad.graph_name), *_within(quad)


def _within(triple: Quad | Triple) -> tuple[str, bool, str, str]:
    """Order by subject, what it is first, then by property and value."""
    predicate = triple.predicate
    return str(triple.subject), predicate != TYPE, predicate.value, str(triple.object)
