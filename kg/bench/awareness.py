"""How well a timeline agrees with a gold one: temporal awareness (UzZaman and Allen, 2011).

A timeline is a list of places in order, each with a date and the events that share it. It says

- for each event, that it is simultaneous with its date;
- for each two events that follow each other, that they are simultaneous (one place) or that the
  first is before the second.

These relations are the reduced graph: none follows from the others. Precision is the share of them
that the closure of the gold graph holds, recall the share of gold's that the closure of the
predicted graph holds. Events at place 0, which nobody could order, say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a timeline: its place (from 1; 0 where it has none), date, and mentions."""

    place: int
    date: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of relations: predicted and right, gold and found."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """The share of predicted relations that are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold relations that are found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def agreement(gold: Iterable[Entry], found: Iterable[Entry], *, dates: bool = True) -> Agreement:
    """Compare two timelines; without `dates` only the order of events counts (subtrack A).

    A predicted event is the gold event that has one of its mentions, the first that claims it.
    """
    wanted = _ordered(gold)
    known = {mention: f"gold {n}" for n, entry in enumerate(wanted) for mention in entry.mentions}
    names = [f"gold {n}" for n in range(len(wanted))]
    made = _ordered(found)
    given = _named(made, known)
    one, other = _places(names, wanted), _places(given, made)
    right, hits = _kept(given, other, one), _kept(names, one, other)
    total, whole = max(len(made) - 1, 0), max(len(wanted) - 1, 0)
    if dates:
        mine = {(name, entry.date) for name, entry in zip(given, made, strict=True) if exact(entry.date)}
        yours = {(name, entry.date) for name, entry in zip(names, wanted, strict=True) if exact(entry.date)}
        shared = len(mine & yours)
        right, hits, total, whole = right + shared, hits + shared, total + len(mine), whole + len(yours)
    return Agreement(right, total, hits, whole)


def exact(date: str) -> bool:
    """Tell whether a date says anything: some task files write a letter where a digit is not known."""
    return date[:4].isdecimal()


def _ordered(entries: Iterable[Entry]) -> list[Entry]:
    return sorted((e for e in entries if e.place > 0), key=lambda e: e.place)


def _named(entries: Sequence[Entry], known: dict[str, str]) -> list[str]:
    """Name each predicted event after the gold event that it is, or after itself."""
    names: list[str] = []
    for n, entry in enumerate(entries):
        gold = next((known[m] for m in entry.mentions if m in known and known[m] not in names), None)
        names.append(gold or f"predicted {n}")
    return names


def _places(names: Sequence[str], entries: Sequence[Entry]) -> dict[str, int]:
    return {name: entry.place for name, entry in zip(names, entries, strict=True)}


def _kept(names: Sequence[str], mine: dict[str, int], yours: dict[str, int]) -> int:
    """Count the relations between neighbours that the other timeline's closure holds too."""
    pairs = pairwise(names)
    both = ((a, b) for a, b in pairs if a in yours and b in yours)
    return sum((mine[a] < mine[b]) == (yours[a] < yours[b]) and yours[a] <= yours[b] for a, b in both)
