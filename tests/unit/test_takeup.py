"""A definite noun takes up the one event it can mean, and says no more of it."""

from __future__ import annotations

import pytest

from kg.extraction import Reader
from kg.model import Article, Block, BlockKind, Event, Span

RAID = "Police raided a warehouse in Oslo on Friday."


def events(text: str, reader: Reader) -> tuple[Event, ...]:
    made = Article("made.txt", text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
    return reader.events(made).events


def again(text: str, reader: Reader) -> list[tuple[str, str]]:
    """Return the words of each further report, with those of the event that it repeats."""
    return [(e.trigger.of(text), e.repeats.of(text)) for e in events(text, reader) if e.repeats]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{RAID} The raid lasted two hours.", [("raid", "raided")]),
        (f"{RAID} Nobody was told of this search.", [("search", "raided")]),
        (f"{RAID} A raid is a costly thing.", []),
        (f"{RAID} Police raided a school on Sunday. The raid lasted two hours.", []),
        (f"{RAID} The attack lasted two hours.", []),
        (f"{RAID} The raid in Oslo lasted two hours.", [("raid", "raided")]),
        (f"{RAID} The raid in Norway lasted two hours.", [("raid", "raided")]),
        (f"{RAID} The raid in London lasted two hours.", []),
        (f"{RAID} The raid in 2014 lasted two hours.", []),
        (f"{RAID} The raid on Sunday lasted two hours.", []),
        ("The raid lasted two hours. Police had raided a warehouse in Oslo.", []),
    ],
)
def test_a_noun_is_taken_for_the_only_event_that_it_can_mean(
    text: str, found: list[tuple[str, str]], reader: Reader
) -> None:
    assert again(text, reader) == found


def test_it_is_as_sure_as_what_it_takes_up_and_no_surer(reader: Reader) -> None:
    text = "Norway accused Sweden of raiding a warehouse in Oslo. The raid lasted two hours."
    first, second = (e for e in events(text, reader) if e.type == "Raid")

    assert second.repeats == first.trigger
    assert second.existence.attribution == first.existence.attribution
    assert {claim.aspect for claim in second.claims} == {"type", "status"}
