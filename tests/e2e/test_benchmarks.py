"""The benchmarks of speed run as documented."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_speed_of_reading_is_measured(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "a.txt").write_text("Police raided a warehouse in Oslo. It rained.", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "parse_speed.py"), str(tmp_path), "--json"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stderr == ""
    assert {"articles", "sentences", "parsed", "ratio", "commit", "seed"} <= set(json.loads(done.stdout))


def test_the_cost_of_reasoning_is_measured(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [
            sys.executable, str(ROOT / "benchmarks" / "reasoning.py"),
            "--json", "--sizes", "1", "3", "--turns", "2",
        ],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert [row["articles"] for row in found["sizes"]] == [1, 3]
    assert {"add_ms_ratio", "remove_ms_ratio", "owlrl_seconds_6_events", "commit"} <= set(found)


def test_the_cost_of_an_article_is_measured(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [
            sys.executable, str(ROOT / "benchmarks" / "articles.py"),
            "--json", "--sizes", "2", "4", "--turns", "2",
        ],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [row["articles"] for row in found["sizes"]] == [2, 4]
    assert {"add_ratio", "retract_ratio", "project_ratio", "validate_ratio", "commit"} <= set(found)
