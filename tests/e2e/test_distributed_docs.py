"""`docs/distributed.md` and `docs/moving.md` are true: their commands run and print what they show."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., CompletedProcess[str]]


def fits(shown: str, printed: str) -> bool:
    """Tell whether a text is what is shown; `…` stands for any words, alone on a line for any lines."""
    lines = (
        "(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in shown.strip().splitlines()
    )
    return re.fullmatch("".join(lines), printed.strip() + "\n") is not None


@pytest.mark.parametrize("page", ["distributed.md", "moving.md"])
def test_the_commands_of_the_page_print_what_it_shows(kg: Run, tmp_path: Path, page: str) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    wrong = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
        for command, shown in zip(parts[::2], parts[1::2], strict=True):
            name, *words = shlex.split(command)
            if name == "cp":
                shutil.copytree(tmp_path / words[1], tmp_path / words[2])
                continue
            done = kg(*words, cwd=tmp_path)
            if done.returncode or (shown.strip() and not fits(shown, done.stderr + done.stdout)):
                wrong.append(f"$ {command}\n{done.returncode} {done.stderr}{done.stdout}")

    assert wrong == []
