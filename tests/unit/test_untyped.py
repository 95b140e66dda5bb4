"""Events that fit no type: kept on request, and only where somebody named is said to have done it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.api import build, load_kit
from kg.examples import sentence_article
from kg.extract.rules import RuleExtractor
from kg.extraction import Reader
from kg.model import Factuality
from kg.store import Store


@pytest.fixture(scope="module")
def untyped(reader: Reader) -> Reader:
    return Reader.of(reader.ontology, reader.parser, RuleExtractor.of(reader.ontology, untyped=True))


def plain(reader: Reader, text: str) -> list[str]:
    article = sentence_article(text)
    return [e.trigger.of(text) for e in reader.events(article).events if e.type == "Event"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway painted the bridge.", ["painted"]),
        ("Norway painted the bridge and cleaned the tower.", ["painted", "cleaned"]),
        ("Sweden said that Norway painted the bridge.", ["painted"]),
        ("The bridge was painted by Norway.", ["painted"]),
        ("Workers painted the bridge.", []),
        ("The bridge was painted.", []),
        ("Norway was calm.", []),
        ("Norway thought of the bridge.", []),
        ("Norway has a bridge.", []),
        ("Norway did not paint the bridge.", []),
        ("Norway may have painted the bridge.", []),
        ("If Norway painted the bridge, it would shine.", []),
    ],
)
def test_only_a_stated_deed_of_somebody_named_is_kept(text: str, wanted: list[str], untyped: Reader) -> None:
    assert plain(untyped, text) == wanted


def test_nothing_untyped_is_kept_unasked(reader: Reader) -> None:
    assert plain(reader, "Norway painted the bridge.") == []


def test_a_typed_event_stays_as_it_is(untyped: Reader, reader: Reader) -> None:
    article = sentence_article("Norway arrested two men in Oslo on 2 May 2024.")

    assert untyped.events(article) == reader.events(article)


def test_what_is_reported_is_so_marked(untyped: Reader) -> None:
    (event,) = [
        e for e in untyped.events(sentence_article("Sweden said that Norway painted the bridge.")).events
        if e.type == "Event"
    ]  # fmt: skip

    assert event.existence.attribution.factuality is Factuality.REPORTED


def test_a_store_with_untyped_events_is_valid(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway painted the bridge on 2 May 2024.", encoding="utf-8")
    with Store.memory() as store:
        (built,) = build([tmp_path], store, load_kit(extractor="rules+untyped"))

    assert built.report.results == ()  # type: ignore[union-attr]
    assert [e.label for e in built.extraction.events] == ["event: Norway"]  # type: ignore[union-attr]
