"""How well clusters of mentions agree with gold clusters: MUC, B-cubed, CEAF-e and their mean.

The definitions are those that Pradhan et al. (2014), "Scoring Coreference Partitions of Predicted
Mentions: A Reference Implementation", collect: MUC from Vilain et al. (1995), B-cubed from Bagga
and Baldwin (1998), entity-based CEAF with the similarity phi-4 from Luo (2005). Mentions are gold
ones, so both sides hold the same. `merge_*` look at pairs: of the pairs put together, the share
that belongs together, and the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

Clusters = Sequence[frozenset[str]]
Ratio = tuple[float, float]  # recall, precision


def conll(gold: Clusters, found: Clusters) -> float:
    """Return the mean F1 of MUC, B-cubed and CEAF-e (CoNLL 2012).

    >>> conll([frozenset("ab"), frozenset("c")], [frozenset("ab"), frozenset("c")])
    1.0
    """
    return sum(f1(*measure(gold, found)) for measure in (muc, b_cubed, ceaf_e)) / 3


def f1(recall: float, precision: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def muc(gold: Clusters, found: Clusters) -> Ratio:
    """Return recall and precision of links: a cluster of n needs n-1, less one for each cut."""
    return _links(gold, found), _links(found, gold)


def _links(clusters: Clusters, others: Clusters) -> float:
    where = _where(others)
    cuts = [len({where.get(m, m) for m in cluster}) for cluster in clusters]
    whole = sum(len(cluster) - 1 for cluster in clusters)
    kept = sum(len(c) - n for c, n in zip(clusters, cuts, strict=True))
    return kept / whole if whole else 0.0


def b_cubed(gold: Clusters, found: Clusters) -> Ratio:
    """Return recall and precision averaged over mentions."""
    return _mentions(gold, found), _mentions(found, gold)


def _mentions(clusters: Clusters, others: Clusters) -> float:
    where = _where(others)
    total = 0.0
    for cluster in clusters:
        shares: dict[object, int] = {}
        for mention in cluster:
            key = where.get(mention)
            shares[key] = shares.get(key, 0) + (key is not None)
        total += sum(n * n for n in shares.values()) / len(cluster)
    size = sum(len(cluster) for cluster in clusters)
    return total / size if size else 0.0


def ceaf_e(gold: Clusters, found: Clusters) -> Ratio:
    """Return recall and precision of the best one-to-one alignment of clusters, by phi-4."""
    if not gold or not found:
        return 0.0, 0.0
    best = sum(_aligned(g, f) for g, f in _islands(gold, found))
    return best / len(gold), best / len(found)


def _aligned(gold: Clusters, found: Clusters) -> float:
    gains = [[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold]
    return sum(gains[i][j] for i, j in assignment(gains))


def _islands(gold: Clusters, found: Clusters) -> Iterable[tuple[Clusters, Clusters]]:
    """Yield the parts that share no mention with each other: each is aligned on its own."""
    where, holds = _where(found), _where(gold)
    seen: set[int] = set()
    for start in range(len(gold)):
        if start in seen:
            continue
        mine, yours, waiting = set[int](), set[int](), [start]
        while waiting:
            at = waiting.pop()
            if at not in mine:
                mine.add(at)
                fresh = {where[m] for m in gold[at] if m in where} - yours
                yours |= fresh
                waiting += [holds[m] for j in fresh for m in found[j] if m in holds]
        seen |= mine
        yield [gold[i] for i in sorted(mine)], [found[j] for j in sorted(yours)]


def assignment(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return pairs of row and column with the greatest sum of gains (Kuhn 1955, Munkres 1957).

    >>> assignment([[1.0, 2.0], [2.0, 2.5]])
    [(0, 1), (1, 0)]
    """
    if not gains or not gains[0]:
        return []
    if len(gains) > len(gains[0]):
        turned = [list(column) for column in zip(*gains, strict=True)]
        return sorted((i, j) for j, i in assignment(turned))
    rows, columns = len(gains), len(gains[0])
    up, down, owner = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        _augment(row, gains, up, down, owner)
    return sorted((owner[j] - 1, j - 1) for j in range(1, columns + 1) if owner[j])


def _augment(
    row: int, gains: Sequence[Sequence[float]], up: list[float], down: list[float], owner: list[int]
) -> None:
    """Find the cheapest path that gives one more row a column; `up` and `down` are the potentials."""
    columns = len(down) - 1
    owner[0], at = row, 0
    least, back, used = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    while owner[at]:
        used[at] = True
        i = owner[at]
        for j in range(1, columns + 1):
            cost = -gains[i - 1][j - 1] - up[i] - down[j]
            if not used[j] and cost < least[j]:
                least[j], back[j] = cost, at
        following = min((j for j in range(1, columns + 1) if not used[j]), key=lambda j: least[j])
        delta = least[following]
        for j in range(columns + 1):
            if used[j]:
                up[owner[j]] += delta
                down[j] -= delta
            else:
                least[j] -= delta
        at = following
    while at:
        owner[at], at = owner[back[at]], back[at]


def pairs(gold: Clusters, found: Clusters) -> Ratio:
    """Return recall and precision of the pairs of mentions that are put together."""
    wanted, made = _together(gold), _together(found)
    both = len(wanted & made)
    return (both / len(wanted) if wanted else 0.0), (both / len(made) if made else 0.0)


def _together(clusters: Clusters) -> set[tuple[str, str]]:
    return {pair for cluster in clusters for pair in combinations(sorted(cluster), 2)}


def _where(clusters: Iterable[Collection[str]]) -> dict[str, int]:
    return {mention: n for n, cluster in enumerate(clusters) for mention in cluster}
