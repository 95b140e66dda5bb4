"""The figures of `kg bench article`, computed by hand for a tiny gold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.bench.article import load_gold, pair, score, table
from kg.errors import ReadError
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.model import Claim, Document, Entity, Event, Extraction, Filler, Span

TEXT = "Rebels shelled the port. Rebels may storm the fort. Two men died."
MAPPING = {
    "roles": {"attacker": "agent", "victim": "target"},
    "types": {"shelling": "ASSAULT", "storming": "ASSAULT", "death": "ASSAULT"},
    "factuality": {"CT+ by author": ["Asserted"], "PS+": ["Hypothetical"]},
}


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def gold(identifier: str, kind: str, tier: str, trigger: str, evidence: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identifier, "type": kind, "tier": tier, "requested": tier == "main",
        "trigger": span(trigger), "evidence": span(evidence), "roles": [], "place": [], "time": None,
        "counts": [], "relations": [], "factuality": {"value": "CT+", "source": "author"},
        "status_check": "Actual",
    } | more  # fmt: skip


SHELLING = gold("e1", "shelling", "main", "shelled", "Rebels shelled the port.")
SHELLING["roles"] = [{"role": "attacker", "text": "Rebels", "entity": "REB", "implicit": False}]
STORMING = gold(
    "e2", "storming", "context", "storm", "Rebels may storm the fort.",
    status_check="not Actual", factuality={"value": "PS+", "source": "author"},
)  # fmt: skip
DEATH = gold(
    "e3", "death", "secondary", "died", "Two men died.", relations=[{"type": "caused_by", "target": "e1"}]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entities = {"REB": {"type": "Group", "names": ["Rebels"]}}
    whole = {"entities": entities, "events": [SHELLING, STORMING, DEATH]}
    (tmp_path / "gold.json").write_text(json.dumps(whole), encoding="utf-8")
    (tmp_path / "mapping.json").write_text(json.dumps(MAPPING), encoding="utf-8")
    return tmp_path


def event(trigger: str, agent: str | None, **more: Any) -> Event:
    at = Span(span(trigger)["start"], span(trigger)["end"])
    stop = TEXT.index(".", at.end) + 1
    claims = [Claim("status", "Actual", at), Claim("type", "Shelling", at)]
    if agent:
        rebels = Entity("Group", "x", agent, described=True)
        start = TEXT.rindex(agent, 0, at.start)
        where = Span(start, start + len(agent))
        claims.append(Claim("agent", Filler(where, rebels), where))
    return replace(Event("Shelling", at, Span(max(0, at.start - 8), stop), tuple(claims)), **more)


class Canned:
    """Proposes fixed events, whatever the text."""

    name = "canned"

    def __init__(self, *events: Event) -> None:
        self._events = events

    def extract(self, document: Document) -> Extraction:
        return Extraction(self._events)


def figures(reader: Reader, folder: Path, *events: Event) -> dict[str, float | int]:
    canned = replace(reader, extractor=Canned(*events))
    return score(sentence_article(TEXT), folder, canned)[0].figures


def test_a_right_event_is_found(reader: Reader, folder: Path) -> None:
    found = figures(reader, folder, event("shelled", "Rebels"))

    assert (found["main_all_right"], found["found_typed"], found["asserted_precision"]) == (1, 1, 1.0)


def test_nothing_found_gives_zeros(reader: Reader, folder: Path) -> None:
    found = figures(reader, folder)

    assert (found["main_all_right"], found["main"], found["found_typed"], found["events"]) == (0, 1, 0, 2)


def test_a_missing_agent_spoils_the_event_not_the_finding(reader: Reader, folder: Path) -> None:
    bare = event("shelled", None)
    there = replace(bare, claims=(*bare.claims, *event("died", "Two men").claims[2:]))
    found = figures(reader, folder, there)

    assert (found["main_all_right"], found["found_typed"], found["filler_precision"]) == (0, 1, 0.0)


def test_a_context_event_as_actual_is_counted(reader: Reader, folder: Path) -> None:
    found = figures(reader, folder, event("shelled", "Rebels"), event("storm", "Rebels"))

    assert (found["context_as_actual"], found["asserted_precision"]) == (1, 0.5)


def test_an_event_of_another_category_lowers_the_precision(reader: Reader, folder: Path) -> None:
    stray = replace(event("men", "Two"), type="Consult")
    found = figures(reader, folder, event("shelled", "Rebels"), stray)

    assert found["asserted_precision"] == 0.5


def test_exact_quotes_are_all_of_them(reader: Reader, folder: Path) -> None:
    assert figures(reader, folder, event("shelled", "Rebels"))["quotes_exact"] == 1.0


def test_the_table_names_what_was_not_found(reader: Reader, folder: Path) -> None:
    found, _ = score(sentence_article(TEXT), folder, replace(reader, extractor=Canned()))

    assert "e1     main       shelling                 not found" in table(found)


def test_each_prediction_matches_one_gold_event(folder: Path) -> None:
    golds, mapping = load_gold(folder)
    row = {"plover": "ASSAULT", "trigger": span("shelled"), "roles": [], "time": None, "counts": []}
    row |= {"claimants": [], "factuality": "Asserted", "status": "Actual"}
    pairs, spurious = pair([golds[0], golds[0]], [row], mapping)

    assert ([p.row is not None for p in pairs], spurious) == ([True, False], [])


def test_a_missing_gold_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gold\.json: cannot be read as JSON"):
        load_gold(tmp_path)
