"""Where a sentence ends, and where a full stop only looks like it."""

from __future__ import annotations

import pytest

from kg.sentences import split


@pytest.mark.parametrize(
    "text",
    [
        "He fled. | She stayed.",
        "Mr. Ek met Gen. Berg and Dr. J. K. Lund.",
        "Prices rose 3.5 percent.",
        "The U.S. Senate voted.",
        "He left the U.S. | The trip took a day.",
        "They met at 5 p.m. | On Monday they left.",
        "Really? | Yes! | No.",
        "“We won.” | The crowd cheered.",
        '"We won." | He left.',
        "He waited ... and waited.",
        "It ended... | Nobody spoke.",
        "It ended… | Nobody spoke.",
        "It grew by No. 5 and Acme Inc. bought it.",
        "A gang (armed.) | It fled.",
        "The firm , Acme , closed . | It sold all .",
    ],
)
def test_a_text_is_split_where_a_sentence_ends(text: str) -> None:
    wanted = text.split(" | ")

    assert [span.of(" ".join(wanted)).strip() for span in split(" ".join(wanted))] == wanted
