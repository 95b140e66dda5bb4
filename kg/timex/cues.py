"""Which words a pattern cannot do without, derived from the pattern itself.

Most sentences hold few words of time. To look for a hundred words in a sentence is much faster than
to try some sixty patterns on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from re import _constants as code  # type: ignore[attr-defined]  # what compiled patterns are made of
from re import _parser  # type: ignore[attr-defined]  # no public module parses patterns
from typing import Any

Cues = frozenset[str]
_DIGIT = r"\d"  # stands for any digit
_DIGITS = re.compile(_DIGIT)
_NOTHING: Cues = frozenset()


def cues(pattern: re.Pattern[str]) -> tuple[Cues, ...]:
    """Return sets of strings, in lower case, of each of which every match holds one.

    >>> [sorted(each) for each in cues(re.compile(r"(?i:last|next) (week)?"))]
    [['last', 'next'], [' ']]
    """
    return tuple(each for each in _sure(list(_parser.parse(pattern.pattern, pattern.flags))) if each)


@dataclass(frozen=True, slots=True)
class Cued:
    """The cues of some patterns: all words, all different sets of them, each pattern's by number."""

    words: Cues
    groups: tuple[Cues, ...]
    needs: tuple[frozenset[int], ...]

    @classmethod
    def of(cls, patterns: Iterable[re.Pattern[str]]) -> Cued:
        """Derive the cues of patterns."""
        needs = [cues(pattern) for pattern in patterns]
        groups = tuple(dict.fromkeys(each for some in needs for each in some))
        number = {each: n for n, each in enumerate(groups)}
        numbered = tuple(frozenset(number[each] for each in some) for some in needs)
        return cls(_NOTHING.union(*groups), groups, numbered)

    def possible(self, text: str) -> list[bool]:
        """Return for each pattern whether the words of a text leave it a chance."""
        plain = text.casefold()
        found = {word for word in self.words if word in plain}
        if _DIGITS.search(text):
            found.add(_DIGIT)
        here = {n for n, each in enumerate(self.groups) if not each.isdisjoint(found)}
        return [here.issuperset(each) for each in self.needs]


def _sure(nodes: Sequence[Any]) -> Iterator[Cues]:
    """Yield what each part of a sequence needs; letters side by side make one word."""
    word = ""
    for kind, value in [*nodes, (None, None)]:
        if kind is code.LITERAL:
            word += chr(value).casefold()
            continue
        if word:
            yield frozenset({word})
        word = ""
        yield _part(kind, value)


def _best(nodes: Sequence[Any]) -> Cues:
    """Return the most telling of what a sequence needs."""
    return max(_sure(nodes), key=lambda each: (min(map(len, each), default=0), -len(each)), default=_NOTHING)


def _part(kind: Any, value: Any) -> Cues:
    if kind is code.SUBPATTERN:
        return _best(list(value[-1]))
    if kind is code.BRANCH:
        sides = [_best(list(side)) for side in value[1]]
        return _NOTHING.union(*sides) if all(sides) else _NOTHING
    if kind in {code.MAX_REPEAT, code.MIN_REPEAT} and value[0] > 0:
        return _best(list(value[-1]))
    return _letters(value) if kind is code.IN else _NOTHING


def _letters(options: Iterable[tuple[Any, Any]]) -> Cues:
    """Return the characters of a class, if it is of single characters and digits only."""
    found = {_letter(kind, value) for kind, value in options}
    return _NOTHING if "" in found else frozenset(found)


def _letter(kind: Any, value: Any) -> str:
    if kind is code.LITERAL:
        return chr(value).casefold()
    digits = kind is code.RANGE and ord("0") <= value[0] <= value[1] <= ord("9")
    return _DIGIT if digits or (kind, value) == (code.CATEGORY, code.CATEGORY_DIGIT) else ""
