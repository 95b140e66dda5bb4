"""Dictionaries of actors and agents, as they are written for PETRARCH."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.dictionaries import DatedCode, read_actors, read_agents
from kg.errors import ReadError

ACTORS = """<!-- a comment [QQQ]
over two lines -->
# another
NORLAND_ [NOR]  # with a remark
+NORLANDER
+THE_NORTH

ADA_QUILL [NOR]
	[NORGOV 20100101-20121231] # in office
	[NORELI >20121231]
	[NORCIV <100101]
OLD_PACT
	[PAC < 911226]
TWINS [ONE/TWO]
NOBODY [---]
"""
AGENTS = """!MAN! = MAN, WOMAN
SOLDIER [~MIL] # plural in S
POLICE {} [ ~COP]
ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~GOV]
AUTHORITY [~GOV]
RESCUE_BODY [NGO~]
POLICE!MAN! [~COP]
"""
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(text: str) -> Path:
        path = tmp_path / "own.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_names_and_synonyms_have_spaces_for_underscores(write: Write) -> None:
    entry = read_actors(write(ACTORS))[0]

    assert (entry.names, entry.line) == (("NORLAND", "NORLANDER", "THE NORTH"), 4)


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2009, 12, 31), ("NORCIV",)),
        (date(2010, 1, 1), ("NORGOV",)),
        (date(2012, 12, 31), ("NORGOV",)),
        (date(2013, 1, 1), ("NORELI",)),
        (None, ("NOR",)),
    ],
)
def test_a_dated_code_holds_on_its_days(day: date | None, codes: tuple[str, ...], write: Write) -> None:
    assert read_actors(write(ACTORS))[1].codes_on(day) == codes


def test_where_two_dated_codes_hold_the_first_counts(write: Write) -> None:
    (entry,) = read_actors(write("ADA [A]\n [B 20100101-20121231]\n [C 20100601-20110101]"))

    assert entry.codes_on(date(2010, 7, 1)) == ("B",)


def test_years_of_two_digits_are_of_the_century_that_they_fit(write: Write) -> None:
    (entry,) = read_actors(write("OLD_PACT [A <911226]\n [B >100101]"))

    assert entry.codes == (DatedCode("A", None, date(1991, 12, 25)), DatedCode("B", date(2010, 1, 2), None))


def test_some_entries_have_two_codes_and_some_none(write: Write) -> None:
    *_, twins, nobody = read_actors(write(ACTORS))

    assert (twins.codes_on(None), nobody.codes_on(None)) == (("ONE", "TWO"), ())


def test_agents_have_plurals_and_sets(write: Write) -> None:
    assert [entry.names for entry in read_agents(write(AGENTS))] == [
        ("SOLDIER", "SOLDIERS"),
        ("POLICE",),
        ("ATTORNEY GENERAL", "ATTORNEYS GENERAL"),
        ("AUTHORITY", "AUTHORITIES"),
        ("RESCUE BODY", "RESCUE BODIES"),
        ("POLICEMAN", "POLICEWOMAN"),
    ]


def test_an_agents_code_goes_before_or_after(write: Write) -> None:
    assert {e.code for e in read_agents(write(AGENTS))} == {"~MIL", "~COP", "~GOV", "NGO~"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("NORLAND [NOR", r":1: a bracket without its partner; write NAME \[CODE\]"),
        ("NORLAND [NOR]\n\nNOWHERE", r":3: NOWHERE has no code"),
        ("+NORLAND [NOR]", r":1: a synonym or a code before any name"),
        ("NORLAND [NOR 20101301-20110101]", ":1: .*no such day; write YYYYMMDD"),
        ("NORLAND [NOR or not]", ":1: .*not a code; write"),
    ],
)
def test_a_fault_among_actors_is_told_with_its_line(text: str, why: str, write: Write) -> None:
    with pytest.raises(ReadError, match=rf"own\.txt{why}"):
        read_actors(write(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [("SOLDIER [MIL]", ":1: not an agent; write"), ("\nPOLICE!MEN! [~COP]", ":2: no set !MEN!; define it")],
)
def test_a_fault_among_agents_is_told_with_its_line(text: str, why: str, write: Write) -> None:
    with pytest.raises(ReadError, match=rf"own\.txt{why}"):
        read_agents(write(text))
