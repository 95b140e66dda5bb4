"""Decisions by hand: they win, they can be taken back, and they outlive what they were made of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode

from kg.changes import Contribution
from kg.commit import Knowledge, admit, rebuild, retract
from kg.decisions import correct, merge, purge, reject, split
from kg.errors import QueryError, UsageError
from kg.infer import infer
from kg.iri import BASE
from kg.lookup import find
from kg.records import Purged
from kg.store import Store
from kg.terms import LABEL, TYPE, kg, plain

RAID, CLOSING, FERRY = "police raid the harbour office", "Norland closes the office", "burning of a ferry"


def quads(store: Store) -> set[object]:
    return {q for q in store.quads() if q.predicate != kg("mergedInto")}


def values(store: Store, event: str, name: str) -> list[str]:
    node = find(store, event)
    found = []
    for quad in store.view().match(node, kg(name)):
        labels = (
            [plain(q.object) for q in store.view().match(NamedNode(plain(quad.object)), LABEL)]
            if plain(quad.object).startswith("http")
            else []
        )
        found.append(labels[0] if labels else plain(quad.object))
    return sorted(found)


def claim_on(store: Store, event: str, aspect: str) -> str:
    node, wanted = find(store, event), TYPE if aspect == "type" else kg(aspect)
    for link in store.view().match(None, kg("reportOf"), node):
        for about in store.view().match(None, kg("about"), link.subject):
            if any(True for _ in store.view().match(about.subject, kg("aspect"), wanted)):
                return plain(about.subject)
    raise AssertionError(aspect)


def test_merged_events_are_one_and_the_older_name_stays(filled: Store, knowledge: Knowledge) -> None:
    raid, closing = find(filled, RAID).value, find(filled, CLOSING).value
    kept = merge(filled, RAID, CLOSING, knowledge)

    assert kept == raid
    assert find(filled, closing).value == raid
    assert set(values(filled, raid, "agent")) == {"police of Norland", "Norland"}


def test_dates_and_counts_of_a_merged_event_that_cannot_both_hold_contradict(
    filled: Store, knowledge: Knowledge
) -> None:
    event = merge(filled, RAID, CLOSING, knowledge)
    torn = [plain(q.subject) for q in filled.oxigraph.quads_for_pattern(None, kg("contradicts"), None, None)]
    aspects = {
        plain(q.object).rsplit("#")[-1] for c in torn for q in filled.view().match(NamedNode(c), kg("aspect"))
    }

    assert {"when", "casualties"} <= aspects
    assert (values(filled, event, "earliest"), values(filled, event, "latest")) == (
        ["2031-05-03"],
        ["2031-05-09"],
    )


def test_to_merge_and_to_split_is_nothing(filled: Store, knowledge: Knowledge) -> None:
    before = set(filled.quads())
    merge(filled, RAID, CLOSING, knowledge)
    split(filled, RAID, knowledge)

    assert set(filled.quads()) == before


def test_a_decision_outlives_a_rebuild_and_a_retraction(
    filled: Store, second: Contribution, knowledge: Knowledge
) -> None:
    reject(filled, claim_on(filled, CLOSING, "agent"), knowledge, because="it was another state")
    merge(filled, RAID, CLOSING, knowledge)
    reject(filled, claim_on(filled, RAID, "place"), knowledge, because="another town")
    before = quads(filled)
    rebuild(filled, knowledge)
    assert quads(filled) == before
    retract(filled, second.article, knowledge)
    admit(filled, second, knowledge)

    assert quads(filled) == before


def test_events_of_kinds_that_nothing_is_both_of_are_not_merged(filled: Store, knowledge: Knowledge) -> None:
    before = set(filled.quads())
    with pytest.raises(UsageError, match="correct the claim on the type first"):
        merge(filled, CLOSING, "Southland accuses Norland", knowledge)

    assert set(filled.quads()) == before


def test_an_event_with_itself_and_what_is_no_event_are_refused(filled: Store, knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="one event already"):
        merge(filled, RAID, RAID, knowledge)
    with pytest.raises(QueryError, match="Norland"):
        merge(filled, RAID, "Norland", knowledge)
    with pytest.raises(UsageError, match="only one report"):
        split(filled, RAID, knowledge)


def test_nothing_is_computed_from_a_rejected_claim(filled: Store, knowledge: Knowledge) -> None:
    before = set(filled.quads())
    claim = claim_on(filled, RAID, "agent")
    reject(filled, claim, knowledge, because="they were firemen")

    assert values(filled, RAID, "agent") == []
    reject(filled, claim, knowledge, because="", undo=True)
    assert set(filled.quads()) == before


def test_a_decision_that_takes_the_place_of_another_keeps_what_follows_from_it(
    filled: Store, knowledge: Knowledge
) -> None:
    claim = claim_on(filled, RAID, "agent")
    reject(filled, claim, knowledge, because="they were firemen")
    correct(filled, claim, "Southland", knowledge, because="they were firemen of Southland")
    inferred = filled.names.graph("inferred")
    told = [quad for quad in filled.quads() if quad.graph_name.value != inferred]

    assert set(filled.quads(inferred)) == set(infer(told, knowledge.axioms, filled.names))


def test_a_merged_name_leads_nowhere_once_its_article_is_taken_out(
    filled: Store, second: Contribution, knowledge: Knowledge
) -> None:
    merge(filled, RAID, CLOSING, knowledge)
    retract(filled, second.article, knowledge)

    assert not list(filled.oxigraph.quads_for_pattern(None, kg("mergedInto"), None, None))


@pytest.mark.parametrize(
    ("aspect", "value", "name", "found"),
    [
        ("agent", "Southland", "agent", ["Southland"]),
        ("when", "2031-04", "earliest", ["2031-04-01"]),
        ("when", "2031-04", "latest", ["2031-04-30"]),
        ("casualties", "3..5", "casualties", ["3..5"]),
        ("casualties", "3..", "casualties", ["3.."]),
    ],
)
def test_a_corrected_claim_counts_with_its_new_value(
    aspect: str, value: str, name: str, found: list[str], filled: Store, knowledge: Knowledge
) -> None:
    before = set(filled.quads())
    claim = claim_on(filled, RAID, aspect)
    correct(filled, claim, value, knowledge, because="see the picture")

    assert values(filled, RAID, name) == found
    reject(filled, claim, knowledge, because="", undo=True)
    assert set(filled.quads()) == before


@pytest.mark.parametrize(
    ("aspect", "value", "message"),
    [
        ("when", "yesterday", "no EDTF date"),
        ("when", "9999~", "no EDTF date: outside the calendar"),
        ("casualties", "5..3", "no count"),
        ("casualties", "9" * 5000, "no count"),
        ("casualties", "a few", "no count"),
        ("agent", "Port Vell", "Port Vell"),
        ("status", "Actual", "cannot be corrected; reject it"),
        ("target", CLOSING, "is an event, and takes no part in one"),
        ("type", "Southland", "is no type of event"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    aspect: str, value: str, message: str, filled: Store, knowledge: Knowledge
) -> None:
    claim = claim_on(filled, RAID, aspect)
    before = filled.log.end
    with pytest.raises((UsageError, QueryError), match=message):
        correct(filled, claim, value, knowledge, because="x")

    assert filled.log.end == before


def test_a_decision_needs_a_reason_and_a_claim(filled: Store, knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="--because"):
        reject(filled, claim_on(filled, RAID, "agent"), knowledge, because=" ")
    with pytest.raises(QueryError, match="not a claim"):
        reject(filled, "Norland", knowledge, because="x")
    with pytest.raises(UsageError, match="nothing was decided"):
        reject(filled, claim_on(filled, RAID, "agent"), knowledge, because="", undo=True)


def test_a_purged_article_is_nowhere_in_the_log(
    filled: Store, first: Contribution, second: Contribution, knowledge: Knowledge
) -> None:
    alone = Store.memory()
    alone.learn(filled.quads(f"{BASE}graph/ontology"))
    admit(alone, second, knowledge)
    reject(filled, claim_on(filled, RAID, "agent"), knowledge, because="Ada Quill was there")
    purge(filled, first.article, knowledge, because="by order of a court")
    log = "".join(str(record) for record in filled.records())

    assert "Quill raided" not in log and "Ostia" not in log and "Ada Quill was there" not in log
    assert "by order of a court" in log
    assert set(filled.quads()) == set(alone.quads())


def test_nothing_that_was_decided_of_a_purged_article_names_it_any_more(
    filled: Store, first: Contribution, knowledge: Knowledge
) -> None:
    reports = [each.report for each in filled.index.reports(graph=first.graph)]
    merge(filled, RAID, CLOSING, knowledge)
    retract(filled, first.article, knowledge)
    admit(filled, first, knowledge)
    purge(filled, first.article, knowledge)
    log = "".join(str(record) for record in filled.records())

    assert reports
    assert not [name for name in (first.article, *reports) if name in log]


def test_all_versions_of_an_address_are_purged(
    filled: Store, first: Contribution, second: Contribution, knowledge: Knowledge
) -> None:
    store = Store.memory()
    for each in (first, second):
        admit(store, replace(each, url="https://example.org/news"), knowledge)

    assert purge(store, second.article, knowledge) == 2
    assert {type(record) for record in store.records()} == {Purged}


def test_an_older_version_may_come_back_once_the_newer_is_taken_out(
    first: Contribution, second: Contribution, knowledge: Knowledge
) -> None:
    store = Store.memory()
    older, newer = (replace(each, url="https://example.org/news") for each in (first, second))
    admit(store, older, knowledge)
    admit(store, newer, knowledge)
    assert not admit(store, older, knowledge)
    retract(store, newer.article, knowledge)

    assert admit(store, older, knowledge)


def test_what_was_set_apart_can_be_merged_again(
    filled: Store, second: Contribution, knowledge: Knowledge
) -> None:
    merge(filled, RAID, CLOSING, knowledge)
    whole = quads(filled)
    assert len(split(filled, RAID, knowledge, out=[second.article])) == 2

    merge(filled, RAID, CLOSING, knowledge)
    assert quads(filled) == whole


def test_only_a_report_of_the_event_can_leave_it(filled: Store, knowledge: Knowledge) -> None:
    merge(filled, RAID, CLOSING, knowledge)
    other = filled.index.of_event(find(filled, FERRY).value)[0].report

    with pytest.raises(UsageError, match="neither a report of this event nor an article with one"):
        split(filled, RAID, knowledge, out=[other])
    with pytest.raises(UsageError, match="all its reports are to leave"):
        split(
            filled, RAID, knowledge, out=[e.report for e in filled.index.of_event(find(filled, RAID).value)]
        )


def test_what_the_log_does_not_know_cannot_be_purged(filled: Store, knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="the log knows no such article"):
        purge(filled, f"{BASE}id/article/none", knowledge)
