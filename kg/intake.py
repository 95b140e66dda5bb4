"""Works out what a record of the log changes in the index, and in what a store's graphs say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.accounts import Senses, accounts
from kg.index import Held
from kg.iri import Names, digest
from kg.link.cluster import Link
from kg.linking import Arrival, Settled, arrive, carry, settle, touched
from kg.records import Admitted, Joined, Judged, Loaded, Record, Retracted
from kg.reprints import alike, shingles, sketch
from kg.store import Store
from kg.terms import TYPE, decimal, kg, plain
from kg.view import Change, View, replacing

NONE = Settled({}, (), {}, frozenset())


@dataclass(frozen=True, slots=True)
class Plan:
    """What a record comes to: graphs that go, quads that come, what linking decided.

    `left` are the reports that are no more, `events` those to project again, `copies` the
    articles that are near-copies of another one, by that one's IRI.
    """

    record: Record
    gone: frozenset[str] = frozenset()
    new: frozenset[Quad] = frozenset()
    out: frozenset[Quad] = frozenset()
    settled: Settled = NONE
    left: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    copies: tuple[tuple[str, str], ...] = ()
    originals: frozenset[str] = frozenset()


def plan(store: Store, record: Record, start: int, senses: Senses) -> Plan:
    """Do a record's work in the index (not yet committed), and say what is to change in the quads.

    `start` is the byte of the log at which the record begins. The plan's record of an article has
    the names that its reports were given; where it had them already, they are kept to.
    """
    match record:
        case Admitted():
            return _admitted(store, record, start, senses)
        case Retracted(article=article):
            return _retracted(store, record, tuple(held.graph for held in store.index.held(iri=article)))
        case Joined():
            return _joined(store, record, start)
        case Judged():
            return _judged(store, record)
        case Loaded():
            gone = frozenset({record.graph}) if record.part < 2 else frozenset[str]()
            return Plan(record, gone, frozenset(_quads(record.quads)))
    return Plan(record)


def _quads(text: str) -> Iterator[Quad]:
    return parse(text.encode("utf-8"), format=RdfFormat.N_QUADS)


def _admitted(store: Store, record: Admitted, start: int, senses: Senses) -> Plan:
    index = store.index
    quads = frozenset(_quads(record.quads))
    linked = {q.subject: q for q in quads if q.predicate == kg("reportOf")}
    arrivals = [
        Arrival(
            account, _minted(store.names, account.report), plain(linked[NamedNode(account.report)].object)
        )
        for account in accounts(quads, record.text, senses)
    ]
    older = [held for held in index.held(graph=record.graph, url=record.url) if held.graph != record.graph]
    before = {known.report: known.carried for known in index.reports(graph=record.graph)}
    seeds, left, events = _leave(store, (record.graph,))
    found = shingles(record.text)
    index.hold(Held(record.graph, record.article, record.url, published(quads), start), sketch(found))
    for held in older:
        index.outdate(held.graph, record.graph)
    arrive(index, record.graph, start, arrivals)
    own = {arrival.account.report for arrival in arrivals}
    first = settle(index, own | seeds)
    names = dict(record.names) or {**carry(index, own - before.keys()), **_kept(before, own)}
    for arrival in arrivals:
        index.rename(arrival.account.report, carried=names.get(arrival.account.report, arrival.own))
    more, gone, others = _leave(store, (held.graph for held in older))
    second = settle(index, own | seeds | more)
    copies, originals = _copies(store, record.graph, found)
    return Plan(
        replace(record, names={r: n for r, n in names.items() if n != _minted(store.names, r)}),
        frozenset({record.graph, *(held.graph for held in older)}),
        quads - frozenset(linked.values()) | _dormant(store, quads),
        settled=second,
        left=(left - own) | gone,
        events=first.events | second.events | events | others,
        copies=copies,
        originals=originals,
    )


def _dormant(store: Store, quads: Iterable[Quad]) -> frozenset[Quad]:
    """Return what was decided earlier of claims that come in (again)."""
    found = (store.index.judgement(claim.value) for claim in _claims(quads))
    return frozenset(quad for text in found for quad in _quads(text))


def _kept(before: dict[str, str], own: set[str]) -> dict[str, str]:
    return {report: name for report, name in before.items() if report in own}


def _minted(names: Names, report: str) -> str:
    return names.mint("event", digest(report))


def _leave(store: Store, graphs: Iterable[str]) -> tuple[set[str], frozenset[str], frozenset[str]]:
    """Take articles out of the index; return the reports to settle, those that left, and their events.

    With the events come the names that the reports bore before: nothing leads on from them any more.
    """
    seeds: set[str] = set()
    left: set[str] = set()
    events: set[str] = set()
    for graph in graphs:
        seeds |= touched(store.index, graph)
        for known in store.index.reports(graph=graph):
            left.add(known.report)
            events |= {known.event, known.carried}
        store.index.drop(graph)
    return seeds - left, frozenset(left), frozenset(events)


def published(quads: Iterable[Quad]) -> str:
    """Return the first day on which an article can have been published (ISO 8601), or nothing."""
    given = frozenset(quads)
    articles = {quad.subject for quad in given if quad.predicate == TYPE and quad.object == kg("Article")}
    days = (plain(q.object) for q in given if q.predicate == kg("earliest") and q.subject in articles)
    return min(days, default="")


def _retracted(store: Store, record: Record, graphs: tuple[str, ...]) -> Plan:
    for graph in graphs:
        store.index.renew(graph)
    copied = {other for graph in graphs for other in store.index.neighbours(graph)}
    seeds, left, events = _leave(store, graphs)
    settled = settle(store.index, seeds)
    found: list[tuple[str, str]] = []
    originals: set[str] = set()
    for graph in sorted(copied - set(graphs)):
        pairs, members = _group(store, graph)
        found += pairs
        originals |= members
    return Plan(
        record,
        frozenset(graphs),
        settled=settled,
        left=left,
        events=settled.events | events,
        copies=tuple(sorted(set(found))),
        originals=frozenset(originals),
    )


def _joined(store: Store, record: Joined, start: int) -> Plan:
    for one, other in record.pairs:
        if record.undo:
            store.index.undecide(one, other)
        else:
            store.index.decide(one, other, apart=record.apart, start=start)
    settled = settle(store.index, {report for pair in record.pairs for report in pair})
    return Plan(record, settled=settled, events=settled.events)


def _judged(store: Store, record: Judged) -> Plan:
    view = store.view()
    quads = "" if record.undo else record.quads
    store.index.judge(record.claim, quads)
    events = {
        link.object.value
        for about in view.match(NamedNode(record.claim), kg("about"))
        if isinstance(about.object, NamedNode)
        for link in view.match(about.object, kg("reportOf"))
        if isinstance(link.object, NamedNode)
    }
    old = frozenset(_decisions(view, [NamedNode(record.claim)]))
    return Plan(
        record, new=frozenset(_quads(quads)) if events else frozenset(), out=old, events=frozenset(events)
    )


def _decisions(view: View, claims: Iterable[NamedNode]) -> Iterator[Quad]:
    """Yield what somebody decided of claims, with the values that were made for it."""
    for claim in claims:
        for decision in view.match(None, kg("onClaim"), claim):
            if isinstance(graph := decision.graph_name, NamedNode):
                for quad in view.match(decision.subject, graph=graph):
                    yield quad
                    if quad.predicate == kg("correctValue") and isinstance(quad.object, NamedNode):
                        yield from view.match(quad.object, graph=graph)


def _claims(quads: Iterable[Quad]) -> Iterator[NamedNode]:
    for quad in quads:
        if quad.predicate == kg("aspect") and isinstance(quad.subject, NamedNode):
            yield quad.subject


def _copies(
    store: Store, graph: str, found: frozenset[str]
) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Note which articles are near-copies of a new one; return its group."""
    for other in store.index.banded(sketch(found), graph):
        text = store.text(other.graph)
        if text is not None and alike(found, shingles(text)):
            store.index.connect(graph, other.graph)
    return _group(store, graph)


def _group(store: Store, graph: str) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Return the near-copies of an article, each with the first of them in the alphabet."""
    members: dict[str, str] = {}
    waiting = {graph}
    while waiting:
        each = waiting.pop()
        for held in store.index.held(graph=each):
            members[each] = held.iri
            waiting |= store.index.neighbours(each) - members.keys()
    articles = sorted(members.values())
    return tuple((other, articles[0]) for other in articles[1:]), frozenset(articles)


def said(view: View, made: Plan, names: Names) -> Change:
    """Return what a plan changes in what articles, links and decisions say."""
    links = NamedNode(names.graph("links"))
    old = {quad for graph in made.gone for quad in view.match(graph=NamedNode(graph))}
    old |= set(_decisions(view, _claims(old)))
    come = frozenset(quad for quad in made.new if not view.has(quad))
    change = Change(frozenset((old | made.out) - made.new), come)
    reports = made.settled.reports.keys() | made.left
    before = {quad for report in reports for quad in _linked(view, NamedNode(report), links)}
    bare = made.events | made.settled.aliases.keys()
    before |= {quad for name in bare for quad in view.match(NamedNode(name), kg("mergedInto"), None, links)}
    for article in made.originals | frozenset(_articles(old)):
        before |= set(view.match(NamedNode(article), kg("reprintOf"), None, links))
        before |= set(view.match(None, kg("reprintOf"), NamedNode(article), links))
    return change | replacing(before, _links(made, names))


def _articles(quads: Iterable[Quad]) -> Iterator[str]:
    for quad in quads:
        if quad.predicate == TYPE and quad.object == kg("Article"):
            yield plain(quad.subject)


def _linked(view: View, report: NamedNode, links: NamedNode) -> Iterator[Quad]:
    """Yield which event a report was of, and the links that it is in."""
    yield from view.match(report, kg("reportOf"), None, links)
    for link in view.match(None, kg("joins"), report, links):
        yield from view.match(link.subject, graph=links)


def _links(made: Plan, names: Names) -> Iterator[Quad]:
    graph = NamedNode(names.graph("links"))
    for report, event in made.settled.reports.items():
        yield Quad(NamedNode(report), kg("reportOf"), NamedNode(event), graph)
    for old, new in made.settled.aliases.items():
        yield Quad(NamedNode(old), kg("mergedInto"), NamedNode(new), graph)
    for one, other in made.copies:
        yield Quad(NamedNode(one), kg("reprintOf"), NamedNode(other), graph)
    for link in made.settled.links:
        yield from _link(link, names, graph)


def _link(link: Link, names: Names, graph: NamedNode) -> Iterator[Quad]:
    node = NamedNode(names.mint("link", digest(link.one, link.other)))
    yield Quad(node, TYPE, kg("Link"), graph)
    for report in (link.one, link.other):
        yield Quad(node, kg("joins"), NamedNode(report), graph)
    yield Quad(node, kg("score"), decimal(link.score), graph)
    yield Quad(node, kg("rule"), Literal(link.rule), graph)
    for reason in link.reasons:
        yield Quad(node, kg("reason"), Literal(reason), graph)
