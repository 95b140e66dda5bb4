"""`docs/faults.md` is true: its commands run and print what it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
Follow = Callable[..., list[str]]
CODES = {"kg info": [3], "kg fsck": [0, 1, 0, 0], "kg fsck --repair": [1], "kg fsck store --repair": [1]}


@pytest.mark.long
def test_the_commands_of_the_page_print_what_it_shows(follow: Follow, tmp_path: Path) -> None:
    assert follow("docs/faults.md", tmp_path, CODES) == []


def test_a_store_that_is_not_there_is_refused(kg: Run, tmp_path: Path) -> None:
    done = kg("fsck", "nowhere", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (
        3, "kg: nowhere: no store here (no kg.json, no log); kg build makes one\n",
    )  # fmt: skip
