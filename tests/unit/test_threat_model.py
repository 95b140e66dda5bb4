"""THREAT_MODEL.md promises what tests hold, and names files that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
PROMISES = [line for line in TEXT.split("\n") if line.startswith("| ") and "| held by |" not in line]


@pytest.mark.parametrize("line", PROMISES)
def test_each_promise_names_a_test_that_is_there(line: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", line)

    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_each_link_leads_to_a_file() -> None:
    for name in ("THREAT_MODEL.md", "SECURITY.md"):
        links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))

        assert [link for link in links if not (ROOT / link).is_file()] == []


def test_nothing_is_reported_to_an_address_that_nobody_reads() -> None:
    assert "@" not in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
