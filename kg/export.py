"""Writes a store, or one article of it, as RDF: the same bytes in every run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import UsageError
from kg.iri import Names
from kg.store import Store
from kg.terms import PREFIXES, TYPE

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
    if article is None:
        quads: Iterable[Quad] = store.oxigraph
    elif article in store.articles():
        quads = store.neighbourhood(article)
    else:
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


def prefixes(names: Names) -> dict[str, str]:
    """Return the prefixes of every export: the vocabularies, and the kinds of things."""
    kinds = ("actor", "place", "object", "event", "report", "claim", "article", "time", "count")
    ours = {kind: f"{names.base}id/{kind}/" for kind in kinds}
    return dict(sorted({**PREFIXES, **ours, "graph": f"{names.base}graph/"}.items()))


def _bytes(quads: Iterable[Quad] | Iterable[Triple], how: str, names: Names) -> bytes:
    return serialize(quads, format=FORMATS[how], prefixes=prefixes(names)) or b""


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    return str(quad.graph_name), *_within(quad)


def _within(triple: Quad | Triple) -> tuple[str, bool, str, str]:
    """Order by subject, what it is first, then by property and value."""
    predicate = triple.predicate
    return str(triple.subject), predicate != TYPE, predicate.value, str(triple.object)
