"""The phrase grammar: what each form compiles to, and what each mistake is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import PatternError
from kg.patterns import Argument, Form, Kind, Slot, Words
from kg.phrases import compile_pattern


def only(phrase: str) -> Argument:
    (argument,) = compile_pattern(phrase).arguments
    return argument


def test_a_phrase_that_starts_with_a_slot_is_a_verb() -> None:
    pattern = compile_pattern("{agent} raid {target}")

    assert (pattern.form, pattern.head.lemmas) == (Form.VERB, {"raid"})


def test_a_phrase_that_starts_with_words_is_a_noun() -> None:
    pattern = compile_pattern("police operation|sweep (against {target})")

    assert (pattern.form, pattern.head) == (
        Form.NOUN,
        Words(frozenset({"operation", "sweep"}), (frozenset({"police"}),)),
    )


def test_the_first_slot_is_the_subject() -> None:
    assert compile_pattern("{agent:Actor} raid {target}").subject == Slot(("agent",), frozenset({"Actor"}))


def test_a_bar_lists_verbs() -> None:
    assert compile_pattern("{agent} raid|storm {target}").head.lemmas == {"raid", "storm"}


def test_capital_words_of_a_slot_are_classes_and_small_ones_lemmas() -> None:
    slot = only("{agent} raid {target:Place|house|Actor}").content

    assert slot == Slot(("target",), frozenset({"Place", "Actor"}), frozenset({"house"}))


def test_a_slot_may_fill_two_roles() -> None:
    slot = only("{agent} shell {target, place:City}").content

    assert isinstance(slot, Slot)
    assert slot.roles == ("target", "place")


def test_an_underscore_fills_nothing() -> None:
    assert only("{agent} raid {_:fridge}").content == Slot((), frozenset(), frozenset({"fridge"}))


def test_an_exclamation_mark_wants_a_proper_name() -> None:
    slot = only("{agent} press {target:Actor!}").content

    assert isinstance(slot, Slot)
    assert slot.named


def test_a_slot_without_the_mark_takes_any_noun() -> None:
    slot = only("{agent} press {target:Actor}").content

    assert isinstance(slot, Slot)
    assert not slot.named


def test_a_tilde_makes_a_nearby_filler_that_may_be_missing() -> None:
    argument = only("{agent} kill ~{target:Actor}")

    assert (argument.kind, argument.optional) == (Kind.NEARBY, True)


def test_a_star_is_any_verb() -> None:
    assert only("{agent} threaten to *").content == Words(frozenset("*"))


def test_a_particle_belongs_to_its_verb() -> None:
    pattern = compile_pattern("{agent} shoot down {target}")

    assert (pattern.particle, len(pattern.arguments)) == ({"down"}, 1)


@pytest.mark.parametrize(
    "phrase", ["{agent} move in", "{agent} move in (on {target})", "{agent} move in ~{target}"]
)
def test_a_preposition_with_nothing_behind_it_is_a_particle(phrase: str) -> None:
    assert compile_pattern(phrase).particle == {"in"}


def test_a_preposition_with_a_slot_behind_it_is_none() -> None:
    pattern = compile_pattern("{agent} move in {place}")

    assert (pattern.particle, pattern.arguments[0].kind) == (frozenset(), Kind.PREPOSITION)


def test_prepositions_may_be_listed() -> None:
    assert only("{agent} march on|against {target}").prepositions == {"on", "against"}


def test_brackets_make_an_argument_optional() -> None:
    needed, free = compile_pattern("{agent} raid {target} (with {instrument})").arguments

    assert (needed.optional, free.optional) == (False, True)


def test_the_slots_of_a_noun_may_always_be_missing() -> None:
    assert only("raid on {target}").optional


def test_the_words_of_a_noun_are_needed() -> None:
    assert not only("withdrawal of troop").optional


def test_a_second_object_is_a_complement() -> None:
    kinds = [a.kind for a in compile_pattern("{agent} shoot {target} dead").arguments]

    assert kinds == [Kind.OBJECT, Kind.COMPLEMENT]


def test_a_second_slot_is_a_complement_too() -> None:
    kinds = [a.kind for a in compile_pattern("{agent} call {target} {_:liar}").arguments]

    assert kinds == [Kind.OBJECT, Kind.COMPLEMENT]


def test_a_phrase_may_hang_on_the_noun_before_it() -> None:
    words, slot = compile_pattern("{agent} sign pact with {target}").arguments

    assert (words.kind, slot.kind, slot.after) == (Kind.OBJECT, Kind.PREPOSITION, 0)


def test_that_takes_the_subject_of_a_clause() -> None:
    argument = only("{agent} demand that {target}")

    assert (argument.kind, argument.prepositions) == (Kind.CLAUSE, frozenset())


def test_a_clause_may_need_a_helping_verb() -> None:
    assert only("{agent} say that {target} must|should").prepositions == {"must", "should"}


def test_an_object_behind_to_and_a_verb_is_that_verbs() -> None:
    verb, slot = compile_pattern("{agent} threaten to bomb {target}").arguments

    assert (verb.kind, slot.kind, slot.after) == (Kind.PREPOSITION, Kind.OBJECT, 0)


def test_a_noun_needs_no_slot() -> None:
    assert compile_pattern("mutiny").arguments == ()


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        ("{agent} open fire on {target}", "{agent} open {target}"),
        ("{agent} kill {target:lion}", "{agent} kill {target:Actor}"),
        ("{agent} shoot down {target}", "{agent} shoot {target}"),
        ("{agent} raid {target:Place}", "{agent} raid {target}"),
        ("{agent} raid {target}", "{agent} raid (by {target})"),
        ("{agent} plan to bomb {target}", "{agent} plan to * {target}"),
    ],
)
def test_the_more_specific_phrase_weighs_more(heavier: str, lighter: str) -> None:
    more, less = compile_pattern(heavier), compile_pattern(lighter)

    assert (more.fixed, more.limits) > (less.fixed, less.limits)


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("{agent}", "expected words at 'its end'"),
        ("{agent} {target}", "expected words at '{target}'"),
        ("{agent} Raid {target}", "'Raid' is not a list of lower-case dictionary forms"),
        ("{agent} raid|Storm {target}", "'raid|Storm' is not a list of lower-case dictionary forms"),
        ("{agent} raid| {target}", "'raid|' is not a list of lower-case dictionary forms"),
        ("{agent} raid {}", "'{}' is not a slot like {target:Actor|Place}"),
        ("{} raid {target}", "'{}' is not a slot like {target:Actor|Place}"),
        ("{agent} demand that", "'' is not a slot like {target:Actor|Place}"),
        ("{agent} raid (on {target}", "brackets do not match"),
        ("{agent} raid on {target})", "brackets do not match"),
        ("{agent} raid ((on {target}))", "brackets do not match"),
        ("raid {target}", "slot {target} of a noun phrase needs a preposition before it"),
        ("{agent} march against", "'against' needs a slot or words after it"),
        ("raid (by)", "'by' needs a slot or words after it"),
    ],
)
def test_a_mistake_is_named_with_its_phrase(phrase: str, why: str) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(phrase)

    assert str(caught.value) == f'pattern "{phrase}": {why} (see docs/patterns.md)'


LEXEMES = st.sampled_from(
    (
        "{agent} {target:Actor|Place} {_:x!} {a,b} ~{place} ( ) raid on by to that must * of|for"
        " | ! ~ { } Down down"
    ).split()
)


@given(st.one_of(st.text(), st.lists(LEXEMES, max_size=9).map(" ".join)))
def test_any_text_compiles_or_is_refused_as_a_pattern(phrase: str) -> None:
    try:
        compiled = compile_pattern(phrase)
    except PatternError as error:
        assert f'"{phrase}"' in str(error)
    else:
        assert compiled.phrase == phrase
