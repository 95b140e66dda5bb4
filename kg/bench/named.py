"""Draws the timeline of somebody or something from the deeds that texts tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.annotate import Parser
from kg.bench.awareness import Entry
from kg.bench.cat import CatDocument
from kg.bench.cat_text import article_of
from kg.bench.cat_trees import parse_sentences
from kg.bench.deeds import Deed, anchor, deeds, span_of
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.link.account import WORD, Account
from kg.link.cluster import cluster
from kg.link.kin import Kin
from kg.link.stems import content, counted, stem
from kg.link.stories import stories
from kg.model import Article, Window

_PERSON: Final = frozenset({"he", "she", "him", "his", "her"})
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass"})
_PARTS: Final = ("compound", "flat", "nmod", "appos", "amod", "nummod")
_LEGAL: Final = frozenset({"inc", "inc.", "corp", "corp.", "ltd", "co", "co.", "plc", "company", "the"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its deeds, the story that it tells, and its number in the task."""

    number: str
    article: Article
    story: str
    deeds: tuple[Deed, ...]
    trees: tuple[Tree, ...]
    kin: Kin


def texts_of(
    documents: Sequence[CatDocument], parser: Parser, lexicon: Lexicon, kin: Kin
) -> tuple[Text, ...]:
    """Read each document once, for all targets."""
    made = [(document, *article_of(document)) for document in documents]
    groups = stories({document.name: counted(article.text) for document, article, _ in made})
    found = []
    for document, article, spans in made:
        sentences = parse_sentences(document, article, spans, parser)
        told = tuple(deeds(sentences, article, lexicon, kin))
        number = re.split(r"[-_ ]", document.name)[0]
        trees = tuple(one.tree for one in sentences)
        found.append(Text(number, article, groups[document.name], told, trees, kin))
    return tuple(found)


def timeline(target: str, texts: Iterable[Text]) -> Iterator[Entry]:
    """Yield the events of a target in order; those of one date share a place."""
    found: dict[str, tuple[str, str, Account]] = {}
    for text in texts:
        name = Name.of(target, text)
        for deed in text.deeds:
            date = anchor(deed.window) if deed.window else ""
            if date and any(name.means(deed.tree, i) for _, i in deed.who):
                mention = f"{text.number}-{deed.sentence}-{deed.words}".casefold()
                found.setdefault(mention, (date, mention, _account(mention, deed, text)))
    clusters = cluster(account for _, _, account in found.values())
    days = sorted({date for date, _, _ in found.values()}, key=lambda d: (d.ljust(10, "!"), d))
    for place, day in enumerate(days, 1):
        for group in clusters:
            if found[group.reports[0]][0] == day:
                yield Entry(place, day, group.reports)


def _account(mention: str, deed: Deed, text: Text) -> Account:
    token = deed.tree.token(deed.head)
    window = deed.window or Window("", None, None)
    published = text.article.published
    return Account(
        mention,
        text.article.name,
        trigger=token.lemma.lower(),
        senses=text.kin.senses(deed.words.replace("_", "-")) | text.kin.senses(token.lemma.lower()),
        words=content(deed.tree.sentence.span.of(text.article.text)),
        roles=frozenset((role, WORD + stem(deed.tree.token(i).text)) for role, i in deed.who),
        first=window.earliest,
        last=window.latest,
        published=(published.earliest, published.latest) if published else (None, None),
        story=frozenset({text.story}),
        position=span_of(deed).start,
        noun=token.pos == "NOUN",
        vague=stem(token.lemma) in text.kin.vague,
    )


@dataclass(frozen=True, slots=True)
class Name:
    """How a text calls a target: its whole name, a surname, its initials; and its pronouns."""

    words: tuple[str, ...]
    short: frozenset[str]
    pronouns: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, target: str, text: Text) -> Name:
        """Find out what a text calls somebody."""
        words = tuple(w for w in target.casefold().split() if w not in _LEGAL) or (target.casefold(),)
        tokens = [t for tree in text.trees for t in tree.sentence.tokens]
        person = len(words) > 1 and any(
            t.entity == "PERSON" and t.text.casefold() == words[-1] and _before(tree, t.index, words)
            for tree in text.trees
            for t in tree.sentence.tokens
        )
        initials = "".join(w[0] for w in words) if len(words) > 1 else ""
        upper = {t.text.casefold() for t in tokens if t.text.isupper()}
        short = ({words[-1]} if person else set()) | ({initials} & upper)
        plain = cls(words, frozenset(short), frozenset())
        return cls(
            words, frozenset(short), frozenset(_pronouns(plain, text.trees)) if person else frozenset()
        )

    def means(self, tree: Tree, index: int) -> bool:
        """Tell whether a noun stands for the target."""
        if (tree.sentence.span.start, index) in self.pronouns:
            return True
        tokens = [index, *(k for k in tree.kids(index, *_PARTS))]
        tokens += [k for i in tokens[1:] for k in tree.kids(i, *_PARTS)]
        held = {tree.token(i).text.casefold() for i in tokens}
        return set(self.words) <= held or not self.short.isdisjoint(held)


def _before(tree: Tree, index: int, words: Sequence[str]) -> bool:
    start = index - len(words) + 1
    found = [t.text.casefold() for t in tree.sentence.tokens[max(start, 0) : index + 1]]
    return found == list(words)


def _pronouns(name: Name, trees: Iterable[Tree]) -> Iterator[tuple[int, int]]:
    """Yield the pronouns of a person: those after which nobody else was a sentence's subject."""
    last = False
    for tree in trees:
        for token in tree.sentence.tokens:
            if token.text.lower() in _PERSON and last:
                yield tree.sentence.span.start, token.index
            elif token.dep in _SUBJECT and token.pos == "PROPN":
                mine = name.means(tree, token.index)
                last = mine or (last and token.entity != "PERSON")
