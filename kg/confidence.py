"""How sure an event is, from what is known when it is extracted: weights fitted to coded sentences.

The probability that the text says so: the logistic function of the sum of the weights of an event's
features. The weights lie in `ontology/lexicon-confidence.ttl`, written by
`benchmarks/calibration.py`; what has no weight there counts nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import OntologyError
from kg.lexicon import LEX, local
from kg.turtle import RDF_TYPE, Facts

UNFITTED = 0.9  # of an event, where no weights are known


@dataclass(frozen=True, slots=True)
class Confidence:
    """Weights by feature, and how often a filler of a right event is right, by role and basis."""

    weights: Mapping[str, float] = field(default_factory=dict)
    fillers: Mapping[str, float] = field(default_factory=dict)

    def event(self, features: Iterable[str]) -> float:
        """Return the probability that an event with these features is of its type."""
        if not self.weights:
            return UNFITTED
        return logistic(sum(self.weights.get(each, 0.0) for each in ("always", *features)))

    def filler(self, role: str, basis: str, otherwise: float) -> float:
        """Return the probability that a filler is right if its event is."""
        return self.fillers.get(f"{role} {basis}", otherwise)


def logistic(score: float) -> float:
    """Return the probability of a score, to three digits.

    >>> logistic(0), logistic(3)
    (0.5, 0.953)
    """
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 3)


def load_confidence(facts: Facts) -> Confidence:
    """Read weights and rates; raises OntologyError for a value that is no number."""
    return Confidence(_numbers(facts, "Weight"), _numbers(facts, "FillerRate"))


def _numbers(facts: Facts, kind: str) -> dict[str, float]:
    found = {}
    for subject in facts.of:
        if LEX + kind in facts.texts(subject, RDF_TYPE):
            given = facts.text(subject, LEX + "value") or ""
            try:
                found[facts.text(subject, LEX + "of") or ""] = float(given)
            except ValueError as error:
                place = f"{facts.source[subject]}: lex:{local(subject)}"
                raise OntologyError(f"{place}: lex:value {given!r} is no number") from error
    return found
