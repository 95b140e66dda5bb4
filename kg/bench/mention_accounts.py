"""Turns gold mentions into accounts for linking: no type is known, only the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.annotate import Parser
from kg.bench.cat_text import article_of
from kg.bench.cat_trees import parse_sentences
from kg.bench.mentions import Annotated, GoldMention
from kg.extract.tree import Tree
from kg.link.account import WORD, Account
from kg.link.kin import Kin
from kg.link.stems import content, counted, stem
from kg.link.stories import stories
from kg.model import Article, Span, Token

_ADDRESS: Final = re.compile(r"https?://\S+|www\.\S+|http : \S+")
_POINTING: Final = frozenset({"the", "this", "that", "these"})
_OF, _BY = frozenset({"of", "on", "against", "at"}), frozenset({"by"})
_THIN: Final = frozenset({"PRON", "DET", "NUM", "PUNCT", "ADP", "AUX", "PART"})


@dataclass(frozen=True, slots=True)
class Told:
    """An account of a mention, with its plain lemma and what the gold says it is of."""

    account: Account
    lemma: str
    topic: str
    instance: str


def accounts(annotated: Annotated, story: str, parser: Parser, kin: Kin) -> list[Told]:
    """Return the accounts of a file's mentions, in their order; `story` is the one that it tells."""
    article, spans = article_of(annotated.document)
    wanted = {annotated.document.tokens[n].sentence for mention in annotated.mentions for n in mention.tokens}
    parsed = parse_sentences(annotated.document, article, spans, parser, wanted)
    trees = [one.tree for one in parsed]
    found = []
    for mention in annotated.mentions:
        covered = [spans[n] for n in mention.tokens]
        tree = next((t for t in trees if t.sentence.span.overlaps(covered[0])), None)
        found.append(_told(mention, annotated, covered, tree, (article, frozenset({story}), kin)))
    return found


def told(files: Sequence[Annotated], parser: Parser, kin: Kin) -> list[Told]:
    """Return the accounts of all mentions, with the stories of the files found first."""
    words = {file.name: counted(_ADDRESS.sub(" ", article_of(file.document)[0].text)) for file in files}
    groups = stories(words, {file.name: file.topic for file in files})
    return [one for file in files for one in accounts(file, groups[file.name], parser, kin)]


def _told(
    mention: GoldMention,
    annotated: Annotated,
    covered: list[Span],
    tree: Tree | None,
    known: tuple[Article, frozenset[str], Kin],
) -> Told:
    article, story, kin = known
    inside = [t for t in tree.sentence.tokens if any(t.span.overlaps(s) for s in covered)] if tree else []
    words = [t.lemma.lower() for t in inside] or [s.of(article.text).lower() for s in covered]
    head = _head(inside)
    phrase = (
        "-".join(w for w, t in zip(words, inside, strict=False) if t.pos not in _THIN or t.dep == "prt")
        or words[-1]
    )
    senses = kin.senses(phrase)
    if head and head.pos != "VERB":
        senses |= kin.senses(head.lemma.lower())
    account = Account(
        mention.id,
        annotated.name,
        published=(day.earliest, day.latest) if (day := article.published) else (None, None),
        trigger=head.lemma.lower() if head else words[-1],
        senses=senses,
        words=content(tree.sentence.span.of(article.text)) if tree else frozenset(),
        roles=frozenset(_roles(tree, head)) if tree and head else frozenset(),
        story=story,
        position=covered[0].start,
        definite=bool(head and tree and _definite(tree, head)),
        noun=bool(head and head.pos in ("NOUN", "PROPN")),
        headline=annotated.document.tokens[mention.tokens[0]].sentence == annotated.headline,
        vague=stem(head.lemma if head else words[-1]) in kin.vague,
    )
    return Told(account, " ".join(words), annotated.topic, mention.instance)


def _head(tokens: Sequence[Token]) -> Token | None:
    """Return the token that the others of a mention hang on."""
    numbers = {t.index for t in tokens}
    return next((t for t in tokens if t.head not in numbers or t.head == t.index), None)


def _definite(tree: Tree, head: Token) -> bool:
    return head.pos == "NOUN" and any(
        tree.token(k).lemma.lower() in ("the", "this", "that", "these") for k in tree.kids(head.index, "det")
    )


def _roles(tree: Tree, head: Token) -> Iterator[tuple[str, str]]:
    """Yield who does it and what it is done to, by the words around the trigger."""
    if head.pos in ("VERB", "AUX"):
        found = [("agent", i) for i, _ in tree.agents(head.index)]
        found += [("target", i) for i, _ in tree.patients(head.index)]
    else:
        found = [("agent", i) for i in (*tree.kids(head.index, "poss"), *_behind(tree, head, _BY))]
        found += [("target", i) for i in (*tree.kids(head.index, "compound"), *_behind(tree, head, _OF))]
    for role, i in found:
        token = tree.token(i)
        if token.pos in ("NOUN", "PROPN"):
            yield role, ("" if token.pos == "PROPN" else WORD) + stem(token.text)


def _behind(tree: Tree, head: Token, prepositions: frozenset[str]) -> Iterator[int]:
    for prep in tree.kids(head.index, "prep"):
        if tree.token(prep).lemma in prepositions:
            yield from tree.kids(prep, "pobj")
