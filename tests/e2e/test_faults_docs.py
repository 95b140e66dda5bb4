"""`docs/faults.md` is true: its commands run and print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
Run = Callable[..., subprocess.CompletedProcess[str]]
REFUSED = {"kg info": 3}


def fits(shown: str, printed: str) -> bool:
    """Tell whether a text is what is shown; `…` stands for any words, alone on a line for any lines."""
    lines = (
        "(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in shown.strip().splitlines()
    )
    return re.fullmatch("".join(lines), printed.strip() + "\n") is not None


def test_the_commands_of_the_page_print_what_it_shows(kg: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    wrong = []
    for block in re.findall(r"```console\n(.*?)```", DOCS, re.DOTALL):
        parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
        for command, shown in zip(parts[::2], parts[1::2], strict=True):
            if not command.startswith("kg "):
                subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
                continue
            done = kg(*shlex.split(command)[1:], cwd=tmp_path)
            expected = REFUSED.get(command, 1 if "finding" in shown or "repaired" in shown else 0)
            right = done.returncode == expected
            if not right or (shown.strip() and not fits(shown, done.stdout + done.stderr)):
                wrong.append(f"$ {command}\n{done.returncode} {done.stdout}{done.stderr}")

    assert wrong == []


def test_a_store_that_is_not_there_is_refused(kg: Run, tmp_path: Path) -> None:
    done = kg("fsck", "nowhere", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (
        3, "kg: nowhere: no store here (no kg.json, no log); kg build makes one\n",
    )  # fmt: skip
