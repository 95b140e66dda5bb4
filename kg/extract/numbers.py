"""Numbers of people in words and digits, as bounds: "some" is at least 1, "two" is 2 to 2.

The conventions are listed in docs/counts.md. What gives no bound is no count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_LEAST = {
    "some": 1,
    "several": 2,
    "few": 2,
    "numerous": 2,
    "many": 2,
    "multiple": 2,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
}
_EXACT = {"a couple": 2, "couple": 2, "both": 2, "a dozen": 12, "dozen": 12, "half a dozen": 6}
_AT_LEAST = re.compile(r"\b(?:at least|no fewer than|no less than|not less than|a minimum of)\b")
_MORE = re.compile(r"\b(?:more than|over|upwards of|in excess of|above)\b")
_AT_MOST = re.compile(r"\b(?:up to|as many as|at most|no more than|a maximum of)\b")
_FEWER = re.compile(r"\b(?:fewer than|less than|under|below|nearly|almost)\b")
_BETWEEN = re.compile(r"\b(?:between|from) ([\w, ]+?) (?:and|to) ([\w, ]+)")
_VAGUE = re.compile(r"\b(?:about|around|some(?= (?:of )?\d)|roughly|approximately|an estimated|estimated)\b")
_DIGITS = re.compile(r"\b\d{1,3}(?:[, ]\d{3})+\b|\b\d+\b")


@dataclass(frozen=True, slots=True)
class Bounds:
    """At least and at most; None is open."""

    least: int | None
    most: int | None


def bounds(phrase: str) -> Bounds | None:
    """Return the bounds that a phrase gives on a number of people, or None.

    >>> bounds("at least 38 people"), bounds("two men"), bounds("some of its passengers")
    (Bounds(least=38, most=None), Bounds(least=2, most=2), Bounds(least=1, most=None))
    """
    text = " ".join(phrase.lower().replace("-", " ").split())
    if (
        (pair := _BETWEEN.search(text))
        and (ends := [_number(pair[1]), _number(pair[2])])
        and None not in ends
    ):
        return Bounds(*ends)
    number = _number(text)
    if number is None:
        return _loose(text)
    limits = (
        (_AT_LEAST, Bounds(number, None)),
        (_AT_MOST, Bounds(None, number)),
        (_MORE, Bounds(number + 1, None)),
        (_FEWER, Bounds(None, number - 1)),
        (_VAGUE, Bounds(1, None)),
    )
    return next((found for words, found in limits if words.search(text)), Bounds(number, number))


def _loose(text: str) -> Bounds | None:
    """Take quantity words, and "a man" for one."""
    for phrase, number in _EXACT.items():
        if re.search(rf"\b{phrase}\b", text):
            return Bounds(number, number)
    for word, least in _LEAST.items():
        if re.search(rf"\b{word}\b", text):
            return Bounds(least, None)
    return Bounds(1, 1) if re.match(r"(?:an?|another)\b", text) else None


def _number(text: str) -> int | None:
    """Return the first number in digits, else the first in words."""
    if digits := _DIGITS.search(text):
        value = int(re.sub(r"[, ]", "", digits[0]))
        scale = re.match(r"\s*(hundred|thousand|million)\b", text[digits.end() :])
        return value * _SCALES[scale[1]] if scale else value
    total = current = 0
    seen = False
    for word in text.split():
        if word in _WORDS:
            current, seen = current + _WORDS[word], True
        elif word in _SCALES and seen:
            current *= _SCALES[word]
            if word != "hundred":
                total, current = total + current, 0
        elif seen and word != "and":
            break
    return total + current if seen else None
