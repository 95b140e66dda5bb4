"""Golden files: compared as they are, written anew by `pytest --update-golden` only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], str]:
    """Return the golden text of a name; with --update-golden, write what is given and return it."""

    def held(name: str, given: str) -> str:
        path = FOLDER / name
        if request.config.getoption("--update-golden"):
            path.write_text(given, encoding="utf-8")
        assert path.is_file(), f"{path.name} is not there: pytest --update-golden writes it"
        return path.read_text(encoding="utf-8")

    return held
