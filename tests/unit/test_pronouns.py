"""Pronouns are resolved in the safe cases only; everywhere else kg abstains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.extract.people import learn_people
from kg.extract.pronouns import resolve_pronouns
from kg.extract.resolve import Resolver
from kg.extract.tree import Tree
from kg.model import Basis, Document, Filler
from kg.ontology import Ontology

DocumentOf = Callable[..., Document]


def resolved(knowledge: Ontology, document: Document) -> list[Filler]:
    trees = [Tree.of(sentence) for sentence in document.sentences]
    article = document.article
    people = learn_people(trees, knowledge, article.sha256)
    resolver = Resolver(knowledge, article.text, article.sha256, people, {})
    return list(resolve_pronouns(trees, replace(resolver, pronouns={})).values())


@pytest.mark.parametrize(
    ("text", "antecedent"),
    [
        ("Ada Quill resigned. She left Oslo.", "Ada Quill"),
        ("Norway closed the border. It expelled two diplomats.", "Norway"),
        ("Protesters marched. They burned a flag.", "Protesters"),
        ("Norway said it closed the border.", "Norway"),
    ],
)
def test_a_safe_pronoun_is_resolved_to_its_words(
    text: str, antecedent: str, knowledge: Ontology, document_of: DocumentOf
) -> None:
    found = resolved(knowledge, document_of(text))

    assert [(f.span.of(text), f.basis) for f in found] == [(antecedent, Basis.COREFERENCE)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill met Eva Stone. She left Oslo.",
        "Norway and Sweden closed the border. It expelled two diplomats.",
        "The rain stopped. It expelled two diplomats.",
        "The rain stopped. She left Oslo.",
        "It expelled two diplomats.",
        "Ada Quill resigned. They burned a flag.",
        "Norway closed the border. She left Oslo.",
        "The minister met him in Paris.",
        "Protesters shouted and threw stones at them.",
    ],
)
def test_an_unsafe_pronoun_stays_unresolved(text: str, knowledge: Ontology, document_of: DocumentOf) -> None:
    assert resolved(knowledge, document_of(text)) == []


def test_it_is_not_carried_over_a_paragraph(knowledge: Ontology, document_of: DocumentOf) -> None:
    document = document_of("Norway closed the border.", "It expelled two diplomats.")

    assert resolved(knowledge, document) == []


def test_she_is_not_carried_over_a_sentence_in_between(knowledge: Ontology, document_of: DocumentOf) -> None:
    document = document_of("Ada Quill resigned. The rain stopped. She left Oslo.")

    assert resolved(knowledge, document) == []
