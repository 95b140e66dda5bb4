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
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_LEAST = {
    "some": 1,
    "several": 2,
    "few": 2,
    "numerous": 2,
    "many": 2,
    "multiple": 2,
    "a number of": 2,
    "a handful of": 2,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
}
_EXACT = {"couple": 2, "a pair": 2, "both": 2}
_AGE = re.compile(r"\b[\w-]+[- ]years?[- ]olds?\b|\baged? \d+\b")
_MANKIND = 10**10
_SPELT = {"half a dozen": "6", "half a million": "500000"}
_NUMERAL = r"(?:\d|" + "|".join([*_WORDS, "a? ?(?:dozen|hundred|thousand)"]) + ")"
_AT_LEAST = re.compile(r"\b(?:at least|no fewer than|no less than|not less than|a minimum of|or more)\b")
_MORE = re.compile(r"\b(?:more than|over|upwards of|in excess of|above)\b")
_AT_MOST = re.compile(r"\b(?:up to|as many as|at most|no more than|a maximum of)\b")
_FEWER = re.compile(r"\b(?:fewer than|less than|under|below|nearly|almost)\b")
_VAGUE = re.compile(
    rf"\b(?:about|around|some(?= (?:of )?{_NUMERAL})|roughly|approximately|estimated|or so|couple of)\b"
)
_LOOSE_SCALE = re.compile(r"\b(?:several|few|many)(?: more)? (dozen|hundred|thousand|million)\b")
_BETWEEN = re.compile(r"\bbetween (.+?) and (.+)")
_TOKEN = re.compile(r"\b\d{1,3}(?:[, ]\d{3}){1,3}\b|\b\d{1,12}(?:\.\d{1,6})?\b|[a-z']+")
_ONE = re.compile(
    r"(?:an?|another)\b(?! (?:\w+ )?(?:crowd|family|group|half|majority|minority|part|quarter|team|third)\b)"
)


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
    text = _plain(phrase)
    if scale := _LOOSE_SCALE.search(text):
        return Bounds(2 * _SCALES[scale[1]], None)
    number, rest = _number(text)
    if number is None:
        return _loose(text)
    if span := _range(text, number, rest):
        return span
    limits = (
        (_AT_LEAST, Bounds(number, None)),
        (_AT_MOST, Bounds(None, number)),
        (_MORE, Bounds(number + 1, None)),
        (_FEWER, Bounds(None, number - 1)),
        (_VAGUE, Bounds(1, None)),
    )
    return next((found for words, found in limits if words.search(text)), Bounds(number, number))


def _plain(phrase: str) -> str:
    """Return a phrase in lower case without ages; a dash between digits becomes "to"."""
    text = _AGE.sub(" ", " ".join(phrase.lower().split()))
    text = re.sub(r"(?<=\d) ?[-–—] ?(?=\d)", " to ", text).replace("-", " ")
    for words, digits in _SPELT.items():
        text = text.replace(words, digits)
    return " ".join(text.split())


def _loose(text: str) -> Bounds | None:
    """Take quantity words, and "a man" for one."""
    for phrase, number in _EXACT.items():
        if re.search(rf"\b{phrase}\b", text):
            return Bounds(number, number)
    for word, least in _LEAST.items():
        if re.search(rf"\b{word}\b", text):
            return Bounds(least, None)
    return Bounds(1, 1) if _ONE.match(text) else None


def _range(text: str, first: int, rest: str) -> Bounds | None:
    """Take "10 to 20", "two or three", "between ten and twenty"."""
    second: int | None = None
    if between := _BETWEEN.search(text):
        first, second = _number(between[1])[0] or first, _number(between[2])[0]
    elif (link := re.match(r"\s*(?:to|or) ", rest)) and re.match(_NUMERAL, rest[link.end() :]):
        second = _number(rest[link.end() :])[0]
    return Bounds(first, second) if second is not None and first < second else None


def _number(text: str) -> tuple[int | None, str]:
    """Return the first number, in digits or in words, and the text behind it."""
    total, end, last = 0, 0, ""
    current: float | None = None
    for match in _TOKEN.finditer(text):
        word = match[0]
        value = _value(word)
        if word in _SCALES:
            current = round((1 if current is None else current) * _SCALES[word])
            total, current = (total, current) if word == "hundred" else (total + current, 0)
        elif value is not None and (current is None or not word[0].isdigit()):
            current = (current or 0) + value
        elif current is not None and not (word == "and" and last in _SCALES):
            break
        last, end = (word, match.end()) if current is not None else (word, end)
    if current is None or total + current > _MANKIND:
        return None, text
    return round(total + current), text[end:]


def _value(word: str) -> float | None:
    """Return what a digit or a number word stands for."""
    if word[0].isdigit():
        return float(re.sub(r"[, ]", "", word)) if "." in word else int(re.sub(r"[, ]", "", word))
    return _WORDS.get(word)
