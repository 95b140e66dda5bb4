"""Bent inputs of `benchmarks/fuzz.py`, some of each kind: each is answered or refused, no process dies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Measured = Callable[..., dict[str, object]]
KINDS = ("sparql", "rdf", "html", "dates")


def fine(found: dict[str, object]) -> None:
    assert {kind: found[f"{kind}_wrong"] for kind in KINDS} == {kind: [] for kind in KINDS}
    assert {"seed", "commit"} <= set(found)
    for kind in KINDS:  # some get through, and some do not
        assert 0 < int(str(found[f"{kind}_refused"])) < int(str(found[kind]))


def test_a_few_thousand_bent_inputs_are_answered_or_refused(measured: Measured) -> None:
    fine(
        measured("fuzz", "--sparql", "1500", "--rdf", "1500", "--html", "50", "--dates", "300", "--seed", "3")
    )


@pytest.mark.long
def test_millions_of_bent_inputs_are_answered_or_refused(measured: Measured) -> None:
    fine(measured("fuzz"))
