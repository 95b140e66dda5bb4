"""Each named repair mends the slip it is for, and leaves sound trees alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.clauses import (
    clause_before_semicolon,
    deed_of_the_speaker,
    verb_behind_day,
    verb_taken_for_participle,
    wish_for_somebody,
)
from kg.extract.repairs import (
    assistance_of_two,
    deed_behind_particle,
    lemma_without_e,
    name_after_description,
    name_after_title,
    name_swallowed_by_noun,
    object_taken_for_subject,
    partner_behind_measure,
    repair,
)
from kg.extract.tree import Tree
from kg.model import Token

TreeOf = Callable[[str], Tree]
SWALLOWED = "He discussed with Quill schemes."
TWO = "Rebels got arms from Turkey and drones from Israel."


def tokens(tree: Tree) -> list[Token]:
    return list(tree.sentence.tokens)


def shown(found: list[Token], word: str) -> tuple[str, str]:
    token = next(t for t in found if t.text == word)
    return token.dep, found[token.head].text


def test_a_name_is_taken_out_of_the_noun_behind_it(tree_of: TreeOf) -> None:
    found = name_swallowed_by_noun(tokens(tree_of(SWALLOWED)), {"Quill"}.__contains__)

    assert (shown(found, "Quill"), shown(found, "schemes")) == (("pobj", "with"), ("dobj", "discussed"))


def test_a_word_that_is_no_known_name_stays(tree_of: TreeOf) -> None:
    before = tokens(tree_of(SWALLOWED))

    assert name_swallowed_by_noun(list(before), set[str]().__contains__) == before


def test_a_second_from_phrase_goes_to_the_second_noun(tree_of: TreeOf) -> None:
    found = assistance_of_two(tokens(tree_of(TWO)))
    second = [t for t in found if t.text == "from"][1]

    assert (shown(found, "drones"), found[second.head].text) == (("conj", "arms"), "drones")


def test_a_lost_e_comes_back(tree_of: TreeOf) -> None:
    found = lemma_without_e(tokens(tree_of("Rebels staged a raid.")), {"stage"}.__contains__)

    assert next(t.lemma for t in found if t.text == "staged") == "stage"


def test_a_lemma_that_phrases_know_stays(tree_of: TreeOf) -> None:
    found = lemma_without_e(tokens(tree_of("Rebels staged a raid.")), {"stage", "stag"}.__contains__)

    assert next(t.lemma for t in found if t.text == "staged") == "stag"


@pytest.mark.parametrize(
    "sentence", ["Police raided the warehouse.", "Police raided the warehouse and the office."]
)
def test_a_sound_tree_is_left_alone(sentence: str, tree_of: TreeOf) -> None:
    tree = tree_of(sentence)

    assert repair(tree.sentence, lambda _: True, lambda _: False, lambda _: True) == tree.sentence


def test_a_sentence_without_a_verb_gets_its_participle_for_one(tree_of: TreeOf) -> None:
    found = verb_taken_for_participle(tokens(tree_of("Militants threatened to shell the port.")))

    assert [shown(found, w) for w in ("Militants", "threatened", ".")] == [
        ("nsubj", "threatened"),
        ("ROOT", "threatened"),
        ("punct", "threatened"),
    ]


def test_a_participle_with_a_doer_stays_one(tree_of: TreeOf) -> None:
    before = tokens(tree_of("Prisoners freed by rebels."))

    assert verb_taken_for_participle(list(before)) == before


def test_a_second_subject_names_the_first(tree_of: TreeOf) -> None:
    found = name_after_description(tokens(tree_of("The charity Lantern sent food.")))

    assert (shown(found, "Lantern"), shown(found, "charity")) == (("appos", "charity"), ("nsubj", "sent"))


def test_a_name_heads_the_title_before_it(tree_of: TreeOf) -> None:
    found = name_after_title(tokens(tree_of("Norway's President Jane Doe left.")))

    assert (shown(found, "Doe"), shown(found, "President")) == (("nsubj", "left"), ("compound", "Doe"))


def test_a_lone_preposition_gets_its_noun_back(tree_of: TreeOf) -> None:
    found = object_taken_for_subject(tokens(tree_of("Norway gave asylum to officers holed up there.")))

    assert (shown(found, "officers"), shown(found, "holed")) == (("pobj", "to"), ("acl", "officers"))


def test_a_partner_hangs_on_the_verb_not_on_the_hours(tree_of: TreeOf) -> None:
    found = partner_behind_measure(tokens(tree_of("Doe conferred for hours with Quill.")))

    assert shown(found, "with") == ("prep", "conferred")


def test_what_is_ruled_out_is_an_object(tree_of: TreeOf) -> None:
    found = deed_behind_particle(tokens(tree_of("Norway ruled out sending troops.")))

    assert shown(found, "sending") == ("xcomp", "ruled")


def test_a_plain_past_behind_a_reported_perfect_is_the_speakers_deed(tree_of: TreeOf) -> None:
    found = deed_of_the_speaker(tokens(tree_of("Doe denied rebels had fired and accused Quill.")))

    assert shown(found, "accused") == ("conj", "denied")


def test_a_second_deed_in_a_report_stays_there(tree_of: TreeOf) -> None:
    before = tokens(tree_of("Doe said rebels fired and accused Quill."))

    assert deed_of_the_speaker(list(before)) == before


def test_a_verb_behind_the_day_is_the_verb_of_its_sentence(tree_of: TreeOf) -> None:
    found = verb_behind_day(tokens(tree_of("The Oslo Tribunal on Friday jailed Ada Quill.")))

    assert shown(found, "jailed") == ("ROOT", "jailed")
    assert [shown(found, word) for word in ("Tribunal", "Quill", "Friday", "on")] == [
        ("nsubj", "jailed"), ("dobj", "jailed"), ("pobj", "on"), ("prep", "jailed"),
    ]  # fmt: skip


def test_who_is_called_on_hangs_on_the_call(tree_of: TreeOf) -> None:
    found = wish_for_somebody(tokens(tree_of("Unions called for the government to raise wages.")))

    assert shown(found, "raise") == ("xcomp", "called")
    assert shown(found, "government") == ("pobj", "for")


def test_a_clause_before_a_semicolon_is_no_complement(tree_of: TreeOf) -> None:
    found = clause_before_semicolon(tokens(tree_of("Police had detained two men; neither has been charged.")))

    assert shown(found, "detained") == ("conj", "charged")
