from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.words import clean, counted, without_controls


@pytest.mark.parametrize(
    ("given_words", "shown"),
    [
        ("a\x1b[31mb", "a[31mb"),
        ("a\r\nb\tc", "a b c"),
        ("a\u202eb", "ab"),
        ("a\u2028b", "ab"),
        ("a\x9bb", "ab"),
        ("Erdoğan’s «İzmir» ☂", "Erdoğan’s «İzmir» ☂"),
    ],
)
def test_clean_takes_out_what_a_terminal_would_obey(given_words: str, shown: str) -> None:
    assert clean(given_words) == shown


def test_tabs_and_line_feeds_stay_where_only_controls_go() -> None:
    assert without_controls("a\tb\nc\x00") == "a\tb\nc"


@given(st.text())
def test_nothing_clean_holds_a_control_character(words: str) -> None:
    assert not any(unicodedata.category(letter) == "Cc" for letter in clean(words))


@given(st.text())
def test_cleaning_twice_is_cleaning_once(words: str) -> None:
    assert clean(clean(words)) == clean(words)


@pytest.mark.parametrize(("number", "words"), [(0, "0 events"), (1, "1 event"), (2, "2 events")])
def test_a_noun_agrees_with_its_number(number: int, words: str) -> None:
    assert counted(number, "event") == words
