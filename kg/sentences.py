"""Splits a paragraph into sentences without a parser: fast, and rather too few than too many.

The parser may split further; what it never does is put together what was given to it apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span

_TITLES = (
    "adm ald amb arch asst atty av ave brig bros capt cdr cmdr co col comdr corp cpl dept det dist dr ed"
    " eds eng esp est etc ex fig figs fr fri ft gen gov govt hon hrs inc insp jr jan feb mar apr jun"
    " jul aug"
    " sep sept oct nov dec km lieut lt ltd maj max messrs min mlle mme mon mr mrs ms mt mts nos op pfc"
    " pg pp pres"
    " prof pt pte pvt rep reps res ret rev rs sec sen sens sgt snr sq sr st ste supt tel thu tue univ"
    " vol vs wed"
    " al approx ca cf eg ie viz hq no sat sun"
)
_ABBREVIATIONS = frozenset(_TITLES.split())
_STARTERS = frozenset(
    "The A An He She It They We I You In On At But And However This That These Those His Her Their Its Our"
    " After Before When While As If For Meanwhile There Some Many Most One Two Both Also Although".split()
)
_CLOSE = "\"'”’»)\\]"
_OPEN = "\"'“‘«(\\["
_END = re.compile(rf"(?:\.{{2,}}|[.!?…])[.!?…]*(?:''|[{_CLOSE}])*(\s+|$)")
_NEXT = re.compile(rf"(?:``|''|[{_OPEN}\-–—•]|\s)*(\w)")
_WORD = re.compile(r"([^\W\d_][\w’'-]*(?:\.[^\W\d_]+)*)\.$")
_FIRST = re.compile(r"\w+")
_PARTS = re.compile(r"[:?|]|[.!…]\s")
_LABEL = re.compile(
    r"(?i)(?:live|explainer|analysis|interview|opinion|comment|editorial|update|exclusive|breaking|video"
    r"|watch|factbox|timeline|profile|letter|report|feature|background|investigation|in pictures)"
    r"(?: updates)?\s*[:|–—-]\s+"
)
_LONG = re.compile(r"[^\W\d_]{4,}")


def split(text: str) -> Iterator[Span]:
    """Yield the sentences of a text, in code points; together they cover it, without overlap.

    White space belongs to the sentence before it.

    >>> text = "Mr. J. Doe left the U.S. on 3.5 hours' notice. He fled."
    >>> [s.of(text) for s in split(text)]
    ["Mr. J. Doe left the U.S. on 3.5 hours' notice. ", 'He fled.']
    """
    start = 0
    for found in _END.finditer(text):
        if found.end() < len(text) and _ends(text, start, found):
            yield Span(start, found.end())
            start = found.end()
    if start < len(text):
        yield Span(start, len(text))


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether a sentence ends at a mark: by what stands before and behind it."""
    following = _NEXT.match(text, found.end())
    if following is None:
        return False
    first = following[1]
    if not (first.isupper() or first.isdigit()):
        return False
    if "\n\n" in found[1]:
        return True
    mark = found[0].rstrip()
    if mark[0] != "." or mark.startswith(".."):
        return mark[0] in "!?" or first.isupper()
    word = _WORD.search(text[max(start, found.start() - 30) : found.start() + 1])
    return word is None or not _abbreviated(word[1]) or _starts(text, following.start(1), word[1])


def _abbreviated(word: str) -> bool:
    """Tell whether a full stop behind a word may belong to it: "Mr", "J", "U.S", "p.m"."""
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or "." in word


def _starts(text: str, at: int, word: str) -> bool:
    """Tell whether a sentence surely starts behind "the U.S.": by a word that no name starts with."""
    following = _FIRST.match(text, at)
    acronym = "." in word or word.lower() in {"inc", "co", "corp", "ltd", "etc", "jr", "sr"}
    return acronym and following is not None and following[0] in _STARTERS


def reads_as_sentence(headline: str) -> bool:
    """Tell whether a headline is written as one plain sentence, not in Title Case or in parts.

    >>> reads_as_sentence("Norway expels two envoys"), reads_as_sentence("Norway Expels Two Envoys")
    (True, False)
    """
    told = headline[label(headline) :]
    words = _LONG.findall(told)[1:]
    lower = sum(word[0].islower() for word in words)
    return 2 * lower >= len(words) > 0 and not _PARTS.search(told)


def label(headline: str) -> int:
    """Return how many characters the name of a kind of article takes at the start of a headline.

    >>> label("Live: Norway expels two envoys"), label("Norway expels two envoys")
    (6, 0)
    """
    found = _LABEL.match(headline)
    return found.end() if found else 0
