"""Short turns of benchmarks of what lasts: hours of use without one failure, opening after a kill."""

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


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_a_store_opens_after_its_writer_was_killed(measured: Measured) -> None:
    found = measured("reopening", "--sizes", "2", "--turns", "1")

    (row,) = found["sizes"]  # type: ignore[misc]
    assert row["quads"] > 2 * 600
    assert {"killed_s", "bare_killed_s", "closed_s"} <= set(row)
    assert found["commit"]
