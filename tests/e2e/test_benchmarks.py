"""The benchmarks of speed run as documented."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_speed_of_reading_is_measured(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "a.txt").write_text("Police raided a warehouse in Oslo. It rained.", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "parse_speed.py"), str(tmp_path), "--json"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stderr == ""
    assert {"articles", "sentences", "parsed", "ratio", "commit", "seed"} <= set(json.loads(done.stdout))


@pytest.mark.long
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


def test_what_kg_reaches_is_measured(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [
            sys.executable, str(ROOT / "benchmarks" / "reach.py"),
            "--json", "--alone", "--sizes", "2", "4", "--turns", "2",
        ],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [row["articles"] for row in found["sizes"]] == [2, 4]
    assert {"insert_ratio", "commit", "seed"} <= set(found)
    last = found["sizes"][-1]
    assert set(last["bytes_a_quad"]) == {"log", "log_copy", "quads", "index", "all"}
    assert all({"ms", "without_ms", "oxigraph_ms"} <= set(row) for row in last["questions"].values())


@pytest.mark.long
def test_memory_and_speed_of_a_build_are_measured(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [
            sys.executable, str(ROOT / "benchmarks" / "building.py"),
            "--json", "--sizes", "4", "8", "--reading", "20",
        ],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [row["exit"] for row in found["builds"]] == [0, 0]
    assert found["reading"][0]["events"] == found["reading"][1]["events"] > 0
    assert {"memory_ratio", "reading_ratio", "commit", "seed"} <= set(found)


@pytest.mark.long
def test_one_command_runs_every_benchmark(tmp_path: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [str(ROOT / "benchmarks" / "all"), "--small", str(tmp_path)],
        env={**environment, "PYTHON": sys.executable}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    kept = {path.name for path in (ROOT / "benchmarks" / "results").glob("*.json")}
    found = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()}
    assert kept - set(found) == {"calibration.json", "reach_alone.json", "soak.json"}
    assert all(row["commit"] for row in found.values())


def test_articles_are_the_same_in_every_run_and_others_for_another_seed() -> None:
    lines = [drawn("ZIPF.deeds(7)"), drawn("ZIPF.deeds(7)"), drawn("replace(ZIPF, seed=1).deeds(7)")]

    assert lines[0] == lines[1] != lines[2]


def test_a_few_actors_are_in_most_of_the_news_under_zipfs_law() -> None:
    """The first of a thousand has 1 of 7.5 places: the sum of 1/n up to 1,000."""
    first = "sum(deed.agent == 0 for n in range(1000) for deed in {}.deeds(n))"

    assert 500 < int(drawn(first.format("ZIPF"))) < 850
    assert 20 < int(drawn(first.format("UNIFORM"))) < 90


def drawn(what: str) -> str:
    """Return what an expression over the made-up articles prints."""
    code = f"from dataclasses import replace\nfrom corpus import ZIPF, UNIFORM\nprint({what})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True
    )
    return done.stdout
