"""What remembers a dataset answers as the dataset does, and asks it little."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import remembered
from kg.remembered import Remembered

NODES = [NamedNode(f"http://example.org/{name}") for name in "abcd"]
NAMES = [NamedNode(f"http://example.org/{name}") for name in "pqr"]
nodes, names = st.sampled_from(NODES), st.sampled_from(NAMES)
values = nodes | st.sampled_from([Literal("a"), Literal("b")])
quads = st.builds(Quad, nodes, names, values, names)


@pytest.fixture(autouse=True, scope="module")
def low() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembered, "OUT", 4)
        patch.setattr(remembered, "INTO", 2)
        yield


def stored(known: list[Quad]) -> Store:
    store = Store()
    store.extend(known)
    return store


@given(
    st.lists(quads, max_size=30),
    st.lists(st.tuples(st.none() | nodes, st.none() | names, st.none() | values, st.none() | names)),
    st.lists(quads),
)
def test_it_answers_as_the_dataset_does(
    known: list[Quad],
    patterns: list[tuple[NamedNode | None, NamedNode | None, NamedNode | Literal | None, NamedNode | None]],
    wanted: list[Quad],
) -> None:
    store = stored(known)
    kept = Remembered(store)

    for pattern in patterns:
        found = list(kept.quads_for_pattern(*pattern))
        assert len(found) == len(set(found))
        assert set(found) == set(store.quads_for_pattern(*pattern))
    assert [quad in kept for quad in wanted] == [quad in store for quad in wanted]
    assert set(kept) == set(known)
    assert len(kept) == len(set(known))
    assert set(kept.named_graphs()) == {quad.graph_name for quad in known}


@pytest.mark.parametrize(("copies", "is_kept"), [(4, True), (5, False)])
def test_a_node_is_read_once_unless_it_has_too_much(copies: int, *, is_kept: bool) -> None:
    store = stored([Quad(NODES[0], NAMES[0], Literal(str(n)), NAMES[0]) for n in range(copies)])
    kept = Remembered(store)
    list(kept.quads_for_pattern(NODES[0], NAMES[0], None))
    store.clear()

    assert len(list(kept.quads_for_pattern(NODES[0], NAMES[0], None))) == (copies if is_kept else 0)
