"""Finds the measured texts: `KG_EVAL`, else `../shared/eval`; with `KG_REQUIRE_EVAL=1` they must be there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def eval_folder() -> Path:
    folder = Path(os.environ.get("KG_EVAL") or ROOT / ".." / "shared" / "eval")
    if folder.is_dir():
        return folder
    if os.environ.get("KG_REQUIRE_EVAL") == "1":
        pytest.fail(f"{folder}: no data to measure with, and KG_REQUIRE_EVAL=1 asks for it")
    pytest.skip("no data to measure with (KG_EVAL)")
