"""Runs a benchmark as its user would, a small one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def measured() -> Callable[..., dict[str, object]]:
    """Return what runs a program of benchmarks/ by name, with options; it must find nothing wrong."""

    def run(name: str, *args: str) -> dict[str, object]:
        done = subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), "--json", *args],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
        found = json.loads(done.stdout)
        assert isinstance(found, dict)
        return found

    return run
