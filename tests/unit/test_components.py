"""Running a pipeline's components kg's way gives what spaCy's own loop gives, token by token."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.annotate import MODEL
from kg.attributes import Attributes
from kg.blas import Blas
from kg.components import Components
from kg.read import find_articles, read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ODD = [
    "Let's go: there is one, there are two, and I ain't gonna say nothin'.",
    "  Norway said\n\n it would not.  Jane Doe  of the\tWorld Bank left on 3 May.",
    "",
    " ",
    "But he was but a boy. Oslo. Bergen. The U.N. and J. R. Doe of New York; 5 % of £3m!",
]


@pytest.fixture(scope="module")
def stock() -> Any:
    return spacy.load(MODEL)


@pytest.fixture(scope="module")
def components() -> Components:
    return Components.of(spacy.load(MODEL))


def told(docs: Iterable[Any]) -> list[list[tuple[Any, ...]]]:
    """All that kg, and spaCy's lemmatizer, read from tokens."""
    return [
        [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_, t.is_sent_start, str(t.morph))
         for t in doc]
        for doc in docs
    ]  # fmt: skip


def test_the_tokens_of_articles_are_those_of_spacy(stock: Any, components: Components) -> None:
    articles = [read(path) for path in find_articles([EXAMPLES])]
    texts = [block.span.of(a.text) for a in articles for block in a.blocks]

    assert told(components.pipe(texts)) == told(stock.pipe(texts))


@pytest.mark.parametrize("text", ODD)
def test_the_tokens_of_an_odd_text_are_those_of_spacy(text: str, stock: Any, components: Components) -> None:
    assert told(components.pipe([text])) == told([stock(text)])


def test_no_text_gives_no_document(components: Components) -> None:
    assert list(components.pipe([])) == []


def test_many_texts_come_back_in_their_order(components: Components) -> None:
    texts = [f"Number {n}." for n in range(300)]

    assert [doc.text for doc in components.pipe(texts)] == texts


def test_a_ruler_that_asks_for_more_than_tag_label_and_word_is_left_to_spacy(stock: Any) -> None:
    ruler = spacy.blank("en").add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "dd"}]], {"POS": "NUM"})  # type: ignore[attr-defined]  # a component of any kind

    assert Attributes.of(ruler) is None
    assert Attributes.of(stock.get_pipe("attribute_ruler")) is not None


def test_names_that_are_set_already_are_left_to_spacy() -> None:
    pipeline = spacy.load(MODEL)
    rules = pipeline.add_pipe("entity_ruler", before="ner")
    rules.add_patterns([{"label": "PRODUCT", "pattern": "Oslo"}])  # type: ignore[attr-defined]
    text = "Police of Oslo raided a port in Norway."

    assert told(Components.of(pipeline).pipe([text])) == told([pipeline(text)])


def test_threads_are_given_back_after_a_fault() -> None:
    state = [4]
    blas = Blas(lambda: state[0], lambda count: state.__setitem__(0, count))

    with pytest.raises(ValueError, match="broken"), blas.alone():
        assert state == [1]
        raise ValueError("broken")

    assert state == [4]
