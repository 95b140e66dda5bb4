"""`kg build --untyped`, as the documentation shows it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_untyped_events_are_counted_by_name(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway painted the bridge on 2 May 2024.", encoding="utf-8")

    done = kg("build", "--untyped", "a.txt", cwd=tmp_path)

    assert (done.returncode, "     1 event\n" in done.stderr) == (0, True)


def test_untyped_goes_with_the_rules_only(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway painted the bridge.", encoding="utf-8")

    done = kg("build", "--untyped", "--extractor", "tea", "a.txt", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (
        2, "kg: --untyped goes with the rules, not with the extractor 'tea'\n",
    )  # fmt: skip
