"""`docs/time.md` says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.timex import conventions
from kg.timex.context import Context
from kg.timex.edtf_text import parse
from kg.timex.find import find
from kg.timex.resolve import resolve

DOCS = (Path(__file__).parents[2] / "docs" / "time.md").read_text(encoding="utf-8")
EXAMPLES = DOCS[DOCS.index("## Examples") : DOCS.index("## Conventions")]
ROWS = re.findall(r"^\| ([^|`]+) \| `?([^|`]+?)`? \|$", EXAMPLES, re.MULTILINE)[1:]


@pytest.mark.parametrize(("words", "edtf"), [row for row in ROWS if row[0] != "---"])
def test_an_example_of_the_documentation_holds(words: str, edtf: str) -> None:
    (timex,) = find(words)
    known = Context(parse("2025-07-10"), parse("2025-03-14"), tense="past")
    window = resolve(timex, known).window

    assert (window.edtf if window else "undated") == edtf


def test_every_convention_is_documented_with_its_value() -> None:
    said = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", DOCS, re.MULTILINE))
    held = {
        name: f"{value[0]} to {value[1]}" if isinstance(value, tuple) else str(value)
        for name, value in vars(conventions).items()
        if name.isupper()
    }

    assert said == held
