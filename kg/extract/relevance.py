"""Tells which sentences can matter to the rules, by their words alone, so that no other is parsed.

A sentence matters where all required words of some phrase stand in it; where the next one that
matters may mean somebody of it by a pronoun; and where it may give the full name or the office
of somebody whom a sentence that matters calls by surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.drafts import Phrases, Table
from kg.extract.tree import Tree
from kg.inflection import by_form
from kg.model import Article, Sentence
from kg.ontology import Ontology
from kg.patterns import Argument, Kind, Pattern, Slot, Words

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_PART = re.compile(r"[-'’]")
_MARK = re.compile(r"[^\w\s]")
_PRONOUNS = frozenset("he she it they him them".split())  # those that kg.extract.pronouns resolves
_OWNED = frozenset({"by", "of"})  # these may be told by 's or by an adjective instead
_NO_NAMES = frozenset(
    "the a an in on at by for of to and but as if he she it they we i his her its their this that these those"
    " after before when while with from there".split()
)
Group = frozenset[str]
Groups = tuple[Group, ...]
Gated = Mapping[str, tuple[tuple[Groups, tuple[str, Pattern]], ...]]
_QUOTES = frozenset('"“”«»')  # who speaks may stand beside another sentence of the same speech
_BEFORE = 4  # words before a name among which its title or office stands


@dataclass(frozen=True, slots=True)
class Relevance:
    """The words that phrases require: by head lemma, for each phrase, one group for each word."""

    plain: Gated
    framing: Gated
    refused: Gated
    alone: Mapping[str, tuple[Groups, ...]]
    lemmas: Mapping[str, Group]
    sport: Mapping[str, Group]
    offices: Group
    speech: Group

    @classmethod
    def of(cls, ontology: Ontology, phrases: Phrases) -> Relevance:
        """Derive the required words from the phrases of an ontology's event types."""
        plain, framing = _gated(phrases.plain), _gated(phrases.framing)
        alone = _alone((plain, framing))
        known = frozenset(alone).union(*(group for rows in alone.values() for gs in rows for group in gs))
        offices = frozenset(
            w for o in (*ontology.lexicon.offices, *ontology.lexicon.titles) for w in o.split()
        )
        lexicon = ontology.lexicon
        return cls(
            plain, framing, _gated(phrases.refused), alone,
            lemmas=by_form(known), sport=by_form(lexicon.sport), offices=offices,
            speech=frozenset(by_form(lexicon.speech)),
        )  # fmt: skip

    def wanted(self, article: Article, sentences: Sequence[Sentence]) -> list[bool]:
        """Return for each sentence of an article, in order, whether it has to be parsed."""
        words = [_WORD.findall(s.span.of(article.text)) for s in sentences]
        kept = [self.can_match(each) for each in words]
        for n in range(1, len(kept)):
            near = sentences[n].block == sentences[n - 1].block
            if near and kept[n] and not kept[n - 1] and not _PRONOUNS.isdisjoint(map(str.lower, words[n])):
                kept[n - 1] = True
        told = {s.block for s, keep in zip(sentences, kept, strict=True) if keep}
        for n, sentence in enumerate(sentences):
            quotes = sentence.block in told and not _QUOTES.isdisjoint(sentence.span.of(article.text))
            kept[n] = kept[n] or (quotes and not self.speech.isdisjoint(map(str.lower, words[n])))
        chosen = [each for each, keep in zip(words, kept, strict=True) if keep]
        called = {_bare(word) for each in chosen for word in each if word[0].isupper()}
        full = {name for each in chosen for name, _ in _names(each)}
        return [keep or self._introduces(w, called, full) for w, keep in zip(words, kept, strict=True)]

    def narrowed(self, tree: Tree) -> Phrases:
        """Return the phrases all of whose required words stand in a sentence."""
        found = {token.lemma.lower() for token in tree.sentence.tokens}
        return Phrases(_open(self.plain, found), _open(self.framing, found), _open(self.refused, found))

    def can_match(self, words: Iterable[str]) -> bool:
        """Tell whether the words of a sentence could satisfy a phrase."""
        found = {lemma for word in words for form in _forms(word) for lemma in self.lemmas.get(form, ())}
        return any(_holds(groups, found) for lemma in found for groups in self.alone.get(lemma, ()))

    def _introduces(self, words: list[str], called: set[str], full: set[tuple[str, str]]) -> bool:
        """Tell whether a sentence may say who a surname is that is used where it matters."""
        return any(
            name[1] in called and (name not in full or not self.offices.isdisjoint(before))
            for name, before in _names(words)
        )

    def sports(self, texts: Iterable[str]) -> tuple[int, int]:
        """Return how many different words of match reports stand in texts, and their length in tokens."""
        found: set[str] = set()
        length = 0
        for text in texts:
            words = _WORD.findall(text)
            length += sum(1 + 2 * ("-" in w) for w in words) + len(_MARK.findall(text))
            found.update(lemma for w in words for lemma in self.sport.get(w.lower(), ()))
        return len(found), length


def _gated(table: Table) -> Gated:
    return {lemma: tuple((tuple(_groups(row[1])), row) for row in rows) for lemma, rows in table.items()}


def _alone(tables: Iterable[Gated]) -> Mapping[str, tuple[Groups, ...]]:
    """Return what the phrases that need no other event require, the least demanding first."""
    found: dict[str, set[Groups]] = {}
    for table in tables:
        for lemma, rows in table.items():
            found.setdefault(lemma, set()).update(gs for gs, (_, pattern) in rows if not _frames(pattern))
    return {lemma: tuple(sorted(rows, key=_demands)) for lemma, rows in found.items() if rows}


def _demands(groups: Groups) -> tuple[int, int, list[list[str]]]:
    return len(groups), -min(map(len, groups), default=0), [sorted(group) for group in groups]


def _open(table: Gated, found: set[str]) -> Table:
    return {
        lemma: tuple(row for groups, row in table[lemma] if _holds(groups, found))
        for lemma in found
        if lemma in table
    }


def _holds(groups: Groups, found: set[str]) -> bool:
    for group in groups:  # noqa: SIM110  # all() takes twice as long, for each phrase of each word
        if group.isdisjoint(found):
            return False
    return True


def _frames(pattern: Pattern) -> bool:
    """Tell whether a phrase needs another event in its sentence, which has a phrase of its own."""
    contents = (a.content for a in pattern.arguments if not a.optional)
    return any(isinstance(content, Slot) and "content" in content.roles for content in contents)


def _groups(pattern: Pattern) -> Iterator[Group]:
    """Yield the groups of lemmas of each of which one must stand in the sentence, beside the head."""
    yield from pattern.head.modifiers
    if pattern.particle:
        yield pattern.particle
    if pattern.subject:
        yield from _of_content(pattern.subject)
    for argument in pattern.arguments:
        if not argument.optional and argument.kind is not Kind.NEARBY:
            yield from _of_argument(argument)


def _of_argument(argument: Argument) -> Iterator[Group]:
    if argument.kind is Kind.CLAUSE and argument.prepositions:
        yield argument.prepositions
    if argument.kind is Kind.PREPOSITION and not argument.prepositions & _OWNED:
        yield argument.prepositions
    yield from _of_content(argument.content)


def _of_content(content: Slot | Words) -> Iterator[Group]:
    if isinstance(content, Words):
        yield from content.modifiers
    if content.lemmas and "*" not in content.lemmas and not (isinstance(content, Slot) and content.classes):
        yield content.lemmas


def _forms(word: str) -> Iterator[str]:
    """Yield the words that a tokenizer may make of a word: "test-fired", "didn't", "army's"."""
    lower = word.lower()
    yield lower
    if not lower.isalnum():
        parts = _PART.split(lower)
        yield from parts
        yield "'" + parts[-1]
        if parts[-1] == "t":
            yield parts[-2].removesuffix("n")


def _bare(word: str) -> str:
    """Return a name without its 's.

    >>> _bare("Norway’s"), _bare("O'Neill")
    ('Norway', "O'Neill")
    """
    return word[:-2] if word[-2:] in {"'s", "’s"} else word


def _names(words: list[str]) -> Iterator[tuple[tuple[str, str], Group]]:
    """Yield what may be the last two words of a personal name, with the words before them."""
    for n, (first, last) in enumerate(pairwise(words)):
        if first[0].isupper() and last[0].isupper() and first.lower() not in _NO_NAMES:
            before = frozenset(map(str.lower, words[max(0, n - _BEFORE) : n + 1]))
            yield (first, _bare(last)), before
