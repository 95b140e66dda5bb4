"""Which words may be a name, and which only stand before one: titles, forenames, offices."""

from __future__ import annotations

from typing import Final

from kg.extract.tree import Tree
from kg.gazetteer import fold
from kg.lexicon import Lexicon
from kg.model import Entity

# What stands before the name of a town to mean a part of it.
_PARTS: Final = frozenset(
    "north south east west northern southern eastern western central greater downtown upper lower old"
    " north-east north-west south-east south-west inner outer".split()
)


def names_of(tree: Tree, index: int, text: str) -> list[str]:
    """Return the strings that may be the name with this last word, the longest first."""
    end = tree.token(index).span.end
    phrase = tree.phrase(index)
    starts = [t.span.start for t in tree.sentence.tokens if phrase.start <= t.span.start < end]
    whole = [text[phrase.start : phrase.end]] if phrase.end > end else []
    return whole + [text[start:end] for start in starts]


def titled(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    """Tell whether a title stands before a name: "President Bush" is no town of that name."""
    return any(tree.lemma(k) in lexicon.titles for k in tree.kids(index, "compound"))


def foreign(tree: Tree, index: int, entity: Entity, name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name is only the end of somebody else's, or of another town's.

    "Nadia Putin" is not the Putin that everybody knows; whatever the parser takes "Nadia" for.
    "Port Adler" is not the town of Adler, though "South Adler" may be in it.
    """
    if entity.kind not in ("Person", "City") or " " in name.strip() or index == 0:
        return False
    before = tree.token(index - 1)
    part = before.pos == "PROPN" and before.dep == "compound" and before.head == index
    known = {*fold(entity.label).split(), *lexicon.titles}
    words = {fold(before.text), before.lemma.lower()}
    if entity.kind == "City":
        return part and before.text[:1].isupper() and not words & (known | _PARTS) and before.entity != "NORP"
    office = before.lemma.lower() in lexicon.offices or before.lemma.lower() in lexicon.nouns
    return part and not office and not words & known


def longer(tree: Tree, index: int) -> bool:
    """Tell whether a word is only the last one of a name."""
    return any(tree.token(k).text[:1].isupper() for k in tree.kids(index, "compound"))


def proper(tree: Tree, index: int) -> str:
    """Return a proper name without what stands before it."""
    tokens = [tree.token(k) for k in tree.kids(index, "compound") if tree.token(k).text[:1].isupper()]
    return " ".join(t.text for t in [*tokens, tree.token(index)])
