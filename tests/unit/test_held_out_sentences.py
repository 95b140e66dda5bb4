"""The held-out sentences are coded in the format that `kg bench sentences` reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.bench.sentences import load_coded

FOLDER = Path(__file__).parents[1] / "held_out" / "sentences"
CODED = sorted(FOLDER.glob("*-dev.json")) + sorted(FOLDER.glob("*-test.json"))
CATEGORIES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT "
    "THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def foreign(found: list[dict[str, Any]]) -> list[str]:
    """Return the coded names that are not words of their sentence."""
    names = [(row["text"], row[key]["text"]) for row in found for key in ("source", "target")]
    return [name for text, name in names if name not in text]


@pytest.mark.parametrize("path", CODED, ids=lambda path: path.stem)
def test_every_name_stands_in_its_sentence(path: Path) -> None:
    assert foreign(rows(path)) == []


def test_a_name_from_elsewhere_is_noticed() -> None:
    row = {"text": "Oslo met Rome.", "source": {"text": "Oslo"}, "target": {"text": "Paris"}}

    assert foreign([row]) == ["Paris"]


@pytest.mark.parametrize("path", CODED, ids=lambda path: path.stem)
def test_every_sentence_has_a_category_of_plover_or_none(path: Path) -> None:
    coded = load_coded(path)

    assert len(coded) == len(rows(path)) > 0
    assert {sentence.plover for sentence in coded} == {*CATEGORIES, None}


def test_figurative_sentences_are_coded_as_no_event() -> None:
    assert {sentence.plover for sentence in load_coded(FOLDER / "figurative.json")} == {None}


def test_no_sentence_is_in_two_files() -> None:
    texts = [row["text"] for path in sorted(FOLDER.glob("*.json")) for row in rows(path)]

    assert len(texts) == len(set(texts))
