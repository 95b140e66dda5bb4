"""The figures of `kg bench meantime`, computed by hand for tiny annotated documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.bench.cat import CatDocument, CatEvent, CatRole, CatTime, CatToken
from kg.bench.meantime import Scored, figures, files, plain, score_meantime, scored, table
from kg.bench.meantime_events import class_of
from kg.cli.benches import bench
from kg.errors import ReadError
from kg.extraction import Reader

SENTENCES = (
    "Raid in Oslo",
    "May 4 , 2004",
    "Police raided the shop on Friday .",
    "Soldiers will not raid it for two days , and stay until June .",
)
WORDS = tuple(CatToken(word, n) for n, sentence in enumerate(SENTENCES) for word in sentence.split())
RAID = CatEvent("e1", (8,), "CERTAIN", "POS", "NON_FUTURE", "NONE")
CREATED = CatTime((3, 4, 5, 6), "DATE", "2004-05-04", creation=True)


def at(*words: str) -> tuple[int, ...]:
    return tuple(next(n for n, token in enumerate(WORDS) if token.text == word) for word in words)


def document(
    times: tuple[CatTime, ...] = (),
    events: tuple[CatEvent, ...] = (),
    roles: tuple[CatRole, ...] = (),
    last: int = len(WORDS) - 1,
) -> CatDocument:
    return CatDocument("one", WORDS, (CREATED, *times), events, roles, last)


def measured(given: CatDocument, reader: Reader) -> dict[str, float | int]:
    return figures([scored("one", given, reader)])


def test_times_count_as_strict_relaxed_and_valued(reader: Reader) -> None:
    times = (
        CatTime(at("Friday"), "DATE", "2004-04-30"),
        CatTime(at("days"), "DURATION", "p2d"),
        CatTime(at("until", "June"), "DATE", "2005-06"),
    )
    found = measured(document(times), reader)

    assert (found["timex_n"], found["timex_found"]) == (3, 3)
    assert (found["timex_strict_f1"], found["timex_relaxed_f1"], found["timex_value_f1"]) == (0.333, 1, 0.667)
    assert found["timex_type_accuracy"] == 1


def test_what_is_missed_lowers_recall_and_what_is_extra_precision(reader: Reader) -> None:
    found = measured(document((CatTime(at("Police"), "DATE", "2004"),)), reader)

    assert (found["timex_relaxed_p"], found["timex_relaxed_r"], found["timex_found"]) == (0, 0, 3)


def test_the_creation_time_counts_only_in_a_figure_of_its_own(reader: Reader) -> None:
    given = document((CatTime(at("Friday"), "DATE", "1999"),), last=at("Friday")[0])
    found = measured(given, reader)

    assert (found["timex_n"], found["timex_found"], found["timex_value_f1"]) == (1, 1, 0)
    assert found["timex_value_f1_with_creation"] == 0.5


def test_only_what_lies_before_the_last_annotated_token_is_scored(reader: Reader) -> None:
    found = measured(document((CatTime(at("Friday"), "DATE", "2004-04-30"),), last=at("Friday")[0]), reader)

    assert (found["timex_value_p"], found["timex_value_r"]) == (1, 1)


def test_roles_are_compared_by_their_heads_over_matched_events(reader: Reader) -> None:
    unmatched = CatEvent("e2", at("stay"), "CERTAIN", "POS", "FUTURE", "NONE")
    roles = (
        CatRole("e1", "Arg0", at("Police")),
        CatRole("e1", "Arg1", at("Oslo")),
        CatRole("e1", "Argm-LOC", at("Oslo")),
        CatRole("e2", "Arg0", at("Soldiers")),
    )
    found = measured(document(events=(RAID, unmatched), roles=roles), reader)

    assert (found["events_matched"], found["role_n"], found["role_n_all"]) == (1, 2, 3)
    assert (found["role_p"], found["role_r"], found["role_f1"], found["role_r_all"]) == (0.5, 0.5, 0.5, 0.333)


@pytest.mark.parametrize(("polarity", "right"), [("POS", 1.0), ("NEG", 0.0)])
def test_factuality_agrees_or_not(reader: Reader, polarity: str, right: float) -> None:
    event = CatEvent("e1", (8,), "CERTAIN", polarity, "NON_FUTURE", "NONE")
    found = measured(document(events=(event,)), reader)

    assert (found["factuality_n"], found["factuality_accuracy"]) == (1, right)


def test_one_predicted_event_matches_one_gold_event(reader: Reader) -> None:
    found = measured(document(events=(RAID, CatEvent("e3", (8,)))), reader)

    assert (found["events_matched"], found["factuality_n"]) == (1, 1)


def test_an_event_without_a_factuality_is_not_judged(reader: Reader) -> None:
    found = measured(document(events=(CatEvent("e1", (8,)),)), reader)

    assert (found["events_matched"], found["factuality_n"]) == (1, 0)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (("CERTAIN", "POS", "NON_FUTURE", "NONE"), "factual"),
        (("CERTAIN", "NEG", "NON_FUTURE", "NONE"), "counterfactual"),
        (("CERTAIN", "POS", "FUTURE", "NONE"), "open"),
        (("POSSIBLE", "POS", "NON_FUTURE", "NONE"), "open"),
        (("CERTAIN", "POS", "NON_FUTURE", "COND_IF_CLAUSE"), "open"),
        (("CERTAIN", "UNDERSPECIFIED", "NON_FUTURE", "NONE"), "open"),
        (("", "POS", "NON_FUTURE", "NONE"), ""),
    ],
)
def test_four_attributes_give_one_of_three_factualities(given: tuple[str, ...], name: str) -> None:
    certainty, polarity, time, special = given

    assert class_of(CatEvent("1", (0,), certainty, polarity, time, special)) == name


def test_values_are_compared_without_case_and_seconds() -> None:
    assert plain("2004-05-04t10:00:00") == plain("2004-05-04T10:00")
    assert plain("2004-05") != plain("2004-05-04")


def test_the_table_lists_what_is_not_right(reader: Reader) -> None:
    times = (CatTime(at("Friday"), "DATE", "1999"), CatTime(at("Police"), "DATE", "2004"))
    lines = table([scored("one", document(times), reader)]).splitlines()

    assert "one\tDATE 1999\tDATE 2004-04-30\tFriday" in lines
    assert "one\tDATE 2004\tnothing\tPolice" in lines
    assert "one\tnothing\tDURATION P2D\ttwo days" in lines


def test_no_document_gives_no_figure_but_zero() -> None:
    nothing: list[Scored] = []

    assert set(figures(nothing).values()) == {0}


FILE = (
    '<Document doc_name="x"><token sentence="0" number="0" t_id="1">Friday</token><Markables>'
    '<TIMEX3 m_id="1" type="DATE" value="2004-04-30"><token_anchor t_id="1"/></TIMEX3></Markables></Document>'
)


def laid(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FILE, encoding="utf-8")
    return folder


def test_files_are_found_in_every_layout(tmp_path: Path) -> None:
    laid(tmp_path, "corpus_a/intra-doc_annotation/1.xml", "corpus_a/intra_cross-doc_annotation/1.xml")
    laid(tmp_path, "corpus_b/intra_cross-doc_annotation/2.xml", "intra-doc_annotation/corpus_c/3.xml")

    found = [path.relative_to(tmp_path).as_posix() for path in files(tmp_path)]

    assert found == [
        "intra-doc_annotation/corpus_c/3.xml",
        "corpus_a/intra-doc_annotation/1.xml",
        "corpus_b/intra_cross-doc_annotation/2.xml",
    ]


def test_a_folder_without_annotation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no intra-doc_annotation with"):
        files(tmp_path)


def test_a_broken_file_stops_the_bench_with_its_name(tmp_path: Path, reader: Reader) -> None:
    laid(tmp_path, "intra-doc_annotation/1.xml")
    (tmp_path / "intra-doc_annotation" / "2.xml").write_text("<Document>", encoding="utf-8")

    with pytest.raises(ReadError, match=r"2\.xml: not valid XML"):
        score_meantime(tmp_path, reader)


def test_the_command_prints_one_object(tmp_path: Path) -> None:
    laid(tmp_path, "intra-doc_annotation/1.xml")
    done = CliRunner().invoke(bench, ["meantime", str(tmp_path), "--json"])

    assert json.loads(done.output)["timex_strict_f1"] == 1


def test_every_figure_of_the_bench_is_documented() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "bench.md").read_text(encoding="utf-8")
    section = docs[docs.index("\n## meantime") :]

    assert [name for name in figures([]) if f"`{name}`" not in section] == []
