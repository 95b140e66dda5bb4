"""Whom a sentence only names beside a deed is no target of it, unless that is asked for."""

from __future__ import annotations

import pytest

from kg.examples import sentence_article
from kg.extraction import Reader
from kg.model import Basis
from kg.plugins import NEARBY, load_extractor

BESIDE = [
    ("The minister turned down a request to search the embassy of Norway.", "the embassy of Norway"),
    ("Sweden turned down a plea to free the driver.", "the driver"),
]


def targets(text: str, reader: Reader) -> list[str]:
    found = (event.fillers("target") for event in reader.events(sentence_article(text)).events)
    return [filler.span.of(text) for fillers in found for filler in fillers if filler.basis is Basis.INFERRED]


@pytest.mark.parametrize(("text", "beside"), BESIDE)
def test_who_stands_nearby_is_taken_only_where_that_is_asked_for(
    text: str, beside: str, reader: Reader
) -> None:
    assert targets(text, reader) == []
    assert beside in targets(text, reader.nearby())


def test_the_extractor_has_a_name_of_its_own(reader: Reader) -> None:
    rules = load_extractor(NEARBY, reader.ontology)

    assert rules.name == NEARBY == reader.nearby().extractor.name
