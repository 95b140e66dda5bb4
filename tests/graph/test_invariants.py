"""Queries whose rows are failures, over a whole store."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.store import Store
from kg.terms import kg

FILES = sorted((Path(__file__).parents[1] / "invariants").glob("*.rq"))


def rows(store: Store, path: Path) -> list[str]:
    return [str(row) for row in store.oxigraph.query(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_store_keeps_the_invariant(filled: Store, path: Path) -> None:
    assert rows(filled, path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_breaking_the_invariant_shows(filled: Store, path: Path) -> None:
    events = NamedNode(filled.names.graph("events"))
    leaving = next(
        quad.subject
        for quad in filled.oxigraph.quads_for_pattern(None, kg("status"), kg("Unrealised"), events)
    )
    claimed = next(iter(filled.oxigraph.quads_for_pattern(None, kg("value"), None, None)))
    filled.oxigraph.add(Quad(leaving, kg("agent"), claimed.object, events))
    filled.oxigraph.add(Quad(claimed.subject, claimed.predicate, claimed.object, events))

    assert rows(filled, path)
