"""Whoever held an office acts for a state on the days on which that is sure, and on no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.gazetteer import fold
from kg.iri import BASE, NS
from kg.lexicon import local
from kg.model import Window
from kg.ontology import Ontology
from kg.resources import resources
from kg.tenures import TENURE, load_tenures
from kg.turtle import RDFS, SKOS, Facts, read_turtle

HEAD = """@prefix kg: <https://w3id.org/kgnews/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix actor: <https://w3id.org/kgnews/id/actor/> .
"""
SENTENCE = "Tony Blair condemned Iraq."


def facts(folder: Path, body: str) -> Facts:
    path = folder / "own.ttl"
    path.write_text(f"{HEAD}<https://w3id.org/kgnews/id/tenure/ek> a kg:Tenure ; {body} .", encoding="utf-8")
    return read_turtle([path])


def on(first: str, last: str | None = None) -> Window:
    return Window(first, date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return read_turtle(resources().files("ontology/entities", ".ttl").values())


@pytest.mark.parametrize(
    ("since", "until", "window", "holds"),
    [
        ('"2019-05-04"^^xsd:date', '"2023-06-01"^^xsd:date', on("2019-05-04"), True),
        ('"2019-05-04"^^xsd:date', '"2023-06-01"^^xsd:date', on("2023-06-01"), True),
        ('"2019-05-04"^^xsd:date', '"2023-06-01"^^xsd:date', on("2019-05-03"), False),
        ('"2019-05-04"^^xsd:date', '"2023-06-01"^^xsd:date', on("2023-06-02"), False),
        ('"2019"^^xsd:gYear', '"2023"^^xsd:gYear', on("2020-01-01"), True),
        ('"2019"^^xsd:gYear', '"2023"^^xsd:gYear', on("2019-06-01"), False),
        ('"2019"^^xsd:gYear', '"2023"^^xsd:gYear', on("2023-06-01"), False),
        ('"2019-05-04"^^xsd:date', '"2023-06-01"^^xsd:date', on("2023-05-30", "2023-06-02"), False),
        ('"2019-05-04"^^xsd:date', None, on("2025-01-01"), True),
        ('"2019-05-04"^^xsd:date', None, None, False),
        ('"2019-05-04"^^xsd:date', None, Window("../2025", None, date(2025, 1, 1)), False),
    ],
)
def test_a_tenure_covers_the_days_on_which_it_surely_held(
    since: str, until: str | None, window: Window | None, holds: bool, tmp_path: Path
) -> None:
    end = f" ; kg:until {until}" if until else ""
    given = facts(tmp_path, f"kg:holder actor:ek ; kg:for actor:sweden ; kg:since {since}{end}")
    (tenure,) = load_tenures(given)["ek"]

    assert tenure.covers(window) is holds


def test_a_tenure_without_a_beginning_tells_nothing(tmp_path: Path) -> None:
    assert load_tenures(facts(tmp_path, "kg:holder actor:ek ; kg:for actor:sweden")) == {}


def test_a_code_that_holds_for_some_days_is_no_office(tmp_path: Path) -> None:
    given = facts(tmp_path, 'kg:holder actor:ek ; kg:code "SWE" ; kg:since "2019"^^xsd:gYear')

    assert load_tenures(given) == {}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('kg:for actor:sweden ; kg:since "2019"', "needs kg:holder"),
        ('kg:holder actor:ek ; kg:for actor:sweden ; kg:since "May 2019"', "a day or a year"),
    ],
)
def test_a_faulty_tenure_is_told_with_its_file(body: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=rf"own\.ttl: ek: .*{why}"):
        load_tenures(facts(tmp_path, body))


def acting(reader: Reader, published: Window | None) -> list[str]:
    article = replace(sentence_article(SENTENCE), published=published)
    (event,) = reader.events(article).events
    return [
        other.label for f in event.fillers("agent") for name, other in f.entity.links if name == "actsFor"
    ]


@pytest.mark.parametrize(
    ("published", "states"),
    [
        (on("2003-03-20"), ["United Kingdom"]),
        (on("2015-03-20"), []),
        (on("1996-03-20"), []),
        (None, []),
    ],
)
def test_an_article_of_its_time_decides_for_whom_a_person_acts(
    published: Window | None, states: list[str], reader: Reader
) -> None:
    assert acting(reader, published) == states


def test_an_organ_acts_for_its_state_at_any_time(knowledge: Ontology) -> None:
    links = dict(knowledge.gazetteer.actors["mossad"].links)

    assert links["actsFor"].label == "Israel"
    assert "mossad" not in knowledge.gazetteer.tenures


def test_sixty_states_have_people_in_office(knowledge: Ontology) -> None:
    bodies = {t.for_whom for tenures in knowledge.gazetteer.tenures.values() for t in tenures}
    states = {e.key for e in knowledge.gazetteer.actors.values() if e.kind == "State"}

    assert len(bodies & states) >= 60


def test_every_tenure_is_of_a_known_actor_for_a_known_actor_and_ends_after_it_began(shipped: Facts) -> None:
    wrong = []
    for iri in shipped.subjects(TENURE):
        ends = [shipped.text(iri, NS + name) or "" for name in ("holder", "for")]
        since, until = shipped.text(iri, NS + "since") or "", shipped.text(iri, NS + "until") or "9"
        if any(shipped.text(end, RDFS + "label") is None for end in ends) or until < since[: len(until)]:
            wrong.append(local(iri))

    assert wrong == []


def names(shipped: Facts) -> Iterator[tuple[str, str]]:
    for iri in shipped.of:
        if iri.startswith(f"{BASE}id/actor/"):
            given = (*shipped.texts(iri, RDFS + "label"), *shipped.texts(iri, SKOS + "altLabel"))
            yield from {(fold(name), iri) for name in given}


def test_no_two_actors_have_a_name_in_common(shipped: Facts) -> None:
    count = Counter(name for name, _ in names(shipped))

    assert [name for name, number in count.items() if number > 1] == []


TOWNS = {"barroso", "mandela", "morsi", "obama", "rubio"}  # the person is meant, where one can act


def test_no_surname_of_a_leader_is_that_of_a_known_city_or_a_people(
    shipped: Facts, knowledge: Ontology
) -> None:
    people = set(shipped.subjects(NS + "Person"))
    known = knowledge.gazetteer
    taken = {*known.places, *known.stands_for, *known.nations} - TOWNS

    assert [name for name, iri in names(shipped) if iri in people and name in taken] == []
