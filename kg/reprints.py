"""Finds near-copies of a text: shingles of five words, compared by a sketch first (Broder 1997)."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

_WORD: Final = re.compile(r"\w+")
_SHINGLE: Final = 5
_SKETCH: Final = 16
_FEWEST: Final = 20
_SHARED: Final = 0.8
_LONGER: Final = 2.0


def shingles(text: str) -> frozenset[str]:
    """Return a hash of each row of five words of a text, in lower case and without marks.

    >>> len(shingles("One two three four five six")), shingles("One, two three")
    (2, frozenset())
    """
    words = _WORD.findall(text.lower())
    rows = (" ".join(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1))
    return frozenset(blake2b(row.encode("utf-8"), digest_size=8).hexdigest() for row in rows)


def sketch(found: frozenset[str]) -> tuple[str, ...]:
    """Return the few smallest shingles: near-copies have some of them in common."""
    return tuple(sorted(found)[:_SKETCH]) if len(found) >= _FEWEST else ()


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether one text has four fifths of the other and is at most twice as long, or the other way."""
    small, large = sorted((len(one), len(other)))
    return small >= _FEWEST and large <= _LONGER * small and len(one & other) >= _SHARED * small
