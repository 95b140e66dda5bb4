"""The hostile inputs of `benchmarks/hostile.py`, some of each kind: nobody gets in, nothing hangs."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

Measured = Callable[..., dict[str, object]]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")


def harmless(found: dict[str, object]) -> None:
    assert found["wrong"] == []
    assert (found["connections"], found["foreign_files"], found["store_changed"]) == (0, 0, False)
    assert {"seed", "commit", "deadline", "command_longest_s", "server_longest_s"} <= set(found)


@LINUX
def test_some_of_the_hostile_inputs_do_no_harm(measured: Measured) -> None:
    harmless(measured("hostile", "--sample", "8", "--seconds", "2"))


@LINUX
@pytest.mark.long
def test_no_hostile_input_does_harm(measured: Measured) -> None:
    found = measured("hostile")

    harmless(found)
    assert int(str(found["inputs"])) >= 300
