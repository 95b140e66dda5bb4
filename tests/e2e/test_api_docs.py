"""`docs/api.md` is true: its examples run as they are printed."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_the_examples_of_the_python_api_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    done = doctest.testfile(str(DOCS), module_relative=False, optionflags=doctest.ELLIPSIS)

    assert done.attempted > 25
    assert done.failed == 0
