"""`docs/patterns.md` says what the compiler of phrases does, and no page that is named is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import PatternError
from kg.patterns import compile_pattern

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
ROWS = [
    (phrase.replace("\\|", "|"), said)
    for phrase, said in re.findall(r"^\| `(.+?)` \| (.+) \|$", DOCS, re.MULTILINE)
]
AT = next(n for n, (phrase, _) in enumerate(ROWS) if "Raid" in phrase)


@pytest.mark.parametrize("phrase", [phrase for phrase, _ in ROWS[:AT]])
def test_a_phrase_of_the_documentation_compiles(phrase: str) -> None:
    assert compile_pattern(phrase).phrase == phrase


@pytest.mark.parametrize(("phrase", "said"), ROWS[AT:])
def test_a_mistake_is_told_as_documented(phrase: str, said: str) -> None:
    with pytest.raises(PatternError, match=re.escape(said)):
        compile_pattern(phrase)
