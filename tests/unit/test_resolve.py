"""What noun phrases refer to, and what stays unresolved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.people import learn_people
from kg.extract.resolve import Reading, Resolver
from kg.extract.tree import Tree
from kg.model import Basis
from kg.ontology import Ontology
from kg.patterns import Slot

TreeOf = Callable[[str], Tree]


@pytest.fixture
def read(tree_of: TreeOf, knowledge: Ontology) -> Callable[[str, str], tuple[Reading, ...]]:
    """Return the readings of a word in a recorded sentence."""

    def readings(text: str, word: str) -> tuple[Reading, ...]:
        tree, resolver = prepared(text, tree_of, knowledge)
        return resolver.readings(tree, at(tree, word))

    return readings


def prepared(text: str, tree_of: TreeOf, knowledge: Ontology) -> tuple[Tree, Resolver]:
    tree = tree_of(text)
    people = learn_people([tree], knowledge, "0" * 64)
    return tree, Resolver(knowledge, text, "0" * 64, people, {})


def at(tree: Tree, word: str) -> int:
    return next(t.index for t in tree.sentence.tokens if t.text == word)


def kinds(found: tuple[Reading, ...]) -> list[str]:
    return [reading.entity.kind for reading in found]


Read = Callable[[str, str], tuple[Reading, ...]]


def test_a_state_name_may_be_the_state_or_its_land(read: Read) -> None:
    assert kinds(read("Norway closed the border.", "Norway")) == ["State", "Country"]


def test_a_capital_may_be_the_city_or_stand_for_the_state(read: Read) -> None:
    found = read("Oslo feared a shelling of the port.", "Oslo")

    assert {(r.entity.kind, r.basis) for r in found} >= {
        ("City", Basis.EXPLICIT),
        ("State", Basis.METONYM),
    }


def test_an_adjective_before_an_event_noun_is_its_state(read: Read) -> None:
    (found,) = read("The Norwegian raid on the warehouse failed.", "Norwegian")

    assert found.entity.label == "Norway"


def test_a_person_of_the_article_is_known_by_name(read: Read) -> None:
    (found,) = read("Ada Quill resigned.", "Quill")

    assert (found.entity.kind, found.entity.label) == ("Person", "Ada Quill")


def test_an_office_acts_for_the_state_before_it(read: Read) -> None:
    (found,) = read("The Norwegian minister left.", "minister")

    assert [(name, state.label) for name, state in found.entity.links] == [("actsFor", "Norway")]


def test_an_office_without_a_state_acts_for_nobody(read: Read) -> None:
    (found,) = read("The minister left.", "minister")

    assert found.entity.links == ()


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Police raided the warehouse.", "Police", "SecurityForce"),
        ("Police raided the warehouse.", "warehouse", "Building"),
        ("The minister left.", "minister", "Person"),
        ("Two people died.", "people", "Group"),
        ("The raid killed two men.", "men", "Group"),
    ],
)
def test_a_common_noun_is_of_its_class(text: str, word: str, kind: str, read: Read) -> None:
    assert kinds(read(text, word))[:1] == [kind]


def test_what_only_the_article_describes_is_marked_so(read: Read) -> None:
    (found,) = read("The minister left.", "minister")

    assert found.entity.described


def test_a_pronoun_without_antecedent_is_nothing(read: Read) -> None:
    assert read("He left.", "He") == ()


def test_a_noun_of_no_known_class_is_nothing(read: Read) -> None:
    assert read("The rain stopped.", "rain") == ()


def test_a_slot_for_actors_takes_the_state(tree_of: TreeOf, knowledge: Ontology) -> None:
    tree, resolver = prepared("Norway closed the border.", tree_of, knowledge)
    chosen = resolver.choose(tree, at(tree, "Norway"), "agent", Slot(("agent",)))

    assert chosen is not None
    assert chosen.entity.kind == "State"


def test_a_slot_for_places_takes_the_land(tree_of: TreeOf, knowledge: Ontology) -> None:
    tree, resolver = prepared("Norway closed the border.", tree_of, knowledge)
    chosen = resolver.choose(tree, at(tree, "Norway"), "place", Slot(("place",)))

    assert chosen is not None
    assert chosen.entity.kind == "Country"


def test_a_building_is_never_an_agent(tree_of: TreeOf, knowledge: Ontology) -> None:
    tree, resolver = prepared("Police raided the warehouse.", tree_of, knowledge)

    assert resolver.choose(tree, at(tree, "warehouse"), "agent", Slot(("agent",))) is None


def test_a_slot_for_names_refuses_a_common_noun(tree_of: TreeOf, knowledge: Ontology) -> None:
    tree, resolver = prepared("The minister left.", tree_of, knowledge)
    slot = Slot(("agent",), named=True)

    assert resolver.choose(tree, at(tree, "minister"), "agent", slot) is None


def test_a_filler_through_a_metonym_says_so(tree_of: TreeOf, knowledge: Ontology) -> None:
    text = "Oslo feared a shelling of the port."
    tree, resolver = prepared(text, tree_of, knowledge)
    filler = resolver.filler(tree, at(tree, "Oslo"), "agent", Slot(("agent",)))

    assert filler is not None
    assert (filler.span.of(text), filler.basis) == ("Oslo", Basis.METONYM)


def test_two_described_things_of_one_article_are_two(tree_of: TreeOf, knowledge: Ontology) -> None:
    tree, resolver = prepared("Police and soldiers raided the warehouse.", tree_of, knowledge)
    one, other = (resolver.readings(tree, at(tree, word))[0].entity.key for word in ("Police", "soldiers"))

    assert one != other
