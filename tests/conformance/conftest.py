from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def suite() -> Path:
    """The W3C's SHACL tests; without them a test is skipped, or fails under KG_REQUIRE_EVAL=1."""
    shared = Path(os.environ.get("KG_EVAL") or ROOT.parent / "shared" / "eval").parent
    folder = shared / "w3c" / "shacl" / "tests"
    if folder.is_dir():
        return folder
    reason = f"{folder}: the W3C's SHACL tests are not here (set KG_EVAL)"
    if os.environ.get("KG_REQUIRE_EVAL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
