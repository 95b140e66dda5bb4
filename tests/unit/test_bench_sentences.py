"""The figures of `kg bench sentences`, computed by hand for tiny coded sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.bench.sentences import Coded, Scored, announced, figures, load_coded, score_sentences, table
from kg.errors import ReadError
from kg.extraction import Reader


def written(folder: Path, rows: Any) -> Path:
    path = folder / "coded.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def row(plover: str, **roles: str) -> dict[str, Any]:
    fillers = [{"role": name, "text": text} for name, text in roles.items()]
    return {"plover": plover, "type": "X", "trigger": {"text": "raided"}, "roles": fillers}


def scored(code: str | None, found: dict[str, Any] | None, source: int = 0, target: int = 0) -> Scored:
    coded = Coded("Police raided the shop.", code, ("Police",), ("the shop",))
    right = bool(found) and found is not None and found["plover"] == code
    return Scored(coded, found, right, (source, source, 1, source), (target, target, 1, target))


def test_own_rows_are_read(tmp_path: Path) -> None:
    rows = [{"text": "x", "plover": "COERCE", "source": {"text": "Police"}, "target": {"text": ""}}]

    assert load_coded(written(tmp_path, rows)) == [Coded("x", "COERCE", ("Police",), ())]


def test_rows_of_2016_are_read_with_the_codes_of_2021(tmp_path: Path) -> None:
    rows = [{"text": "x", "event": "FIGHT", "source": [{"actorText": "A"}, {"actorText": "B"}]}]

    assert load_coded(written(tmp_path, rows)) == [Coded("x", "ASSAULT", ("A", "B"), ())]


def test_a_sentence_may_be_coded_as_no_event(tmp_path: Path) -> None:
    assert load_coded(written(tmp_path, [{"text": "x", "plover": None}])) == [Coded("x", None, (), ())]


@pytest.mark.parametrize("rows", [{"text": "x"}, [1], [{"plover": "COERCE"}], None])
def test_another_form_is_told_with_its_file(tmp_path: Path, rows: Any) -> None:
    with pytest.raises(ReadError, match=r"coded\.json: not a list of coded sentences"):
        load_coded(written(tmp_path, rows))


def test_the_figures_of_four_sentences_are_these() -> None:
    found = figures(
        [
            scored("COERCE", row("COERCE", agent="Police", target="the shop"), 1, 1),
            scored("COERCE", row("ASSAULT", agent="Police"), 1, 0),
            scored("COERCE", None),
            scored(None, row("COERCE")),
        ]
    )

    assert found == {
        "type_p": 0.5,
        "type_r": 0.333,
        "type_f1": 0.4,
        "source_p": 1.0,
        "source_r": 0.667,
        "target_p": 1.0,
        "target_r": 0.333,
        "all_right": 0.333,
        "false_events": 1,
        "n": 4,
    }


def test_no_sentence_gives_zeros() -> None:
    assert set(figures([]).values()) == {0}


def test_a_sentence_is_read_and_compared(reader: Reader) -> None:
    coded = Coded("Police raided the warehouse.", "COERCE", ("Police",), ("the warehouse",))
    (found,) = score_sentences([coded], reader)

    assert found.all_right


def test_another_target_is_not_right(reader: Reader) -> None:
    coded = Coded("Police raided the warehouse.", "COERCE", ("Police",), ("the clinic",))
    (found,) = score_sentences([coded], reader)

    assert (found.type_right, found.source, found.target) == (True, (1, 1, 1, 1), (0, 0, 1, 1))


def test_the_table_lists_what_is_wrong() -> None:
    assert "COERCE\tnothing\tPolice raided the shop." in table([scored("COERCE", None)])


def test_a_folder_gives_all_its_files(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.json").write_text(json.dumps([{"text": name, "plover": None}]), "utf-8")

    assert [coded.text for coded in load_coded(tmp_path)] == ["a", "b"]


def test_a_published_figure_stands_beside_ours() -> None:
    shown = table([scored("COERCE", None)], "plover-gsr").splitlines()

    assert "type_f1                        0.0   (UniversalPetrarch 0.47)" in shown


@pytest.mark.parametrize(
    ("code", "factuality", "compared"),
    [
        ("AID", "Predicted", "AGREE"),
        ("COERCE", "Predicted", "THREATEN"),
        ("REQUEST", "Predicted", "REQUEST"),
        ("AID", "Denied", "REJECT"),
        ("COERCE", "Denied", "COERCE"),
        ("AID", "Asserted", "AID"),
    ],
)
def test_what_is_only_announced_has_the_code_of_an_announcement(
    code: str, factuality: str, compared: str
) -> None:
    assert announced(code, factuality) == compared


def test_the_main_event_of_a_sentence_is_the_highest(reader: Reader) -> None:
    text = "Police who had raided a mosque arrested two men, a spokesman said."
    (found,) = score_sentences([Coded(text, "COERCE", ("Police",), ("two men",))], reader)

    assert found.row is not None and found.row["trigger"]["text"] == "arrested"
