"""The network: each node a name that can be read, each arc from who acts to whom."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st

from kg.picture.network import MOST, Edge, Node, network

SVG = "{http://www.w3.org/2000/svg}"
TWO = [Node("a", "Norland", "/actor/a"), Node("b", "Southland", "/actor/b")]


def test_each_node_is_a_link_that_tells_on_whom_it_acts() -> None:
    links = fromstring(network(TWO, [Edge("a", "b", 3)], "t")).findall(f".//{SVG}a")

    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        ("/actor/a", "Norland; acts on Southland (3)"),
        ("/actor/b", "Southland; acted on by Norland (3)"),
    ]


def test_an_arc_carries_its_number() -> None:
    texts = [text.text for text in fromstring(network(TWO, [Edge("a", "b", 41)], "t")).iter(f"{SVG}text")]

    assert "41" in texts


def test_the_two_ways_between_two_nodes_are_two_arcs() -> None:
    root = fromstring(network(TWO, [Edge("a", "b", 1), Edge("b", "a", 2)], "t"))
    arcs = {path.get("d") for path in root.iter(f"{SVG}path") if path.get("class") == "mark"}

    assert len(arcs) == 2


def test_of_too_many_nodes_the_busiest_are_drawn_and_the_rest_is_said() -> None:
    nodes = [Node(str(n), f"n{n}", f"/{n}") for n in range(MOST + 5)]
    edges = [Edge("0", str(n), n) for n in range(1, MOST + 5)]
    svg = network(nodes, edges, "t")
    drawn = {link.get("href") for link in fromstring(svg).findall(f".//{SVG}a")}

    assert drawn == {"/0", *(f"/{n}" for n in range(6, MOST + 5))}
    assert "5 nodes with fewer events are left out" in svg


def test_who_has_to_do_with_each_other_stands_together() -> None:
    nodes = [Node(key, key, f"/{key}") for key in "axbycz"]
    svg = network(nodes, [Edge("a", "b", 5), Edge("b", "c", 5), Edge("x", "y"), Edge("y", "z")], "t")
    order = [link.get("href") for link in fromstring(svg).findall(f".//{SVG}a")]

    assert {*order[:3]} == {"/a", "/b", "/c"}


def test_an_edge_to_nobody_is_not_drawn() -> None:
    assert "<path" not in network(TWO, [Edge("a", "nobody")], "t")


KEYS = st.sampled_from("abcdefgh")


@given(st.lists(st.builds(Edge, KEYS, KEYS, st.integers(1, 9999)), max_size=30), st.text())
def test_numbers_never_lie_on_each_other(edges: list[Edge], words: str) -> None:
    root = fromstring(network([Node(key, words + key) for key in "abcdefgh"], edges, words))
    numbers = [t for t in root.iter(f"{SVG}text") if t.get("class") == "quiet halo"]
    at = [(float(t.get("x", "")), float(t.get("y", ""))) for t in numbers]

    assert all(abs(x1 - x2) > 8 or abs(y1 - y2) > 12 for i, (x1, y1) in enumerate(at) for x2, y2 in at[:i])
