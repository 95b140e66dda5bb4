"""README is true: every command in it runs and prints what README shows.

In a block of commands a line that starts with `$` is run; the lines below it must come out, in
this order; `…` stands for any text. The two lines that install are run by `.ci/run`.
"""

from __future__ import annotations

import re
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


@pytest.fixture(scope="module")
def place(
    follow: Callable[..., list[str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    """Run all commands of README in one folder; tell which did not do what is shown."""
    folder = tmp_path_factory.mktemp("readme")
    return folder, follow("README.md", folder)


def test_the_commands_of_readme_print_what_it_shows(place: tuple[Path, list[str]]) -> None:
    assert place[1] == []


def test_the_python_of_readme_runs(place: tuple[Path, list[str]], environment: dict[str, str]) -> None:
    (block,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", block],
        cwd=place[0],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
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
def test_what_is_shown_must_fit_what_is_printed(
    fits: Callable[[str, str], bool], shown: str, same: bool
) -> None:
    assert fits(shown, "a b\nc  d\n") is same
