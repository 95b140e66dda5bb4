"""`docs/distributed.md` and `docs/moving.md` are true: their commands run and print what they show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.mark.parametrize("page", ["docs/distributed.md", "docs/moving.md"])
def test_the_commands_of_the_page_print_what_it_shows(
    follow: Callable[..., list[str]], tmp_path: Path, page: str
) -> None:
    assert follow(page, tmp_path) == []
