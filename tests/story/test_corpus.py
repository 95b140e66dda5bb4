"""Thirty-two articles, eleven events: what is linked, what disagrees, what a withdrawal takes out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.changes import Contribution
from kg.commit import Knowledge, admit, rebuild, retract
from kg.query import run
from kg.resources import shipped
from kg.saved import load_query
from kg.store import Store
from kg.terms import LABEL, kg, plain

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
Stories = dict[str, Contribution]
Stored = Callable[[Iterable[Contribution]], Store]
Content = Callable[[Store], frozenset[str]]
GOLD = json.loads((CORPUS / "gold.json").read_text(encoding="utf-8"))
GOLDEN = Path(__file__).with_name("corpus.txt")
NUMBERS = st.lists(st.integers(0, 31), unique=True)


def triggers(store: Store, stories: Stories) -> dict[str, tuple[str, int, int]]:
    """Return the file and offsets of each report's trigger."""
    files = {each.article: name for name, each in stories.items()}
    found = {}
    for quad in store.oxigraph.quads_for_pattern(None, kg("words"), None, None):
        offsets = re.search(r"^(.*)#char=(\d+),(\d+)$", plain(quad.object))
        if "/report/" in plain(quad.subject) and offsets:
            found[plain(quad.subject)] = (files[offsets[1]], int(offsets[2]), int(offsets[3]))
    return found


def meant(store: Store, stories: Stories) -> dict[str, str]:
    """Return the gold event of each report whose trigger is marked."""
    marked = [
        (a["file"], a["start"], a["start"] + len(a["trigger"]), e["id"])
        for e in GOLD["events"]
        for a in e["accounts"]
    ]
    return {
        report: event
        for report, (file, start, end) in triggers(store, stories).items()
        for name, first, last, event in marked
        if name == file and start < last and first < end
    }


def events(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in store.oxigraph.quads_for_pattern(None, kg("reportOf"), None, None):
        found.setdefault(plain(quad.object), []).append(plain(quad.subject))
    return found


def test_reports_that_are_linked_are_of_one_event(whole: Store, stories: Stories) -> None:
    gold = meant(whole, stories)
    pairs = [p for reports in events(whole).values() for p in combinations(reports, 2) if {*p} <= gold.keys()]

    assert len(pairs) >= 30
    assert [p for p in pairs if gold[p[0]] != gold[p[1]]] == []


def test_what_is_told_of_each_event_is_as_reviewed(
    whole: Store, stories: Stories, request: pytest.FixtureRequest
) -> None:
    shown = "\n".join(_shown(whole, stories)) + "\n"
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(shown, encoding="utf-8")

    assert shown == GOLDEN.read_text(encoding="utf-8")


def _shown(store: Store, stories: Stories) -> Iterator[str]:
    """Yield a line for each event of several reports: its files, status and what disagrees."""
    places = triggers(store, stories)
    lines = []
    for event, reports in events(store).items():
        if len(reports) > 1:
            files = sorted({places[report][0][:2] for report in reports})
            label = next(plain(q.object) for q in store.view().match(NamedNode(event), LABEL))
            status = next(plain(q.object) for q in store.view().match(NamedNode(event), kg("status")))
            lines.append(
                f"{label} · {' '.join(files)} · {status.rsplit('#')[-1]} · {_disagreed(store, reports)}"
            )
    yield from sorted(lines)


def _disagreed(store: Store, reports: list[str]) -> str:
    view = store.view()
    claims = [q.subject for r in reports for q in view.match(None, kg("about"), NamedNode(r))]
    torn = [c for c in claims if any(True for _ in view.match(c, kg("contradicts")))]
    return (
        " ".join(sorted({plain(q.object).rsplit("#")[-1] for c in torn for q in view.match(c, kg("aspect"))}))
        or "-"
    )


def test_a_day_that_desks_differ_on_is_kept_side_by_side(whole: Store) -> None:
    found = events(whole)
    arrest = max(found, key=lambda event: len(found[event]))
    known = {q.predicate: plain(q.object) for q in whole.view().match(NamedNode(arrest))}

    assert (known[kg("earliest")], known[kg("latest")]) == ("2031-03-14", "2031-03-15")


def test_the_newer_version_of_an_address_is_the_only_one(whole: Store) -> None:
    addresses = list(whole.oxigraph.quads_for_pattern(None, kg("versionOf"), None, None))

    assert len(addresses) == len({q.object for q in addresses}) == 31


def test_to_build_the_corpus_again_changes_nothing(
    whole: Store, stories: Stories, knowing: Knowledge
) -> None:
    assert not any(admit(whole, each, knowing) for each in stories.values())


def test_a_reprint_counts_as_one_witness_with_its_original(whole: Store) -> None:
    saved = load_query(shipped() / "queries" / "witnesses.rq")
    every, independent = (
        {
            str(row[2]): int(row[0].value)
            for row in run(whole, saved, {"independent": words}).rows
            if isinstance(row[0], Literal)
        }
        for words in ("false", "true")
    )
    raid = next(event for event in every if every[event] - independent[event] == 1 and every[event] == 3)

    assert independent[raid] == 2
    assert all(independent[event] <= number for event, number in every.items())


def test_a_withdrawn_article_leaves_no_trace(
    stories: Stories, knowing: Knowledge, stored: Stored, content: Content
) -> None:
    withdrawn = next(name for name in stories if name.startswith("23"))
    store = stored(stories.values())
    retract(store, stories[withdrawn].article, knowing)
    without = stored((each for name, each in stories.items() if name != withdrawn))

    assert content(store) == content(without)
    assert not list(store.quads(stories[withdrawn].graph))


@settings(deadline=None, max_examples=3)
@given(order=st.permutations(range(32)))
def test_the_order_of_the_articles_changes_no_more_than_names(
    stories: Stories, stored: Stored, content: Content, order: list[int]
) -> None:
    given_ = list(stories.values())
    there = stored([given_[n] for n in order])

    assert content(there) == content(stored(given_))


@settings(deadline=None, max_examples=3)
@given(gone=NUMBERS)
def test_articles_come_and_go_and_the_rest_is_as_if_they_had_never_been(
    stories: Stories, knowing: Knowledge, stored: Stored, content: Content, gone: list[int]
) -> None:
    given_ = list(stories.values())
    newest = {c.url: c for c in given_}
    store = stored(given_)
    for n in gone:
        retract(store, given_[n].article, knowing)
    left = [c for n, c in enumerate(given_) if n not in gone and newest[c.url] is c]

    assert content(store) == content(stored(left))
    before = set(store.quads())
    rebuild(store, knowing)
    assert set(store.quads()) == before
