"""`docs/stories.md` is true: its commands run and print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "stories.md").read_text(encoding="utf-8")
Run = Callable[..., CompletedProcess[str]]
ANSWERS_NO = {"kg merge event:qnkm7icbga54 event:hha3aniyeie7": 2, "kg diff before.nq store": 1}


def fits(shown: str, printed: str) -> bool:
    """Tell whether a text is what is shown; `…` stands for any words, alone on a line for any lines."""
    lines = (
        "(?:.*\n)?" if line == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in re.sub(r"[ \t]+", " ", shown.strip()).splitlines()
    )
    return re.fullmatch("".join(lines), re.sub(r"[ \t]+", " ", printed.strip()) + "\n", re.DOTALL) is not None


def test_the_commands_of_the_page_print_what_it_shows(kg: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    wrong = []
    for block in re.findall(r"```console\n(.*?)```", DOCS, re.DOTALL):
        parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
        for command, shown in zip(parts[::2], parts[1::2], strict=True):
            done = kg(*shlex.split(command)[1:], cwd=tmp_path)
            right = done.returncode == ANSWERS_NO.get(command, 0)
            if not right or (shown.strip() and not fits(shown, done.stderr + done.stdout)):
                wrong.append(f"$ {command}\n{done.returncode} {done.stderr}{done.stdout}")

    assert wrong == []


def test_the_words_of_a_purged_article_are_in_no_file(kg: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    kg("build", "examples", cwd=tmp_path)
    kg("purge", "Passports become a weapon", "--yes", cwd=tmp_path)
    kept = [path for name in ("store", "cache") for path in (tmp_path / name).rglob("*") if path.is_file()]

    assert kept
    assert [path for path in kept if b"Sokolov" in path.read_bytes()] == []
