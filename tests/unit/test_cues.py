"""The words that patterns of time cannot do without, and that none is missed for want of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.timex import grammar, phrases
from kg.timex.cues import Cued, cues

ROOT = Path(__file__).resolve().parents[2]
RULES = (*grammar.RULES, *phrases.RULES, phrases.EVENTS)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("(?i:Last|next) week", [{"last", "next"}, {" week"}]),
        (r"\d\d? days?", [{r"\d"}, {" day"}]),
        ("(?:very )*late", [{"late"}]),
        ("[ab]c", [{"a", "b"}, {"c"}]),
        ("[a-z]+", []),
        ("(?:May|)", []),
        (r"(?:in|on)+ (?=the)", [{"in", "on"}, {" "}]),
    ],
)
def test_what_a_pattern_needs_is_read_from_it(pattern: str, needed: list[set[str]]) -> None:
    assert [set(each) for each in cues(re.compile(pattern))] == needed


def test_a_pattern_is_possible_where_all_that_it_needs_stands() -> None:
    cued = Cued.of([re.compile("(?i:last|next) year"), re.compile(r"in \d+"), re.compile("[a-z]+")])

    assert cued.possible("Last year it rained.") == [True, False, True]
    assert cued.possible("In 2024 and in 2025.") == [False, True, True]


def test_no_rule_matches_a_line_that_lacks_its_words() -> None:
    folders = (ROOT / "tests" / "held_out", ROOT / "examples", ROOT / "docs")
    files = sorted(p for f in folders for p in f.iterdir() if p.suffix in {".txt", ".md", ".html"})
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    cued = Cued.of(rule.pattern for rule in RULES)

    missed = [
        (rule.pattern.pattern, line)
        for line in lines
        for rule, may in zip(RULES, cued.possible(line), strict=True)
        if not may and rule.pattern.search(line)
    ]

    assert missed == []


def test_most_rules_are_ruled_out_for_a_sentence_without_time() -> None:
    cued = Cued.of(rule.pattern for rule in RULES)

    assert sum(cued.possible("Police raided a warehouse in Oslo.")) < len(RULES) / 10
