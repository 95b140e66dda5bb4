"""Draws the timeline of somebody or something from the deeds that texts tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.annotate import Parser
from kg.bench.awareness import Entry
from kg.bench.cat import CatDocument
from kg.bench.cat_text import article_of
from kg.bench.cat_trees import parse_sentences
from kg.bench.deeds import Deed, anchor, deeds, span_of, word_at
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.link.account import WORD, Account
from kg.link.cluster import cluster
from kg.link.kin import Kin
from kg.link.stems import content, counted, stem
from kg.link.stories import stories
from kg.model import Article, Token, Window

_PERSON: Final = frozenset({"he", "she", "him", "his", "her"})
_THING: Final = frozenset({"it", "its"})
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
    """How a text calls a target: its whole name, shorter ones; the pronouns that stand for it."""

    words: tuple[str, ...]
    short: frozenset[tuple[str, ...]]
    text: str
    pronouns: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def of(cls, target: str, text: Text) -> Name:
        """Find out what a text calls somebody: surname, initials, "the" and the last word, he or it."""
        words = tuple(w for w in target.casefold().split() if w not in _LEGAL) or (target.casefold(),)
        source = text.article.text
        tokens = [(tree, t) for tree in text.trees for t in tree.sentence.tokens]
        named = [
            t
            for tree, t in tokens
            if _plain(t, source) == words[-1] and _before(tree, t.index, words, source)
        ]
        person = len(words) > 1 and any(t.entity == "PERSON" for t in named)
        short = {words[n:] for n in range(1, len(words) - 1)}
        if person:
            short |= {(words[0],), (words[-1],)}
        elif len(words) > 1 and named:
            short |= {("the", words[-1])} if words[-1].isalpha() else set()
            initials = "".join(word[0] for word in words)
            short |= {(initials,)} if any(t.text == initials.upper() for _, t in tokens) else set()
        plain = cls(words, frozenset(short), source)
        return replace(plain, pronouns=frozenset(_pronouns(plain, text.trees, _PERSON if person else _THING)))

    def means(self, tree: Tree, index: int) -> bool:
        """Tell whether a noun stands for the target."""
        if (tree.sentence.span.start, index) in self.pronouns:
            return True
        head = _plain(tree.token(index), self.text)
        kids = [index, *tree.kids(index, *_PARTS, "det")]
        held = {_plain(tree.token(i), self.text) for j in kids for i in (j, *tree.kids(j, *_PARTS))}
        names = (self.words, *self.short)
        whole = len(self.words) > 1 and tree.token(index).pos == "NOUN" and set(self.words) <= held
        return whole or any(head in name and set(name) <= held for name in names)


def _plain(token: Token, text: str) -> str:
    word = word_at(token, text).casefold()
    return word[:-1] if token.tag in ("NNS", "NNPS") and word.endswith("s") else word


def _before(tree: Tree, index: int, words: Sequence[str], text: str) -> bool:
    """Tell whether a whole name ends at a token."""
    if _plain(tree.token(index), text) != words[-1]:
        return False
    found = [_plain(t, text) for t in tree.sentence.tokens[: index + 1]]
    return list(dict.fromkeys(found[-len(words) - 2 :]))[-len(words) :] == list(words)


def _pronouns(name: Name, trees: Iterable[Tree], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the pronouns before which nothing else of their kind was a subject since the target was."""
    last = False
    for tree in trees:
        for token in tree.sentence.tokens:
            if token.text.lower() in wanted and last:
                yield tree.sentence.span.start, token.index
            elif token.dep in _SUBJECT and token.pos in ("PROPN", "NOUN"):
                other = (token.entity == "PERSON") == (wanted is _PERSON)
                last = name.means(tree, token.index) or (last and not other)
