"""`kg bench narrative` compares what a phrase means with what kg makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.bench.narrative import Told, figures, score_narrative, table
from kg.errors import ReadError
from kg.extract.rules import RuleExtractor
from kg.extraction import Reader
from kg.timex.edtf_text import parse

ROW = {
    "text": "Rebels took Goma on 3 May 2024. The next day they left. By that evening Goma was calm.",
    "published": None,
    "phrase": "The next day",
    "edtf": "2024-05-04",
}


def scored(reader: Reader, folder: Path, *rows: dict[str, object]) -> list[Told]:
    path = folder / "rows.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert isinstance(reader.extractor, RuleExtractor)
    return score_narrative(path, reader.parser, reader.extractor)


def test_right_wrong_and_missed_rows_are_told_apart(reader: Reader, tmp_path: Path) -> None:
    rows = scored(
        reader,
        tmp_path,
        ROW,
        {**ROW, "edtf": "2024-05-05"},
        {**ROW, "phrase": "was calm", "edtf": "2024-05-04"},
    )

    assert figures(rows) == {"right": 0.333, "wrong": 1, "missed": 1, "n": 3}
    assert "2024-05-04, not 2024-05-05" in table(rows)


def test_a_value_where_none_is_asked_for_is_wrong(reader: Reader, tmp_path: Path) -> None:
    (row,) = scored(reader, tmp_path, {**ROW, "edtf": None})

    assert not row.right


@pytest.mark.parametrize(("edtf", "right"), [("2024-05-04", True), ("2024-05-05", False)])
def test_of_a_side_the_end_that_it_has_counts(edtf: str, right: bool) -> None:
    row = Told("", "that evening", parse(edtf), parse("[..2024-05-04]"), sided=True)

    assert row.right is right
    assert not Told("", "that evening", parse(edtf), parse("[..2024-05-04]")).right


@pytest.mark.parametrize(
    "text", ["{", "[1]", '[{"text": "a", "phrase": "b", "published": null, "edtf": null}]']
)
def test_a_file_that_is_no_such_list_is_named(reader: Reader, tmp_path: Path, text: str) -> None:
    path = tmp_path / "rows.json"
    path.write_text(text, encoding="utf-8")
    assert isinstance(reader.extractor, RuleExtractor)

    with pytest.raises(ReadError, match="not a list of narrative times"):
        score_narrative(path, reader.parser, reader.extractor)
