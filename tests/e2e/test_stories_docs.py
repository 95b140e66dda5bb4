"""`docs/stories.md` is true: its commands run and print what it shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., CompletedProcess[str]]
Follow = Callable[..., list[str]]
ANSWERS_NO = {"kg merge event:qnkm7icbga54 event:hha3aniyeie7": [2], "kg diff before.nq store": [1]}


def test_the_commands_of_the_page_print_what_it_shows(follow: Follow, tmp_path: Path) -> None:
    assert follow("docs/stories.md", tmp_path, ANSWERS_NO) == []


def test_the_words_of_a_purged_article_are_in_no_file(kg: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    kg("build", "examples", cwd=tmp_path)
    kg("purge", "Passports become a weapon", "--yes", cwd=tmp_path)
    kept = [path for name in ("store", "cache") for path in (tmp_path / name).rglob("*") if path.is_file()]

    assert kept
    assert [path for path in kept if b"Sokolov" in path.read_bytes()] == []
