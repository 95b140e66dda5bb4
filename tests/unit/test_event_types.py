"""Each event type's own examples and counter-examples, read with the real parser."""

from __future__ import annotations

import pytest

from kg.examples import check_examples
from kg.extraction import Reader
from kg.ontology import EventType, Ontology, load_ontology
from kg.resources import resources
from kg.validate import house_rules

TYPES = {
    kind.name: kind
    for kind in load_ontology(resources()).types.values()
    if kind.source.parent.name == "events"
}
CATEGORIES = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST"
    " SANCTION MOBILIZE COERCE ASSAULT".split()
)


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
def test_an_event_type_keeps_its_own_examples(kind: EventType, reader: Reader) -> None:
    assert list(check_examples(kind, reader)) == []


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_each_category_of_plover_has_an_event_type_with_phrases(category: str, knowledge: Ontology) -> None:
    assert any(knowledge.plover_of(name) == category and TYPES[name].patterns for name in TYPES)


def test_no_event_type_has_a_category_that_plover_lacks(knowledge: Ontology) -> None:
    assert {knowledge.plover_of(name) for name in TYPES} - {None} <= CATEGORIES


def test_there_are_at_least_sixty_event_types() -> None:
    assert len(TYPES) >= 60


def test_an_event_type_is_alone_in_its_file() -> None:
    sources = [kind.source for kind in TYPES.values()]

    assert len(set(sources)) == len(sources)


def test_the_ontology_keeps_the_house_rules() -> None:
    files = resources().files("ontology", ".ttl").values()

    assert [result.words for result in house_rules(files).results] == []
