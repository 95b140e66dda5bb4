"""A headline that is a sentence is a second report of what the text below it tells."""

from __future__ import annotations

import pytest

from kg.extraction import Reader
from kg.model import Article, Block, BlockKind, Count, Event, Extraction, Factuality, Span
from kg.sentences import reads_as_sentence


def told(reader: Reader, headline: str, *paragraphs: str) -> tuple[Extraction, str]:
    text = "\n".join((headline, *paragraphs))
    blocks, start = [], 0
    for part in (headline, *paragraphs):
        kind = BlockKind.PARAGRAPH if blocks else BlockKind.TITLE
        blocks.append(Block(kind, Span(start, start + len(part))))
        start += len(part) + 1
    return reader.events(Article("made.txt", text, tuple(blocks))), text


def of_type(found: Extraction, kind: str) -> list[Event]:
    return sorted((e for e in found.events if e.type == kind), key=lambda e: e.trigger)


def test_a_headline_repeats_the_event_of_the_lead(reader: Reader) -> None:
    found, _ = told(reader, "Norway expels two envoys", "Norway expelled two Kenyan envoys on Monday.")

    above, below = of_type(found, "DiplomatExpulsion")
    assert (above.repeats, below.repeats) == (below.trigger, None)


def test_a_headline_is_no_surer_than_its_text(reader: Reader) -> None:
    found, _ = told(reader, "Rebels attack two villages", "Rebels attacked the villages, the army claimed.")

    above, _ = of_type(found, "MilitaryAttack")
    assert above.existence.attribution.factuality is Factuality.ALLEGED


def test_a_headline_about_somebody_else_is_an_event_of_its_own_or_none(reader: Reader) -> None:
    found, text = told(reader, "Norway expels two envoys", "In 1999 Kenya expelled a Swedish envoy.")

    (event,) = of_type(found, "DiplomatExpulsion")
    assert event.trigger.of(text) == "expelled"
    assert [r.code for r in found.refusals] == ["headline-unclear"]


def test_a_description_in_a_headline_is_the_one_in_the_text(reader: Reader) -> None:
    found, _ = told(reader, "Police arrest two bankers", "Police arrested the bankers on Monday.")

    above, below = of_type(found, "Detention")
    assert [f.entity.key for f in above.fillers("agent")] == [f.entity.key for f in below.fillers("agent")]


@pytest.mark.parametrize(
    "headline",
    [
        "Two killed in raid on Goma",
        "Rebels shelled in Goma",
        "Norway Expels Two Kenyan Envoys",
        "Norway: we expel two envoys",
        "Does Norway expel two envoys?",
        "New raid on Goma",
    ],
)
def test_a_headline_that_may_be_read_otherwise_is_not_read(reader: Reader, headline: str) -> None:
    found, _ = told(reader, headline, "The weather was fine.")

    assert found.events == ()


def test_times_in_a_headline_anchor_nothing_below(reader: Reader) -> None:
    found, text = told(
        reader, "Norway expels envoys on 3 May 2019", "The next day Kenya expelled two Swedish envoys."
    )

    below = next(e for e in found.events if e.trigger.of(text) == "expelled")
    assert below.when is None or below.when.window is None


def test_title_case_is_no_sentence() -> None:
    assert not reads_as_sentence("Norway Expels Two Envoys Over Spying")
    assert reads_as_sentence("Norway expels two envoys over spying")


def test_a_headline_is_not_told_by_what_happened_years_ago(reader: Reader) -> None:
    found, _ = told(
        reader,
        "Norway expels two envoys",
        "Oslo raided the port. Police arrested two men. Rebels shelled Goma.",
        "In 1999 Norway expelled an envoy.",
    )

    assert [e.repeats for e in of_type(found, "DiplomatExpulsion")] == [None]


def test_an_accusation_in_a_headline_stays_one(reader: Reader) -> None:
    found, text = told(
        reader, "Sudan accuses Chad of shelling Goma", "Chad shelled Goma on Monday, officials said."
    )

    above = next(e for e in of_type(found, "Shelling") if e.trigger.of(text) == "shelling")
    assert above.existence.attribution.factuality is Factuality.ALLEGED


def test_a_headlines_description_is_not_taken_for_another_one(reader: Reader) -> None:
    found, _ = told(reader, "Police arrest two students", "Police arrested the bankers on Monday.")

    above, below = of_type(found, "Detention")
    assert above.repeats == below.trigger
    assert above.fillers("target") == ()


def test_a_number_that_the_text_gives_otherwise_is_kept(reader: Reader) -> None:
    found, _ = told(reader, "Rebels kill three guards", "Rebels killed two guards on Monday.")

    above, _ = of_type(found, "Killing")
    assert [v.least for v in above.values("casualties") if isinstance(v, Count)] == [3]
