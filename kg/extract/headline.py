"""Reads a headline with care, and tells which event below it a headline repeats.

A headline leaves out what makes a sentence sure, so that only its verbs in the present tense tell of
an event of their own ("Norway expels two envoys"); its nouns, and a participle that may be a passive,
count only where they repeat one. What it repeats is said by the text below it, and as sure as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.tree import Tree
from kg.model import Claim, Count, Event, Factuality, Filler, Refusal, Span, Token
from kg.ontology import Ontology

_PRESENT = frozenset({"VBZ", "VBP"})
_ROLES = ("agent", "target", "participant", "beneficiary")
_LEAD = 3  # sentences with events at the start of a text that its headline sums up


def present(tree: Tree) -> bool:
    """Tell whether the main verb of a sentence stands in the present tense."""
    root = next((t for t in tree.sentence.tokens if t.head == t.index), None)
    return root is not None and root.tag in _PRESENT


def finite(token: Token) -> bool:
    """Tell whether a word is a verb in a form that no noun or passive of a headline has."""
    return token.pos == "VERB" and token.tag in {"VBZ", "VBP", "VB", "VBG"}


def planned(tree: Tree, head: int) -> bool:
    """Tell whether a word of a headline is what somebody is to do: "Norway to expel two envoys"."""
    return any(tree.lemma(k) == "to" for k in tree.kids(head, "aux"))


def titled(tree: Tree, head: int) -> bool:
    """Tell whether a noun with a capital is part of a name: "her book, The Invasion of Norway"."""
    token = tree.token(head)
    return token.pos in {"NOUN", "PROPN"} and head > 0 and token.text[:1].isupper()


def linked(
    events: Iterable[Event], headline: Span | None, plain: Iterable[Span], ontology: Ontology
) -> tuple[list[Event], list[Refusal]]:
    """Return the events with those of the headline told apart: repeated, told there alone, or unclear.

    Only the words in `plain` may tell what stands nowhere below.
    """
    events = list(events)
    above = [e for e in events if headline is not None and headline.covers(e.trigger)]
    below = [e for e in events if e not in above]
    lead = _lead(below)
    kept: list[Event] = []
    refused: list[Refusal] = []
    for event in above:
        alike = [e for e in below if _same_kind(event, e, ontology)]
        found = _repeated(event, [e for e in alike if e.sentence in lead and _one_kind(event, e, ontology)])
        if found is not None:
            kept.append(_as_told(event, found))
        elif alike or not any(event.trigger.covers(span) for span in plain):
            detail = "several events below may be meant, or none of them"
            refused.append(Refusal(event.type, event.trigger, "headline-unclear", detail))
        else:
            kept.append(event)
    return [*kept, *below], refused


def _same_kind(one: Event, other: Event, ontology: Ontology) -> bool:
    code = ontology.plover_of(one.type)
    return one.type == other.type or (code is not None and code == ontology.plover_of(other.type))


def _one_kind(one: Event, other: Event, ontology: Ontology) -> bool:
    """Tell whether one type is the other or a narrower one: an arrest is no seizure of things."""
    return one.type in _above(other, ontology) or other.type in _above(one, ontology)


def _above(event: Event, ontology: Ontology) -> frozenset[str]:
    return frozenset(ontology.supers.get(event.type, frozenset())) | {event.type}


def _lead(events: list[Event]) -> frozenset[Span]:
    """Return the first sentences that tell events."""
    return frozenset(sorted({event.sentence for event in events})[:_LEAD])


def _repeated(event: Event, alike: list[Event]) -> Event | None:
    """Return the event of the lead that a headline repeats: with somebody in common, else the only one.

    Further down a text tells of older deeds of the same people.
    """
    fitting = [e for e in alike if not _clash(event, e)]
    shared = [e for e in fitting if _shared(event, e)]
    if shared:
        return min(shared, key=lambda e: (e.type != event.type, -_shared(event, e), e.trigger))
    first = [e for e in fitting if e.type == event.type]
    return first[0] if len(first) == 1 else None


def _shared(one: Event, other: Event) -> int:
    return sum(any(_alike(f, g) for f in one.fillers(role) for g in other.fillers(role)) for role in _ROLES)


def _clash(one: Event, other: Event) -> bool:
    """Tell whether a role is filled by others: two names that are not alike."""
    for role in _ROLES:
        mine = [f for f in one.fillers(role) if not f.entity.described]
        theirs = [f for f in other.fillers(role) if not f.entity.described]
        if mine and theirs and not any(_alike(f, g) for f in mine for g in theirs):
            return True
    return False


def _alike(one: Filler, other: Filler) -> bool:
    """Tell whether two fillers are one entity, or called by the same last word."""
    words, others = _words(one), _words(other)
    return one.entity.key == other.entity.key or bool(words and others and words[-1] == others[-1])


def _words(filler: Filler) -> list[str]:
    return re.findall(r"\w+", filler.entity.label.lower())


def _as_told(event: Event, below: Event) -> Event:
    """Return a headline's event as a second report of one below: as sure, and of the same entities.

    "Rebels attack villages" is no general statement in a headline: the text decides. A word of
    its own that weakens it ("accuses", "may") stays.
    """
    own, said = event.existence.attribution, below.existence.attribution
    plain = own.factuality is Factuality.ASSERTED or own.cue == event.trigger
    claims = tuple(_told(event, below))
    if plain:
        claims = tuple(replace(claim, attribution=said) for claim in claims)
    return replace(event, claims=claims, repeats=below.trigger)


def _told(event: Event, below: Event) -> Iterator[Claim]:
    """Yield the claims of a headline's event, less what the text tells in the same or other words.

    A description is the one below only where both end in the same word: "staff" may be others
    than "two managers", and is left out rather than taken for them or set beside them.
    """
    counted = {(v.kind, v.least, v.most) for v in below.values("casualties") if isinstance(v, Count)}
    for claim in event.claims:
        value = claim.value
        if isinstance(value, Count) and (value.kind, value.least, value.most) in counted:
            continue
        theirs = below.fillers(claim.aspect)
        if not isinstance(value, Filler) or not value.entity.described or not theirs:
            yield claim
            continue
        same = next((f.entity for f in theirs if _alike(value, f)), None)
        if same is not None:
            yield replace(claim, value=replace(value, entity=same))
