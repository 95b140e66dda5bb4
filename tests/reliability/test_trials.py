"""The trials of `benchmarks/faults.py`, a few of each: nothing is lost, nothing is there by half."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="needs Linux and a C compiler"
)


def trials(*args: str) -> dict[str, object]:
    """Make trials; return what they tell."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "faults.py"), "--json", *args],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@LINUX
def test_a_few_kills_cuts_and_failing_calls_lose_nothing() -> None:
    found = trials("--trials", "11", "--only", "kills", "power", "failing")

    assert found["wrong"] == []
    assert (found["kills_trials"], found["kills_lost"], found["kills_half_written"]) == (11, 0, 0)
    assert {"power_lost", "failing_lost", "seed", "commit"} <= set(found)


@LINUX
def test_a_few_damages_are_told_and_repaired() -> None:
    found = trials("--trials", "36", "--only", "damage")

    assert (found["damage_trials"], found["damage_silent"]) == (6, 0)


@LINUX
def test_no_addition_of_several_writers_is_lost() -> None:
    found = trials("--only", "writers", "--increments", "5", "--reads", "200")

    assert (found["writers_counted"], found["reads_torn"]) == (20, 0)


@LINUX
@pytest.mark.long
def test_nothing_is_lost_in_two_thousand_kills() -> None:
    found = trials("--trials", "2000")

    assert found["wrong"] == []
