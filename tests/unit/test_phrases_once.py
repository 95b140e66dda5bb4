"""No event type says one phrase twice: what a wider phrase of its type finds anyway is not written again."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.ontology import EventType, Ontology
from kg.patterns import Argument, Kind, Pattern, Slot, Words
from kg.phrases import compile_pattern

Content = Slot | Words


def covered(one: Pattern, other: Pattern) -> bool:
    """Tell whether whatever the one phrase finds, the other finds, and binds at least as much."""
    same = one.form is other.form and one.particle == other.particle
    heads = one.head.lemmas <= other.head.lemmas and one.head.modifiers == other.head.modifiers
    return same and heads and _inside(one.subject, other.subject) and _arguments(one, other)


def _arguments(one: Pattern, other: Pattern) -> bool:
    needed, theirs = ([a for a in p.arguments if not a.optional] for p in (one, other))
    loose, others = ([a for a in p.arguments if a.optional] for p in (one, other))
    pairs = len(needed) == len(theirs) and all(map(_argument, needed, theirs))
    return pairs and all(any(_argument(a, b) for b in others) for a in loose)


def _argument(one: Argument, other: Argument) -> bool:
    hangs = (one.after < 0) == (other.after < 0) or one.kind is Kind.PREPOSITION
    by = ("by" in one.prepositions) == ("by" in other.prepositions)  # an owner may stand for it
    words = by and one.prepositions <= other.prepositions
    return one.kind is other.kind and hangs and words and _inside(one.content, other.content)


def _inside(one: Content | None, other: Content | None) -> bool:
    """Tell whether one slot or word allows no more than another of the same shape."""
    if isinstance(one, Slot) and isinstance(other, Slot):
        flags = (one.roles, one.classes, one.named, one.several)
        alike = flags == (other.roles, other.classes, other.named, other.several)
        return alike and bool(one.lemmas) == bool(other.lemmas) and one.lemmas <= other.lemmas
    if isinstance(one, Words) and isinstance(other, Words):
        return one.lemmas <= other.lemmas and one.modifiers == other.modifiers
    return one is other


def twice(kind: EventType) -> list[str]:
    """Return the phrases of a type that another one of it covers; of two that are equal, the later."""
    both = [
        (one.phrase, other.phrase, n > m)
        for (n, one), (m, other) in permutations(enumerate(kind.patterns), 2)
        if covered(one, other) and (n > m or not covered(other, one))
    ]
    return sorted({f"{kind.name}: {one}  <  {other}" for one, other, _ in both})


def test_no_phrase_is_covered_by_another_of_its_type(knowledge: Ontology) -> None:
    found = [line for kind in knowledge.types.values() for line in twice(kind)]

    assert found == []


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("{agent} raid {target}", "{agent} raid|storm {target}"),
        ("{agent} lift {_:ban}", "{agent} lift {_:ban|curfew} (on {target:Actor}) ~{target:Actor}"),
        ("raid on {target}", "raid|search (by {agent}) on|against {target}"),
    ],
)
def test_a_wider_phrase_covers_a_narrower_one_and_not_the_other_way_round(narrow: str, wide: str) -> None:
    one, other = compile_pattern(narrow), compile_pattern(wide)

    assert covered(one, other)
    assert not covered(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{agent} raid {target:Building}", "{agent} raid {target}"),  # asks for more, so it weighs more
        ("{agent} back down", "{agent} back (from {_})"),
        ("{agent} pay {target:Actor} ransom", "{agent} pay ransom (to {target:Actor})"),
        ("hunger strike", "strike"),
    ],
)
def test_phrases_of_another_shape_stand_side_by_side(one: str, other: str) -> None:
    assert not covered(compile_pattern(one), compile_pattern(other))
