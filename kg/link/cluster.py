"""Puts accounts of one event together: the same clusters in whatever order they come.

Pairs are joined from the likeliest down, unless a member of one side contradicts a member of the
other, or the two sides are not alike as a whole. Only accounts that hang together by blocking
keys (or by hand) can influence each other, so what does not touch an article stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kg.link.account import Account
from kg.link.keys import keys
from kg.link.score import Score, score
from kg.link.weights import FLOOR

Pair = tuple[str, str]
BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports that were joined, `one` sorting before `other`, and why."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """The reports of one event, sorted, and the links that put them together."""

    reports: tuple[str, ...]
    links: tuple[Link, ...] = ()


def cluster(
    accounts: Iterable[Account], together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> tuple[Cluster, ...]:
    """Return the clusters, sorted; each account is in one.

    `together` and `apart` are pairs of reports that somebody decided on: they win over any score, and
    `apart` over `together`. Pairs with a report that is not among the accounts are passed over.
    """
    known = {account.report: account for account in sorted(accounts, key=lambda a: a.report)}
    joined, split = _decided(together, known), frozenset(_decided(apart, known))
    state = _State(known, split, {report: frozenset({report}) for report in known})
    for one, other in joined:
        if state.allows(one, other, by_hand=True):
            state.join(Link(one, other, 1.0, (BY_HAND,), BY_HAND))
    for link in _links(known):
        if state.allows(link.one, link.other):
            state.join(link)
    return state.clusters()


def components(accounts: Iterable[Account], together: Iterable[Pair] = ()) -> tuple[tuple[str, ...], ...]:
    """Return the reports that hang together by blocking keys or by hand; each may be clustered alone."""
    known = {account.report: account for account in accounts}
    state = _State(known, frozenset(), {report: frozenset({report}) for report in known})
    for one, other in (*_candidates(known), *_decided(together, known)):
        state.join(Link(one, other, 0.0, (), ""))
    return tuple(found.reports for found in state.clusters())


def _decided(pairs: Iterable[Pair], known: Mapping[str, Account]) -> list[Pair]:
    ordered = {(min(pair), max(pair)) for pair in pairs}
    return sorted(pair for pair in ordered if pair[0] != pair[1] and set(pair) <= known.keys())


def _candidates(known: Mapping[str, Account]) -> Iterator[Pair]:
    """Yield each pair of reports that share a key, once, in order."""
    blocks: dict[str, list[str]] = {}
    for report in sorted(known):
        for key in keys(known[report]):
            blocks.setdefault(key, []).append(report)
    yield from sorted({pair for block in blocks.values() for pair in combinations(block, 2)})


def _links(known: Mapping[str, Account]) -> list[Link]:
    """Return the links that scores propose, the likeliest first."""
    found = []
    for one, other in _candidates(known):
        made = score(known[one], known[other])
        if made.linked:
            found.append(Link(one, other, made.value, made.reasons, made.rule))
    return sorted(found, key=lambda link: (-link.score, link.one, link.other))


@dataclass(slots=True)
class _State:
    """Which reports are together so far."""

    known: Mapping[str, Account]
    apart: frozenset[Pair]
    groups: dict[str, frozenset[str]]
    links: list[Link] = field(default_factory=list)
    scores: dict[Pair, Score] = field(default_factory=dict)

    def allows(self, one: str, other: str, *, by_hand: bool = False) -> bool:
        """Tell whether the groups of two reports may become one."""
        if self.groups[one] is self.groups[other]:
            return False
        pairs = [(min(a, b), max(a, b)) for a in self.groups[one] for b in self.groups[other]]
        if any(pair in self.apart for pair in pairs):
            return False
        return by_hand or self.alike(pairs)

    def alike(self, pairs: list[Pair]) -> bool:
        scores = [self.compared(pair) for pair in pairs if not any(self.known[r].bare for r in pair)]
        return not any(s.vetoes for s in scores) and sum(s.value for s in scores) >= FLOOR * len(scores)

    def compared(self, pair: Pair) -> Score:
        if pair not in self.scores:
            self.scores[pair] = score(self.known[pair[0]], self.known[pair[1]])
        return self.scores[pair]

    def join(self, link: Link) -> None:
        whole = self.groups[link.one] | self.groups[link.other]
        self.groups.update(dict.fromkeys(whole, whole))
        self.links.append(link)

    def clusters(self) -> tuple[Cluster, ...]:
        whole = {min(group): group for group in self.groups.values()}
        inside: dict[str, list[Link]] = {}
        for link in self.links:
            inside.setdefault(min(self.groups[link.one]), []).append(link)
        return tuple(
            Cluster(tuple(sorted(group)), tuple(inside.get(first, ())))
            for first, group in sorted(whole.items())
        )
