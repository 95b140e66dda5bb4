"""Deep subjects and objects of hand-made trees, whatever the form of the sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.tree import Found, Tree
from kg.model import Basis, Sentence, Span, Token

TreeOf = Callable[[str], Tree]
RAIDED = {
    "active": "Police raided the warehouse.",
    "passive": "The warehouse was raided by police.",
    "reduced relative": "The warehouse raided by police burned.",
    "relative of the subject": "The police that raided the warehouse left.",
    "relative of the object": "The warehouse that police raided burned.",
    "relative without a pronoun": "The warehouse police raided burned.",
}


def at(tree: Tree, word: str) -> int:
    return next(t.index for t in tree.sentence.tokens if t.text == word)


def words(tree: Tree, found: list[Found]) -> list[str]:
    return [tree.token(index).text for index, _ in found]


@pytest.mark.parametrize("form", RAIDED)
def test_the_doer_is_found_in_each_form(form: str, tree_of: TreeOf) -> None:
    tree = tree_of(RAIDED[form])

    assert [w.lower() for w in words(tree, tree.agents(at(tree, "raided")))] == ["police"]


@pytest.mark.parametrize("form", RAIDED)
def test_what_it_is_done_to_is_found_in_each_form(form: str, tree_of: TreeOf) -> None:
    tree = tree_of(RAIDED[form])

    assert words(tree, tree.patients(at(tree, "raided"))) == ["warehouse"]


@pytest.mark.parametrize(
    ("form", "is_passive"), [("active", False), ("passive", True), ("reduced relative", True)]
)
def test_a_passive_is_told_from_an_active(form: str, is_passive: bool, tree_of: TreeOf) -> None:
    tree = tree_of(RAIDED[form])

    assert tree.passive(at(tree, "raided")) is is_passive


def test_the_doer_in_a_passive_has_that_basis(tree_of: TreeOf) -> None:
    tree = tree_of(RAIDED["passive"])

    assert [basis for _, basis in tree.agents(at(tree, "raided"))] == [Basis.PASSIVE]


def test_a_participle_shares_the_doer_of_its_clause(tree_of: TreeOf) -> None:
    tree = tree_of("Police stormed in, killing two guards.")

    assert tree.agents(at(tree, "killing")) == [(at(tree, "Police"), Basis.CONTROL)]


@pytest.mark.parametrize(
    ("sentence", "verb", "doer"),
    [
        ("Rebels vowed to shell the port.", "shell", "Rebels"),
        ("Norway prevented rebels from shelling the port.", "shelling", "rebels"),
        ("Oslo forced rebels to shell the port.", "shell", "rebels"),
        ("Oslo accused rebels of shelling the port.", "shelling", "rebels"),
    ],
)
def test_a_governed_verb_gets_the_doer_that_its_governor_gives(
    sentence: str, verb: str, doer: str, tree_of: TreeOf
) -> None:
    tree = tree_of(sentence)

    assert tree.agents(at(tree, verb)) == [(at(tree, doer), Basis.CONTROL)]


def test_coordinated_doers_are_all_found(tree_of: TreeOf) -> None:
    tree = tree_of("Police and soldiers raided the warehouse.")

    assert words(tree, tree.agents(at(tree, "raided"))) == ["Police", "soldiers"]


def test_coordinated_objects_are_all_found(tree_of: TreeOf) -> None:
    tree = tree_of("Police raided the warehouse and the office.")

    assert words(tree, tree.patients(at(tree, "raided"))) == ["warehouse", "office"]


def test_a_second_verb_shares_the_doer_of_the_first(tree_of: TreeOf) -> None:
    tree = tree_of("Police raided the warehouse and arrested two men.")

    assert words(tree, tree.agents(at(tree, "arrested"))) == ["Police"]


def test_a_second_verb_has_its_own_object(tree_of: TreeOf) -> None:
    tree = tree_of("Police raided the warehouse and arrested two men.")

    assert words(tree, tree.patients(at(tree, "arrested"))) == ["men"]


def test_who_is_ruled_out_by_not_is_no_doer(tree_of: TreeOf) -> None:
    tree = tree_of("Police and not soldiers raided the warehouse.")

    assert words(tree, tree.agents(at(tree, "raided"))) == ["Police"]


def test_a_second_passive_verb_shares_what_is_done_to(tree_of: TreeOf) -> None:
    tree = tree_of("The men were held by police and beaten.")

    assert words(tree, tree.patients(at(tree, "beaten"))) == ["men"]


def test_an_active_sentence_has_no_doer_below_an_unrelated_verb(tree_of: TreeOf) -> None:
    tree = tree_of("The warehouse raided by police burned.")

    assert words(tree, tree.patients(at(tree, "burned"))) == []


def test_a_phrase_takes_in_its_of_phrases(tree_of: TreeOf) -> None:
    text = "The office of the mayor of Oslo burned."
    tree = tree_of(text)

    assert tree.phrase(at(tree, "office")).of(text) == "The office of the mayor of Oslo"


def test_a_phrase_leaves_out_what_something_else_uses(tree_of: TreeOf) -> None:
    text = "The office of the mayor of Oslo burned."
    tree = tree_of(text)

    assert tree.phrase(at(tree, "office"), frozenset({at(tree, "mayor")})).of(text) == "The office"


def test_ancestors_go_up_to_the_root(tree_of: TreeOf) -> None:
    tree = tree_of("Police raided the warehouse.")

    assert list(tree.ancestors(at(tree, "the"))) == [at(tree, "warehouse"), at(tree, "raided")]


def test_a_subtree_holds_everything_below(tree_of: TreeOf) -> None:
    tree = tree_of("Police raided the warehouse.")

    assert sorted(tree.subtree(at(tree, "raided"))) == [t.index for t in tree.sentence.tokens]


def test_a_ring_of_heads_is_opened() -> None:
    tokens = tuple(
        Token(n, Span(n, n + 1), "x", "x", "NOUN", "NN", "dep", head) for n, head in enumerate((1, 2, 0, 3))
    )
    tree = Tree.of(Sentence(Span(0, 4), 0, tokens))

    assert all(len(list(tree.ancestors(n))) < 4 for n in range(4))
