"""Keeps words in a picture apart: what would lie on something else is not placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its sides, in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes share a point."""
        apart = self.right < other.left or other.right < self.left
        return not (apart or self.bottom < other.top or other.bottom < self.top)

    def inside(self, other: Box) -> bool:
        """Tell whether the whole box lies in another one."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


def first_free(wanted: Sequence[Box], taken: Iterable[Box], within: Box) -> int | None:
    """Return the place of the first box that meets none of those taken, or None."""
    known = list(taken)
    for place, box in enumerate(wanted):
        if box.inside(within) and not any(box.meets(other) for other in known):
            return place
    return None
