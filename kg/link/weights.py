"""What each agreement is worth, by rule, and from which sum on two accounts are linked.

`articles`, `article` and `noun` were set by hand for precision, the threshold of `articles` on the
corpus in `tests/corpus`; `words` was tuned on half of MEANTIME's articles
(docs/decisions/0007-linking.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TYPED: Final = {
    "same type": 0.25,
    "narrower type": 0.20,
    "same word": 0.05,
    "same agent": 0.15,
    "like agent": 0.08,
    "same target": 0.20,
    "like target": 0.10,
    "shared participant": 0.15,
    "same place": 0.20,
    "wider place": 0.10,
    "same day": 0.25,
    "time overlaps": 0.10,
    "same count": 0.10,
    "like articles": 0.30,
    "like sentences": 0.15,
}
_WORDS: Final = {
    "same word": 0.2,
    "like word": -0.12,
    "both nouns": 0.4,
    "definite noun": 0.25,
    "headline": 0.3,
    "same agent": 0.0,
    "other agent": 0.0,
    "unlike agent": 0.0,
    "same target": 0.15,
    "other target": -0.1,
    "unlike target": -0.1,
    "vague word": -0.2,
    "one sentence": -0.05,
    "other year": -0.15,
    "like sentences": 0.25,
}
_STORY: Final = {
    "same word": 0.65,
    "like word": 0.35,
    "both nouns": 0.2,
    "definite noun": 0.0,
    "headline": 0.0,
    "same agent": 0.1,
    "other agent": -0.15,
    "unlike agent": 0.0,
    "same target": 0.3,
    "other target": -0.2,
    "unlike target": -0.05,
    "vague word": -0.4,
    "one sentence": 0.0,
    "other year": -0.25,
    "like sentences": 0.3,
}
WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = {
    "articles": _TYPED,
    "article": _TYPED | {"narrower type": 0.05, "like articles": 0.0, "same word": 0.15},
    "noun": {"same type": 0.45, "same word": 0.15, "definite noun": 0.25, "near": 0.15},
    "words": _WORDS,
    "story": _STORY,
    "stories": _STORY | {"same word": 0.1, "like word": 0.0},
}
THRESHOLDS: Final[Mapping[str, float]] = {
    "articles": 0.53,
    "article": 0.75,
    "noun": 0.7,
    "words": 0.66,
    "story": 0.6,
    "stories": 0.85,
}
# Two of CORROBORATING, one of them of TELLING, must hold before two typed accounts are linked.
TELLING: Final = frozenset(
    {"same target", "like target", "same place", "wider place", "same day", "time overlaps", "same count"}
)
CORROBORATING: Final = TELLING | {"same agent", "shared participant", "like articles"}
ALIKE: Final = 0.3  # from which likeness on two articles corroborate each other
FLOOR: Final = 0.4  # of the mean score between the members of two clusters that are to be merged
