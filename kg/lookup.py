"""Finds the thing that a label, a CURIE or an IRI names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.iri import NS
from kg.store import Store
from kg.terms import LABEL, RDFS, TYPE, kg, link, plain, prefixes, schema, short

_MOST: Final = 8
_NEAREST: Final = 3
_NAMES: Final = (LABEL, schema("headline"))
_UNDER: Final = NamedNode(f"{RDFS}subClassOf")


def find(store: Store, words: str, kind: str = "") -> NamedNode:
    """Return the node that the words name, of this class (an IRI) if one is given.

    Raises QueryError where nothing or more than one thing has this label; it lists them, or the
    three names that are nearest.
    """
    found = candidates(store, words, kind)
    if found:
        return _only(store, words, found)
    named = {node.value: label for node, label in _labels(store, kind)}
    raise QueryError(f"nothing is called {words!r}{_hint(store, words, named)}")


def find_class(store: Store, words: str, top: str) -> NamedNode:
    """Return the class that the words name, which is `top` (an IRI) or one under it.

    Raises QueryError where that is none or more than one; it lists them, or the nearest names.
    """
    known = labels_of(store, below=top)
    node = resolve_iri(store, words)
    if node is not None:
        if node.value not in known:
            raise QueryError(f"{words!r} is not {short(top, store.names.base)} nor a class under it")
        return node
    folded = words.casefold()
    found = [NamedNode(iri) for iri, label in known.items() if label.casefold() == folded]
    found = found or [NamedNode(iri) for iri in known if iri == NS + words]
    if found:
        return _only(store, words, found)
    raise QueryError(f"nothing is called {words!r}{_hint(store, words, known)}")


def labels_of(store: Store, kind: str = "", *, below: str = "", most: int | None = None) -> dict[str, str]:
    """Return the things of a class, or the classes from one downwards, by IRI with a label each.

    Nothing at all is returned where there are more than `most`; no more than these are looked at.
    """
    classes = _downwards(store, NamedNode(below or kind))
    found = dict.fromkeys(classes if below else ())
    for each in () if below else classes:
        for quad in store.dataset.quads_for_pattern(None, TYPE, each, None):
            if isinstance(quad.subject, NamedNode):
                found[quad.subject] = None
            if most is not None and len(found) > most:
                return {}
    return {node.value: label_of(store, node) for node in found}


def label_of(store: Store, node: NamedNode) -> str:
    """Return what a thing is called: in English if it can be, else the first in the alphabet."""
    given = [
        quad.object
        for name in _NAMES
        for quad in store.dataset.quads_for_pattern(node, name, None, None)
        if isinstance(quad.object, Literal)
    ]
    best = min(given, key=lambda each: (each.language not in (None, "en"), each.value), default=None)
    return best.value if best is not None else short(node.value, store.names.base)


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
    for quad in store.dataset.quads_for_pattern(node, kg("mergedInto"), None, None):
        if isinstance(quad.object, NamedNode):
            return quad.object
    return node


def _term(store: Store, words: str) -> list[NamedNode]:
    """Return the term of kg's vocabulary with this name ("StateVisit"), where the store knows it."""
    node = link(NS + words) if words.isidentifier() else None
    known = node is not None and any(store.dataset.quads_for_pattern(node, TYPE, None, None))
    return [node] if node is not None and known else []


def is_a(store: Store, node: NamedNode, kind: str) -> bool:
    """Tell whether a node is of a class or of one below it, as far as the store knows."""
    waiting = [quad.object for quad in store.dataset.quads_for_pattern(node, TYPE, None, None)]
    seen = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, NamedNode) and found not in seen:
            seen.add(found)
            above = store.dataset.quads_for_pattern(found, _UNDER, None, None)
            waiting.extend(quad.object for quad in above)
    return NamedNode(kind) in seen


def _labelled(store: Store, words: str, kind: str) -> list[NamedNode]:
    for label in (Literal(words), Literal(words, language="en")):
        quads = [q for name in _NAMES for q in store.dataset.quads_for_pattern(None, name, label, None)]
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
    return not any(q.object in accounts for q in store.dataset.quads_for_pattern(node, TYPE, None, None))


def _only(store: Store, words: str, found: list[NamedNode]) -> NamedNode:
    if len(found) > 1:
        raise QueryError(f"{words!r} is ambiguous; choose one of {_list(store, found)}")
    return found[0]


def _downwards(store: Store, top: NamedNode) -> list[NamedNode]:
    """Return a class and all that are under it."""
    found = [top]
    for each in found:
        for quad in store.dataset.quads_for_pattern(None, _UNDER, each, None):
            if isinstance(quad.subject, NamedNode) and quad.subject not in found:
                found.append(quad.subject)
    return found


def _hint(store: Store, words: str, known: Mapping[str, str]) -> str:
    """Return the names, at most three, that hold the words or look like them."""
    folded = words.casefold()
    by: dict[str, list[str]] = {}
    for iri, label in known.items():
        by.setdefault(label.casefold(), []).append(iri)
    holding = sorted((name for name in by if folded in name), key=lambda name: (len(name), name))
    close = get_close_matches(folded, by, n=_NEAREST)
    iris = [iri for name in dict.fromkeys((*holding, *close)) for iri in sorted(by[name])][:_NEAREST]
    names = [f"{known[iri]} ({short(iri, store.names.base)})" for iri in iris]
    return f"; did you mean {' or '.join(names)}?" if names else ""


def _labels(store: Store, kind: str) -> Iterator[tuple[NamedNode, str]]:
    """Yield everything that has a label; only asked for when no label fits exactly."""
    for name in _NAMES:
        for quad in store.dataset.quads_for_pattern(None, name, None, None):
            node = quad.subject
            if isinstance(node, NamedNode) and _fits(store, node, kind):
                yield node, plain(quad.object)


def _list(store: Store, nodes: list[NamedNode]) -> str:
    more = f" and {len(nodes) - _MOST} more" if len(nodes) > _MOST else ""
    return ", ".join(short(node.value, store.names.base) for node in nodes[:_MOST]) + more
