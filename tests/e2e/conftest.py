"""Runs the command line as a process, on small articles about things that never happened."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

HARBOUR = """Norway searches a shipping firm

By Anna Berg, Harbour Times

3 May 2024

Police in Oslo raided the offices of a shipping firm on 2 May 2024, and detained two clerks.

Sweden accused Norway of arresting the men. The government of Norway denied that the police had
arrested anybody.

On 4 March 2024 Swedish President Karl Ek phoned Norwegian Prime Minister Jonas Gahr. Denmark
imposed sanctions on Norway in April 2024.
"""
PAGE = """<html lang="en"><head><title>Finland demands an apology</title>
<meta property="article:published_time" content="2024-05-04"></head>
<body><nav>Home News Sport</nav><article><h1>Finland demands an apology</h1>
<p>Finland demanded on 3 May 2024 that Norway apologise for the raid in Oslo. The Finnish president
said that talks with Norway would go on.</p>
<p>Swedish soldiers shot down a drone over Gotland on 1 May 2024. At least three people were killed,
Sweden said. The government did not say who had sent the drone.</p></article></body></html>
"""
ROOT = Path(__file__).resolve().parents[2]
NEVER: Mapping[str, Sequence[int]] = {}
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def command() -> list[str]:
    return [sys.executable, "-m", "kg"]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return {**kept, "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="session")
def kg(command: list[str], environment: dict[str, str]) -> Run:
    """Return what runs `kg` with arguments in a folder."""

    def run(
        *args: str | Path, cwd: Path, given: str | None = None, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *map(str, args)], cwd=cwd, env={**environment, **extra}, input=given,
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def write_articles() -> Callable[[Path], Path]:
    """Return what writes the small articles into a folder of their own."""

    def write(folder: Path) -> Path:
        place = folder / "articles"
        place.mkdir()
        (place / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
        (place / "page.html").write_text(PAGE, encoding="utf-8")
        return place

    return write


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, kg: Run, write_articles: Callable[[Path], Path]) -> Path:
    """Return a folder with articles and a store built from them; only for reading."""
    folder = tmp_path_factory.mktemp("built")
    write_articles(folder)
    done = kg("build", "articles", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def _steps(text: str) -> list[tuple[str, str]]:
    """Return the commands of a page, each with what it is said to print; saved files come first."""
    found: list[tuple[str, str]] = []
    for name, file, block in re.findall(
        r"Save this as `([^`]+)`:\n\n```\w+\n(.*?)```|```console\n(.*?)```", text, re.DOTALL
    ):
        if name:
            found.append((f"cat > {name} <<'END'\n{file}END", ""))
        parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
        found += zip(parts[::2], parts[1::2], strict=True)
    return found


def _fits(shown: str, printed: str) -> bool:
    wanted, given = (re.sub(r"[ \t]+", " ", text.strip()) + "\n" for text in (shown, printed))
    lines = (
        "(?:.*\n)?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in wanted.splitlines()
    )
    return re.fullmatch("".join(lines), given, re.DOTALL) is not None


@pytest.fixture(scope="session")
def fits() -> Callable[[str, str], bool]:
    """Return what tells whether a text is what is shown.

    Spaces count as one; `…` stands for any words, alone on a line for any lines or none.
    """
    return _fits


@pytest.fixture(scope="session")
def follow(
    command: list[str], environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., list[str]]:
    """Return what runs all that a page of the docs shows, and tells what ended or printed otherwise.

    It runs in a folder that has the examples; `codes` are the exit codes of commands each time
    that they run; of others it is 0.
    """
    tools = tmp_path_factory.mktemp("bin")
    (tools / "kg").write_text(f'#!/bin/sh\nexec {" ".join(command)} "$@"\n', encoding="utf-8")
    (tools / "kg").chmod(0o755)
    path = f"{tools}{os.pathsep}{environment['PATH']}"
    given = {**environment, "PATH": path, "PYTHONUNBUFFERED": "1"}  # lines in the order of a terminal

    def run(page: str, folder: Path, codes: Mapping[str, Sequence[int]] = NEVER) -> list[str]:
        shutil.copytree(ROOT / "examples", folder / "examples")
        wrong, turns = [], {line: iter(ends) for line, ends in codes.items()}
        for line, shown in _steps((ROOT / page).read_text(encoding="utf-8")):
            done = subprocess.run(
                ["bash", "-c", line], cwd=folder, env=given,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120, check=False,
            )  # fmt: skip
            right = done.returncode == next(turns.get(line, iter(())), 0)
            if not right or (shown.strip() and not _fits(shown, done.stdout)):
                wrong.append(f"$ {line}\n{done.returncode} {done.stdout}")
        return wrong

    return run
