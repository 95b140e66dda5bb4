"""Timelines drawn from raw text, and how they are compared with gold ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.bench.awareness import Agreement, Entry, agreement
from kg.bench.deeds import anchor
from kg.bench.timeline import corpora, figures, read_timeline, score_timelines, table
from kg.cli.benches import bench
from kg.errors import ReadError
from kg.extraction import Reader
from kg.model import Window

GOLD = [Entry(1, "2004", ("a",)), Entry(2, "2005-03", ("b", "b2")), Entry(2, "2005-03", ("c",))]
TEXT = (
    "Lena Berg opens bank",
    "March 4 , 2011",
    "Lena Berg opened a bank in Lund yesterday .",
    "She founded the Lund Fund in 1999 .",
    "Berg did not sell the fund .",
    "The bank may hire clerks .",
)
TIMELINE = "Lena Berg\n0\tXXXX-XX-XX\t7-5-sell\n1\t1999\t7-3-founded\n2\t2011-03-03\t7-2-opened\n"


def test_a_timeline_agrees_with_itself() -> None:
    assert agreement(GOLD, GOLD) == Agreement(5, 5, 5, 5)


def test_dates_and_order_are_both_counted() -> None:
    # Predicted: a and c with their dates, a before c: three relations, all in the gold's closure.
    # Of gold's three dates two are found; of its neighbours a-b, b-c none, since b is missing.
    found = [Entry(1, "2004", ("a",)), Entry(2, "2005-03", ("c",))]

    assert agreement(GOLD, found) == Agreement(3, 3, 2, 5)


def test_order_alone_needs_no_dates() -> None:
    found = [Entry(1, "1950", ("a",)), Entry(2, "1951", ("c",))]

    assert agreement(GOLD, found, dates=False) == Agreement(1, 1, 0, 2)


def test_a_wrong_order_is_wrong_both_ways() -> None:
    found = [Entry(1, "", ("c",)), Entry(2, "", ("a",))]

    assert agreement(GOLD, found, dates=False) == Agreement(0, 1, 0, 2)


def test_any_mention_of_an_event_will_do() -> None:
    assert agreement(GOLD, [Entry(1, "2005-03", ("b2",))]).right == 1


def test_an_event_that_is_told_twice_is_right_once() -> None:
    found = [Entry(1, "2005-03", ("b",)), Entry(1, "2005-03", ("b2",))]

    assert agreement(GOLD, found) == Agreement(1, 3, 1, 5)


def test_what_nobody_could_order_says_nothing() -> None:
    assert agreement([*GOLD, Entry(0, "", ("z",))], [Entry(0, "", ("a",)), *GOLD]).f1 == 1.0


@pytest.mark.parametrize(
    ("edtf", "first", "last", "told"),
    [
        ("2004-05-06", date(2004, 5, 6), date(2004, 5, 6), "2004-05-06"),
        ("2004-05", date(2004, 5, 1), date(2004, 5, 31), "2004-05"),
        ("2004", date(2004, 1, 1), date(2004, 12, 31), "2004"),
        ("2004-01-01/..", date(2004, 1, 1), None, "2004"),
        ("2004-05-01/2006-01-31", date(2004, 5, 1), date(2006, 1, 31), "2004-05"),
        ("[2004..2006]", date(2004, 1, 1), date(2006, 12, 31), ""),
    ],
)
def test_a_time_is_one_date_as_coarse_as_it_has_to_be(
    edtf: str, first: date, last: date | None, told: str
) -> None:
    assert anchor(Window(edtf, first, last)) == told


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus_1"
    texts, gold = folder / "corpus_trackA_CAT", folder / "TimeLines_Gold_Standard"
    texts.mkdir(parents=True)
    gold.mkdir()
    words = [(word, n) for n, sentence in enumerate(TEXT) for word in sentence.split()]
    tokens = "".join(f'<token t_id="{i}" sentence="{n}">{w}</token>' for i, (w, n) in enumerate(words))
    (texts / "7_Lena_Berg_opens.xml").write_text(f"<Document>{tokens}</Document>", encoding="utf-8")
    (gold / "lena_berg.txt").write_text(TIMELINE, encoding="utf-8")
    return folder


def test_a_timeline_is_drawn_from_raw_text(corpus: Path, reader: Reader) -> None:
    found = score_timelines(corpus, reader)[0].found

    assert [(e.place, e.date, e.mentions) for e in found] == [
        (1, "1999", ("7-3-founded",)),
        (2, "2011-03-03", ("7-2-opened",)),
    ]


def test_several_corpora_are_summed(corpus: Path, reader: Reader) -> None:
    given = figures(score_timelines(corpus.parent, reader))

    assert (given["micro_f1"], given["timelines"]) == (1.0, 1)


def test_gold_may_lie_beside_the_corpora(corpus: Path, reader: Reader) -> None:
    beside = corpus.parent / "TimeLines_Gold_Standard"
    beside.mkdir()
    (corpus / "TimeLines_Gold_Standard").rename(beside / corpus.name)

    assert figures(score_timelines(corpus.parent, reader))["micro_f1"] == 1.0


def test_a_mention_may_hold_a_space(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Lena Berg\n1\t1999\t7-3-court case\t7-4-sued\n", encoding="utf-8")

    assert read_timeline(tmp_path / "x.txt")[1][0].mentions == ("7-3-court_case", "7-4-sued")


def test_the_table_marks_what_is_right(corpus: Path, reader: Reader) -> None:
    assert "1\t1999\t+7-3-founded" in table(score_timelines(corpus, reader))


def test_a_gold_timeline_keeps_what_is_known_of_a_date(corpus: Path) -> None:
    _, entries = read_timeline(corpus / "TimeLines_Gold_Standard" / "lena_berg.txt")

    assert [(e.place, e.date) for e in entries] == [(0, ""), (1, "1999"), (2, "2011-03-03")]


def test_a_broken_line_of_a_timeline_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Lena Berg\nfirst 1999 7-3-founded\n", encoding="utf-8")

    with pytest.raises(ReadError, match=r"x\.txt: line 2: "):
        read_timeline(tmp_path / "x.txt")


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no corpus_trackA_CAT"):
        corpora(tmp_path)


def test_a_corpus_without_gold_is_told(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "corpus_trackA_CAT").mkdir()

    with pytest.raises(ReadError, match="no folder of gold timelines"):
        score_timelines(tmp_path, reader)


def test_the_command_prints_the_figures_as_one_object(corpus: Path) -> None:
    done = CliRunner().invoke(bench, ["timeline", str(corpus), "--json"])

    assert json.loads(done.stdout)["micro_f1"] == 1.0
