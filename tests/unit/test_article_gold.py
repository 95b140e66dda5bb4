"""The measured article keeps the floors that kg promises; what fires on it alone is listed by coverage."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.bench.article import Score, score
from kg.bench.coverage import coverage
from kg.extraction import Reader
from kg.read import read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FLOORS = {
    "requested_all_right": 12,
    "found_typed": 20,
    "asserted_precision": 0.92,
    "filler_precision": 0.95,
}


@pytest.fixture(scope="module")
def scored(evaluation: Path, reader: Reader) -> Score:
    folder = evaluation / "article"
    found, _ = score(read(folder / "article.txt"), folder, reader)
    return found


def test_the_main_events_are_right_in_every_field(scored: Score) -> None:
    assert scored.figures["main_all_right"] == scored.figures["main"] == 4


@pytest.mark.parametrize("name", FLOORS)
def test_a_figure_meets_its_floor(name: str, scored: Score) -> None:
    assert scored.figures[name] >= FLOORS[name]


@pytest.mark.parametrize("name", ["context_as_actual", "ungrounded"])
def test_nothing_is_said_that_the_text_does_not_say(name: str, scored: Score) -> None:
    assert scored.figures[name] == 0


def test_every_quote_is_exact(scored: Score) -> None:
    assert scored.figures["quotes_exact"] == 1.0


def test_no_phrase_and_no_word_is_fitted_to_the_article(evaluation: Path, reader: Reader) -> None:
    found = coverage([evaluation, EXAMPLES], reader).on("article")

    assert [item for item in found if item[0] != "name"] == []
