"""The figures of `kg bench petrarch2`, by hand, on records about places that are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.annotate import Parser
from kg.bench.petrarch import Record, Scored, categories, figures, score_petrarch, table
from kg.errors import ReadError
from kg.extraction import Reader
from kg.resources import resources

ACTORS = "NORLAND [NOR]\nSUDLAND [SUD]\nOSTMARK [OST]\n"
AGENTS = "GOVERNMENT {} [~GOV]\nSOLDIER [~MIL]\n"
RECORD = '<Sentence date="20100501" id="{name}"><EventCoding {coding}/><Text>\n{text}\n</Text></Sentence>'
ROWS = [
    ("hit", 'sourcecode="NORGOV" targetcode="SUD" eventcode="112"', "Norland government\nblamed Sudland."),
    ("both", 'sourcecode="NOR" targetcode="SUD" eventcode="040"', "Norland met with Sudland."),
    ("wrong", 'sourcecode="OST" targetcode="SUD" eventcode="112"', "Norland accused Sudland."),
    ("none", 'sourcecode="NOR" targetcode="SUD" eventcode="112"', "The sky was blue."),
    ("test-code", 'sourcecode="NOR" targetcode="SUD" eventcode="911"', "Norland accused Sudland."),
    ("unknown", 'sourcecode="XYZ" targetcode="SUD" eventcode="112"', "Norland accused Sudland."),
    ("error", 'error="dateline"', "Norland accused Sudland."),
]  # fmt: skip


def folder(place: Path, rows: list[tuple[str, str, str]]) -> Path:
    records = "\n".join(RECORD.format(name=n, coding=c, text=t) for n, c, t in rows)
    (place / "own.records.xml").write_text(f"<Sentences>{records}</Sentences>", encoding="utf-8")
    (place / "own.actors.txt").write_text(ACTORS, encoding="utf-8")
    (place / "own.agents.txt").write_text(AGENTS, encoding="utf-8")
    return place


@pytest.fixture
def parser(reader: Reader) -> Parser:
    return reader.parser


def test_records_are_read_coded_and_scored(tmp_path: Path, parser: Parser) -> None:
    found = score_petrarch(folder(tmp_path, ROWS), resources(), parser, scheme="cameo")

    assert [s.record.name for s in found] == ["hit", "both", "wrong", "none"]
    assert figures(found) == {
        "type_p": 1.0, "type_r": 0.75, "type_f1": 0.857,
        "source_p": 0.75, "source_r": 0.6, "target_p": 1.0, "target_r": 0.8,
        "exact_p": 0.75, "exact_r": 0.6, "exact_f1": 0.667, "all_right": 0.5, "n": 4,
    }  # fmt: skip


def test_the_table_shows_what_lacks_and_what_is_wrong(tmp_path: Path, parser: Parser) -> None:
    lines = table(score_petrarch(folder(tmp_path, ROWS), resources(), parser, scheme="cameo")).splitlines()

    assert lines[-2:] == [
        "wrong\t-OST>SUD:ACCUSE +NOR>SUD:ACCUSE\tNorland accused Sudland.",
        "none\t-NOR>SUD:ACCUSE\tThe sky was blue.",
    ]


def test_what_an_event_is_about_is_no_dyad_of_its_own(tmp_path: Path, parser: Parser) -> None:
    coding = 'sourcecode="NOR" targetcode="SUD" eventcode="051"'
    rows = [("nested", coding, "Norland welcomed the resumption of ties with Sudland and Ostmark.")]
    (only,) = score_petrarch(folder(tmp_path, rows), resources(), parser, scheme="cameo")

    assert only.found == {("NOR", other, frozenset({"SUPPORT"})) for other in ("SUD", "OST")}


@pytest.mark.parametrize(
    ("event", "scheme", "wanted"),
    [
        ("010", "cameo", ""), ("023", "cameo", "REQUEST"), ("042", "cameo", "CONSULT"),
        ("0841", "cameo", "CONCEDE RETREAT"), ("085", "cameo", "CONCEDE"), ("194", "cameo", "ASSAULT"),
        ("211", "cameo", ""), ("345", "cameo", ""), ("911", "cameo", ""), ("", "cameo", ""),
        ("023", "weis", ""), ("032", "weis", "CONSULT"), ("064", "weis", "SUPPORT"),
        ("223", "weis", "ASSAULT"),
        ("1717", "weis", ""), ("081", "weis", "AGREE SUPPORT"), ("231", "weis", ""),
    ],
)  # fmt: skip
def test_codes_become_categories(event: str, scheme: str, wanted: str) -> None:
    assert sorted(categories(event, scheme)) == wanted.split()


def test_any_of_several_right_categories_will_do() -> None:
    gold = frozenset({("A", "B", frozenset({"RETREAT", "CONCEDE"}))})
    record = Record("x", date(2010, 1, 1), "words", gold)

    assert figures([Scored(record, frozenset({("A", "B", frozenset({"RETREAT"}))}))])["exact_f1"] == 1.0


def test_without_a_dictionary_the_folder_is_told(tmp_path: Path, parser: Parser) -> None:
    (folder(tmp_path, ROWS) / "own.agents.txt").unlink()

    with pytest.raises(ReadError, match=r"no \*\.agents\.txt in it; put the records"):
        score_petrarch(tmp_path, resources(), parser, scheme="cameo")


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ("<Sentences>", r"own\.records\.xml:1: not valid XML"),
        ("<Sentences/>", "no record with a coded event"),
        (
            RECORD.format(name="x", coding=ROWS[0][1], text="a").replace("20100501", "May"),
            "date 'May' is no day",
        ),
    ],
)
def test_faulty_records_are_told(records: str, why: str, tmp_path: Path, parser: Parser) -> None:
    (folder(tmp_path, ROWS) / "own.records.xml").write_text(records, encoding="utf-8")

    with pytest.raises(ReadError, match=why):
        score_petrarch(tmp_path, resources(), parser, scheme="cameo")
