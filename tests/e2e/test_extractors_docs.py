"""`docs/extractors.md` is true: its extractor runs as it is printed, and a failing one does no harm."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "extractors.md").read_text(encoding="utf-8")
Run = Callable[..., subprocess.CompletedProcess[str]]


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the documented plug-in on the path and two small articles."""
    plug = tmp_path / "plug"
    (plug / "coffee-1.0.dist-info").mkdir(parents=True)
    (plug / "coffee-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: coffee\nVersion: 1.0\n"
    )
    points = block("toml").replace('project.entry-points."kgnews.extractors"', "kgnews.extractors")
    (plug / "coffee-1.0.dist-info" / "entry_points.txt").write_text(points.replace('"', ""))
    (plug / "coffee.py").write_text(block("python"), encoding="utf-8")
    (tmp_path / "articles").mkdir()
    for name, what in (("a", "bakery"), ("b", "library")):
        words = f"Police raided the {what} in Oslo on 2 May 2024."
        (tmp_path / "articles" / f"{name}.txt").write_text(words, encoding="utf-8")
    return tmp_path


@pytest.fixture
def build(
    kg: Run, environment: dict[str, str], folder: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return what runs the documented command with the plug-in installed."""
    path = f"{folder / 'plug'}:{environment.get('PYTHONPATH', '')}"

    def run(*args: str, **extra: str) -> subprocess.CompletedProcess[str]:
        return kg(*args, cwd=folder, PYTHONPATH=path, **extra)

    return run


def test_the_documented_extractor_builds(build: Run) -> None:
    done = build(*block("sh").split()[1:])

    assert (done.returncode, "2 new or changed: 2 events" in done.stderr) == (0, True)


def test_the_environment_names_an_extractor(build: Run) -> None:
    done = build("build", "articles", KG_EXTRACTOR="tea")

    assert (done.returncode, done.stderr) == (
        2,
        "kg: no extractor 'tea'; installed are rules, rules+untyped, rules+nearby, coffee\n",
    )


def test_an_article_that_an_extractor_fails_on_is_left_out_whole(build: Run, folder: Path) -> None:
    source = block("python").replace(
        "        text, events", "        assert 'bakery' not in document.article.text\n        text, events"
    )
    (folder / "plug" / "coffee.py").write_text(source, encoding="utf-8")

    done = build("build", "--extractor", "coffee", "articles")

    assert (done.returncode, done.stderr.splitlines()[-1][:48]) == (
        3,
        "not read: a.txt: extractor coffee-1 failed: Asse",
    )
    assert "articles\t1\n" in build("info").stdout
