"""Who says that something happened, and how: each operator, beside the same words without it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.tree import Tree
from kg.extract.voice import Voice
from kg.model import Attribution, Entity, Factuality, Filler
from kg.ontology import Ontology

TreeOf = Callable[[str], Tree]
SHELLING = frozenset({"shell", "shelled", "shelling"})
FACTUALITY = {
    "Rebels shelled the port.": "Asserted",
    # negation
    "Rebels did not shell the port.": "Denied",
    "Rebels never shelled the port.": "Denied",
    "No rebel shelled the port.": "Denied",
    "Nobody shelled the port.": "Denied",
    "Rebels landed; neither shelled the port.": "Denied",
    "There was no shelling of the port.": "Denied",
    # modals and hedges
    "Rebels will shell the port.": "Predicted",
    "Rebels may shell the port.": "Hypothetical",
    "Rebels could have shelled the port.": "Hypothetical",
    "Rebels allegedly shelled the port.": "Alleged",
    "Rebels nearly shelled the port.": "Hypothetical",
    # conditions and questions
    "If rebels shell the port, Oslo will answer.": "Hypothetical",
    "Oslo will answer unless rebels shell the port.": "Hypothetical",
    "Did rebels shell the port?": "Hypothetical",
    # implicative verbs, affirmed and negated
    "Rebels managed to shell the port.": "Asserted",
    "Rebels did not manage to shell the port.": "Denied",
    "Rebels failed to shell the port.": "Denied",
    "Rebels did not fail to shell the port.": "Asserted",
    "Oslo prevented rebels from shelling the port.": "Denied",
    "Oslo did not prevent rebels from shelling the port.": "Asserted",
    "Oslo forced rebels to shell the port.": "Asserted",
    "Oslo did not force rebels to shell the port.": "Hypothetical",
    "Rebels refused to shell the port.": "Denied",
    # verbs of speech and thought
    "Oslo said rebels shelled the port.": "Reported",
    "Oslo claimed that rebels shelled the port.": "Alleged",
    "Oslo denied that rebels shelled the port.": "Denied",
    "Oslo demanded that rebels shell the port.": "Demanded",
    "Oslo hoped that rebels shelled the port.": "Hypothetical",
    "Oslo told the rebels to shell the port.": "Demanded",
    "Oslo told reporters that rebels shelled the port.": "Reported",
    "The rebels are said to shell the port.": "Reported",
    "Oslo knew that rebels shelled the port.": "Asserted",
    "Oslo did not say that rebels shelled the port.": "Hypothetical",
    "Oslo accused rebels of shelling the port.": "Alleged",
    "Oslo threatened to shell the port.": "Predicted",
    "According to Oslo, rebels shelled the port.": "Reported",
    "Oslo has repeatedly denied shelling the port.": "Denied",
    "Rebels shelled the port, critics say.": "Alleged",
    # purposes, imagined subjects, orders
    "Rebels landed to shell the port.": "Hypothetical",
    "Shelling the port would be a mistake.": "Hypothetical",
    "Shell the port!": "Hypothetical",
    "The rebels landed without shelling the port.": "Denied",
    "The plan to shell the port leaked.": "Hypothetical",
    "The fact that rebels shelled the port is known.": "Asserted",
    "Rebels left rather than shell the port.": "Denied",
    "Oslo called a shelling for Monday.": "Hypothetical",
    "Oslo landed before anything was shelled.": "Hypothetical",
    "The shelling of the port remains suspended.": "Hypothetical",
    "Oslo landed before the next shelling.": "Hypothetical",
    # coordination
    "Oslo asked rebels to land and to shell the port.": "Demanded",
    "Rebels shelled the port or stormed the fort.": "Hypothetical",
    "Rebels shelled the port and stormed the fort.": "Asserted",
    "Rebels may land and shell the port.": "Hypothetical",
    "Rebels may land, shelling the port.": "Hypothetical",
    # what is taken for granted
    "Rebels who shelled the port left.": "Asserted",
    "After rebels shelled the port, Oslo answered.": "Asserted",
    "It seemed that rebels shelled the port.": "Alleged",
    "It seemed that the talks failed after rebels shelled the port.": "Asserted",
    # nouns: a definite one is given, an indefinite one shares its verb's fate
    "The shelling did not stop the trade.": "Asserted",
    "A shelling did not take place.": "Denied",
    "Rebels carried out a shelling of the port.": "Asserted",
    "Rebels did not carry out a shelling of the port.": "Denied",
    "The shelling of the port worried Oslo.": "Asserted",
    "The alleged shelling of the port worried Oslo.": "Alleged",
    "Oslo feared a shelling of the port.": "Hypothetical",
}
CLAIMANTS = {
    "Rebels shelled the port.": [],
    "Oslo said rebels shelled the port.": ["Oslo"],
    "Oslo knew that rebels shelled the port.": [],
    "According to Oslo, rebels shelled the port.": ["Oslo"],
    "The mayor said that Oslo claimed that rebels shelled the port.": ["Oslo", "The mayor"],
    "It seemed that rebels shelled the port.": [],
    "Oslo accused rebels of shelling the port.": ["Oslo"],
    "Oslo said that rebels, who shelled the port, left.": ["Oslo"],
    "Lagos was told that rebels shelled the port.": [],
    "Two men were accused of shelling the port.": [],
    "Oslo was asked by Lagos to shell the port.": ["Lagos"],
    "Oslo was convinced that rebels shelled the port.": ["Oslo"],
    "Oslo was quoted by Lagos as saying rebels shelled the port.": ["Oslo"],
    "Lagos quoted Oslo as saying rebels shelled the port.": ["Oslo"],
    "It seems to many that rebels shelled the port.": ["many"],
}


def heard(knowledge: Ontology, tree: Tree) -> Attribution:
    def speaker(tree: Tree, index: int) -> Filler:
        span = tree.phrase(index)
        return Filler(span, Entity("Actor", "x", str(span)))

    head = next(t.index for t in tree.sentence.tokens if t.text.lower() in SHELLING)
    return Voice(knowledge.lexicon, speaker).of(tree, head)


@pytest.mark.parametrize(("words", "factuality"), FACTUALITY.items())
def test_a_word_weakens_a_statement(
    words: str, factuality: str, tree_of: TreeOf, knowledge: Ontology
) -> None:
    assert heard(knowledge, tree_of(words)).factuality.value == factuality


@pytest.mark.parametrize(("words", "claimants"), CLAIMANTS.items())
def test_speakers_are_named_from_the_nearest_outwards(
    words: str, claimants: list[str], tree_of: TreeOf, knowledge: Ontology
) -> None:
    found = heard(knowledge, tree_of(words)).claimants

    assert [filler.span.of(words) for filler in found] == claimants


def test_a_happening_that_was_averted_is_not_asserted(tree_of: TreeOf, knowledge: Ontology) -> None:
    found = heard(knowledge, tree_of("Oslo averted a shelling of the port."))

    assert found.factuality in {Factuality.DENIED, Factuality.HYPOTHETICAL}


def test_an_allegation_that_somebody_denies_is_not_believed(tree_of: TreeOf, knowledge: Ontology) -> None:
    words = "The mayor denied that Oslo said that rebels shelled the port."

    assert heard(knowledge, tree_of(words)).factuality is Factuality.DENIED


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("Rebels did not shell the port.", "not"),
        ("Rebels may shell the port.", "may"),
        ("Oslo claimed that rebels shelled the port.", "claimed"),
        ("If rebels shell the port, Oslo will answer.", "If"),
        ("Did rebels shell the port?", "?"),
    ],
)
def test_the_word_that_weakens_is_kept_as_the_cue(
    words: str, cue: str, tree_of: TreeOf, knowledge: Ontology
) -> None:
    found = heard(knowledge, tree_of(words)).cue

    assert found is not None
    assert found.of(words) == cue


def test_a_plain_statement_has_no_cue(tree_of: TreeOf, knowledge: Ontology) -> None:
    assert heard(knowledge, tree_of("Rebels shelled the port.")) == Attribution()
