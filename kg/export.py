"""Writes a store, or one article of it, as RDF: the same bytes in every run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import UsageError
from kg.iri import Names
from kg.store import Store
from kg.terms import TYPE, prefixes

FORMATS: Final = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
_COMPUTED: Final = ("events", "inferred")


def export(store: Store, how: str, *, article: str | None = None, asserted: bool = False) -> bytes:
    """Return the store in one of FORMATS, as UTF-8; graphs are merged in Turtle.

    `article` (an IRI) limits it to that article, its events and its entities; `asserted`
    leaves out what was computed or inferred. Raises UsageError for an unknown format or article.
    """
    if how not in FORMATS:
        raise UsageError(f"unknown format {how!r}; choose one of {', '.join(FORMATS)}")
    quads = list(store.oxigraph if article is None else store.neighbourhood(article))
    if article is not None and not quads:
        raise UsageError(f"{article}: no such article in the store")
    computed = {NamedNode(store.names.graph(name)) for name in _COMPUTED}
    kept = [quad for quad in quads if not (asserted and quad.graph_name in computed)]
    return write(kept, how, store.names)


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
