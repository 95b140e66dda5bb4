"""What somebody reports and somebody else denies is only alleged; what nobody denies is not touched."""

from __future__ import annotations

import pytest

from kg.examples import sentence_article
from kg.extraction import Reader
from kg.model import Factuality


def told(reader: Reader, text: str) -> dict[str, Factuality]:
    """Return how each trigger of a text is told."""
    events = reader.events(sentence_article(text)).events
    return {e.trigger.of(text): e.existence.attribution.factuality for e in events}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Oslo says Swedish troops shelled a school. Stockholm says that it did no such thing.", "shelled"),
        ("Oslo says Swedish troops shelled a school. Stockholm called the story a fairy tale.", "shelled"),
        ("Oslo says Swedish troops shelled a school. That is simply not true, Stockholm said.", "shelled"),
        ("Oslo says Swedish troops shelled a school, but Stockholm calls it 'a fable'.", "shelled"),
        (
            "Two farmers were wounded near the Swedish border, Norway's army said. The mayor wept."
            " Sweden rejected the account.",
            "wounded",
        ),
        (
            "Norway says Swedish troops arrested ten men, tied them up and shot two of them."
            " Sweden denied that its troops had shot anybody.",
            "arrested",
        ),
        ('"They robbed us," said Ada Quill, a farmer.', "robbed"),
    ],
)
def test_what_is_disputed_is_alleged(reader: Reader, text: str, word: str) -> None:
    assert told(reader, text)[word] is Factuality.ALLEGED


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Oslo says Swedish troops shelled a school. Oslo said it was no fable.", "shelled"),
        ("Oslo says Swedish troops shelled a school. The minister said it was no fable.", "shelled"),
        ("Oslo says Swedish troops shelled a school. Oslo called the denial of it a fable.", "shelled"),
        ("Oslo says Swedish troops shelled a school. Stockholm said nothing.", "shelled"),
        ("Swedish troops shelled a school. Stockholm called the story a fairy tale.", "shelled"),
        (
            "Two farmers were wounded near the Swedish border, Norway's army said. The mayor wept."
            " Sweden rejected the charge that it had jailed a priest.",
            "wounded",
        ),
        ('"They robbed a bank," said Ada Quill, a farmer.', "robbed"),
    ],
)
def test_what_nobody_disputes_stays(reader: Reader, text: str, word: str) -> None:
    assert told(reader, text)[word] in {Factuality.ASSERTED, Factuality.REPORTED}


@pytest.mark.parametrize(
    "text", ["Norway destroyed Sweden 29-22 on Saturday.", "Oslo's women attacked Turku 3–1."]
)
def test_a_result_is_no_battle(reader: Reader, text: str) -> None:
    assert not told(reader, text)


def test_a_number_of_victims_is_no_result(reader: Reader) -> None:
    assert "shelled" in told(reader, "Norway shelled Turku 10-15 times on Saturday.")
