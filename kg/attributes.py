"""Applies spaCy's attribute ruler by looking up, for each token, what it makes of such a token.

Most patterns ask for one token, by its tag, its label and its word. What they give is found once
for each such triple, by the ruler itself, and kept; only patterns of several tokens are searched
for in each document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_KEYS = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})
_TESTS = frozenset({"IN", "NOT_IN", "REGEX"})
_COLUMNS = ("POS", "MORPH", "LEMMA")
_OTHER = "_"  # stands for every word that no pattern names
Key = tuple[int, int, int]  # tag, label, word
Needs = tuple[tuple[int, frozenset[int]], ...]  # words (0) or labels (1), of which one must be there
Found = tuple[int, int]  # which pattern of the ruler, and the name of its match


@dataclass(frozen=True, slots=True)
class Effect:
    """What the patterns of one token give: which ones, values to set, and whether that is all."""

    found: tuple[Found, ...]
    values: tuple[tuple[int, int], ...]  # a column, its value
    whole: bool


@dataclass(frozen=True, slots=True)
class Attributes:
    """An attribute ruler, its patterns of several tokens, the words that any pattern names.

    `needs` are, for each pattern of several tokens, labels and words that a text must hold for it.
    `words` and `effects` are what has been looked up so far.
    """

    ruler: Any
    longer: Any
    needs: tuple[Needs, ...]
    named: frozenset[str]
    likenesses: tuple[re.Pattern[str], ...]
    words: dict[int, int] = field(default_factory=dict)
    effects: dict[Key, Effect] = field(default_factory=dict)

    @classmethod
    def of(cls, ruler: Any) -> Attributes | None:
        """Prepare a ruler; None where a pattern asks for anything but tag, label and word."""
        from spacy.matcher import Matcher

        alternatives = [tokens for row in ruler.patterns for tokens in row["patterns"]]
        tests = [test for tokens in alternatives for token in tokens for test in token.items()]
        simple = all(
            key in _KEYS and (not isinstance(value, dict) or value.keys() <= _TESTS) for key, value in tests
        )
        values = [value for key, value in tests if key == "LOWER"]
        named = frozenset(word for value in values for word in _named(value))
        likenesses = tuple(re.compile(v["REGEX"]) for v in values if isinstance(v, dict) and "REGEX" in v)
        if not simple or _OTHER in named or any(each.search(_OTHER) for each in likenesses):
            return None
        longer, needs = Matcher(ruler.vocab), []
        for number, row in enumerate(ruler.patterns):
            if several := [tokens for tokens in row["patterns"] if len(tokens) > 1]:
                longer.add(str(number), several)
                needs += [_needs(tokens, ruler.vocab.strings) for tokens in several]
        return cls(ruler, longer, tuple(needs), named, likenesses)

    def ruled(self, docs: Sequence[Any]) -> Sequence[Any]:
        """Set on all tokens what the ruler would set."""
        keys = [self._keys(doc) for doc in docs]
        self._learn(sorted({key for each in keys for key in each} - self.effects.keys()))
        for doc, each in zip(docs, keys, strict=True):
            self._rule(doc, [self.effects[key] for key in each])
        return docs

    def _rule(self, doc: Any, effects: list[Effect]) -> None:
        table = doc.to_array(list(_COLUMNS))
        for row, effect in zip(table, effects, strict=True):
            for column, value in effect.values:
                row[column] = value
        doc.from_array(list(_COLUMNS), table)
        found = self.longer(doc, allow_missing=True) if self._may_hold(doc) else ()
        several = [(int(self.ruler.vocab.strings[m]), m, s, e) for m, s, e in found]
        where = self.ruler.indices
        touched = {(s if where[number] >= 0 else e) + where[number] for number, _, s, e in several}
        touched |= {n for n, effect in enumerate(effects) if not effect.whole}
        single = [(number, m, n, n + 1) for n in touched for number, m in effects[n].found]
        if touched:
            self.ruler.set_annotations(doc, sorted(single + several))

    def _may_hold(self, doc: Any) -> bool:
        """Tell whether a document has the words and labels of some pattern of several tokens."""
        here = {*doc.to_array("LOWER").tolist()}, {*doc.to_array("DEP").tolist()}
        return any(
            all(not group.isdisjoint(here[column]) for column, group in needed) for needed in self.needs
        )

    def _keys(self, doc: Any) -> list[Key]:
        columns = doc.to_array(["TAG", "DEP", "LOWER"]).tolist()
        for word in {row[2] for row in columns} - self.words.keys():
            self.words[word] = word if self._counts(self.ruler.vocab.strings[word]) else 0
        return [(tag, dep, self.words[word]) for tag, dep, word in columns]

    def _counts(self, word: str) -> bool:
        """Tell whether any pattern tells a word from others."""
        return word in self.named or word.isspace() or any(each.search(word) for each in self.likenesses)

    def _learn(self, keys: Sequence[Key]) -> None:
        """Ask the ruler what it makes of these tokens, set side by side."""
        from spacy.tokens import Doc

        strings = self.ruler.vocab.strings
        words = [strings[word] if word else _OTHER for _, _, word in keys]
        tags, deps = [strings[tag] for tag, _, _ in keys], [strings[dep] for _, dep, _ in keys]
        doc = Doc(self.ruler.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(keys))))
        found: list[list[Found]] = [[] for _ in keys]
        for number, name, start, end in self.ruler.match(doc):
            if end - start == 1:
                found[start].append((number, name))
        self.effects.update((key, self._effect(each)) for key, each in zip(keys, found, strict=True))

    def _effect(self, found: Sequence[Found]) -> Effect:
        from spacy.attrs import IDS

        columns = {IDS[name]: number for number, name in enumerate(_COLUMNS)}
        given = {attr: value for number, _ in found for attr, value in self.ruler.attrs[number].items()}
        values = tuple((columns[attr], value) for attr, value in given.items() if attr in columns)
        return Effect(tuple(found), values, whole=given.keys() <= columns.keys())


def _needs(tokens: Iterable[Mapping[str, Any]], strings: Any) -> Needs:
    """Return the words and labels that the tokens of a pattern ask for, by their numbers."""
    asked = [
        (column, [value] if isinstance(value, str) else value.get("IN", ()))
        for token in tokens
        for column, key in enumerate(("LOWER", "DEP"))
        if (value := token.get(key)) is not None
    ]
    return tuple((column, frozenset(map(strings.add, words))) for column, words in asked if words)


def _named(value: object) -> Iterator[str]:
    """Yield the words that a test of a token's word names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (*value.get("IN", ()), *value.get("NOT_IN", ()))
