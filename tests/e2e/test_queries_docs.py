"""`docs/queries.md` is true: its commands run and print what it shows, its tables name all there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.header import _KEYS, _PARAM, VIEWS
from kg.params import TYPES

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
ANSWERS_NO = ("kg query planned -e", "cd mine && kg validate --store ../store")


def fits(shown: str, printed: str) -> bool:
    """Tell whether a text is what is shown; `…` stands for any words, alone on a line for any lines."""
    wanted, given = (re.sub(r"[ \t]+", " ", text.strip()) + "\n" for text in (shown, printed))
    lines = (
        "(?:.*\n)?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in wanted.splitlines()
    )
    return re.fullmatch("".join(lines), given, re.DOTALL) is not None


def steps() -> list[tuple[str, str]]:
    """Return the commands of the page, each with what it is said to print; saved files come first."""
    found: list[tuple[str, str]] = []
    for name, file, block in re.findall(
        r"Save this as `([^`]+)`:\n\n```\w+\n(.*?)```|```console\n(.*?)```", DOCS, re.DOTALL
    ):
        if name:
            found.append((f"cat > {name} <<'END'\n{file}END", ""))
        parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
        found += zip(parts[::2], parts[1::2], strict=True)
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, in which `kg` is a command."""
    folder = tmp_path_factory.mktemp("queries")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "bin").mkdir()
    (folder / "bin" / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    (folder / "bin" / "kg").chmod(0o755)
    return folder


def test_the_commands_of_the_page_print_what_it_shows(place: Path, environment: dict[str, str]) -> None:
    wrong = []
    path = f"{place / 'bin'}{os.pathsep}{environment['PATH']}"
    for command, shown in steps():
        done = subprocess.run(
            ["bash", "-c", command], cwd=place, env={**environment, "PATH": path},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        right = done.returncode == (1 if command in ANSWERS_NO else 0)
        if not right or (shown.strip() and not fits(shown, done.stderr + done.stdout)):
            wrong.append(f"$ {command}\n{done.returncode} {done.stderr}{done.stdout}")

    assert wrong == []


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
