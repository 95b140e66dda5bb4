"""Published figures of other systems, printed beside kg's own.

They were measured on the same kind of text, not on the same texts: docs/bench.md says on which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """Another system, with its figures by kg's names for them."""

    name: str
    figures: Mapping[str, float]


PEERS = {
    "plover-gsr": Peer(
        "UniversalPetrarch", {"type_f1": 0.47, "source_r": 0.63, "target_r": 0.62, "all_right": 0.35}
    ),
    "petrarch2": Peer("PETRARCH", {"exact_f1": 0.68}),
    "meantime": Peer(
        "HeidelTime", {"timex_value_f1": 0.79, "timex_strict_f1": 0.83, "timex_relaxed_f1": 0.87}
    ),
}


def card(figures: Mapping[str, float | int], bench: str = "") -> Iterator[str]:
    """Yield a line for each figure, with the peer's where one is published.

    >>> list(card({"exact_f1": 0.5}, "petrarch2"))
    ['exact_f1                       0.5   (PETRARCH 0.68)']
    """
    peer = PEERS.get(bench, Peer("", {}))
    for name, value in figures.items():
        other = f"   ({peer.name} {peer.figures[name]})" if name in peer.figures else ""
        yield f"{name:30} {value}{other}"
