"""Words become codes of a dictionary, as its coder would give them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.bench.coding import Coder
from kg.dictionaries import read_actors, read_agents

ACTORS = """NORLAND [NOR]
+NORLANDER
SOUTH_NORLAND [SNO]
LUND [LUN]
EAST_BANK [EBK]
HARBOUR_GAZETTE [NORMED]
U.N. [UNO]
TWIN_TOWNS [TWA/TWB]
ADA_QUILL [NOR]
 [NORGOV 20100101-20121231]
"""
AGENTS = """MINISTER [~GOV]
FOREIGN_MINISTER [~GOVFRM]
GOVERNMENT {} [~GOV]
LAWMAKER [~LEG]
OFFICIAL [~GOV]
NEWSPAPER [~MED]
SOLDIER [~MIL]
POLICE {} [~COP]
RESCUERS {} [NGO~]
MEDIA {} [~MED]
WORLD_BODY {} [~RWO]
"""


@pytest.fixture
def coder(tmp_path: Path) -> Coder:
    actors, agents = tmp_path / "a.txt", tmp_path / "b.txt"
    actors.write_text(ACTORS, encoding="utf-8")
    agents.write_text(AGENTS, encoding="utf-8")
    return Coder.of(read_actors(actors), read_agents(agents))


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Norland", ["NOR"]),
        ("South Norland", ["SNO"]),
        ("the Norlander government", ["NORGOV"]),
        ("Norland's foreign minister", ["NORGOVFRM"]),
        ("soldiers from Norland", ["NORMIL"]),
        ("Rescuers of Norland", ["NGONOR"]),
        ("the Harbour Gazette newspaper", ["NORMED"]),
        ("the U.N. police", ["UNOCOP"]),
        ("the Twin Towns", ["TWA", "TWB"]),
        ("Norland soldiers in Lund", ["NORMIL"]),
        ("Norland, the cold Lund and East Bank", ["NOR", "LUN", "EBK"]),
        ("Norland media and government", ["NORMED", "NORGOV"]),
        ("Norland's old and new minister", ["NORGOV"]),
        ("ministers of Norland, Lund and East Bank", ["NORGOV", "LUNGOV", "EBKGOV"]),
        ("lawmakers and soldiers of Norland and Lund", ["NORLEG", "NORMIL", "LUNLEG", "LUNMIL"]),
        ("Norland and the government of Lund", ["NOR", "LUNGOV"]),
        ("soldiers", ["---MIL"]),
        ("a world body of Norland officials", ["NORRWOGOV"]),
        ("nobody that is known", []),
        ("", []),
    ],
)
def test_a_phrase_is_coded(words: str, codes: list[str], coder: Coder) -> None:
    assert list(coder.codes(words, None)) == codes


@pytest.mark.parametrize(
    ("day", "code"), [(date(2011, 5, 5), "NORGOV"), (date(2013, 1, 1), "NOR"), (None, "NOR")]
)
def test_the_day_chooses_the_code(day: date | None, code: str, coder: Coder) -> None:
    assert coder.codes("Ada Quill", day) == (code,)


@pytest.mark.parametrize(
    ("text", "phrase", "reached"),
    [
        ("Lawmakers in Norland and Lund met.", "Lawmakers", "Lawmakers in Norland and Lund"),
        ("Lawmakers and officials of Norland met.", "Lawmakers", "Lawmakers and officials of Norland"),
        ("Ministers of Norland, East Bank met.", "Ministers of Norland", "Ministers of Norland, East Bank"),
        ("Lawmakers met in Norland.", "Lawmakers", "Lawmakers"),
        ("Norland and Lund met.", "Norland", "Norland"),
        ("Norland soldiers and Lund met.", "Norland soldiers", "Norland soldiers"),
    ],
)
def test_agent_words_reach_the_names_that_they_are_put_to(
    text: str, phrase: str, reached: str, coder: Coder
) -> None:
    assert text[: coder.reach(text, 0, len(phrase), None)] == reached


@pytest.mark.parametrize(
    ("code", "given"),
    [("NOR", True), ("NORGOV", True), ("NGONOR", True), ("---MIL", True),
     ("---", False), ("QQQ", False), ("", False)],
)  # fmt: skip
def test_only_what_the_dictionaries_can_give_is_asked_for(code: str, given: bool, coder: Coder) -> None:
    assert coder.can_give(code) is given
