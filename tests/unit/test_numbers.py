"""Numbers of people, as the conventions of docs/counts.md have them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.numbers import Bounds, bounds

PHRASES: dict[str, tuple[int | None, int | None] | None] = {
    "two men": (2, 2),
    "38 people": (38, 38),
    "1,200 villagers": (1200, 1200),
    "1 200 villagers": (1200, 1200),
    "12,345,678 voters": (12_345_678, 12_345_678),
    "2 million refugees": (2_000_000, 2_000_000),
    "3 thousand troops": (3000, 3000),
    "nineteen clerks": (19, 19),
    "twenty clerks": (20, 20),
    "twenty-one clerks": (21, 21),
    "thirty eight clerks": (38, 38),
    "one hundred men": (100, 100),
    "two hundred and six men": (206, 206),
    "three thousand two hundred men": (3200, 3200),
    "two million men": (2_000_000, 2_000_000),
    "zero survivors": (0, 0),
    "a man": (1, 1),
    "an engineer": (1, 1),
    "another engineer": (1, 1),
    "the man": None,
    "men": None,
    "people of the city": None,
    "some passengers": (1, None),
    "some of its passengers": (1, None),
    "several guards": (2, None),
    "a few guards": (2, None),
    "many guards": (2, None),
    "numerous guards": (2, None),
    "dozens of guards": (24, None),
    "scores of guards": (40, None),
    "hundreds of guards": (200, None),
    "thousands of guards": (2000, None),
    "a couple of guards": (2, 2),
    "both pilots": (2, 2),
    "a dozen pilots": (12, 12),
    "half a dozen pilots": (6, 6),
    "at least 38 people": (38, None),
    "no fewer than ten people": (10, None),
    "more than 38 people": (39, None),
    "over 200 people": (201, None),
    "upwards of 200 people": (201, None),
    "up to 38 people": (None, 38),
    "as many as nine people": (None, 9),
    "at most nine people": (None, 9),
    "no more than nine people": (None, 9),
    "fewer than nine people": (None, 8),
    "less than nine people": (None, 8),
    "nearly 200 people": (None, 199),
    "almost 200 people": (None, 199),
    "two dozen pilots": (24, 24),
    "more than a dozen pilots": (13, None),
    "up to a dozen pilots": (None, 12),
    "nearly two dozen pilots": (None, 23),
    "a few dozen pilots": (24, None),
    "several hundred pilots": (200, None),
    "several thousand pilots": (2000, None),
    "a hundred pilots": (100, 100),
    "half a million voters": (500_000, 500_000),
    "1.5 million voters": (1_500_000, 1_500_000),
    "hundreds of thousands of voters": (200, None),
    "10 to 20 guards": (10, 20),
    "10-20 guards": (10, 20),
    "40,000–50,000 guards": (40_000, 50_000),
    "between ten and twenty guards": (10, 20),
    "between two hundred and three hundred guards": (200, 300),
    "two or three guards": (2, 3),
    "two or more guards": (2, None),
    "one of two brothers": (1, 1),
    "thirty of the 67 aboard": (30, 30),
    "a 60-year-old man": (1, 1),
    "two 60-year-old men": (2, 2),
    "a sixty-year-old man": (1, 1),
    "veterans of the 1990s": None,
    "a number of guards": (2, None),
    "a pair of guards": (2, 2),
    "a group of guards": None,
    "a large crowd of guards": None,
    "a third of the crew": None,
    "half of the crew": None,
    "a group of five guards": (5, 5),
    "a total of 38 guards": (38, 38),
    "At Least Two people": (2, None),
    "at  least\ntwo people": (2, None),
}


@pytest.mark.parametrize(("phrase", "wanted"), PHRASES.items())
def test_a_phrase_gives_its_bounds(phrase: str, wanted: tuple[int | None, int | None] | None) -> None:
    assert bounds(phrase) == (None if wanted is None else Bounds(*wanted))


@pytest.mark.parametrize(
    "phrase",
    [
        "about 40 people",
        "around 40 people",
        "roughly 40 people",
        "some 40 people",
        "some forty people",
        "40 or so people",
        "about a dozen people",
        "a couple of hundred people",
    ],
)
def test_a_vague_number_is_never_taken_for_exact(phrase: str) -> None:
    found = bounds(phrase)

    assert found is not None
    assert found.least != found.most


@given(st.integers(min_value=0, max_value=999_999_999))
def test_digits_mean_what_they_say(number: int) -> None:
    assert bounds(f"{number} people") == Bounds(number, number)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_commas_between_thousands_change_nothing(number: int) -> None:
    assert bounds(f"{number:,} people") == bounds(f"{number} people")


@given(st.integers(min_value=0, max_value=10**6))
def test_at_least_and_more_than_differ_by_one(number: int) -> None:
    least, more = bounds(f"at least {number} people"), bounds(f"more than {number} people")

    assert least is not None
    assert more is not None
    assert (least.least, more.least) == (number, number + 1)


@given(st.integers(min_value=1, max_value=10**6))
def test_up_to_and_fewer_than_differ_by_one(number: int) -> None:
    most, fewer = bounds(f"up to {number} people"), bounds(f"fewer than {number} people")

    assert most is not None
    assert fewer is not None
    assert (most.most, fewer.most) == (number, number - 1)


def test_more_than_all_mankind_is_no_count() -> None:
    assert bounds("900,000,000,000 people") is None


@given(st.integers(1, 900), st.integers(1, 900))
def test_a_range_has_its_ends_for_bounds(first: int, more: int) -> None:
    assert bounds(f"{first} to {first + more} people") == Bounds(first, first + more)


@given(st.text())
@example("9" * 5000)
@example("million " * 2000 + "one")
@example("²")
@example("٣.٣ men")
def test_any_text_gives_bounds_in_order_or_none(text: str) -> None:
    found = bounds(text)

    assert found is None or found.least is None or found.most is None or found.least <= found.most
