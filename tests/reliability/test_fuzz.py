"""Bent inputs of `benchmarks/fuzz.py`, some of each kind: each is answered or refused, no process dies."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("sparql", "rdf", "html", "dates")


def fuzzed(*args: str) -> dict[str, object]:
    """Read bent inputs; return what became of them."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "fuzz.py"), "--json", *args],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1) and done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def fine(found: dict[str, object]) -> None:
    assert {kind: found[f"{kind}_wrong"] for kind in KINDS} == {kind: [] for kind in KINDS}
    assert {"seed", "commit"} <= set(found)
    for kind in KINDS:  # some get through, and some do not
        assert 0 < int(str(found[f"{kind}_refused"])) < int(str(found[kind]))


def test_a_few_thousand_bent_inputs_are_answered_or_refused() -> None:
    fine(fuzzed("--sparql", "1500", "--rdf", "1500", "--html", "50", "--dates", "300", "--seed", "3"))


@pytest.mark.long
def test_millions_of_bent_inputs_are_answered_or_refused() -> None:
    fine(fuzzed())
