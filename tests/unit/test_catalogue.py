"""The catalogue on entries made by hand: order, bounds, groups, words, parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kg.catalogue import ACTOR, DATED, DEED, KIND, PLACE, TORN, Catalogue, Entry, Wanted, findable
from kg.database import Database
from kg.index import Index


@pytest.fixture
def catalogue() -> Iterator[Catalogue]:
    index = Index(Database.open(None))
    made = index.catalogue
    for entry in ENTRIES:
        made.enter(entry)
    yield made
    index.close()


def entry(name: str, first: int | None, last: int | None, *values: str, happened: bool = True) -> Entry:
    days = (None if year is None else date(year, 1, 1) for year in (first, last))
    return Entry(name, *days, f"event {name}", happened, frozenset(values), f"He said {name.upper()} was it.")


ENTRIES = (
    entry("open", 2025, None, f"{ACTOR}one", f"{KIND}raid"),
    entry("closed", 2025, 2026, f"{ACTOR}one", f"{KIND}raid", f"{PLACE}here"),
    entry("early", None, 2024, f"{ACTOR}two", f"{KIND}talk"),
    entry("undated", None, None, f"{ACTOR}two"),
    entry("planned", 2030, 2030, f"{ACTOR}one", happened=False),
)


def test_events_come_in_the_order_of_time(catalogue: Catalogue) -> None:
    assert catalogue.find(Wanted(), 9, 0) == ("early", "undated", "closed", "open", "planned")


def test_a_part_begins_where_it_is_asked_to(catalogue: Catalogue) -> None:
    assert catalogue.find(Wanted(), 2, 1) == ("undated", "closed")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(marks=DATED), ("early", "closed", "open")),
        (Wanted(since=date(2025, 6, 1)), ("undated", "closed", "open", "planned")),
        (Wanted(until=date(2024, 6, 1)), ("early", "undated")),
        (Wanted(((f"{ACTOR}one",), (f"{KIND}raid",))), ("closed", "open")),
        (
            Wanted(((f"{ACTOR}one", f"{ACTOR}two"), (f"{KIND}raid", f"{KIND}talk"))),
            ("early", "closed", "open"),
        ),
        (Wanted(((f"{PLACE}one",),)), ()),
        (Wanted(words="said UNDA"), ("undated",)),
        (Wanted(words='"'), ()),
        (Wanted(((f"{ACTOR}one",),), words="closed"), ("closed",)),
    ],
)
def test_what_is_asked_for_is_found_and_counted(
    catalogue: Catalogue, wanted: Wanted, found: tuple[str, ...]
) -> None:
    if wanted.words == '"':
        assert not findable(wanted.words)
    else:
        assert set(catalogue.find(wanted, 9, 0)) == set(found)
        assert catalogue.count(wanted) == len(found)


def test_contested_events_come_by_how_much_they_are(catalogue: Catalogue) -> None:
    for name, claims in (("closed", 2), ("early", 4), ("open", 2)):
        catalogue.enter(replace(entry(name, 2025, 2026, f"{KIND}raid"), contested=claims))

    assert catalogue.find(Wanted(((f"{KIND}raid",), (TORN,))), 9, 0) == ("early", "closed", "open")
    assert catalogue.count(Wanted(((TORN,),))) == 3


def test_deeds_are_told_from_what_only_happened(catalogue: Catalogue) -> None:
    catalogue.enter(replace(entry("undated", None, None, f"{ACTOR}two"), done=True))

    assert catalogue.find(Wanted(marks=DEED), 9, 0) == ("undated",)
    assert catalogue.count(Wanted(marks=DEED)) == 1
    assert catalogue.find(Wanted(marks=DATED | DEED), 9, 0) == ()


def test_an_event_that_changes_is_found_in_its_new_place_only(catalogue: Catalogue) -> None:
    catalogue.enter(entry("open", 2020, 2020, f"{ACTOR}three"))

    assert catalogue.having(f"{ACTOR}one") == ("closed", "planned")
    assert catalogue.having(f"{ACTOR}three") == ("open",)
    assert catalogue.find(Wanted(words="OPEN"), 9, 0) == ("open",)


def test_an_event_that_leaves_is_found_no_more(catalogue: Catalogue) -> None:
    catalogue.leave("closed")

    assert "closed" not in catalogue.find(Wanted(), 9, 0)
    assert catalogue.find(Wanted(words="closed"), 9, 0) == ()


def test_tables_of_another_version_know_no_log() -> None:
    database = Database.open(None)
    index = Index(database)
    index.apply("one:5")
    assert index.applied == "one:5"
    database.run("UPDATE meta SET value = '0' WHERE name = 'version'")

    assert index.applied == "of another version"
