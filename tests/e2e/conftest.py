"""Runs the command line as a process, on small articles about things that never happened."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
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
