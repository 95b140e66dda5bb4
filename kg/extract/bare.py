"""Tells by what words an event is known that names nobody: a pronoun, a thing, the event's own noun.

"It sent 300 soldiers" tells a deployment, though not whose; "the clashes" tell that people clashed.
A noun that also stands for other things ("attack", "war") counts only where it is plain and definite and the
article tells of such an event with its people: a text about prices has an "attack" of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.extract.hedging import definite
from kg.extract.match import Match
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Count, Event, Factuality, Filler, Span
from kg.ontology import Ontology

_NOBODY: Final = frozenset("there what which that who".split())
_TERMS: Final = frozenset("under per by".split())  # "under the accord": its terms are the topic
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
_PARTIES: Final = frozenset({"PRON", "PROPN", "NUM", "DET"})
_GIVEN: Final = re.compile(r"(?i)\b(?:the|this|that|these|those|his|her|its|their)\s+$")
_NAMES: Final = frozenset({"NNP", "NNPS"})


def known_by(tree: Tree, match: Match, lexicon: Lexicon) -> Span | None:
    """Return the words by which an event is known, or None where nothing tells which one is meant."""
    head = match.head
    if tree.token(head).pos in {"VERB", "AUX"}:
        return _party(tree, match)
    token = tree.token(head)
    if token.tag in _NAMES or (token.dep in {"compound", "nmod"} and token.head > head):
        return None
    if tree.lemma(token.head) in _TERMS and token.dep == "pobj":
        return None
    if _what_kind(tree, head):
        return None
    outright = token.text.lower() in lexicon.happenings
    plain = definite(tree, head) and not tree.kids(head, "amod", "compound")
    return token.span if outright or plain else None


def _what_kind(tree: Tree, noun: int) -> bool:
    """Tell whether a noun only says what kind of thing: "a note of protest", not "two days of protest"."""
    token = tree.token(noun)
    alone = token.tag == "NN" and token.dep == "pobj" and not tree.children[noun]
    above = tree.token(token.head)
    return alone and above.lemma.lower() == "of" and tree.counted(above.head) != noun


def _party(tree: Tree, match: Match) -> Span | None:
    """Return who takes part in a deed, resolved or not, or what it is done to.

    A thing as the doer is one that the phrase names: "the talks collapsed", not "the morning promised".
    """
    doers = [i for i, _ in tree.agents(match.head)]
    if not doers and tree.token(match.head).tag in _FINITE and not tree.passive(match.head):
        return None  # whoever does it was not found
    found = doers or [i for i, _ in tree.patients(match.head)]
    named = [tree.token(i) for i in found if tree.lemma(i) not in _NOBODY]
    fit = _PARTIES if doers else _PARTIES | {"NOUN"}
    return next((t.span for t in named if t.pos in fit or t.index in match.used), None)


def grounded(events: Iterable[Event], text: str, ontology: Ontology) -> list[Event]:
    """Return the events; a noun of several meanings counts only where the article tells of its kind."""
    given = list(events)
    told = frozenset[str]().union(*(_kinds(e, ontology) for e in given if _names(e)))
    return [e if _surely(e, told, text, ontology) else replace(e, known_by=None) for e in given]


def _surely(event: Event, told: frozenset[str], text: str, ontology: Ontology) -> bool:
    """Tell whether an event is known. "No party to the accord" says nothing against the accord."""
    if event.known_by != event.trigger:
        return True
    given = _GIVEN.search(text[event.sentence.start : event.trigger.start]) is not None
    if given and event.existence.attribution.factuality is Factuality.DENIED:
        return False
    word = event.trigger.of(text).lower()
    return word in ontology.lexicon.happenings or event.type in told


def _kinds(event: Event, ontology: Ontology) -> frozenset[str]:
    """Return the type of an event, and those above it that are no mere category."""
    above = ontology.supers.get(event.type, frozenset())
    return frozenset({event.type, *(name for name in above if name in ontology.types)})


def _names(event: Event) -> bool:
    return any(isinstance(c.value, Filler | Count) and c.aspect != "place" for c in event.claims)
