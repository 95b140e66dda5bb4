"""`docs/queries.md` is true: its commands run and print what it shows, its tables name all there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import kg
from kg.header import _KEYS, _PARAM, VIEWS
from kg.params import TYPES

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
ANSWERS_NO = {"kg query planned -e": [1], "cd mine && kg validate --store ../store": [1]}


def test_the_commands_of_the_page_print_what_it_shows(
    follow: Callable[..., list[str]], tmp_path: Path
) -> None:
    assert follow("docs/queries.md", tmp_path, ANSWERS_NO) == []


def test_the_page_lists_the_shipped_questions_with_parameters_and_summaries() -> None:
    listed = re.findall(r"^\| `([^`]+)` \| (.+) \|$", DOCS[DOCS.index("## The shipped ones") :], re.MULTILINE)
    found = [
        (" ".join((saved.name, *(f"{param.name}=…" for param in saved.params))), saved.summary)
        for saved in kg.saved_queries()
    ]

    assert listed == found


def test_the_page_names_every_key_type_and_view() -> None:
    named = re.findall(r"^\| `(\w+)` \|", DOCS, re.MULTILINE)

    assert named[: len(_KEYS) + len(_PARAM)] != []
    assert {*_KEYS, *_PARAM} <= set(named)
    assert [word for word in (*TYPES, *VIEWS) if f"`{word}`" not in DOCS] == []
