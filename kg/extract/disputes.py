"""Tells what somebody reports and somebody else denies: then it is only alleged.

"The union says police beat two men. The police deny it": both say something, and the text takes
neither side. Only what is reported is touched, never what the article tells in its own voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from kg.model import Entity, Event, Factuality, Span
from kg.ontology import Ontology

_SAID: Final = (
    r"(?:accusation|allegation|account|claim|charge|report|version|story|suggestion|statement|explanation"
    r"|assertion|description|figure)s?"
)
_DENIAL: Final = re.compile(
    r"(?i)(?:den(?:y|ies|ied|ying)|reject|dismiss|disput|contradict|refut|rebut|brush)"
)
_BEHIND: Final = re.compile(
    r"(?i)\s*(?:\w+ly )?(?:it|this|that|them|these|him|her|both|everything|responsibility|involvement"
    rf"|(?:the|those|these|such|his|her|their|its|all|any)(?: \w+)? {_SAID})\b"
)
_BEFORE: Final = re.compile(rf"(?i)\b{_SAID}\b[^.;:]{{0,80}}$")
_EMPTY: Final = frozenset(
    "spokesman spokeswoman spokesperson minister chief head leader official party government".split()
)
_FLATLY: Final = r"\b(?:no such thing|nothing of the (?:kind|sort))\b"  # did, said
_WITHIN: Final = r"(?:(?!\b(?:no|not|never|nor)\b|n't\b)[^.;:]){0,30}?"
_ANSWERS: Final = frozenset({Factuality.ASSERTED, Factuality.REPORTED})


def disputed(
    events: Iterable[Event], sentences: Sequence[Span], text: str, ontology: Ontology
) -> list[Event]:
    """Return the events; what is reported and denied beside it is alleged.

    `sentences` are all of the text, in order. A denial answers what stands before it in its own
    sentence, else in the one before; and the harm laid to those who deny, wherever that is told.
    """
    given = list(events)
    doubtful: dict[Span, Span] = {}
    for event in given:
        if _denies(event, given, text, ontology):
            found = [e for e in given if e.sentence == event.sentence and e.trigger < event.trigger]
            near = _reported(found, event) or _reported(_previous(event.sentence, given, sentences), event)
            blamed = [e for e in _reported(given, event) if _blamed(e, event)]
            if not _tells_what(event, given):
                blamed += [e for e in _reported(given, event) if _beside_them(e, event, text, ontology)]
            answered = [*near, *blamed]
        else:
            answered = [e for e in _beside(event, given, sentences) if _same_deed(e, event, ontology)]
        doubtful |= {e.trigger: event.trigger for e in answered}
    doubtful |= dict(_called_false(given, sentences, text, ontology.lexicon.made_up))
    return [_alleged(e, doubtful[e.trigger]) if e.trigger in doubtful else e for e in given]


def _called_false(
    given: Sequence[Event], sentences: Sequence[Span], text: str, made_up: frozenset[str]
) -> Iterator[tuple[Span, Span]]:
    """Yield the triggers of what is reported and then called untrue: "Oslo says it did no such thing"."""
    for sentence in sentences:
        if not (cue := _false(made_up).search(sentence.of(text))):
            continue
        span = Span(sentence.start + cue.start(), sentence.start + cue.end())
        near = [
            e for e in given if e.sentence == sentence and e.trigger.end <= span.start and _is_reported(e)
        ]
        before = [e for e in _previous(sentence, given, sentences) if _is_reported(e)]
        yield from ((e.trigger, span) for e in near or before if not _says(e, sentence, text))


@cache
def _false(made_up: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(sorted(re.escape(word).replace(r"\-", "[- ]") for word in made_up))
    what = rf"(?:it|this|that|them|these|(?:the|those|these|such|his|her|their|its|all)(?: \w+)? {_SAID})"
    return re.compile(rf"(?i){_FLATLY}|\b{what}\b{_WITHIN}\b(?:not true|(?:{words})s?)\b")


def _says(event: Event, sentence: Span, text: str) -> bool:
    """Tell whether those who report an event are named once more in another sentence."""
    if event.sentence == sentence:
        return False
    claimants = event.existence.attribution.claimants
    words = {w for f in claimants for w in (*_words(f.entity), *_long(f.span.of(text)))}
    return not words.isdisjoint(_long(sentence.of(text)))


def _denies(event: Event, given: Iterable[Event], text: str, ontology: Ontology) -> bool:
    """Tell whether an event turns down what was said: "denied it", "an account rejected by ...".

    What is denied without being told of ("denied wrongdoing") is what was said, too.
    """
    said = event.existence.attribution.factuality in _ANSWERS
    if not said or ontology.plover_of(event.type) != "REJECT" or not _DENIAL.match(event.trigger.of(text)):
        return False
    before = text[event.sentence.start : event.trigger.start]
    behind = text[event.trigger.end : event.sentence.end]
    denied = event.trigger.of(text)[:3].lower() == "den" and not _tells_what(event, given)
    return denied or bool(_BEHIND.match(behind) or _BEFORE.search(before))


def _tells_what(denial: Event, given: Iterable[Event]) -> bool:
    return any(e.sentence == denial.sentence and e.trigger > denial.trigger for e in given)


def _reported(events: Iterable[Event], denial: Event) -> list[Event]:
    """Return what is reported by somebody other than those who deny."""
    deniers = {f.entity.key for f in denial.fillers("agent")}
    return [
        e
        for e in events
        if _is_reported(e) and not deniers & {f.entity.key for f in e.existence.attribution.claimants}
    ]


def _is_reported(event: Event) -> bool:
    return event.existence.attribution.factuality is Factuality.REPORTED


def _previous(sentence: Span, given: Iterable[Event], sentences: Sequence[Span]) -> list[Event]:
    before = [s for s in sentences if s.end <= sentence.start][-1:]
    return [e for e in given if e.sentence in before]


def _beside(event: Event, given: Iterable[Event], sentences: Sequence[Span]) -> list[Event]:
    """Return what is reported in the sentence of a denied deed, or in the one before."""
    said = event.existence.attribution
    if said.factuality is not Factuality.DENIED or not said.claimants:
        return []
    near = [e for e in given if e.sentence == event.sentence and e is not event]
    return _reported([*near, *_previous(event.sentence, given, sentences)], event)


def _blamed(event: Event, denial: Event) -> bool:
    """Tell whether what is reported is said to have been done by those who deny something."""
    return bool(_names(denial) & _names(event))


def _names(event: Event) -> frozenset[str]:
    return frozenset(w for f in event.fillers("agent") for w in _words(f.entity))


def _beside_them(event: Event, denial: Event, text: str, ontology: Ontology) -> bool:
    """Tell whether a harm is told with the name of those who deny what was said before."""
    if not ontology.harms(event.type) or denial.trigger < event.trigger:
        return False
    told = _long(event.sentence.of(text))
    nations = {
        word.lower() for n in map(ontology.gazetteer.nations.get, told) if n for word in n.label.split()
    }
    return not _names(denial).isdisjoint(nations.union(told))


def _words(entity: Entity) -> frozenset[str]:
    """Return the words that tell who somebody is, with those of the state that they act for."""
    labels = [entity.label, *(other.label for name, other in entity.links if name == "actsFor")]
    return frozenset(w for label in labels for w in _long(label)) - _EMPTY


def _long(words: str) -> list[str]:
    return re.findall(r"\w{4,}", words.lower())


def _same_deed(one: Event, other: Event, ontology: Ontology) -> bool:
    return ontology.plover_of(one.type) == ontology.plover_of(other.type)


def _alleged(event: Event, cue: Span) -> Event:
    said = replace(event.existence.attribution, factuality=Factuality.ALLEGED, cue=cue)
    return replace(event, claims=tuple(replace(claim, attribution=said) for claim in event.claims))
