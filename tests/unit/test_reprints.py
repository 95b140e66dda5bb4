"""Which texts are near-copies of each other, and how the index finds them."""

from __future__ import annotations

import pytest

from kg.index import Held, Index
from kg.reprints import alike, shingles, sketch

WORDS = [f"word{number}" for number in range(100)]


def text(first: int, last: int) -> frozenset[str]:
    return shingles(" ".join(WORDS[first:last]))


@pytest.mark.parametrize(
    ("one", "other", "copies"),
    [
        ((0, 100), (0, 100), True),
        ((0, 60), (0, 100), True),
        ((0, 45), (0, 100), False),  # all of the shorter, but the longer has more than twice as much
        ((0, 60), (20, 80), False),
        ((0, 20), (0, 20), False),  # too short to tell
    ],
)
def test_a_copy_has_most_of_a_text_and_is_not_much_longer(
    one: tuple[int, int], other: tuple[int, int], copies: bool
) -> None:
    assert alike(text(*one), text(*other)) is copies
    assert alike(text(*other), text(*one)) is copies


@pytest.mark.parametrize(("others", "found"), [(1, 1), (64, 64), (65, 0)])
def test_what_very_many_articles_share_makes_no_copies(others: int, found: int) -> None:
    index = Index.open(None)
    bands = sketch(text(0, 100))
    for number in range(others):
        index.hold(Held(f"graph/{number}", f"article/{number}", "", "", number), bands)

    assert len(index.banded(bands, "graph/new")) == found
