"""How often one address may ask the server."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.web.rate import ADDRESSES, BURST, Rate

rates = st.sampled_from([0.5, 1.0, 10.0, 100.0])
pauses = st.lists(st.floats(0, 3), min_size=1, max_size=200)


@given(rates, pauses)
def test_no_stretch_of_time_has_more_than_the_rate_and_a_burst(rate: float, given: list[float]) -> None:
    limit, now, taken = Rate(rate), 0.0, list[float]()
    for pause in given:
        now += pause
        if not limit.wait("a", now):
            taken.append(now)

    for first, start in enumerate(taken):
        for last, end in enumerate(taken[first:], first):
            assert last - first + 1 <= max(rate * BURST, 1) + (end - start) * rate + 1e-6


@given(rates, pauses)
def test_who_waits_as_long_as_told_is_let_in(rate: float, given: list[float]) -> None:
    limit, now = Rate(rate), 0.0
    for pause in given:
        now += pause / 100
        wait = limit.wait("a", now)
        assert wait == 0 or limit.wait("a", now + wait + 1e-6) == 0
        now += wait + 1e-6 if wait else 0


def test_one_address_does_not_wait_for_another() -> None:
    limit = Rate(1)
    while not limit.wait("a", 0):
        pass

    assert limit.wait("b", 0) == 0


def test_without_a_rate_nobody_waits() -> None:
    limit = Rate(0)

    assert not any(limit.wait("a", 0) for _ in range(10_000))


def test_so_many_addresses_are_remembered_and_no_more() -> None:
    limit = Rate(1)
    for number in range(3 * ADDRESSES):
        limit.wait(str(number), number / 1000)

    assert len(limit._buckets) <= ADDRESSES
