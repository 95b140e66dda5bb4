"""What single words do to a statement, read from `ontology/lexicon.ttl` (and a user's overlay)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, get_args

from kg.errors import OntologyError
from kg.model import CountKind, Factuality
from kg.turtle import RDF_TYPE, Facts

LEX = "https://w3id.org/kgnews/lexicon#"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas by what they do. `nouns` and `offices` may hold two-word lemmas.

    `even_definite` are the hedging adjectives that also weaken a noun with "the" before it.

    `sayings` are nouns whose that-clause is only said, `charges` verbs of what somebody is held to have done,
    `deserved` verbs of what somebody gets for having done it ("jailed for killing two").

    `masses` name somebody only behind an article: "a force", not "by force".

    `crewed` gives the class of those who act by such a thing, `governed` names places that act.

    `implicatives` give what becomes of the governed event when the verb is affirmed and when
    it is negated: "+" it happened, "-" it did not, "o" left open (Karttunen 1971).

    `made_up` are words that call an account false.

    `figures` are what is fought or freed only in a figure of speech.

    `happenings` are nouns, as written, that mean an event of their kind wherever they stand.

    `kin` are groups of words that different reports use for the same event, `vague` words too
    general for that.
    """

    speech: Mapping[str, Factuality]
    implicatives: Mapping[str, tuple[str, str]]
    hedges: Mapping[str, Factuality]
    adjectives: Mapping[str, Factuality]
    even_definite: frozenset[str]
    irrealis: Mapping[str, Factuality]
    judgements: Mapping[str, Factuality]
    sayings: Mapping[str, Factuality]
    charges: frozenset[str]
    deserved: frozenset[str]
    light: frozenset[str]
    nouns: Mapping[str, str]
    offices: frozenset[str]
    titles: frozenset[str]
    casualties: Mapping[str, CountKind]
    crewed: Mapping[str, str]
    governed: frozenset[str]
    sport: frozenset[str]
    things_in_ers: frozenset[str]
    masses: frozenset[str]
    no_doers: frozenset[str]
    accidents: frozenset[str]
    fictions: frozenset[str]
    made_up: frozenset[str]
    figures: frozenset[str]
    happenings: frozenset[str]
    kin: Mapping[str, frozenset[str]]
    vague: frozenset[str]


def load_lexicon(facts: Facts) -> Lexicon:
    """Build the lexicon; raises OntologyError for a value that kg does not know."""
    factuality, kind = partial(_factuality, facts), partial(_kind, facts)
    return Lexicon(
        speech=_group(facts, "SpeechVerbs", factuality),
        implicatives=_group(facts, "Implicatives", partial(_signature, facts)),
        hedges=_group(facts, "Hedges", factuality),
        adjectives=_group(facts, "HedgingAdjectives", factuality),
        even_definite=frozenset(_group(facts, "EvenDefinite", str)),
        irrealis=_group(facts, "Irrealis", factuality),
        judgements=_group(facts, "Judgements", factuality),
        sayings=_group(facts, "Sayings", factuality),
        charges=frozenset(_group(facts, "Charges", str)),
        deserved=frozenset(_group(facts, "Deserved", str)),
        light=frozenset(_group(facts, "LightVerbs", str)),
        nouns=_group(facts, "Nouns", lambda subject: local(facts.text(subject, LEX + "denotes") or "Object")),
        offices=frozenset(_group(facts, "Offices", str)),
        titles=frozenset(_group(facts, "Titles", str)),
        casualties=_group(facts, "Casualties", kind),
        crewed=_group(
            facts, "Crewed", lambda subject: local(facts.text(subject, LEX + "denotes") or "Group")
        ),
        governed=frozenset(_group(facts, "Governed", str)),
        sport=frozenset(_group(facts, "Sport", str)),
        things_in_ers=frozenset(_group(facts, "NotPeople", str)),
        masses=frozenset(_group(facts, "MassNouns", str)),
        no_doers=frozenset(_group(facts, "NoDoers", str)),
        accidents=frozenset(_group(facts, "Accidents", str)),
        fictions=frozenset(_group(facts, "Fictions", str)),
        made_up=frozenset(_group(facts, "MadeUp", str)),
        figures=frozenset(_group(facts, "Figures", str)),
        happenings=frozenset(_group(facts, "Happenings", str)),
        kin=_sets(facts, "Kin"),
        vague=frozenset(_group(facts, "Vague", str)),
    )


def word_sets(facts: Facts) -> Mapping[str, frozenset[str]]:
    """Return the named sets of lemmas that phrases may use, as "@weapon" for `lex:weapon`."""
    return _sets(facts, "WordSet")


def _sets(facts: Facts, name: str) -> dict[str, frozenset[str]]:
    """Return the lemmas of each group of a kind, by the name of the group."""
    names = (iri for iri in facts.of if LEX + name in facts.texts(iri, RDF_TYPE))
    return {local(iri): frozenset(facts.texts(iri, LEX + "lemma")) for iri in names}


def _group(facts: Facts, name: str, value: Callable[[str], _T]) -> dict[str, _T]:
    """Return the lemmas of all groups of a kind with their value; the first group wins."""
    found: dict[str, _T] = {}
    for subject, properties in facts.of.items():
        if LEX + "lemma" in properties and LEX + name in facts.texts(subject, RDF_TYPE):
            for lemma in facts.texts(subject, LEX + "lemma"):
                found.setdefault(lemma, value(subject))
    return found


def _factuality(facts: Facts, subject: str) -> Factuality:
    given = local(facts.text(subject, LEX + "gives") or "")
    try:
        return Factuality(given)
    except ValueError as error:
        raise _wrong(facts, subject, f"lex:gives {given!r} is no factuality") from error


def _signature(facts: Facts, subject: str) -> tuple[str, str]:
    pair = facts.text(subject, LEX + "affirmed") or "o", facts.text(subject, LEX + "negated") or "o"
    if not set(pair) <= set("+-o"):
        raise _wrong(facts, subject, "signatures are '+', '-' or 'o'")
    return pair


def _kind(facts: Facts, subject: str) -> CountKind:
    given = local(facts.text(subject, LEX + "kind") or "")
    for known in get_args(CountKind):
        if given == known:
            return known  # type: ignore[no-any-return]  # get_args loses the literal type
    raise _wrong(facts, subject, f"lex:kind {given!r} is no casualty kind")


def _wrong(facts: Facts, subject: str, what: str) -> OntologyError:
    return OntologyError(f"{facts.source[subject]}: lex:{local(subject)}: {what}")


def local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local("https://w3id.org/kgnews/ns#Raid")
    'Raid'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
