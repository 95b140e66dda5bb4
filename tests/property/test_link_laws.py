"""Laws of linking: order does not matter, keys lose nothing, and what is apart stays apart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.link.account import Account
from kg.link.cluster import cluster, components
from kg.link.keys import keys
from kg.link.score import score

KINDS = [("Raid", "Coerce"), ("Coerce",), ("Seizure", "Coerce"), ("Talks", "Consult"), ()]
PLACES = [
    frozenset[str](),
    frozenset({"lund", "norland"}),
    frozenset({"norland"}),
    frozenset({"arnby", "norland"}),
]
ROLES = [
    (role, key)
    for role in ("agent", "target", "participant")
    for key in ("norland-q1", "sudland-q2", "~gunman")
]
WORDS = [frozenset({"police", "dawn"}), frozenset({"police", "envoy"}), frozenset[str]()]
START = date(2024, 2, 1)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[date | None, date | None]:
    first = draw(st.none() | st.integers(0, 40))
    if first is None:
        return None, None
    day = START + timedelta(first)
    return day, draw(st.none() | st.integers(0, 20).map(lambda n: day + timedelta(n)))


@st.composite
def accounts(draw: st.DrawFn) -> list[Account]:
    size = draw(st.integers(1, 9))
    return [draw(account(f"r{n}")) for n in range(size)]


@st.composite
def account(draw: st.DrawFn, report: str) -> Account:
    kinds = draw(st.sampled_from(KINDS))
    first, last = draw(bounds())
    return Account(
        report,
        draw(st.sampled_from(["a1", "a2", "a3"])),
        kinds[0] if kinds else "",
        kinds,
        "",
        draw(st.sampled_from([frozenset({"stem:raid"}), frozenset({"stem:seize", "kin:seizing"})])),
        draw(st.sampled_from(WORDS)),
        frozenset(draw(st.lists(st.sampled_from(ROLES), max_size=3))),
        draw(st.sampled_from(PLACES)),
        first,
        last,
        draw(bounds()),
        draw(st.sampled_from([(), (("Killed", 1, 2),)])),
        "Asserted",
        draw(st.sampled_from(WORDS)),
        draw(st.integers(0, 3000)),
        draw(st.booleans()),
    )


PAIRS = st.lists(
    st.tuples(st.sampled_from(["r0", "r1", "r2", "r3"]), st.sampled_from(["r0", "r1", "r4"])), max_size=3
)


@given(accounts(), st.randoms(use_true_random=False), PAIRS, PAIRS)
@settings(deadline=None)
def test_the_order_does_not_matter(found: list[Account], random: object, one: list, other: list) -> None:  # type: ignore[type-arg]
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random

    assert cluster(mixed, one[::-1], other[::-1]) == cluster(found, one, other)


@given(accounts())
@settings(deadline=None)
def test_whoever_may_be_linked_shares_a_key(found: list[Account]) -> None:
    linked = [(a, b) for a, b in combinations(found, 2) if score(a, b).linked]

    assert all(keys(a) & keys(b) for a, b in linked)


@given(accounts(), PAIRS)
@settings(deadline=None)
def test_components_may_be_clustered_alone(found: list[Account], together: list[tuple[str, str]]) -> None:
    known = {a.report: a for a in found}
    parts = [[known[report] for report in part] for part in components(found, together)]
    alone = sorted((c for part in parts for c in cluster(part, together)), key=lambda c: c.reports)

    assert tuple(alone) == cluster(found, together)


@given(accounts())
@settings(deadline=None)
def test_no_two_that_contradict_each_other_are_in_one_cluster(found: list[Account]) -> None:
    known = {a.report: a for a in found}
    together = [pair for c in cluster(found) for pair in combinations(c.reports, 2)]

    assert all(not score(known[a], known[b]).vetoes for a, b in together)


@given(accounts(), PAIRS)
@settings(deadline=None)
def test_what_is_to_be_apart_is_apart(found: list[Account], apart: list[tuple[str, str]]) -> None:
    together = [set(c.reports) for c in cluster(found, apart, apart)]

    assert all(not {a, b} <= group for a, b in apart if a != b for group in together)


@given(accounts())
@settings(deadline=None)
def test_every_report_is_in_one_cluster_and_links_span_it(found: list[Account]) -> None:
    clusters = cluster(found)

    assert sorted(r for c in clusters for r in c.reports) == sorted(a.report for a in found)
    assert all(len(c.links) == len(c.reports) - 1 for c in clusters)
