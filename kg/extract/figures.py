"""Tells a figure of speech by what a deed is done to: "an assault on the record", "war over the rent"."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from kg.extract.tree import Tree
from kg.lexicon import Lexicon

_MEASURES: Final = frozenset({"MONEY", "PERCENT", "QUANTITY"})
_AGAINST: Final = frozenset("on upon against over".split())
_NEAR: Final = 6  # words
_RESULT: Final = re.compile(r"\d{1,3} ?[-–] ?\d{1,3}(?: \W| (?:on|in|at|after|to|for|and|with)\b|$)")


def figurative(tree: Tree, head: int, lexicon: Lexicon, meant: Collection[int] = ()) -> bool:
    """Tell whether a deed is done to what nobody does it to in earnest, or stands in such a compound.

    What its phrase names is `meant`: "banned the film".
    """
    verbal = tree.token(head).pos in {"VERB", "AUX"}
    done_to = [i for i, _ in tree.patients(head)] if verbal else tree.kids(head, "compound")
    objects = tree.kids(head, "dobj") if verbal else [head]
    done_to += tree.prepositional(head, _AGAINST)
    done_to += [n for noun in objects for n in tree.prepositional(noun, _AGAINST)]
    if not verbal and tree.token(head).dep == "dobj":  # "waging war over the rent"
        done_to += tree.prepositional(tree.token(head).head, _AGAINST)
    return any(_figure(tree, i, lexicon) for i in dict.fromkeys(done_to) if i not in meant)


def in_goals(tree: Tree, head: int) -> bool:
    """Tell whether the result of a match stands right behind those who lost: "hammered Oslo 29-22"."""
    tokens = tree.sentence.tokens
    names = [i for i in range(head + 1, min(head + _NEAR, len(tokens))) if tokens[i].pos == "PROPN"]
    return any(_RESULT.match(" ".join(t.text for t in tokens[i + 1 : i + _NEAR])) for i in names)


def _figure(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    index = tree.counted(index)  # "scores of students"
    token = tree.token(index)
    if token.entity in _MEASURES:
        return True
    common = token.tag in {"NN", "NNS"} and not token.entity
    return common and tree.lemma(index) in lexicon.figures
