"""What linking needs to know of one article's account of one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WORD = "~"  # begins the key of somebody who is described but not known: "~gunman"
STEM = "stem:"  # begins a sense that words of one stem share: "stem:resign"
DAY = 1
Bounds = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Account:
    """One article's account of one event; what is not known stays empty.

    `kinds` are the class and those above it, narrowest first, without Event. `senses` are what the
    trigger may mean, shared by words of one stem or one meaning (`kg.link.kin`). A role has as
    keys its filler and what that stands or acts for; the key of somebody unknown is `~` and the
    head word. `places` are the place and what it lies within. Dates are the first and last day
    that the text allows. `story` holds the names and words that the article is about, or what
    stands for it; `position` counts code points. A trigger is `definite` as in "the raid", `vague` where it
    tells too little to be known again, as "said" and "had".
    """

    report: str
    article: str = ""
    type: str = ""
    kinds: tuple[str, ...] = ()
    trigger: str = ""
    senses: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    roles: frozenset[tuple[str, str]] = frozenset()
    places: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    published: Bounds = (None, None)
    counts: tuple[tuple[str, int | None, int | None], ...] = ()
    factuality: str = ""
    story: frozenset[str] = frozenset()
    position: int = 0
    definite: bool = False
    noun: bool = False
    headline: bool = False
    vague: bool = False

    @property
    def family(self) -> str:
        """The widest class that it belongs to, empty where its type is not known."""
        return self.kinds[-1] if self.kinds else ""

    @property
    def dated(self) -> bool:
        """Whether the time is told to a month or so."""
        return span(self.first, self.last) <= 31

    @property
    def bare(self) -> bool:
        """Whether it names nobody, no place and no number: what a noun says that only takes up an event."""
        return bool(self.kinds) and not (self.roles or self.places or self.counts)

    def fillers(self, *roles: str) -> frozenset[str]:
        """Return the keys of those who fill one of the roles; of any role where none is named."""
        return frozenset(key for role, key in self.roles if not roles or role in roles)


def span(first: date | None, last: date | None) -> int:
    """Return how many days a time may lie in, a great number where a bound is missing.

    >>> span(date(2024, 5, 3), date(2024, 5, 4)), span(None, None) > 1000
    (2, True)
    """
    return (last - first).days + DAY if first and last else 1_000_000
