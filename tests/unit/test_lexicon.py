"""The lexicon: what groups of lemmas say, and how a faulty group is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.lexicon import Lexicon, load_lexicon, local
from kg.model import Factuality
from kg.ontology import Ontology
from kg.turtle import read_turtle

HEAD = """@prefix kg: <https://w3id.org/kgnews/ns#> .
@prefix lex: <https://w3id.org/kgnews/lexicon#> .
"""


def loaded(folder: Path, text: str) -> Lexicon:
    path = folder / "lexicon.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_lexicon(read_turtle([path]))


def test_a_speech_verb_gives_a_factuality(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'lex:x a lex:SpeechVerbs ; lex:gives kg:Alleged ; lex:lemma "mutter", "hint" .')

    assert found.speech == {"mutter": Factuality.ALLEGED, "hint": Factuality.ALLEGED}


def test_an_implicative_has_a_sign_for_each_polarity(tmp_path: Path) -> None:
    text = 'lex:x a lex:Implicatives ; lex:affirmed "-" ; lex:negated "+" ; lex:lemma "omit" .'

    assert loaded(tmp_path, text).implicatives == {"omit": ("-", "+")}


def test_a_missing_sign_leaves_it_open(tmp_path: Path) -> None:
    text = 'lex:x a lex:Implicatives ; lex:affirmed "-" ; lex:lemma "omit" .'

    assert loaded(tmp_path, text).implicatives == {"omit": ("-", "o")}


def test_the_first_group_of_a_lemma_wins(tmp_path: Path) -> None:
    text = """lex:a a lex:Hedges ; lex:gives kg:Alleged ; lex:lemma "maybe" .
    lex:b a lex:Hedges ; lex:gives kg:Hypothetical ; lex:lemma "maybe" ."""

    assert loaded(tmp_path, text).hedges == {"maybe": Factuality.ALLEGED}


def test_nouns_denote_classes(tmp_path: Path) -> None:
    text = 'lex:x a lex:Nouns ; lex:denotes kg:Building ; lex:lemma "power plant" .'

    assert loaded(tmp_path, text).nouns == {"power plant": "Building"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            'lex:x a lex:SpeechVerbs ; lex:gives kg:Sure ; lex:lemma "say" .',
            "lex:gives 'Sure' is no factuality",
        ),
        ('lex:x a lex:Hedges ; lex:lemma "maybe" .', "lex:gives '' is no factuality"),
        (
            'lex:x a lex:Implicatives ; lex:affirmed "yes" ; lex:lemma "omit" .',
            "signatures are '+', '-' or 'o'",
        ),
        (
            'lex:x a lex:Casualties ; lex:kind kg:Sad ; lex:lemma "weep" .',
            "lex:kind 'Sad' is no casualty kind",
        ),
    ],
)
def test_a_faulty_group_is_named_with_its_file(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(OntologyError) as caught:
        loaded(tmp_path, text)

    assert str(caught.value) == f"{tmp_path / 'lexicon.ttl'}: lex:x: {why}"


def test_each_factuality_but_the_authors_own_has_a_word(knowledge: Ontology) -> None:
    words = knowledge.lexicon
    given = {*words.speech.values(), *words.hedges.values(), *words.irrealis.values()}

    assert given == set(Factuality)


def test_a_noun_denotes_a_class_of_the_ontology(knowledge: Ontology) -> None:
    assert set(knowledge.lexicon.nouns.values()) <= set(knowledge.supers)


@pytest.mark.parametrize(("iri", "name"), [("https://e.org/ns#Raid", "Raid"), ("https://e.org/a/b", "b")])
def test_a_local_name_is_the_last_part(iri: str, name: str) -> None:
    assert local(iri) == name
