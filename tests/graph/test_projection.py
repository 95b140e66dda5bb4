from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg.iri import Names
from kg.mapping import to_quads
from kg.model import (
    Article,
    Attribution,
    Claim,
    Count,
    Event,
    Factuality,
    Span,
    Status,
    When,
    Window,
)
from kg.naming import event_iri
from kg.projection import AFFIRMED, FACTUAL, bounds, project, status
from kg.terms import LABEL, TYPE, kg

NAMES = Names()
Events = tuple[Event, ...]


def projected(article: Article, events: Events) -> list[Quad]:
    return list(project(to_quads(article, events, NAMES), NAMES))


def of(found: list[Quad], node: NamedNode, predicate: NamedNode) -> set[str]:
    return {q.object.value for q in found if (q.subject, q.predicate) == (node, predicate)}


def test_an_asserted_raid_is_actual_with_its_roles_and_days(article: Article, events: Events) -> None:
    found = projected(article, events)
    raid = event_iri(article, events[0].trigger, NAMES)

    assert {name: of(found, raid, kg(name)) for name in ("status", "agent", "earliest", "latest")} == {
        "status": {kg("Actual").value},
        "agent": {NAMES.mint("actor", "norland-police")},
        "earliest": {"2031-05-03"},
        "latest": {"2031-05-03"},
    }


def test_an_event_has_its_class_and_the_label_of_its_report(article: Article, events: Events) -> None:
    found = projected(article, events)
    raid = event_iri(article, events[0].trigger, NAMES)

    assert of(found, raid, TYPE) == {kg("Event").value, kg("Coerce").value}
    assert of(found, raid, LABEL) == {"police raid the harbour office"}


def test_an_accusation_makes_nobody_an_agent(article: Article, events: Events) -> None:
    found = projected(article, events)
    burning = event_iri(article, events[2].trigger, NAMES)

    assert of(found, burning, kg("status")) == {kg("Disputed").value}
    assert of(found, burning, kg("agent")) == set()


def test_a_demand_is_a_fact_and_what_it_demands_is_not(article: Article, events: Events) -> None:
    found = projected(article, events)
    demand, leaving = (event_iri(article, e.trigger, NAMES) for e in events[3:])

    assert of(found, demand, kg("content")) == {leaving.value}
    assert of(found, leaving, kg("status")) == {kg("Unrealised").value}
    assert of(found, leaving, kg("agent")) == set()


@pytest.mark.parametrize("factuality", sorted(set(Factuality) - FACTUAL))
def test_a_role_that_is_not_asserted_or_reported_is_no_fact(
    article: Article,
    events: Events,
    with_claim: Callable[[Event, Claim], Event],
    factuality: Factuality,
) -> None:
    agent = events[0].fillers("agent")[0]
    blamed = Claim("beneficiary", agent, events[0].sentence, Attribution(factuality))

    assert not [
        quad
        for quad in projected(article, (with_claim(events[0], blamed),))
        if quad.predicate == kg("beneficiary")
    ]


def test_affirming_and_denying_the_same_contradict_each_other(article: Article, events: Events) -> None:
    pairs = {(q.subject, q.object) for q in projected(article, events) if q.predicate == kg("contradicts")}

    assert len(pairs) == 2
    assert {(b, a) for a, b in pairs} == pairs


def _clashes(article: Article, event: Event, *claims: Claim) -> int:
    found = projected(article, (replace(event, claims=event.claims + claims),))
    return sum(quad.predicate == kg("contradicts") for quad in found)


@pytest.mark.parametrize(("least", "most", "clashes"), [(3, 9, 2), (2, 2, 0), (0, 1, 2), (1, None, 0)])
def test_counts_contradict_when_no_number_fits_both(
    article: Article, events: Events, least: int, most: int | None, clashes: int
) -> None:
    count = Count("Detained", least, most, Span(0, 3))

    assert _clashes(article, events[0], Claim("casualties", count, Span(0, 9))) == clashes


def test_counts_of_other_people_do_not_contradict(article: Article, events: Events) -> None:
    count = Count("Detained", 5, 5, Span(0, 3), of=Span(0, 7))

    assert _clashes(article, events[0], Claim("casualties", count, Span(0, 9))) == 0


def test_dates_contradict_when_no_day_fits_both_and_the_hull_is_kept(
    article: Article, events: Events
) -> None:
    later = When(Window("2031-06", date(2031, 6, 1), date(2031, 6, 30)), Span(0, 3))
    event = replace(events[0], claims=(*events[0].claims, Claim("when", later, Span(0, 9))))
    found = projected(article, (event,))
    raid = event_iri(article, event.trigger, NAMES)

    assert of(found, raid, kg("latest")) == {"2031-06-30"}
    assert _clashes(article, events[0], Claim("when", later, Span(0, 9))) == 2


def test_order_does_not_matter(article: Article, events: Events) -> None:
    quads = list(to_quads(article, events, NAMES))

    assert list(project(quads, NAMES)) == list(project(reversed(quads), NAMES))


def test_two_reports_of_one_event_are_projected_together(
    article: Article, events: Events, other: tuple[Article, Events]
) -> None:
    raid = event_iri(article, events[0].trigger, NAMES)
    second = event_iri(other[0], other[1][0].trigger, NAMES)
    quads = [*to_quads(article, events, NAMES), *to_quads(*other, NAMES)]
    merged = [Quad(q.subject, q.predicate, raid, q.graph_name) if q.object == second else q for q in quads]
    found = list(project(merged, NAMES))

    assert of(found, raid, kg("latest")) == {"2031-05-09"}
    assert sum(q.predicate == kg("contradicts") for q in found) == 6


@given(st.lists(st.sampled_from(Factuality), max_size=5))
def test_an_event_only_takes_place_if_somebody_affirms_it(said: list[Factuality]) -> None:
    verdict = status(said)

    assert (verdict is Status.ACTUAL) <= bool(set(said) & FACTUAL)
    assert (verdict is Status.DISPUTED) == bool(set(said) & AFFIRMED and Factuality.DENIED in said)


DAYS = st.integers(0, 40).map(lambda n: date(2031, 1, 1) + timedelta(days=n))
SPANS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(
    lambda span: span[0] is None or span[1] is None or span[0] <= span[1]
)


@given(st.lists(SPANS, max_size=4))
def test_bounds_are_in_order_and_do_not_depend_on_the_order_of_the_spans(
    spans: list[tuple[date | None, date | None]],
) -> None:
    first, last = bounds(spans)

    assert bounds(spans[::-1]) == (first, last)
    assert first is None or last is None or first <= last


@given(st.lists(SPANS, min_size=1, max_size=4), DAYS)
def test_a_day_that_all_spans_allow_is_within_the_bounds(
    spans: list[tuple[date | None, date | None]], moment: date
) -> None:
    def allows(span: tuple[date | None, date | None]) -> bool:
        return (span[0] or moment) <= moment <= (span[1] or moment)

    assert not all(map(allows, spans)) or allows(bounds(spans))
