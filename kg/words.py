"""Words for people: counted nouns, and texts made harmless for a terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def clean(words: str) -> str:
    """Return words without control characters; line breaks and tabs become spaces.

    >>> clean("a\\x1b[31mb\\nc")
    'a[31mb c'
    """
    return without_controls(re.sub(r"[\t\n\r]+", " ", words))


def without_controls(words: str) -> str:
    """Return words without control and direction characters; tabs and line feeds stay."""
    return _CONTROL.sub("", words)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "event"), counted(2, "event")
    ('1 event', '2 events')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
