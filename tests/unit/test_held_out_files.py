"""The held-out texts are annotated in the format that `kg bench articles` reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Factuality, Status
from kg.sidecar import sidecar
from kg.timex import edtf_text

FOLDER = Path(__file__).parents[1] / "held_out"
UNREAD = FOLDER.with_name("unread")
FILES = sorted([*FOLDER.glob("*-*.json"), *UNREAD.glob("*-*.json")])
NARRATIVE = [
    row
    for file in (FOLDER / "narrative.json", UNREAD / "narrative.json")
    for row in json.loads(file.read_text(encoding="utf-8"))
]
CATEGORIES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT "
    "THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)
KINDS = {"killed", "injured", "missing", "detained", "displaced"}
TIERS = {"main", "secondary", "context"}
KEYS = set(
    "id tier plover type trigger evidence agent target place time counts claimant "
    "factuality status notes".split()
)


def gold(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def spans(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "start" in node:
            yield node
        for value in node.values():
            yield from spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans(value)


def misplaced(text: str, node: Any) -> list[str]:
    return [span["text"] for span in spans(node) if text[span["start"] : span["end"]] != span["text"]]


def unbounded(window: dict[str, Any]) -> bool:
    if window["edtf"] is None:
        return (window["earliest"], window["latest"]) != (None, None)
    found = edtf_text.parse(window["edtf"])
    days = (found.earliest, found.latest)
    return [day and day.isoformat() for day in days] != [window["earliest"], window["latest"]]


def wrong_values(event: dict[str, Any]) -> list[str]:
    checks = {
        "keys": set(event) - {"plover_alt", "same_event_as"} == KEYS,
        "tier": event["tier"] in TIERS,
        "plover": event["plover"] is None or event["plover"] in CATEGORIES,
        "plover_alt": set(event.get("plover_alt", ())) <= CATEGORIES - {event["plover"]},
        "factuality": event["factuality"] in set(Factuality),
        "status": event["status"] in set(Status),
        "context": (event["tier"] == "context") == (event["status"] != "Actual"),
        "idiom": event["plover"] is not None or event["tier"] == "context",
        "counts": all(count["kind"] in KINDS for count in event["counts"]),
        "claimant": event["claimant"] == "author" or "entity" in event["claimant"],
        "trigger": event["trigger"]["text"] in event["evidence"]["text"],
        "time": event["time"] is None or not unbounded(event["time"]),
    }
    return [name for name, right in checks.items() if not right]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_offset_gives_its_words(path: Path) -> None:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")

    assert misplaced(text, gold(path)) == []


def test_a_shifted_offset_is_noticed() -> None:
    shifted = {"trigger": {"text": "raided", "start": 8, "end": 14}}

    assert misplaced("Police raided a shop.", shifted) == ["raided"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_is_an_allowed_one(path: Path) -> None:
    faults = {event["id"]: wrong_values(event) for event in gold(path)["events"]}

    assert {name: wrong for name, wrong in faults.items() if wrong} == {}


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("tier", "minor", "tier"),
        ("plover", "FIGHT", "plover"),
        ("factuality", "Rumoured", "factuality"),
        ("status", "Unrealised", "context"),
        ("claimant", "he", "claimant"),
        ("counts", [{"kind": "dead"}], "counts"),
        ("time", {"edtf": "2024-05", "earliest": "2024-05-01", "latest": "2024-05-30"}, "time"),
    ],
)
def test_a_wrong_value_is_noticed(key: str, value: object, fault: str) -> None:
    event = next(event for event in gold(FILES[0])["events"] if event["tier"] == "main")

    assert fault in wrong_values({**event, key: value})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_publication_date_has_its_bounds(path: Path) -> None:
    assert not unbounded(gold(path)["publication"])


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_file_beside_a_text_gives_the_same_day(path: Path) -> None:
    assert sidecar(path).published == gold(path.with_suffix(".json"))["publication"]["edtf"]


def test_ids_are_unique_and_name_their_file() -> None:
    ids = [(path.stem, event["id"]) for path in FILES for event in gold(path)["events"]]

    assert all(name.startswith(f"{stem}-e") for stem, name in ids)
    assert max(Counter(name for _, name in ids).values()) == 1


def test_same_event_names_another_event_of_the_folder() -> None:
    events = [event for path in FILES for event in gold(path)["events"]]
    known = {event["id"] for event in events}

    assert all(set(event.get("same_event_as", ())) <= known - {event["id"]} for event in events)


def test_each_text_has_an_annotation_and_each_annotation_a_text() -> None:
    texts = {path.stem for folder in (FOLDER, UNREAD) for path in folder.glob("*-*.txt")}

    assert texts == {path.stem for path in FILES}


@pytest.mark.parametrize(("half", "number"), [("dev", 75), ("test", 12), ("unread", 29)])
def test_each_part_has_its_texts(half: str, number: int) -> None:
    assert sum(path.stem.startswith(half) for path in FILES) == number


@pytest.mark.parametrize("half", ["dev", "test"])
def test_what_was_read_has_all_sixteen_categories(half: str) -> None:
    paths = [path for path in FILES if path.stem.startswith(half)]

    assert CATEGORIES - {event["plover"] for path in paths for event in gold(path)["events"]} == set()


def test_each_narrative_phrase_occurs_once_and_has_a_date_or_none() -> None:
    dated = [edtf_text.parse(row["edtf"]) for row in NARRATIVE if row["edtf"]]

    assert all(row["text"].count(row["phrase"]) == 1 for row in NARRATIVE)
    assert (len(NARRATIVE), len(dated)) == (140, 107)
