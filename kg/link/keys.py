"""Blocking keys: accounts without a common key are never compared.

Typed accounts: the widest class with somebody who takes part, or a place, and a stretch of time:
the fortnights of the time told, or of the week that ends with publication. Whoever reaches back over an
edge is in both fortnights, so nothing is lost there. Accounts without a type: what their trigger may mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.link.account import Account, Bounds, span
from kg.link.measures import WEEK

FORTNIGHT: Final = 14


def keys(account: Account) -> frozenset[str]:
    """Return the keys of an account; two that share none are never linked."""
    if not account.kinds:
        return account.senses
    family = account.family
    anchors = account.fillers() | account.places
    times = list(_times(account))
    between = {f"{family} {anchor} {time}" for anchor in anchors for time in times}
    return frozenset({*between, f"{family} in {account.article}"})


def _times(account: Account) -> Iterator[str]:
    if account.dated:
        yield from (f"on {n}" for n in _fortnights((account.first, account.last), 0))
    if span(*account.published) <= WEEK:
        yield from (f"told {n}" for n in _fortnights(account.published, WEEK))


def _fortnights(bounds: Bounds, slack: int) -> range:
    first, last = bounds
    assert first and last
    return range((first.toordinal() - slack) // FORTNIGHT, last.toordinal() // FORTNIGHT + 1)
