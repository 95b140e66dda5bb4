"""Persons learnt from an article: full names, offices, surnames that are one person's only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.extract.people import learn_people
from kg.extract.tree import Tree
from kg.model import Entity
from kg.ontology import Ontology

TreeOf = Callable[[str], Tree]


def learnt(knowledge: Ontology, tree_of: TreeOf, *sentences: str) -> Mapping[str, Entity]:
    return learn_people([tree_of(s) for s in sentences], knowledge, "0" * 64)


def test_a_person_is_known_by_full_name_and_surname(knowledge: Ontology, tree_of: TreeOf) -> None:
    found = learnt(knowledge, tree_of, "Ada Quill resigned.")

    assert set(found) == {"ada quill", "quill"}


def test_a_surname_of_two_persons_is_nobodys(knowledge: Ontology, tree_of: TreeOf) -> None:
    found = learnt(knowledge, tree_of, "Ada Quill met Bo Quill.")

    assert set(found) == {"ada quill", "bo quill"}


def test_a_title_is_no_part_of_a_name(knowledge: Ontology, tree_of: TreeOf) -> None:
    found = learnt(knowledge, tree_of, "Prime Minister Ada Quill spoke.")

    assert found["ada quill"].label == "Ada Quill"


def test_an_office_before_the_name_links_to_its_state(knowledge: Ontology, tree_of: TreeOf) -> None:
    found = learnt(knowledge, tree_of, "Norwegian Foreign Minister Ada Quill spoke.")

    assert [(name, state.label) for name, state in found["ada quill"].links] == [("actsFor", "Norway")]


def test_a_former_office_acts_for_nobody(knowledge: Ontology, tree_of: TreeOf) -> None:
    found = learnt(knowledge, tree_of, "Former Norwegian Minister Ada Quill spoke.")

    assert found["ada quill"].links == ()


def test_an_office_of_somebody_else_is_not_passed_on(knowledge: Ontology, tree_of: TreeOf) -> None:
    found = learnt(knowledge, tree_of, "The Norwegian minister's aide Ada Quill spoke.")

    assert found["ada quill"].links == ()


def test_a_single_name_teaches_nothing(knowledge: Ontology, tree_of: TreeOf) -> None:
    assert learnt(knowledge, tree_of, "Quill left.") == {}


def test_the_same_name_in_two_articles_is_two_persons(knowledge: Ontology, tree_of: TreeOf) -> None:
    trees = [tree_of("Ada Quill resigned.")]
    one, other = (learn_people(trees, knowledge, text * 64)["quill"].key for text in "01")

    assert one != other
