"""The hostile inputs of `benchmarks/hostile.py`, some of each kind: nobody gets in, nothing hangs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")


def tried(*args: str) -> dict[str, object]:
    """Give hostile inputs to all fronts; return what is told."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "hostile.py"), "--json", *args],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1) and done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def harmless(found: dict[str, object]) -> None:
    assert found["wrong"] == []
    assert (found["connections"], found["foreign_files"], found["store_changed"]) == (0, 0, False)
    assert {"seed", "commit", "deadline", "command_longest_s", "server_longest_s"} <= set(found)


@LINUX
def test_some_of_the_hostile_inputs_do_no_harm() -> None:
    harmless(tried("--sample", "12", "--seconds", "2"))


@LINUX
@pytest.mark.long
def test_no_hostile_input_does_harm() -> None:
    found = tried()

    harmless(found)
    assert int(str(found["inputs"])) >= 300
