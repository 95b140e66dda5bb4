"""The splitter never loses or doubles a character, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.sentences import split

PIECES = st.sampled_from(
    [
        "Mr.",
        "U.S.",
        "The ",
        "He left. ",
        "3.5",
        " ",
        "\n",
        "...",
        "! ",
        "“No.” ",
        "J. ",
        "é",
        "𝔘",
        "?",
        "p.m. ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
def test_sentences_cover_the_text_without_overlap(text: str) -> None:
    assert "".join(span.of(text) for span in split(text)) == text


@given(TEXTS)
def test_no_sentence_is_empty(text: str) -> None:
    assert all(span.start < span.end for span in split(text))
