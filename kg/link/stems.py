"""What is common to a verb, its forms, and the nouns made of it: resign, resigned, resignation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from kg.irregular import irregular

_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STOP: Final = frozenset(
    "a about above after again against all also am an and another any are as at be because been before"
    " being between both but by can could did do does doing down during each even for from further had"
    " has have having he her here hers him his how i if in into is it its itself just may me might more"
    " most much must my no nor not now of off on once one only or other our out over own said same say"
    " says she should since so some such than that the their them then there these they this those"
    " through to too two under until up upon us very was we were what when where which while who whom"
    " whose why will with would yet you your mr mrs ms".split()
)
# Endings of nouns and verbs, the longest first, with what they leave.
_ENDINGS: Final = (
    ("ization", "ize"), ("isation", "ize"), ("ssion", "ss"), ("sion", "d"), ("ation", ""), ("ution", "ut"),
    ("ition", "it"), ("ction", "ct"), ("ption", "pt"), ("tion", "t"), ("ment", ""), ("ance", ""),
    ("ence", ""), ("ure", ""), ("age", ""), ("al", ""), ("ate", ""), ("ise", "ize"),
)  # fmt: skip
_SHORTEST: Final = 3


@cache
def _bases() -> Mapping[str, str]:
    return {form: base for base, forms in reversed(tuple(irregular().items())) for form in forms}


def base(word: str) -> str:
    """Return a word without its inflection; verbs of which nobody keeps a list lose a final e.

    >>> base("shot"), base("launches"), base("planned"), base("cities")
    ('shoot', 'launch', 'plan', 'city')
    """
    word = word.lower()
    if word in _bases():
        return _bases()[word]
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and re.search("[aeiouy]", word[: -len(ending)]) and len(word) > 4:
            return _undoubled(word[: -len(ending)])
    return word[:-1] if word.endswith("s") and word[-2:] not in ("ss", "us", "is") and len(word) > 3 else word


def _undoubled(word: str) -> str:
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if doubled else word


@cache
def stem(word: str) -> str:
    """Return what a verb and its nouns share; no word, only good to be compared.

    >>> {stem(w) for w in ("resign", "resigned", "resignation")}, stem("explosion") == stem("exploded")
    ({'resign'}, True)
    """
    found = base(word)
    for ending, left in _ENDINGS:
        if found.endswith(ending) and len(found) - len(ending) >= _SHORTEST:
            found = _undoubled(found[: -len(ending)] + left)
            break
    found = found[:-1] if found.endswith("e") and len(found) > _SHORTEST else found
    found = found[:-1] if found.endswith("uct") else found  # introduction, introduce
    found = found[:-2] if found.endswith("at") and len(found) > 6 else found  # investigating
    return found[:-1] + "y" if found.endswith("i") else found


def content(text: str) -> frozenset[str]:
    """Return the stems of a text's words that say something of their own.

    >>> sorted(content("The police raided the warehouse at dawn."))
    ['dawn', 'polic', 'raid', 'warehous']
    """
    words = (m[0].lower().removesuffix("'s").removesuffix("’s") for m in _WORD.finditer(text))
    return frozenset(stem(word) for word in words if word not in _STOP and len(word) > 1)


def counted(text: str) -> dict[str, int]:
    """Return the stems of a text's content words with their numbers; capitalised words count twice.

    >>> sorted(counted("Police raided. The police left Lund.").items())
    [('leav', 1), ('lund', 2), ('polic', 3), ('raid', 1)]
    """
    found: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = match[0].lower().removesuffix("'s").removesuffix("’s")
        if word not in _STOP and len(word) > 1:
            found[stem(word)] = found.get(stem(word), 0) + 1 + match[0][0].isupper()
    return found
