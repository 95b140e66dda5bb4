"""Offices held for a time: whether somebody acts for a state depends on the day of the article.

A bound is a day or a year. A year is taken at its narrowest: who came in 1993 and left in 2001
surely held the office from 1994 to 2000, and no more is said. Without an end the office was
still held when the file was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.errors import OntologyError
from kg.iri import NS
from kg.lexicon import local
from kg.model import Attribution, Claim, Entity, Event, Extraction, Filler, Window
from kg.turtle import Facts

TENURE = NS + "Tenure"


@dataclass(frozen=True, slots=True)
class Tenure:
    """The days, both included, on which somebody surely acted for somebody (keys of both)."""

    holder: str
    for_whom: str
    first: date
    last: date

    def covers(self, published: Window | None) -> bool:
        """Tell whether every day on which the article may have appeared lies in the tenure."""
        if published is None or published.earliest is None or published.latest is None:
            return False
        return self.first <= published.earliest and published.latest <= self.last


def load_tenures(facts: Facts) -> Mapping[str, tuple[Tenure, ...]]:
    """Return the tenures by the key of their holder; raises OntologyError for a faulty date.

    One that does not say for whom, or since when, tells nothing about who acts for whom.
    """
    found: dict[str, list[Tenure]] = defaultdict(list)
    for iri in facts.subjects(TENURE):
        if tenure := _tenure(facts, iri):
            found[tenure.holder].append(tenure)
    return {holder: tuple(tenures) for holder, tenures in found.items()}


def _tenure(facts: Facts, iri: str) -> Tenure | None:
    holder, for_whom = facts.text(iri, NS + "holder"), facts.text(iri, NS + "for")
    since = facts.text(iri, NS + "since")
    if holder is None:
        raise _wrong(facts, iri, "a tenure needs kg:holder")
    try:
        first = _day(since or "9999", 12, 31)
        last = _day(facts.text(iri, NS + "until") or "9999-12-31", 1, 1)
    except ValueError as error:
        raise _wrong(facts, iri, f"kg:since and kg:until are a day or a year: {error}") from error
    return Tenure(local(holder), local(for_whom), first, last) if for_whom and since else None


def _day(given: str, month: int, day: int) -> date:
    return date(int(given), month, day) if len(given) == 4 else date.fromisoformat(given)


def _wrong(facts: Facts, iri: str, what: str) -> OntologyError:
    return OntologyError(f"{facts.source[iri]}: {local(iri)}: {what}")


def dated(
    extraction: Extraction, tenures: Mapping[str, tuple[Tenure, ...]], published: Window | None
) -> Extraction:
    """Take from every actor the `actsFor` of an office that is not surely held when the article appears."""

    def entity(given: Entity) -> Entity:
        held = tenures.get(given.key)
        if held is None:
            return given
        now = {t.for_whom for t in held if t.covers(published)}
        links = tuple((n, e) for n, e in given.links if n != "actsFor" or e.key in now)
        return replace(given, links=links)

    def filler(given: Filler) -> Filler:
        return replace(given, entity=entity(given.entity))

    def claim(given: Claim) -> Claim:
        value = filler(given.value) if isinstance(given.value, Filler) else given.value
        said = given.attribution
        speakers = tuple(filler(f) for f in said.claimants)
        return replace(given, value=value, attribution=Attribution(said.factuality, speakers, said.cue))

    def event(given: Event) -> Event:
        return replace(given, claims=tuple(claim(c) for c in given.claims))

    return replace(extraction, events=tuple(event(e) for e in extraction.events))
