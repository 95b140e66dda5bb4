"""Applies a rule for one day to a window of days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kg.model import Window
from kg.timex import edtf

Rule = Callable[[date], Window | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A window, or None, and what it was counted from, in words."""

    window: Window | None
    anchors: tuple[str, ...]


def nothing(*why: str) -> Found:
    """Return no window, with the reason."""
    return Found(None, tuple(dict.fromkeys(why)))


def spread(anchor: Window | None, rule: Rule, name: str) -> Found:
    """Return all that a monotone rule allows over the days of an anchor.

    An anchor of one day keeps the precision of the rule; an open end stays open.
    """
    if anchor is None:
        return nothing(f"{name} is not known")
    first = None if anchor.earliest is None else rule(anchor.earliest)
    last = None if anchor.latest is None else rule(anchor.latest)
    chain = (f"{name} {anchor.edtf}",)
    if first is not None and first == last:
        return Found(first, chain)
    start = None if first is None else first.earliest
    return Found(edtf.one_of(start, None if last is None else last.latest), chain)
