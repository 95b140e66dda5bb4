"""A network: its nodes in one column, so that each can be read; who acts on whom as arcs beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.picture.boxes import Box, first_free
from kg.picture.drawing import SMALL, cut, link, number, picture, safe, width
from kg.words import counted

MOST: Final = 60  # nodes that are drawn
_WIDE: Final = 360
_ROW: Final = 30
_LABELS: Final = 170  # pixels that names have
_AXIS: Final = 186  # where nodes stand
_LEAST: Final = 16.0  # how far arcs reach out from there
_REACH: Final = 140.0
_APART: Final = 5  # pixels between where arcs leave a node and where they arrive
_NAMED: Final = 8  # others that a node's description names


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in a network, known by a key, with a name and the address of a page."""

    key: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """How often a node, by its key, acts on another one."""

    source: str
    target: str
    count: int = 1


def network(nodes: Iterable[Node], edges: Iterable[Edge], title: str) -> str:
    """Return a network as SVG: arcs run from who acts to the arrow at whom it is done to.

    Of more than 60 nodes those with most events are drawn, and the description says how many are not.
    """
    known = {node.key: node for node in nodes}
    given = [edge for edge in edges if edge.source in known and edge.target in known]
    weight = _weights(known, given)
    kept = sorted(known, key=lambda key: (-weight[key], known[key].label, key))[:MOST]
    drawn = [edge for edge in given if edge.source in kept and edge.target in kept]
    order = _order(kept, drawn)
    about = f"{counted(len(order), 'node')} and {counted(len(drawn), 'arc')}; numbers count events."
    if len(known) > len(kept):
        about += f" {counted(len(known) - len(kept), 'node')} with fewer events are left out."
    rows = "".join(_node(known[key], place, drawn, known) for place, key in enumerate(order))
    height = _ROW * len(order) + 8
    body = f'<g aria-hidden="true">{_arcs(drawn, order)}</g><g role="list">{rows}</g>'
    frame = f'viewBox="0 0 {_WIDE} {height}" width="{_WIDE}" height="{height}"'
    return picture(title, about, f'{frame} style="width:100%;max-width:30rem;height:auto"', body)


def _weights(known: Mapping[str, Node], edges: Sequence[Edge]) -> dict[str, int]:
    found = dict.fromkeys(known, 0)
    for edge in edges:
        for key in {edge.source, edge.target}:
            found[key] += edge.count
    return found


def _order(keys: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """Put who has to do with each other close together: breadth first, from the busiest."""
    near: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    rank = {key: place for place, key in enumerate(keys)}
    found: dict[str, None] = {}
    for key in keys:
        waiting = [key]
        while waiting:
            now = waiting.pop(0)
            if now not in found:
                found[now] = None
                waiting += sorted(near[now], key=rank.__getitem__)
    return list(found)


def _node(node: Node, place: int, edges: Sequence[Edge], known: Mapping[str, Node]) -> str:
    y = _middle(place)
    out = _others(((edge.target, edge.count) for edge in edges if edge.source == node.key), known)
    into = _others(((edge.source, edge.count) for edge in edges if edge.target == node.key), known)
    parts = (node.label, f"acts on {out}" if out else "", f"acted on by {into}" if into else "")
    said = "; ".join(filter(None, parts))
    name = safe(cut(node.label, _LABELS))
    inner = (
        f'<rect class="area" x="0" y="{number(y - _ROW / 2 + 2)}" width="{_AXIS + 8}" height="{_ROW - 4}"/>'
        f'<circle class="full" cx="{_AXIS}" cy="{number(y)}" r="5"/>'
        f'<text text-anchor="end" x="{_AXIS - 12}" y="{number(y + 5)}">{name}</text>'
    )
    return f'<g role="listitem">{link(node.href, said, inner)}</g>'


def _others(found: Iterable[tuple[str, int]], known: Mapping[str, Node]) -> str:
    rows = [f"{known[key].label} ({count})" for key, count in found]
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return ", ".join(rows[:_NAMED]) + more


def _arcs(edges: Sequence[Edge], order: Sequence[str]) -> str:
    """Draw arcs and arrows, then the counts where nothing else is."""
    rank = {key: place for place, key in enumerate(order)}
    most = max((edge.count for edge in edges), default=1)
    far = max((abs(rank[e.source] - rank[e.target]) for e in edges), default=1) or 1
    lines, counts = [], []
    taken: list[Box] = []
    whole = Box(_AXIS, 0, _WIDE, _ROW * len(order) + 8)
    for edge in edges:
        start, end = rank[edge.source], rank[edge.target]
        reach = _LEAST + (_REACH - _LEAST) * abs(start - end) / far
        reach *= 0.8 if start > end else 1
        from_y, to_y = _middle(start) - _APART, _middle(end) + _APART
        bend = number(_AXIS + reach * 4 / 3)
        thick = number(1 + 3 * edge.count / most)
        lines.append(
            f'<path class="mark" stroke-width="{thick}" d="M{_AXIS + 6} {number(from_y)}'
            f'C{bend} {number(from_y)} {bend} {number(to_y)} {_AXIS + 12} {number(to_y)}"/>'
            f'<path class="full" d="M{_AXIS + 5} {number(to_y)}l9 -4v8z"/>'
        )
        if placed := _count(edge.count, (reach, from_y, to_y), taken, whole):
            taken.append(placed[0])
            counts.append(placed[1])
    return "".join(lines + counts)


def _count(
    count: int, arc: tuple[float, float, float], taken: Sequence[Box], whole: Box
) -> tuple[Box, str] | None:
    """Write a number on an arc, in its middle or beside that, or nowhere."""
    reach, from_y, to_y = arc
    half = width(str(count), SMALL) / 2 + 1
    points = []
    for part in (0.5, 0.35, 0.65, 0.25, 0.75):
        bow = 4 * part * (1 - part)
        ease = part * part * (3 - 2 * part)
        points.append((_AXIS + reach * bow + 3, from_y + (to_y - from_y) * ease))
    boxes = [Box(x - half, y - 7, x + half, y + 7) for x, y in points]
    place = first_free(boxes, taken, whole)
    if place is None:
        return None
    x, y = points[place]
    text = f'<text class="quiet halo" text-anchor="middle" x="{number(x)}" y="{number(y + 4)}">{count}</text>'
    return boxes[place], text


def _middle(place: int) -> float:
    return _ROW * place + _ROW / 2 + 4
