"""Which articles tell the same story: groups by the names and words that few others have.

A function of the set of articles: their order does not matter. What most articles share says
little of a story, so a word counts by how rare it is in the set (tf-idf), and the two groups that
are most alike on average are joined until none are alike enough. Only articles of the same shelf
may be of one story; how rare a word is, is counted over all shelves.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Final

ALIKE: Final = 0.16  # mean cosine of two groups from which on they are one story

Vector = dict[str, float]


def stories(
    articles: Mapping[str, Mapping[str, int]], shelves: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return, for each article, the first article of its story; words come with their numbers."""
    vectors = _vectors(articles)
    shelved: dict[str, list[str]] = {}
    for name in sorted(articles):
        shelved.setdefault(shelves[name] if shelves else "", []).append(name)
    found: dict[str, str] = {}
    for names in shelved.values():
        found |= _joined(names, vectors)
    return found


def _vectors(articles: Mapping[str, Mapping[str, int]]) -> dict[str, Vector]:
    """Return unit vectors; a word that one article alone has cannot be shared, and is left out."""
    held = Counter(word for words in articles.values() for word in words)
    rare = {word: math.log(len(articles) / n) for word, n in held.items() if 1 < n < len(articles)}
    if not rare:  # two articles share all that they can share
        rare = {word: 1.0 for word, n in held.items() if n > 1}
    found = {}
    for name, words in articles.items():
        plain = {w: (1 + math.log(n)) * rare[w] for w, n in sorted(words.items()) if w in rare}
        length = math.sqrt(math.fsum(x * x for x in plain.values())) or 1.0
        found[name] = {word: x / length for word, x in plain.items()}
    return found


def _joined(names: list[str], vectors: Mapping[str, Vector]) -> dict[str, str]:
    """Join the two groups that are most alike on average, again and again (sums of similarities)."""
    sums = {(a, b): _product(vectors[a], vectors[b]) for a in names for b in names if a < b}
    groups = {name: [name] for name in names}
    while sums:
        one, other = min(sums, key=lambda pair: (-_mean(sums[pair], groups, pair), pair))
        if _mean(sums[one, other], groups, (one, other)) < ALIKE:
            break
        groups[one] += groups.pop(other)
        del sums[one, other]
        for third in groups:
            if third != one:
                gone = sums.pop((min(third, other), max(third, other)))
                sums[min(third, one), max(third, one)] += gone
    return {name: first for first, group in groups.items() for name in group}


def _mean(total: float, groups: Mapping[str, list[str]], pair: tuple[str, str]) -> float:
    return round(total / (len(groups[pair[0]]) * len(groups[pair[1]])), 9)


def _product(one: Vector, other: Vector) -> float:
    less, more = (one, other) if len(one) <= len(other) else (other, one)
    return math.fsum(x * more[word] for word, x in less.items() if word in more)
