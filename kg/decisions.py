"""Decisions by hand: which events are one, which claims are wrong, which articles must go.

Each becomes a record of the log, with the reason that was given, and can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.commit import Knowledge, as_nquads, catch_up, decide, from_nquads, now, rebuild
from kg.errors import QueryError, UsageError
from kg.index import Known
from kg.iri import NS, digest
from kg.lookup import find, is_a
from kg.model import Window
from kg.records import Admitted, Joined, Judged, Purged, Record, Retracted, encode
from kg.store import Store
from kg.terms import LABEL, TYPE, Node, day, edtf, integer, kg, plain
from kg.timex.edtf_text import parse

_VALUES: Final = {
    **dict.fromkeys(("agent", "beneficiary"), "Actor"),
    "place": "Place",
    "target": "",
    "instrument": "",
    "participant": "",
    "type": "",
}
_COUNT: Final = re.compile(r"([0-9]{1,12})(?:(\.\.)([0-9]{1,12})?)?\Z")


def merge(store: Store, one: str, other: str, knowledge: Knowledge, *, because: str = "") -> str:
    """Make two events one, whatever linking says; return the IRI that stays.

    Raises QueryError for what is no event, UsageError where they are one already or of kinds
    that nothing can be both of.
    """
    catch_up(store, knowledge)
    first, second = (_reports(store, words) for words in (one, other))
    if first[0].event == second[0].event:
        raise UsageError(f"{one!r} and {other!r} are one event already")
    _check_kinds(store, first[0].event, second[0].event, knowledge)
    reports = [known.report for known in (*first, *second)]
    parted = store.index.decided(reports, apart=True)
    if parted:
        decide(store, Joined(now(), parted, apart=True, undo=True, because=because), knowledge)
    if len({_event(store, report) for report in reports}) > 1:
        oldest = min((*first, *second), key=lambda known: known.age).report
        pairs = tuple((oldest, report) for report in reports if report != oldest)
        decide(store, Joined(now(), pairs, because=because), knowledge)
    return _event(store, reports[0])


def split(
    store: Store, event: str, knowledge: Knowledge, *, out: Iterable[str] = (), because: str = ""
) -> tuple[str, ...]:
    """Take an event apart; return the IRIs of what it became.

    What was last merged by hand is taken back. Where nothing was, the report of each article
    stands alone, or the reports and articles of `out` leave the rest. Raises UsageError where
    there is nothing to take apart.
    """
    catch_up(store, knowledge)
    known = _reports(store, event)
    reports = [each.report for each in known]
    leaving = _leaving(store, known, out)
    by_hand = store.index.last_decided(reports)
    if by_hand and not leaving:
        decide(store, Joined(now(), by_hand, undo=True, because=because), knowledge)
    else:
        pairs = tuple(_apart(known, leaving))
        if not pairs:
            why = "all its reports are to leave" if leaving else "it has only one report"
            raise UsageError(f"{event!r}: {why}; there is nothing to take apart")
        decide(store, Joined(now(), pairs, apart=True, because=because), knowledge)
    return tuple(sorted({_event(store, report) for report in reports}))


def reject(store: Store, claim: str, knowledge: Knowledge, *, because: str, undo: bool = False) -> str:
    """Compute nothing from a claim any more, or (`undo`) take back what was decided; return its IRI.

    Raises QueryError for what is no claim, UsageError without a reason or a decision to take back.
    """
    catch_up(store, knowledge)
    node = _claim(store, claim)
    if undo:
        if not store.index.judgement(node.value):
            raise UsageError(f"{claim}: nothing was decided of this claim")
        decide(store, Judged(now(), node.value, because, undo=True), knowledge)
        return node.value
    quads = _decision(store, node, "ClaimRejection", because)
    decide(store, Judged(now(), node.value, because, quads=as_nquads(quads)), knowledge)
    return node.value


def correct(store: Store, claim: str, value: str, knowledge: Knowledge, *, because: str) -> str:
    """Give a claim another value: a name, an EDTF date, a number or a range of it; return its IRI.

    Raises QueryError for what is no claim or nothing known, UsageError for a value that does not fit.
    """
    catch_up(store, knowledge)
    node = _claim(store, claim)
    aspect = next(store.view().match(node, kg("aspect"))).object
    name = "type" if aspect == TYPE else plain(aspect).removeprefix(NS)
    right, about = _value(store, node, name, value)
    graph = NamedNode(store.names.graph("decisions"))
    quads = [
        *_decision(store, node, "ClaimCorrection", because),
        Quad(_node(store, node), kg("correctValue"), right, graph),
        *(Quad(right, predicate, term, graph) for predicate, term in about),
    ]
    decide(store, Judged(now(), node.value, because, value, as_nquads(quads)), knowledge)
    return node.value


def purge(store: Store, article: str, knowledge: Knowledge, *, because: str = "") -> int:
    """Wipe an article from the log and all else, with every version of its address.

    A tombstone keeps the digest in its IRI and the reason. Returns how many versions went; raises
    UsageError where the log knows no such article.
    """
    records = list(store.records())
    found = [r for r in records if isinstance(r, Admitted) and article in (r.article, r.graph)]
    addresses = {r.url for r in found} - {""}
    gone = [
        r
        for r in records
        if isinstance(r, Admitted) and (r.url in addresses or r.graph in {f.graph for f in found})
    ]
    if not gone:
        raise UsageError(f"{article}: the log knows no such article")
    kept = _without(records, gone, because)
    store.replace_log(encode(record) for record in kept)
    rebuild(store, knowledge)
    return len({record.graph for record in gone})


def _without(records: list[Record], gone: list[Admitted], because: str) -> Iterator[Record]:
    """Yield the records, with tombstones for some articles and without decisions on what they say."""
    graphs = {record.graph for record in gone}
    nodes = {plain(quad.subject) for record in gone for quad in from_nquads(record.quads)}
    for record in records:
        match record:
            case Admitted(graph=graph) if graph in graphs:
                yield Purged(now(), graph.rsplit("-", 1)[-1], because)
            case Retracted(article=iri) if iri in nodes:
                continue
            case Judged(claim=claim) if claim in nodes:
                continue
            case Joined(pairs=pairs):
                left = tuple(pair for pair in pairs if not nodes & set(pair))
                if left:
                    yield replace(record, pairs=left)
            case _:
                yield record


def _reports(store: Store, event: str) -> tuple[Known, ...]:
    node = find(store, event, f"{NS}Event")
    known = store.index.of_event(node.value)
    if not known:
        raise QueryError(f"{event!r}: not an event that articles report")
    return known


def _event(store: Store, report: str) -> str:
    known = store.index.known(report)
    assert known is not None  # it was there when the decision was made
    return known.event


def _check_kinds(store: Store, one: str, other: str, knowledge: Knowledge) -> None:
    view = store.view()
    kinds = [
        {plain(q.object) for q in view.match(NamedNode(e), TYPE) if plain(q.object).startswith(NS)}
        - {f"{NS}Event"}
        for e in (one, other)
    ]
    above = [{name for kind in found for name in knowledge.senses.kinds(kind, "")} for found in kinds]
    if all(kinds) and not above[0] & above[1]:
        names = [", ".join(sorted(knowledge.axioms.label(kind) for kind in found)) for found in kinds]
        raise UsageError(f"one is {names[0]}, the other {names[1]}; correct the claim on the type first")


def _leaving(store: Store, known: tuple[Known, ...], out: Iterable[str]) -> frozenset[str]:
    """Return the reports that are named, or whose article is. Raises UsageError for others."""
    found: set[str] = set()
    for words in out:
        node = find(store, words).value
        graph = store.graph_of(node)
        fitting = {each.report for each in known if each.report == node or (graph and each.graph == graph)}
        if not fitting:
            raise UsageError(f"{words!r}: neither a report of this event nor an article with one")
        found |= fitting
    return frozenset(found)


def _apart(known: tuple[Known, ...], leaving: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs to set apart: those that leave from the rest, else the articles."""
    graphs = {each.graph for each in known}
    for one, other in combinations(known, 2):
        if leaving:
            parted = (one.report in leaving) != (other.report in leaving)
        else:
            parted = len(graphs) == 1 or one.graph != other.graph
        if parted:
            yield one.report, other.report


def _claim(store: Store, words: str) -> NamedNode:
    node = find(store, words)
    if not all(any(store.view().match(node, kg(name))) for name in ("about", "aspect", "value")):
        raise QueryError(f"{words!r}: not a claim; kg why lists the claims of an event")
    return node


def _node(store: Store, claim: NamedNode) -> NamedNode:
    return NamedNode(store.names.mint("decision", digest(claim.value)))


def _decision(store: Store, claim: NamedNode, kind: str, because: str) -> Iterator[Quad]:
    if not because.strip():
        raise UsageError("a decision needs its reason; give it with --because")
    graph, node = NamedNode(store.names.graph("decisions")), _node(store, claim)
    yield Quad(node, TYPE, kg(kind), graph)
    yield Quad(node, kg("onClaim"), claim, graph)
    yield Quad(node, kg("reason"), Literal(because.strip()), graph)


def _value(
    store: Store, claim: NamedNode, aspect: str, words: str
) -> tuple[NamedNode, list[tuple[NamedNode, Node]]]:
    """Return the node that words stand for, and what is to be said of it where it is new."""
    if aspect == "when":
        return _time(store, claim, words)
    if aspect == "casualties":
        return _count(store, claim, words)
    if aspect not in _VALUES:
        raise UsageError(f"a claim on {aspect} cannot be corrected; reject it")
    node = find(store, words, f"{NS}{_VALUES[aspect]}" if _VALUES[aspect] else "")
    if aspect == "type" and not _is_event_type(store, node):
        raise UsageError(f"{words!r} is no type of event")
    if aspect != "type" and is_a(store, node, f"{NS}Event"):
        raise UsageError(f"{words!r} is an event, and takes no part in one")
    return node, []


def _is_event_type(store: Store, node: NamedNode) -> bool:
    above = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    seen, waiting = {node}, [node]
    for each in waiting:
        for quad in store.view().match(each, above):
            if isinstance(quad.object, NamedNode) and quad.object not in seen:
                seen.add(quad.object)
                waiting.append(quad.object)
    return kg("Event") in seen


def _time(store: Store, claim: NamedNode, words: str) -> tuple[NamedNode, list[tuple[NamedNode, Node]]]:
    window = _window(words)
    node = NamedNode(store.names.mint("time", digest("correction", claim.value, words)))
    bounded: list[tuple[NamedNode, Node]] = [
        (kg(name), day(value))
        for name, value in (("earliest", window.earliest), ("latest", window.latest))
        if value
    ]
    return node, [(TYPE, kg("TimeSpan")), (LABEL, Literal(words)), (kg("edtf"), edtf(words)), *bounded]


def _window(words: str) -> Window:
    try:
        return parse(words)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{words!r} is no EDTF date: {error}; write 2031-05-03 or 2031-05") from error


def _count(store: Store, claim: NamedNode, words: str) -> tuple[NamedNode, list[tuple[NamedNode, Node]]]:
    found = _COUNT.match(words)
    if found is None or (found[3] and int(found[3]) < int(found[1])):
        raise UsageError(f"{words!r} is no count; write 3, 3..5 or 3..")
    value = next(store.view().match(claim, kg("value"))).object
    kinds = [q.object for q in store.view().match(value, kg("casualtyKind"))]  # type: ignore[arg-type]
    node = NamedNode(store.names.mint("count", digest("correction", claim.value, words)))
    most = found[3] if found[2] else found[1]
    about: list[tuple[NamedNode, Node]] = [
        (TYPE, kg("CasualtyCount")),
        (LABEL, Literal(words)),
        *((kg("casualtyKind"), kind) for kind in kinds if isinstance(kind, NamedNode)),
        (kg("atLeast"), integer(int(found[1]))),
    ]
    return node, [*about, *([(kg("atMost"), integer(int(most)))] if most else [])]
