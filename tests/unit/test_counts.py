"""How many people something befell: which words count, and whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.counts import find_casualties
from kg.extract.tree import Tree
from kg.ontology import Ontology

TreeOf = Callable[[str], Tree]
COUNTS = {
    "The raid killed two men.": [("Killed", 2, 2, "two men")],
    "Two people died.": [("Killed", 2, 2, "Two people")],
    "The blast left three dead.": [("Killed", 3, 3, "three dead")],
    "At least 38 passengers were injured.": [("Injured", 38, None, "At least 38 passengers")],
    "Soldiers detained dozens of protesters.": [("Detained", 24, None, "dozens of protesters")],
    "The death toll rose to 38.": [("Killed", 38, 38, "38")],
    "The crash killed a pilot and two guards.": [
        ("Killed", 1, 1, "a pilot"),
        ("Killed", 2, 2, "two guards"),
    ],
    "The fire killed them.": [],
    "The missile killed a car.": [],
    "Police raided the warehouse.": [],
}


@pytest.mark.parametrize("sentence", COUNTS)
def test_people_are_counted_with_their_words(sentence: str, tree_of: TreeOf, knowledge: Ontology) -> None:
    found = [c.count for c in find_casualties(tree_of(sentence), knowledge.lexicon, sentence)]

    assert [(c.kind, c.least, c.most, c.span.of(sentence)) for c in found] == COUNTS[sentence]


def test_a_count_keeps_the_word_that_tells_what_befell_them(tree_of: TreeOf, knowledge: Ontology) -> None:
    tree = tree_of("The raid killed two men.")
    (found,) = find_casualties(tree, knowledge.lexicon, "The raid killed two men.")

    assert tree.token(found.cue).text == "killed"


def test_at_least_is_taken_in_where_it_stands_outside_the_phrase(
    tree_of: TreeOf, knowledge: Ontology
) -> None:
    text = "At least 38 passengers were injured."
    (found,) = find_casualties(tree_of(text), knowledge.lexicon, text)

    assert found.count.most is None
