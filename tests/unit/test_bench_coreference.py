"""The measures of coreference, on examples worked by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.coreference import assignment, b_cubed, ceaf_e, conll, f1, muc, pairs

GOLD = [frozenset("abc"), frozenset("defg")]
FOUND = [frozenset("ab"), frozenset("cd"), frozenset("efg")]


def test_muc_counts_the_links_that_are_kept() -> None:
    # Gold needs 2 + 3 links; abc is cut into ab|c, defg into d|efg: 1 + 2 are kept.
    # Found has 1 + 1 + 2 links; cd is cut by the gold: 1 + 0 + 2 are kept.
    assert muc(GOLD, FOUND) == (pytest.approx(3 / 5), pytest.approx(3 / 4))


def test_b_cubed_averages_over_mentions() -> None:
    # Recall: a, b 2/3; c 1/3; d 1/4; e, f, g 3/4. Precision: a, b 1; c, d 1/2; e, f, g 1.
    recall = (2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 3 * 3 / 4) / 7

    assert b_cubed(GOLD, FOUND) == (pytest.approx(recall), pytest.approx(6 / 7))


def test_ceaf_aligns_each_cluster_once() -> None:
    # abc with ab: 4/5; defg with efg: 6/7; cd stays without partner.
    best = 4 / 5 + 6 / 7

    assert ceaf_e(GOLD, FOUND) == (pytest.approx(best / 2), pytest.approx(best / 3))


def test_pairs_are_counted_both_ways() -> None:
    assert pairs(GOLD, FOUND) == (pytest.approx(4 / 9), pytest.approx(4 / 5))


def test_conll_is_the_mean_of_three() -> None:
    three = [f1(*measure(GOLD, FOUND)) for measure in (muc, b_cubed, ceaf_e)]

    assert conll(GOLD, FOUND) == pytest.approx(sum(three) / 3)


def test_singletons_alone_have_no_links() -> None:
    assert muc(GOLD, [frozenset(m) for m in "abcdefg"]) == (0.0, 0.0)


def test_an_alignment_that_is_greedy_is_not_the_best() -> None:
    assert assignment([[0.9, 0.8], [0.8, 0.1]]) == [(0, 1), (1, 0)]


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_no_other_assignment_gains_more(rows: int, columns: int, data: st.DataObject) -> None:
    row = st.lists(st.integers(0, 9), min_size=columns, max_size=columns)
    gains = data.draw(st.lists(row, min_size=rows, max_size=rows))
    made = sum(gains[i][j] for i, j in assignment(gains))
    wide = gains if rows <= columns else [list(c) for c in zip(*gains, strict=True)]
    best = max(
        sum(wide[i][j] for i, j in enumerate(chosen))
        for chosen in permutations(range(len(wide[0])), len(wide))
    )

    assert made == best
