"""A short turn of `benchmarks/soak.py`: questions, articles and killed workers, without one failure."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

Measured = Callable[..., dict[str, object]]


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_few_seconds_of_use_fail_nowhere(measured: Measured) -> None:
    found = measured("soak", "--seconds", "6", "--filling", "5")

    assert found["errors"] == 0
    assert {
        "asked",
        "written",
        "memory_mib_an_hour",
        "descriptors_most",
        "files_most",
        "seed",
        "commit",
    } <= set(found)


@pytest.mark.long
def test_two_hours_of_use_grow_nothing(measured: Measured) -> None:
    found = measured("soak", "--seconds", "7200")

    assert (found["errors"], float(str(found["memory_mib_an_hour"])) < 1) == (0, True)
