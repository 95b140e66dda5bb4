"""Phrases found in hand-made trees; every slot takes everything unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.match import Fits, Match, Matcher
from kg.extract.tree import Tree
from kg.patterns import Slot
from kg.phrases import compile_pattern

TreeOf = Callable[[str], Tree]
Roles = dict[str, list[str]]
RAID = ("{agent} raid {target}", "raid (by {agent}) (on {target})")


def anything(tree: Tree, index: int, slot: Slot) -> bool:
    return tree.token(index).pos != "PRON" and (not slot.lemmas or tree.lemma(index) in slot.lemmas)


def matches(tree: Tree, *phrases: str, fits: Fits = anything) -> list[Match]:
    table: dict[str, tuple[tuple[str, object], ...]] = {}
    for phrase in phrases:
        pattern = compile_pattern(phrase)
        for lemma in pattern.head.lemmas:
            table[lemma] = (*table.get(lemma, ()), ("Thing", pattern))
    return list(Matcher(table, frozenset({"carry"}), fits).matches(tree))  # type: ignore[arg-type]


def roles(tree: Tree, *phrases: str) -> Roles:
    (match,) = matches(tree, *phrases)
    found: Roles = {}
    for bound in match.bound:
        for role in bound.slot.roles:
            found.setdefault(role, []).append(tree.token(bound.index).text.lower())
    return found


@pytest.mark.parametrize(
    "sentence",
    [
        "Police raided the warehouse.",
        "The warehouse was raided by police.",
        "The warehouse raided by police burned.",
        "The police that raided the warehouse left.",
        "The warehouse that police raided burned.",
        "The raid on the warehouse by police failed.",
        "Police carried out a raid on the warehouse.",
    ],
)
def test_one_phrase_covers_each_form(sentence: str, tree_of: TreeOf) -> None:
    assert roles(tree_of(sentence), *RAID) == {"agent": ["police"], "target": ["warehouse"]}


@pytest.mark.parametrize(
    ("sentence", "doer"),
    [
        ("Norway's raid on the warehouse failed.", "norway"),
        ("The Norwegian raid on the warehouse failed.", "norwegian"),
    ],
)
def test_a_noun_names_its_doer_before_it(sentence: str, doer: str, tree_of: TreeOf) -> None:
    assert roles(tree_of(sentence), *RAID) == {"agent": [doer], "target": ["warehouse"]}


def test_coordinated_fillers_all_fill_the_slot(tree_of: TreeOf) -> None:
    found = roles(tree_of("Police raided the warehouse and the office."), *RAID)

    assert found["target"] == ["warehouse", "office"]


def test_a_noun_that_only_tells_which_another_is_is_no_deed(tree_of: TreeOf) -> None:
    assert matches(tree_of("Police took a raid photo."), *RAID) == []


def test_a_slot_with_lemmas_refuses_other_nouns(tree_of: TreeOf) -> None:
    assert matches(tree_of("Police raided the warehouse."), "{agent} raid {target:fridge}") == []


def test_a_missing_object_refuses_the_phrase(tree_of: TreeOf) -> None:
    assert matches(tree_of("Quill left."), "{agent} leave {target}") == []


def test_an_optional_slot_may_be_missing(tree_of: TreeOf) -> None:
    assert roles(tree_of("Police raided the warehouse."), "{agent} raid {target} (with {instrument})") == {
        "agent": ["police"],
        "target": ["warehouse"],
    }


def test_a_wanted_particle_must_stand_there(tree_of: TreeOf) -> None:
    assert matches(tree_of("Police raided the warehouse."), "{agent} raid up {target}") == []


def test_an_unwanted_particle_refuses_the_phrase(tree_of: TreeOf) -> None:
    tree = tree_of("Police carried out a raid on the warehouse.")

    assert matches(tree, "{agent} carry {target}") == []


def test_the_trigger_takes_in_the_particle(tree_of: TreeOf) -> None:
    text = "Police carried out a raid on the warehouse."
    (match,) = matches(tree_of(text), "{agent} carry out raid (on {target})")

    assert match.trigger.of(text) == "carried out"


def test_fixed_words_must_be_there(tree_of: TreeOf) -> None:
    assert matches(tree_of("Police raided the warehouse."), "{agent} raid office") == []


def test_a_doer_that_does_not_fit_refuses_the_phrase(tree_of: TreeOf) -> None:
    def no_police(tree: Tree, index: int, slot: Slot) -> bool:
        return tree.lemma(index) != "police"

    assert matches(tree_of("Police raided the warehouse."), RAID[0], fits=no_police) == []


def test_the_passive_needs_no_doer(tree_of: TreeOf) -> None:
    def no_police(tree: Tree, index: int, slot: Slot) -> bool:
        return tree.lemma(index) != "police"

    tree = tree_of("At least 38 passengers were injured.")
    (match,) = matches(tree, "{agent} injure {target}", fits=no_police)

    assert [tree.token(b.index).text for b in match.bound] == ["passengers"]


def test_a_star_stands_for_any_verb(tree_of: TreeOf) -> None:
    (match,) = matches(tree_of("Oslo threatened to shell the port."), "{agent} threaten to *")

    assert match.fixed == ()


def test_a_named_verb_behind_to_is_part_of_the_happening(tree_of: TreeOf) -> None:
    tree = tree_of("Oslo threatened to shell the port.")
    (match,) = matches(tree, "{agent} threaten to shell {target}")

    assert [tree.token(i).text for i in match.fixed] == ["shell"]


def test_the_longer_phrase_weighs_more(tree_of: TreeOf) -> None:
    tree = tree_of("Oslo threatened to shell the port.")
    vague, exact = matches(tree, "{agent} threaten to *", "{agent} threaten to shell {target}")

    assert exact.weight > vague.weight
