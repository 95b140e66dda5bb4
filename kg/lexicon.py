"""What single words do to a statement, read from `ontology/lexicon.ttl` (and a user's overlay)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, get_args

from kg.errors import OntologyError
from kg.model import CountKind, Factuality
from kg.turtle import Facts

LEX = "https://w3id.org/kgnews/lexicon#"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas by what they do. `nouns` and `offices` may hold two-word lemmas.

    `implicatives` give what becomes of the governed event when the verb is affirmed and when
    it is negated: "+" it happened, "-" it did not, "o" left open (Karttunen 1971).
    """

    speech: Mapping[str, Factuality]
    implicatives: Mapping[str, tuple[str, str]]
    hedges: Mapping[str, Factuality]
    adjectives: Mapping[str, Factuality]
    irrealis: Mapping[str, Factuality]
    light: frozenset[str]
    nouns: Mapping[str, str]
    offices: frozenset[str]
    titles: frozenset[str]
    casualties: Mapping[str, CountKind]


def load_lexicon(facts: Facts) -> Lexicon:
    """Build the lexicon; raises OntologyError for a value that kg does not know."""

    def group(name: str, value: Callable[[str], _T]) -> dict[str, _T]:
        found: dict[str, _T] = {}
        for subject in facts.of:
            if LEX + name in facts.texts(subject, _TYPE):
                for lemma in facts.texts(subject, LEX + "lemma"):
                    found.setdefault(lemma, value(subject))
        return found

    def factuality(subject: str) -> Factuality:
        given = local(facts.text(subject, LEX + "gives") or "")
        try:
            return Factuality(given)
        except ValueError as error:
            raise OntologyError(
                f"{facts.source[subject]}: {subject}: lex:gives {given!r} is no factuality"
            ) from error

    def signature(subject: str) -> tuple[str, str]:
        pair = facts.text(subject, LEX + "affirmed") or "o", facts.text(subject, LEX + "negated") or "o"
        if not set(pair) <= set("+-o"):
            raise OntologyError(f"{facts.source[subject]}: {subject}: signatures are '+', '-' or 'o'")
        return pair

    def kind(subject: str) -> CountKind:
        given = local(facts.text(subject, LEX + "kind") or "")
        for known in get_args(CountKind):
            if given == known:
                return known  # type: ignore[no-any-return]  # get_args loses the literal type
        raise OntologyError(f"{facts.source[subject]}: {subject}: lex:kind {given!r} is no casualty kind")

    return Lexicon(
        speech=group("SpeechVerbs", factuality),
        implicatives=group("Implicatives", signature),
        hedges=group("Hedges", factuality),
        adjectives=group("HedgingAdjectives", factuality),
        irrealis=group("Irrealis", factuality),
        light=frozenset(group("LightVerbs", str)),
        nouns=group("Nouns", lambda subject: local(facts.text(subject, LEX + "denotes") or "Object")),
        offices=frozenset(group("Offices", str)),
        titles=frozenset(group("Titles", str)),
        casualties=group("Casualties", kind),
    )


def local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local("https://w3id.org/kgnews/ns#Raid")
    'Raid'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
