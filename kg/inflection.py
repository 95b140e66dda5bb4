"""The surface forms that an English lemma may have: too many rather than too few.

The table of irregular forms is `kg.irregular`; for the rest every regular ending is tried,
whatever the part of speech, because a form that nobody writes does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from kg.irregular import irregular

_VOWELS = "aeiou"
_PREFIXES = ("re", "un", "over", "out", "under", "mis", "fore", "with")


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    return irregular()


def forms(lemma: str) -> frozenset[str]:
    """Return all forms that a lemma (in lower case) may have in a text, in lower case.

    >>> sorted(forms("shoot") & {"shot", "shooting", "shoots"}), "stripped" in forms("strip")
    (['shooting', 'shoots', 'shot'], True)
    """
    head, dash, last = lemma.rpartition("-")
    return frozenset(head + dash + form for form in _forms(last)) | {*_table().get(lemma, ()), lemma}


def _forms(word: str) -> set[str]:
    table = _table()
    found = {word, *(word + ending for ending in ("s", "es", "ed", "d", "ing", "er", "est", "r", "st"))}
    found |= {*table.get(word, ())}
    for prefix in _PREFIXES:
        found |= {
            prefix + form for form in table.get(word.removeprefix(prefix), ()) if word.startswith(prefix)
        }
    if word.endswith("e"):
        found |= {word[:-1] + "ing", word[:-1] + "ied"}
    if word.endswith("ie"):
        found.add(word[:-2] + "ying")
    if word.endswith("y"):
        found |= {word[:-1] + ending for ending in ("ies", "ied", "ier", "iest")}
    if word.endswith(("f", "fe")):
        found.add(word.rstrip("e")[:-1] + "ves")
    if word.endswith("man"):
        found.add(word[:-2] + "en")
    if word.endswith("c"):
        found |= {word + ending for ending in ("ked", "king")}
    if word[-1:].isalpha() and word[-1:] not in _VOWELS:
        found |= {word + word[-1] + ending for ending in ("ed", "ing", "er", "est", "es")}
    return found


def by_form(lemmas: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return, for each form of the lemmas, the lemmas that it may be of."""
    found: dict[str, set[str]] = {}
    for lemma in lemmas:
        for form in forms(lemma):
            found.setdefault(form, set()).add(lemma)
    return {form: frozenset(known) for form, known in found.items()}
