"""Proposes what to do about what validation finds wrong: which command, on which claim or article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.report import Result
from kg.show import claims_on
from kg.store import Store
from kg.terms import TYPE, kg, link, plain, short


def proposal(store: Store, result: Result) -> str:
    """Return the command that may mend a result, or nothing where none is known."""
    node = link(result.focus)
    if node is None or result.severity != "Violation":
        return ""
    name = short(node.value, store.names.base)
    kinds = {plain(quad.object) for quad in store.view().match(node, TYPE)}
    if kg("Claim").value in kinds:
        return f"kg reject {name} --because … (nothing is computed from it then), or kg retract its article"
    if kg("Article").value in kinds:
        return f"kg retract {name} --because …"
    if kg("Link").value in kinds or kg("Event").value in kinds:
        return f"kg why {name}, then kg split, kg reject or kg correct"
    claims = sorted(short(claim.value, store.names.base) for claim in _on(store, node))
    return f"kg reject {claims[0]} --because …" if claims else ""


def _on(store: Store, node: NamedNode) -> Iterator[NamedNode]:
    """Yield the claims that name a node, as value or as claimant."""
    for name in ("value", "claimant"):
        for quad in store.view().match(None, kg(name), node):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject


def concerning(store: Store, node: NamedNode, results: Iterable[Result]) -> Iterator[Result]:
    """Yield the results on a thing itself, or on a claim or report of it."""
    about = {node.value, *(claim.value for claim in claims_on(store, node))}
    about |= {plain(quad.subject) for quad in store.view().match(None, kg("reportOf"), node)}
    yield from (result for result in results if result.focus in about)
