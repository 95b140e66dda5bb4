"""The benchmark of speed runs as documented."""

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
