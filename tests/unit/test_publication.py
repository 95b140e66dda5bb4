"""When an article can have been published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Span, Window
from kg.timex import edtf
from kg.timex.edtf_text import parse
from kg.timex.publication import Facts, publication_window, surface_tense

CLOCK = Facts(clock=parse("2024-11-20"))


def window(text: str, facts: Facts = CLOCK) -> str | None:
    found, _ = publication_window(text, [Span(0, len(text))], facts)
    return found.edtf if found else None


def test_a_stated_date_wins() -> None:
    facts = Facts(stated=parse("2024-05-03"), clock=parse("2024-11-20"))

    assert window("They met on 9 May 2024.", facts) == "2024-05-03"


def test_a_page_clock_is_only_an_upper_bound() -> None:
    assert window("They meet.") == "[..2024-11-20]"


def test_the_earlier_of_clock_and_retrieval_is_the_upper_bound() -> None:
    facts = Facts(clock=parse("2024-11-20"), retrieved=parse("2024-06-01"))

    assert window("They meet.", facts) == "[..2024-06-01]"


def test_a_year_spoken_of_as_over_gives_the_next_new_year() -> None:
    assert window("Back in 2023, they met.") == "[2024-01-01..2024-11-20]"


def test_a_dated_past_event_is_a_lower_bound() -> None:
    assert window("They met on 9 May 2024.") == "[2024-05-09..2024-11-20]"


def test_a_date_without_a_year_needs_a_window_within_one_year() -> None:
    assert window("They met on May 9.") == "[..2024-11-20]"
    assert window("Back in 2023, they met. They left on May 9.") == "[2024-05-09..2024-11-20]"


def test_the_bounds_tighten_until_nothing_changes() -> None:
    text = "They left on May 9. The next day they met. Back in 2023 they had quarrelled."

    assert window(text) == "[2024-05-10..2024-11-20]"


@pytest.mark.parametrize(
    "text",
    [
        "They will meet on 9 May 2024.",
        "They planned to meet on 9 May 2024.",
        "They met to be ready by 9 May 2024.",
        "They meet on 9 May 2024.",
        "They met on 9 May 2031.",
        "They met yesterday. Two days later they met again.",
    ],
)
def test_what_is_not_told_as_a_dated_past_proves_nothing(text: str) -> None:
    assert window(text) == "[..2024-11-20]"


def test_what_is_counted_from_publication_itself_proves_nothing() -> None:
    text = "Back in 2023 they met. They met again yesterday. Two days later they left."

    assert window(text) == "[2024-01-01..2024-11-20]"


def test_without_any_fact_only_the_past_bounds_it() -> None:
    assert window("They met on 9 May 2024.", Facts()) == "[2024-05-09..]"
    assert window("They meet.", Facts()) is None


def test_the_basis_says_all_that_in_words() -> None:
    text = "Back in 2023, they met. They left on May 9."
    _, basis = publication_window(text, [Span(0, len(text))], CLOCK)

    assert basis == (
        "page clock 2024-11-20 is an upper bound only; "
        'not before 2024-01-01: "Back in 2023" speaks of that year as over; '
        'not before 2024-05-09: "on May 9" is told as past'
    )


def test_only_the_given_paragraphs_count() -> None:
    text = "Updated on 9 May 2024, they said.\n\nThey met."
    found, _ = publication_window(text, [Span(35, len(text))], CLOCK)

    assert found == parse("[..2024-11-20]")


def test_a_sentence_with_a_plan_has_no_past_tense() -> None:
    assert surface_tense("They said they will meet.") is None
    assert surface_tense("They met.") == "past"


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "They met on 9 May 2024.",
                "They left on July 3.",
                "The next day they left.",
                "Two days later they came.",
                "Back in 2023 they quarrelled.",
                "They met on Friday.",
                "They fought for three days.",
                "They had met last year.",
            ]
        ),
        max_size=8,
    ),
    st.dates(date(2023, 1, 1), date(2026, 1, 1)),
)
def test_a_window_never_passes_its_page_clock(parts: list[str], clock: date) -> None:
    text = " ".join(parts)
    found, _ = publication_window(text, [Span(0, len(text))], Facts(clock=edtf.day(clock)))

    assert isinstance(found, Window)
    assert found.latest == clock
    assert found.earliest is None or found.earliest <= clock
