"""The command of `docs/confidence.md` runs as it is printed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "confidence.md").read_text(encoding="utf-8")
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_documented_command_runs(kg: Run, write_articles: Callable[[Path], Path], tmp_path: Path) -> None:
    write_articles(tmp_path)
    shown = re.search(r"```sh\nkg (.*)\n```", DOCS)
    assert shown

    done = kg(*shown[1].split(), cwd=tmp_path)

    assert (done.returncode, "low-confidence" in done.stderr) == (0, True)


def test_the_environment_asks_for_confidence(
    kg: Run, write_articles: Callable[[Path], Path], tmp_path: Path
) -> None:
    write_articles(tmp_path)

    done = kg("build", "--explain", "articles", cwd=tmp_path, KG_MIN_CONFIDENCE="1")

    assert (done.returncode, "\tlow-confidence\t" in done.stdout) == (0, True)


def test_more_than_one_is_wrong_usage(
    kg: Run, write_articles: Callable[[Path], Path], tmp_path: Path
) -> None:
    write_articles(tmp_path)

    assert kg("build", "--min-confidence", "2", "articles", cwd=tmp_path).returncode == 2
