"""What the words around a trigger tell of its category (`kg.categories`): a second opinion on phrases.

What it holds for most unlikely is refused, with the category that it takes for likelier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.extract.drafts import Draft
from kg.extract.tree import Tree
from kg.model import Refusal
from kg.ontology import Ontology

LIKELIER: Final = 50  # times that another category is, where a draft is refused
_NEAR: Final = 5  # words to each side
_WORDS: Final = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
_BEFORE: Final = ("amod", "compound", "nmod", "poss")
_BEHIND: Final = ("prt", "acomp", "attr", "oprd", "xcomp", "ccomp", "advcl", "dative")


def weighed(drafts: Iterable[Draft], ontology: Ontology) -> tuple[list[Draft], list[Refusal]]:
    """Return the drafts with how likely they are, without those that are unlikely, and these as refusals."""
    kept, refused = [], []
    for draft in drafts:
        chances = _chances(draft, ontology)
        category = ontology.plover_of(draft.match.type)
        if category is None or category not in chances:
            kept.append(draft)
            continue
        best = max(chances, key=chances.__getitem__)
        if chances[best] <= LIKELIER * chances[category]:
            kept.append(replace(draft, likely=chances[category]))
        else:
            why = f"{category} {chances[category]:.3f}, {best} {chances[best]:.3f}"
            refused.append(Refusal(draft.match.type, draft.match.trigger, "unlikely", why))
    return kept, refused


def _chances(draft: Draft, ontology: Ontology) -> dict[str, float]:
    """Return how likely each category is; nothing for types of a user's own, which are believed."""
    if draft.match.type in ontology.own:
        return {}
    return ontology.categories.chances(features(draft.tree, draft.head))


def features(tree: Tree, head: int) -> frozenset[str]:
    """Return what a classifier sees of a trigger: its word, what hangs on it, what it hangs on."""
    return frozenset(_features(tree, head))


def _features(tree: Tree, head: int) -> Iterator[str]:
    pos, word = tree.token(head).pos, tree.lemma(head)
    yield from (f"word={word}", f"stem={word[:5]}", f"pos={pos}", f"word={word}/{pos}")
    for name, index in _around(tree, head):
        token, lemma = tree.token(index), tree.lemma(index)
        if token.entity:
            yield f"{name}@{token.entity}"
        if token.pos == "PROPN":
            yield f"{name}=PROPN"
        else:
            yield from (f"{name}={lemma}", f"{name}~{lemma[:5]}", f"{word}+{name}={lemma}", f"any={lemma}")
    for index in range(max(0, head - _NEAR), min(len(tree.children), head + _NEAR + 1)):
        if index != head and tree.token(index).pos in _WORDS:
            yield f"near={tree.lemma(index)}"


def _around(tree: Tree, head: int) -> Iterator[tuple[str, int]]:
    """Yield the words that belong to a trigger, each with how."""
    if tree.token(head).pos in {"VERB", "AUX"}:
        yield from (("doer", index) for index, _ in tree.agents(head))
        yield from (("object", index) for index, _ in tree.patients(head))
    yield from ((tree.token(kid).dep, kid) for kid in tree.kids(head, *_BEFORE, *_BEHIND))
    for prep in tree.kids(head, "prep", "agent"):
        yield "prep", prep
        yield from ((tree.lemma(prep), noun) for noun in tree.kids(prep, "pobj", "pcomp"))
    above = tree.token(head).head
    if above != head:
        yield f"{tree.token(head).dep} of", above
        if tree.token(above).pos == "ADP" and tree.token(above).head != above:
            yield f"{tree.lemma(above)} of", tree.token(above).head
