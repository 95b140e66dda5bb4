"""How alike two accounts are in one respect, and whether they contradict each other in it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from kg.link.account import WORD, Account, Bounds, span

WEEK: Final = 7
NEXT: Final = 1  # days that reports of what befell one and the same may differ by: a desk's slip


def likeness(one: Set[str], other: Set[str]) -> float:
    """Return the share of the smaller set that both have; 0 where one is empty.

    >>> likeness({"a", "b"}, {"b", "c", "d"})
    0.5
    """
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def dice(one: Set[str], other: Set[str]) -> float:
    """Return twice what both have over what they have together.

    >>> dice({"a", "b"}, {"b", "c"})
    0.5
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def overlap(one: Bounds, other: Bounds, slack: int = 0) -> bool:
    """Tell whether two times may share a day, or lie at most `slack` days apart; true if unbounded."""
    return not any(
        end and start and (start - end).days > slack
        for end, start in ((one[1], other[0]), (other[1], one[0]))
    )


def same_week(one: Account, other: Account) -> bool:
    """Tell whether both articles are known to be published within a week of each other."""
    known = all(span(*account.published) <= WEEK for account in (one, other))
    return known and overlap(one.published, other.published, WEEK)


def close(one: Account, other: Account) -> bool:
    """Tell whether both tell of a time known to a month, the same, or were published in one week."""
    timed = one.dated and other.dated and overlap((one.first, one.last), (other.first, other.last))
    return timed or same_week(one, other) or one.article == other.article


def known(keys: Set[str]) -> frozenset[str]:
    """Return the keys of those who are known, rather than described by a word."""
    return frozenset(key for key in keys if not key.startswith(WORD))


def bare(keys: Set[str]) -> frozenset[str]:
    """Return keys without regard to whether they name or describe somebody: taggers often err there."""
    return frozenset(key.removeprefix(WORD) for key in keys)


def vetoes(one: Account, other: Account) -> Iterator[str]:
    """Yield, in words, what two accounts of one event could not both say.

    Of accounts without a type only the words of those who take part are known, which forbid nothing.
    """
    if one.kinds and other.kinds and not set(one.kinds) & set(other.kinds):
        yield "other kind of event"
    slack = NEXT if known(one.fillers("target") & other.fillers("target")) else 0
    if not overlap((one.first, one.last), (other.first, other.last), slack):
        yield "other day"
    here, there = known(one.places), known(other.places)
    if here and there and not (here <= there or there <= here):
        yield "other place"
    for role in ("agent", "target") if one.kinds and other.kinds else ():
        mine, yours = known(one.fillers(role)), known(other.fillers(role))
        if mine and yours and not mine & yours:
            yield f"other {role}"


def counts_agree(one: Account, other: Account) -> bool:
    """Tell whether they count the same people alike."""
    return any(
        kind == kind2 and (least or 0) <= _most(most2) and (least2 or 0) <= _most(most)
        for kind, least, most in one.counts
        for kind2, least2, most2 in other.counts
    )


def _most(most: int | None) -> float:
    return float("inf") if most is None else most
