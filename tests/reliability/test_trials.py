"""The trials of `benchmarks/faults.py`, a few of each: nothing is lost, nothing is there by half."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import pytest

Measured = Callable[..., dict[str, object]]
LINUX = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="needs Linux and a C compiler"
)


@LINUX
def test_a_few_kills_cuts_and_failing_calls_lose_nothing(measured: Measured) -> None:
    found = measured("faults", "--trials", "11", "--only", "kills", "power", "failing")

    assert found["wrong"] == []
    assert (found["kills_trials"], found["kills_lost"], found["kills_half_written"]) == (11, 0, 0)
    assert {"power_lost", "failing_lost", "seed", "commit"} <= set(found)


@LINUX
def test_a_few_damages_are_told_and_repaired(measured: Measured) -> None:
    found = measured("faults", "--trials", "36", "--only", "damage")

    assert (found["damage_trials"], found["damage_silent"]) == (6, 0)


@LINUX
def test_no_addition_of_several_writers_is_lost(measured: Measured) -> None:
    found = measured("faults", "--only", "writers", "--increments", "5", "--reads", "200")

    assert (found["writers_counted"], found["reads_torn"]) == (20, 0)


@LINUX
@pytest.mark.long
def test_nothing_is_lost_in_two_thousand_kills(measured: Measured) -> None:
    found = measured("faults", "--trials", "2000")

    assert found["wrong"] == []
