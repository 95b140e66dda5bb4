"""A short turn of `benchmarks/soak.py`: questions, articles and killed workers, without one failure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def soaked(seconds: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "soak.py"), "--json", "--seconds", seconds],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_few_seconds_of_use_fail_nowhere() -> None:
    found = soaked("6")

    assert found["errors"] == 0
    assert {
        "asked",
        "written",
        "memory_mib_an_hour",
        "descriptors_most",
        "files_most",
        "seed",
        "commit",
    } <= set(found)


@pytest.mark.long
def test_two_hours_of_use_grow_nothing() -> None:
    found = soaked("7200")

    assert (found["errors"], float(str(found["memory_mib_an_hour"])) < 1) == (0, True)
