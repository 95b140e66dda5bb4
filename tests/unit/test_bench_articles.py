"""The figures of `kg bench articles`, computed by hand for a tiny annotated article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.bench.articles import Scored, faults, figures, score_articles, table
from kg.errors import ReadError
from kg.extraction import Reader

TEXT = "Police raided the warehouse in Oslo, and soldiers left the fort on Friday after a quarrel.\n"


def span(words: str) -> dict[str, Any]:
    return {"text": words, "start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def gold(**changes: Any) -> dict[str, Any]:
    return {
        "id": "e1", "tier": "main", "plover": "COERCE", "trigger": span("raided"),
        "evidence": span(TEXT[:35]), "agent": [span("Police")],
        "target": [span("the warehouse")], "place": [span("Oslo")], "time": None,
        "counts": [], "claimant": "author", "factuality": "Asserted", "status": "Actual",
    } | changes  # fmt: skip


def row(**changes: Any) -> dict[str, Any]:
    fillers = [("agent", "Police"), ("target", "the warehouse"), ("place", "Oslo")]
    return {
        "plover": "COERCE", "trigger": span("raided"), "evidence": span(TEXT[:35]), "time": None,
        "roles": [{"role": name, **span(words)} for name, words in fillers], "counts": [], "claimants": [],
        "factuality": "Asserted", "status": "Actual",
    } | changes  # fmt: skip


FRIDAY = {"earliest": "2031-05-02", "latest": "2031-05-02"}
WRONG: dict[str, dict[str, Any]] = {
    "type": {"plover": "ASSAULT"},
    "source": {"roles": row()["roles"][1:]},
    "target": {"roles": [row()["roles"][0], row()["roles"][2]]},
    "place": {"roles": row()["roles"][:2]},
    "time": {"time": FRIDAY},
    "claimant": {"claimants": [span("soldiers")]},
    "factuality": {"factuality": "Reported"},
    "status": {"status": "Disputed"},
    "count": {"counts": [{"kind": "Killed", "least": 1, "most": None}]},
}


def test_a_right_prediction_has_no_faults() -> None:
    assert all(faults(gold(), row()).values())


@pytest.mark.parametrize("field", WRONG)
def test_one_wrong_thing_spoils_its_own_field_only(field: str) -> None:
    found = faults(gold(), row(**WRONG[field]))

    assert [name for name, right in found.items() if not right] == [field]


def test_another_category_that_the_gold_allows_is_right() -> None:
    assert faults(gold(plover_alt=["ASSAULT"]), row(plover="ASSAULT"))["type"]


def test_an_agent_too_many_spoils_the_source() -> None:
    more = [*row()["roles"], {"role": "agent", **span("soldiers")}]

    assert not faults(gold(), row(roles=more))["source"]


def test_the_figures_of_a_right_article_are_full() -> None:
    found = figures([Scored("made", (gold(),), (row(),), {0: 0})])

    ones = {"type_p", "type_r", "source_p", "source_r", "place_r", "asserted_precision", "all_right"}
    assert {found[name] for name in ones} == {1.0}
    assert (found["found_typed"], found["events"], found["context_as_actual"]) == (1, 1, 0)


def test_a_missed_event_lowers_recall_only() -> None:
    found = figures([Scored("made", (gold(), gold(id="e2")), (row(),), {0: 0})])

    assert (found["type_p"], found["type_r"], found["type_f1"]) == (1.0, 0.5, 0.667)


def test_an_event_too_many_lowers_precision_only() -> None:
    found = figures([Scored("made", (gold(),), (row(), row(trigger=span("left"))), {0: 0})])

    assert (found["type_p"], found["type_r"], found["asserted_precision"]) == (0.5, 1.0, 0.5)


def test_a_context_event_that_comes_out_as_actual_is_counted() -> None:
    context = gold(tier="context", status="Unrealised", factuality="Hypothetical")
    found = figures([Scored("made", (context,), (row(),), {0: 0})])

    assert (found["context_as_actual"], found["events"], found["asserted_precision"]) == (1, 0, 0.0)


def test_words_that_are_no_event_are_no_loss() -> None:
    idiom = gold(plover=None, tier="context", status="Unrealised")

    assert figures([Scored("made", (idiom, gold()), (row(),), {1: 0})])["type_r"] == 1.0


def test_an_annotated_article_is_read_and_scored(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "made.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "made.json").write_text(json.dumps({"events": [gold()]}), encoding="utf-8")
    (found,) = score_articles(tmp_path, reader)

    assert list(found.pairs) == [0]
    assert "found_typed" in table([found])


def test_a_text_without_annotation_is_passed_over(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "made.txt").write_text(TEXT, encoding="utf-8")

    with pytest.raises(ReadError, match=r"no NAME\.txt or NAME\.html with a NAME\.json"):
        score_articles(tmp_path, reader)


def test_a_broken_annotation_is_told_with_its_file(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "made.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "made.json").write_text("{}", encoding="utf-8")

    with pytest.raises(ReadError, match=r"made\.json: not an annotated article"):
        score_articles(tmp_path, reader)


def test_two_reports_of_one_event_are_counted_as_a_merge(tmp_path: Path, reader: Reader) -> None:
    for name, text in (
        ("a", "Police raided a bank in Oslo on Friday."),
        ("b", "Police raided a bank in Oslo on Friday night."),
    ):
        span = {"text": "raided", "start": 7, "end": 13}
        event = {
            "id": f"{name}-e1", "tier": "main", "plover": "COERCE", "type": "raid", "trigger": span,
            "evidence": {"text": text, "start": 0, "end": len(text)}, "agent": [], "target": [], "place": [],
            "time": None, "counts": [], "claimant": "author", "factuality": "Asserted", "status": "Actual",
            "same_event_as": ["a-e1"] if name == "b" else [],
        }  # fmt: skip
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text("published: 2024-05-06\n", encoding="utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps({"events": [event]}), encoding="utf-8")
    given = figures(score_articles(tmp_path, reader))

    assert (given["merge_p"], given["merge_r"]) == (1.0, 1.0)
