"""README is true: every command in it runs and prints what README shows.

In a block of commands a line that starts with `$` is run; the lines below it must come out, in
this order; `…` stands for any text. The two lines that install are run by `.ci/run`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
Run = Callable[..., subprocess.CompletedProcess[str]]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def steps(block: str) -> list[tuple[str, str]]:
    """Return the commands of a block, each with what it is said to print."""
    parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def fits(shown: str, printed: str) -> bool:
    """Tell whether a text is what is shown; spaces count as one, a line of `…` as any lines or none."""
    wanted, given = (re.sub(r"[ \t]+", " ", text.strip()) + "\n" for text in (shown, printed))
    lines = (
        "(?:.*\n)?" if line == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in wanted.splitlines()
    )
    return re.fullmatch("".join(lines), given, re.DOTALL) is not None


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> tuple[Path, dict[str, str]]:
    """A folder with the examples, in which `kg` is a command, and the file that README says to save."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    tools = folder / "bin"
    tools.mkdir()
    (tools / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    (tools / "kg").chmod(0o755)
    return folder, {**environment, "PATH": f"{tools}{os.pathsep}{environment['PATH']}"}


def run(place: tuple[Path, dict[str, str]], command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command],
        cwd=place[0],
        env=place[1],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def save_file(folder: Path) -> None:
    """Write the file that README says to save, where it says so."""
    found = re.search(r"Save this as `([^`]+)`:\n\n```turtle\n(.*?)```", README, re.DOTALL)
    assert found is not None
    if (folder / found[1]).parent.is_dir():
        (folder / found[1]).write_text(found[2], encoding="utf-8")


def test_the_commands_of_readme_print_what_it_shows(place: tuple[Path, dict[str, str]]) -> None:
    wrong = []
    for command, shown in (step for block in blocks("console") for step in steps(block)):
        save_file(place[0])
        done = run(place, command)
        if done.returncode != 0 or not fits(shown, done.stderr + done.stdout):
            wrong.append(f"$ {command}\n{done.stderr}{done.stdout}")

    assert wrong == []


def test_the_python_of_readme_runs(place: tuple[Path, dict[str, str]]) -> None:
    (block,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=place[0], env=place[1], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "events\n" in done.stdout
    assert "Yekaterinburg" in done.stdout


def test_the_lines_that_install_are_those_that_ci_runs() -> None:
    found = re.findall(r"^python3\.11 -m venv .+$", README, re.MULTILINE)

    assert found == [block.strip() for block in blocks("sh")]
    assert found[0].endswith("&& kg build examples && kg query timeline")
    assert found[1].endswith('&& pytest -n auto -m "not long"')


def test_every_command_is_in_the_table_of_commands(kg: Run, tmp_path: Path) -> None:
    helped = kg("--help", cwd=tmp_path).stdout
    commands = re.findall(r"^  ([a-z-]+)  ", helped[helped.index("Commands:") :], re.MULTILINE)

    assert commands == re.findall(r"^\| `kg ([a-z-]+)", README, re.MULTILINE)


def test_every_linked_file_is_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)

    assert [target for target in targets if not (ROOT / target).is_file()] == []


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        ("a …\n", True),
        ("a\n", False),
        ("…\nc d\n", True),
        ("a …\nd\n", False),
        ("a b\n…\nc d", True),
        ("…\nb d", False),
    ],
)
def test_what_is_shown_must_fit_what_is_printed(shown: str, same: bool) -> None:
    assert fits(shown, "a b\nc  d\n") is same
