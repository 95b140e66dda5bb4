"""What a build says of itself in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.model import Article, Claim, Event, Extraction, Refusal, Span, When, Window
from kg.pipeline import Built, Failed
from kg.report import Report, Result
from kg.summary import refusals, summary

TEXT = "Police raided the warehouse and stormed the market."
AT = Span(7, 13)
DATED = Claim("when", When(Window("2031", None, None), AT, ("stated",)), AT)
RAID = Event("Raid", AT, Span(0, len(TEXT)), (Claim("status", "Actual", AT), DATED))
IDIOM = Refusal("Raid", Span(32, 39), "idiom", "{_} storm market")
LABELS = {"Raid": "raid"}
BUILT = Built(
    path=Path("made.txt"),
    article=Article("made.txt", TEXT, ()),
    extraction=Extraction((RAID,), (IDIOM,)),
    report=Report(),
    changed=True,
)


def test_events_are_counted_by_type() -> None:
    assert summary([BUILT], LABELS) == (
        "1 article read, 1 new or changed: 1 event\n"
        "     1 raid\n"
        "1 candidate refused: 1 idiom (kg build --explain lists them)\n"
    )


def test_the_commonest_type_comes_first() -> None:
    raid = replace(RAID, type="Talks")
    lines = summary([replace(BUILT, extraction=Extraction((raid, RAID, RAID)))], LABELS).splitlines()

    assert lines[1:] == ["     2 raid", "     1 Talks"]


def test_an_unchanged_article_is_not_counted_as_new() -> None:
    assert "1 article read, 0 new or changed" in summary([replace(BUILT, changed=False)], LABELS)


def test_an_undated_event_is_told() -> None:
    bare = replace(RAID, claims=RAID.claims[:1])

    assert "1 undated: the text gives no time" in summary(
        [replace(BUILT, extraction=Extraction((bare,)))], LABELS
    )


def test_an_event_with_words_but_no_window_is_undated() -> None:
    vague = replace(RAID, claims=(RAID.claims[0], replace(DATED, value=When(None, AT))))

    assert "1 undated" in summary([replace(BUILT, extraction=Extraction((vague,)))], LABELS)


def test_a_violation_is_told_with_its_file() -> None:
    result = Result("f", "p", "v", "Violation", "m", "s", "", "a raid has no target")
    report = Report((result, replace(result, severity="Warning", words="so so")))

    assert (
        summary([replace(BUILT, report=report)], LABELS).splitlines()[-1] == "made.txt: a raid has no target"
    )


def test_what_could_not_be_read_is_told() -> None:
    assert summary([Failed(Path("x.txt"), "x.txt: no sentence found")], LABELS) == (
        "not read: x.txt: no sentence found\n"
    )


def test_control_characters_never_reach_the_summary() -> None:
    assert "\x1b" not in summary([Failed(Path("x"), "a\x1b[31mb")], LABELS)


def test_each_refusal_is_one_line_of_cells() -> None:
    assert refusals([BUILT]) == "made.txt\tRaid\tstormed\t32..39\tidiom\t{_} storm market\n"


def test_a_refusal_with_a_line_break_stays_one_line() -> None:
    article = replace(BUILT.article, text=TEXT.replace("stormed", "sto\tr\nd"))

    assert refusals([replace(BUILT, article=article)]).count("\t") == 5
