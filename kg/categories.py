"""How likely each PLOVER category is, from the words around a trigger: a second opinion on phrases.

A maximum-entropy classifier (multinomial logistic regression). Its weights lie in
`ontology/categories.tsv`, learnt from labelled sentences by `benchmarks/categories.py`; features are
made by `kg.extract.likely`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import OntologyError

NONE = "NONE"  # what looks like an event and is none
ALWAYS = "always"  # the feature that everything has


@dataclass(frozen=True, slots=True)
class Categories:
    """The weights of each feature by the place of a category; what has no weight counts nothing."""

    names: tuple[str, ...] = ()
    weights: Mapping[str, tuple[tuple[int, float], ...]] = field(default_factory=dict)

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Return the probability of each category; together they are 1."""
        sums = [0.0 for _ in self.names]
        for feature in (ALWAYS, *sorted(features)):
            for place, weight in self.weights.get(feature, ()):
                sums[place] += weight
        powers = [math.exp(each - max(sums)) for each in sums]
        return {name: power / sum(powers) for name, power in zip(self.names, powers, strict=True)}


def load_categories(path: Path) -> Categories:
    """Read weights: a line of names, then one for each feature, with `NAME=weight` where it has one.

    Raises OntologyError for any other file.
    """
    try:
        text = path.read_text(encoding="utf-8")
        lines = [row.split("\t") for row in text.splitlines() if row[:1] != "#"]
        (_, *names), *rows = lines
        place = {name: number for number, name in enumerate(names)}
        return Categories(tuple(names), {feature: tuple(_weights(row, place)) for feature, *row in rows})
    except (ValueError, KeyError) as error:
        hint = "benchmarks/categories.py writes such a table"
        raise OntologyError(f"{path}: no weights of categories: {error}; {hint}") from error


def _weights(row: Iterable[str], place: Mapping[str, int]) -> Iterator[tuple[int, float]]:
    for each in row:
        name, _, weight = each.partition("=")
        yield place[name], float(weight)
