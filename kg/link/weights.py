"""What each agreement is worth, by rule, and from which sum on two accounts are linked.

`articles`, `article` and `noun` were set by hand for precision; `words` was tuned on half of
MEANTIME's articles (docs/decisions/0007-linking.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TYPED: Final = {
    "same type": 0.20,
    "narrower type": 0.15,
    "same word": 0.05,
    "same agent": 0.15,
    "like agent": 0.08,
    "same target": 0.20,
    "like target": 0.10,
    "shared participant": 0.15,
    "same place": 0.15,
    "wider place": 0.10,
    "same day": 0.25,
    "time overlaps": 0.10,
    "same count": 0.10,
    "like articles": 0.25,
    "like sentences": 0.15,
}
WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = {
    "articles": _TYPED,
    "article": _TYPED,
    "noun": {"same type": 0.45, "same word": 0.15, "definite noun": 0.25, "near": 0.15},
    "words": {"same word": 0.2, "same meaning": 0.4, "like articles": 0.25, "like sentences": 0.15},
}
THRESHOLDS: Final[Mapping[str, float]] = {"articles": 0.6, "article": 0.8, "noun": 0.7, "words": 0.7}
FLOOR: Final = 0.5  # of the mean score between the members of two clusters that are to be merged
