"""Decides in a store's index which report is of which event, and what each event is called.

Only the reports that can be of one event with those of the article that comes or goes are looked
at. Who is together follows from the set of live articles and the decisions by hand, not from the
order in which they came. Names do follow the order: the oldest name that reports of an event have
borne stays, and the others lead to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from kg.index import Index, Known
from kg.link.account import Account
from kg.link.cluster import Cluster, Link, cluster
from kg.link.keys import keys
from kg.link.score import score
from kg.values import decode, encode

Group = tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report that comes in: its account, the name it would mint, and the one its article gives.

    Reports of one article with the same `told` are of one event by the article's own words.
    """

    account: Account
    own: str
    told: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What linking decided: events by report, names that lead on to others, and the links.

    `events` are those that a report came to or left; `links` are all that hold between the reports.
    """

    reports: dict[str, str]
    links: tuple[Link, ...]
    aliases: dict[str, str]
    events: frozenset[str]


def arrive(index: Index, graph: str, start: int, arrivals: Iterable[Arrival]) -> None:
    """Put an article's reports into the index, with the pairs that may be of one event."""
    given = tuple(arrivals)
    for each in given:
        account = each.account
        known = Known(
            account.report,
            graph,
            start,
            account.position,
            _written(account),
            each.own,
            each.told,
            each.own,
            each.own,
        )
        index.add(known, keys(account))
    for each in given:
        for other in sorted(index.sharing(keys(each.account)) - {each.account.report}):
            if score(each.account, _account(index, other)).linked:
                index.connect(each.account.report, other)
    for one, two in combinations(given, 2):
        if one.told == two.told:
            index.connect(one.account.report, two.account.report)


def settle(index: Index, seeds: Iterable[str]) -> Settled:
    """Decide anew for the reports that hang together with these, and write it into the index."""
    members = _component(index, seeds)
    clusters = _clusters(index, members)
    groups = _sharing_names(
        index, [tuple(known for known in members if known.report in c.reports) for c in clusters]
    )
    names = _names(index, groups)
    reports: dict[str, str] = {}
    aliases: dict[str, str] = {}
    events: set[str] = set()
    for group, name in zip(groups, names, strict=True):
        for known in group:
            reports[known.report] = name
            events |= {known.event, name}
            index.rename(known.report, event=name)
            if known.carried not in names:
                aliases[known.carried] = name
    links = tuple(link for c in clusters for link in c.links)
    return Settled(reports, links, aliases, frozenset(events))


def carry(index: Index, reports: Iterable[str]) -> dict[str, str]:
    """Let new reports carry the name of their event from now on; return those that are not their own."""
    found: dict[str, str] = {}
    for report in sorted(reports):
        known = index.known(report)
        if known is not None:
            index.rename(report, carried=known.event)
            if known.event != known.own:
                found[report] = known.event
    return found


def touched(index: Index, graph: str) -> frozenset[str]:
    """Return the reports of other articles whose event or name may change when an article goes."""
    found: set[str] = set()
    own = index.reports(graph=graph)
    for known in own:
        found |= index.neighbours(known.report)
        found |= {other.report for name in (known.carried, known.own) for other in index.naming(name)}
    return frozenset(found - {known.report for known in own})


def _written(account: Account) -> str:
    return json.dumps(encode(account), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=512)
def _read(text: str) -> Account:
    return decode(Account, json.loads(text))


def _account(index: Index, report: str) -> Account:
    known = index.known(report)
    assert known is not None  # keys and reports go together
    return _read(known.account)


def _component(index: Index, seeds: Iterable[str]) -> list[Known]:
    """Return all live reports that hang together with some, the oldest first."""
    found: dict[str, Known] = {}
    waiting = set(seeds)
    while waiting:
        report = waiting.pop()
        known = index.known(report)
        if known is not None and report not in found:
            found[report] = known
            waiting |= index.neighbours(report) - found.keys()
    return sorted(found.values(), key=lambda known: known.age)


def _clusters(index: Index, members: list[Known]) -> list[Cluster]:
    reports = [known.report for known in members]
    told = [(one.report, other.report) for one, other in combinations(members, 2) if _told_as_one(one, other)]
    by_hand = index.decided(reports, apart=False)
    apart = index.decided(reports, apart=True)
    found = cluster((_read(known.account) for known in members), (*by_hand, *told), apart)
    return [replace(c, links=tuple(_explained(link, told, by_hand) for link in c.links)) for c in found]


def _told_as_one(one: Known, other: Known) -> bool:
    return (one.graph, one.told) == (other.graph, other.told)


def _explained(link: Link, told: list[tuple[str, str]], by_hand: tuple[tuple[str, str], ...]) -> Link:
    """Say of what the article itself tells twice that no hand joined it."""
    pair = (link.one, link.other)
    if pair in by_hand or not {pair, pair[::-1]} & set(told):
        return link
    return replace(link, reasons=("told twice in one article",), rule="headline")


def _sharing_names(index: Index, groups: list[Group]) -> list[Group]:
    """Add the events that may lose or win a name by what became of these."""
    found = list(groups)
    inside = {known.report for group in groups for known in group}
    waiting = [known for group in groups for known in group]
    while waiting:
        known = waiting.pop()
        for other in (*index.naming(known.carried), *index.naming(known.own)):
            if other.report not in inside:
                group = index.of_event(other.event)
                inside |= {each.report for each in group}
                found.append(group)
                waiting.extend(group)
    return found


def _names(index: Index, groups: list[Group]) -> list[str]:
    """Return each group's name: the oldest that it has the best right to."""
    wanted = {name for group in groups for known in group for name in (known.carried, known.own)}
    best: dict[int, tuple[tuple[int, int], str]] = {}
    for name in sorted(wanted):
        number = min(_claims(groups, name))[-1]
        age = index.minted(name)
        best[number] = min(best.get(number, (age, name)), (age, name))
    return [best[number][1] for number in range(len(groups))]


def _claims(groups: list[Group], name: str) -> Iterator[tuple[bool, tuple[int, int, str], int]]:
    """Yield which groups may have a name: first whoever minted it, then by who bears it longest."""
    for number, group in enumerate(groups):
        for known in group:
            if name in (known.own, known.carried):
                yield known.own != name, known.age, number
