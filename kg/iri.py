"""Mints IRIs: the same parts give the same IRI, on every machine, in every run.

No blank nodes are ever made. A digest is the first 60 bits of SHA-256 in base32
(RFC 4648, lower case, 12 letters).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

BASE = "https://w3id.org/kgnews/"
NS = "https://w3id.org/kgnews/ns#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz234567"  # base32 (RFC 4648), small
_PAIRS: Final = tuple(one + other for one in _LETTERS for other in _LETTERS)


def digest(*parts: str) -> str:
    """Return 12 base32 letters (60 bits) of the SHA-256 of the parts.

    >>> digest("a", "b") == digest("a", "b") != digest("ab", "")
    True
    """
    joined = "\x1f".join(parts).encode("utf-8")
    n = int.from_bytes(hashlib.sha256(joined).digest()[:8]) >> 4
    first = _PAIRS[n >> 50] + _PAIRS[n >> 40 & 1023] + _PAIRS[n >> 30 & 1023]
    return first + _PAIRS[n >> 20 & 1023] + _PAIRS[n >> 10 & 1023] + _PAIRS[n & 1023]


def slug(words: str, *, most: int = 48) -> str:
    """Return words as lower-case ASCII letters, digits and hyphens, cut at a hyphen.

    >>> slug("Recep Tayyip Erdoğan")
    'recep-tayyip-erdogan'
    """
    plain = words
    if not words.isascii():
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    joined = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(joined) <= most:
        return joined
    return joined[: most + 1].rsplit("-", 1)[0] if "-" in joined[: most + 1] else joined[:most]


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of one project: everything below one base (which need not dereference)."""

    base: str = BASE

    def mint(self, kind: str, *parts: str) -> str:
        """Return the IRI of a thing of this kind (actor, place, event, report, claim ...).

        >>> Names().mint("actor", "azerbaijan-q227")
        'https://w3id.org/kgnews/id/actor/azerbaijan-q227'
        """
        return f"{self.base}id/{kind}/{'-'.join(parts)}"

    def graph(self, name: str) -> str:
        """Return the IRI of a named graph (entities, links, events, inferred, an article)."""
        return f"{self.base}graph/{name}"
