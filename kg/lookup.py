"""Finds the thing that a label, a CURIE or an IRI names."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.iri import NS
from kg.store import Store
from kg.terms import LABEL, RDFS, TYPE, kg, link, plain, prefixes, schema, short

_MOST = 8
_NAMES = (LABEL, schema("headline"))


def find(store: Store, words: str, kind: str = "") -> NamedNode:
    """Return the node that the words name, of this class (an IRI) if one is given.

    Raises QueryError where nothing or more than one thing has this label; it lists them.
    """
    found = candidates(store, words, kind)
    if len(found) == 1:
        return found[0]
    if found:
        raise QueryError(f"{words!r} is ambiguous; choose one of {_list(store, found)}")
    near = _near(store, words, kind)
    hint = f"; did you mean {_list(store, near)}?" if near else ""
    raise QueryError(f"nothing is called {words!r}{hint}")


def candidates(store: Store, words: str, kind: str = "") -> list[NamedNode]:
    """Return all nodes that the words may name, sorted."""
    named = resolve_iri(store, words)
    if named is not None:
        return [_leading_to(store, named)]
    return _labelled(store, words, kind) or _term(store, words)


def resolve_iri(store: Store, words: str) -> NamedNode | None:
    """Return the IRI that a full IRI or a CURIE stands for, or None if it is neither."""
    words = words.removeprefix("<").removesuffix(">")
    prefix, colon, local = words.partition(":")
    if colon and local and not local.startswith("//"):
        space = prefixes(store.names.base).get(prefix)
        if space is not None:
            return link(space + local)
    return link(words)


def _leading_to(store: Store, node: NamedNode) -> NamedNode:
    """Return the event that goes on in the place of one that was merged into it, else the node itself."""
    for quad in store.oxigraph.quads_for_pattern(node, kg("mergedInto"), None, None):
        if isinstance(quad.object, NamedNode):
            return quad.object
    return node


def _term(store: Store, words: str) -> list[NamedNode]:
    """Return the term of kg's vocabulary with this name ("StateVisit"), where the store knows it."""
    node = link(NS + words) if words.isidentifier() else None
    known = node is not None and any(store.oxigraph.quads_for_pattern(node, TYPE, None, None))
    return [node] if node is not None and known else []


def is_a(store: Store, node: NamedNode, kind: str) -> bool:
    """Tell whether a node is of a class or of one below it, as far as the store knows."""
    under = NamedNode(f"{RDFS}subClassOf")
    waiting = [quad.object for quad in store.oxigraph.quads_for_pattern(node, TYPE, None, None)]
    seen = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, NamedNode) and found not in seen:
            seen.add(found)
            above = store.oxigraph.quads_for_pattern(found, under, None, None)
            waiting.extend(quad.object for quad in above)
    return NamedNode(kind) in seen


def _labelled(store: Store, words: str, kind: str) -> list[NamedNode]:
    for label in (Literal(words), Literal(words, language="en")):
        quads = [q for name in _NAMES for q in store.oxigraph.quads_for_pattern(None, name, label, None)]
        found = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
        fitting = [node for node in found if _fits(store, node, kind)]
        if fitting:
            return sorted(fitting, key=str)
    folded = words.casefold()
    return sorted({node for node, label in _labels(store, kind) if label.casefold() == folded}, key=str)


def _fits(store: Store, node: NamedNode, kind: str) -> bool:
    """Tell whether a node is of the class asked for; a label names the thing, not an account of it."""
    if kind:
        return is_a(store, node, kind)
    accounts = (kg("EventReport"), kg("Description"))
    return not any(q.object in accounts for q in store.oxigraph.quads_for_pattern(node, TYPE, None, None))


def _near(store: Store, words: str, kind: str) -> list[NamedNode]:
    folded = words.casefold()
    near = {node for node, label in _labels(store, kind) if folded in label.casefold()}
    return sorted(near, key=str)


def _labels(store: Store, kind: str) -> Iterator[tuple[NamedNode, str]]:
    """Yield everything that has a label; only asked for when no label fits exactly."""
    for name in _NAMES:
        for quad in store.oxigraph.quads_for_pattern(None, name, None, None):
            node = quad.subject
            if isinstance(node, NamedNode) and _fits(store, node, kind):
                yield node, plain(quad.object)


def _list(store: Store, nodes: list[NamedNode]) -> str:
    more = f" and {len(nodes) - _MOST} more" if len(nodes) > _MOST else ""
    return ", ".join(short(node.value, store.names.base) for node in nodes[:_MOST]) + more
