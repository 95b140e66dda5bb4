"""Finds the particle of a verb, and the nouns that a parser hangs on it by a slip."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kg.extract.candidates import is_fixed
from kg.extract.tree import Found, Tree
from kg.model import Basis
from kg.patterns import Kind, Pattern, Slot, Words

_FROM: Final = frozenset({"from"})
_REACH: Final = 2  # words from a verb to what the parser does not call its particle


def particle(tree: Tree, head: int, pattern: Pattern) -> list[int] | None:
    """Return the particle's tokens, or None where they do not fit what is wanted.

    Where a phrase names its object, a particle may be taken for a preposition: "walked off the job".
    """
    wanted = pattern.particle
    objects = [a.content for a in pattern.arguments if a.kind is Kind.OBJECT and not a.optional]
    named = frozenset[str]().union(*(content.lemmas for content in objects))
    loose = [k for k in tree.kids(head, "advmod", "prep") if k <= head + _REACH]
    heads = {"of"}.union(*(a.prepositions & _FROM for a in pattern.arguments if not a.optional))
    near = [k for k in loose if all(_hung(tree, each, heads, named) for each in tree.children[k])]
    own = [k for k in sorted({*tree.kids(head, "prt"), *near}) if tree.lemma(k) in wanted]
    if wanted:
        return own[:1] or None
    return [] if not tree.kids(head, "prt") else None


def _hung(tree: Tree, index: int, heads: Collection[str], named: frozenset[str]) -> bool:
    """Tell whether a word may hang on a particle: "out of the town", "away from work", "off the job"."""
    told = tree.token(index).dep == "pobj" and bool(tree.lemmas(index) & named)
    return told or tree.lemma(index) in heads


def behind(tree: Tree, particles: list[int], content: Slot | Words) -> list[Found]:
    """Return the nouns that a parser hangs on a particle, where the phrase names such a noun."""
    nouns = [i for k in particles for i in tree.kids(k, "pobj")] if is_fixed(content) else []
    return [(each, Basis.EXPLICIT) for i in nouns for each in tree.coordinated(i)]
