"""Direct speech is its speaker's word, in every sentence of it, and never the article's own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quoting import quotations
from kg.extraction import Reader
from kg.model import Article, Block, BlockKind, Span


def article(*paragraphs: str) -> Article:
    text = "\n\n".join(paragraphs)
    starts = [sum(len(each) + 2 for each in paragraphs[:n]) for n in range(len(paragraphs))]
    spans = [Span(start, start + len(each)) for start, each in zip(starts, paragraphs, strict=True)]
    return Article("made.txt", text, tuple(Block(BlockKind.PARAGRAPH, span) for span in spans))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"They took the men," she said.', ['"They took the men,"']),
        ("“They took the men,” she said. “It was dark.”", ["“They took the men,”", "“It was dark.”"]),
        ('He called it "a bad idea" twice.', []),
        ('A board 12" wide, a nail 3" long and so on.', []),
        ('"They took the men, she said.', []),
    ],
)  # fmt: skip
def test_what_stands_between_marks_is_found(text: str, found: list[str]) -> None:
    assert [one.span.of(text) for one in quotations(article(text))] == found


def test_a_paragraph_may_leave_its_marks_open_where_the_next_one_opens_them_again() -> None:
    made = article("“They took the men.", "“Nobody came to help,” she said.")

    found = [one.span.of(made.text) for one in quotations(made)]
    assert found == ["“They took the men.", "“Nobody came to help,”"]


@given(st.text('ab “”"«».\n', max_size=60))
def test_any_marks_give_parts_of_the_text_in_order(text: str) -> None:
    spans = [one.span for one in quotations(article(text))]

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ('"Rebels shelled the hospital. Soldiers arrested a doctor," said Ada Quill.', ["Ada Quill"] * 2),
        ('Ada Quill said: "It was dark. Rebels shelled the hospital."', ["Ada Quill"]),
        ('"It was dark," said Ada Quill. "Rebels shelled the hospital."', ["Ada Quill"]),
        ('"Rebels shelled the hospital," Ada Quill thundered.', ["Ada Quill"]),
        ('Oslo met Ada Quill, who said: "It was dark. Rebels shelled the hospital."', [None, "Ada Quill"]),
        ('Ada Quill was there. "Rebels shelled the hospital."', [None]),
        ('"It was dark," said Ada Quill. Her son wept. "Rebels shelled the hospital."', [None]),
        ('Ada Quill was told: "Rebels shelled the hospital."', [None]),
        ('Ada Quill has a son: "Rebels shelled the hospital."', [None]),
        ('"Rebels shelled the hospital," but Ada Quill knew it.', [None]),
    ],
)
def test_each_sentence_of_a_speech_has_its_speaker(
    text: str, speakers: list[str | None], reader: Reader
) -> None:
    said = [event.existence.attribution for event in reader.events(article(text)).events]

    assert [next((f.entity.label for f in one.claimants), None) for one in said] == speakers
    assert said[-1].factuality.value == "Reported"


def test_who_only_claims_is_believed_less_in_each_sentence(reader: Reader) -> None:
    made = article('"Rebels shelled the hospital. Soldiers arrested a doctor," claimed Ada Quill.')

    said = [event for event in reader.events(made).events if event.trigger.of(made.text) != "claimed"]
    assert [event.existence.attribution.factuality.value for event in said] == ["Alleged", "Alleged"]


def test_what_the_article_tells_between_two_speeches_is_its_own_word(reader: Reader) -> None:
    made = article('"It was dark," said Ada Quill. Rebels shelled the hospital. "It was cold," she said.')

    (event,) = reader.events(made).events
    assert event.existence.attribution.factuality.value == "Asserted"
