"""What a common noun denotes: the class that the lexicon gives it, or that its ending betrays."""

from __future__ import annotations

from kg.extract.tree import Tree
from kg.lexicon import Lexicon

_PEOPLE_ENDINGS = ("ers", "ors", "ists", "ians", "ees", "men", "women", "folk", "crats", "wives")
_PERSON_ENDINGS = tuple("ist crat man woman maker monger keeper holder fighter worker goer".split())
_ABSTRACT_ENDINGS = tuple("ion ment ness ity ism ance ence ship ure cy ing al th age".split())


def noun_kind(tree: Tree, index: int, lexicon: Lexicon) -> str | None:
    """Return the class that a common noun denotes, by its two-word or one-word lemma."""
    counted = tree.counted(index)
    if counted != index and tree.token(counted).pos == "NOUN":
        return noun_kind(tree, counted, lexicon)
    if counted != index and tree.lemma(counted) in {"they", "them", "we", "us"}:
        return "Group"
    head = tree.lemma(index)
    if head in lexicon.masses and tree.token(index).tag == "NN" and not _counted_out(tree, index):
        return None
    for kid in tree.kids(index, "compound", "amod"):
        for modifier in (tree.lemma(kid), tree.token(kid).text.lower()):
            if kind := lexicon.nouns.get(f"{modifier} {head}"):
                return kind
    kind = lexicon.nouns.get(head) or _by_ending(tree, index, lexicon)
    plural = tree.token(index).tag in {"NNS", "NNPS"}
    return "Group" if kind == "Person" and plural else kind


def _counted_out(tree: Tree, index: int) -> bool:
    """Tell whether an article, an owner or another noun makes one thing of a mass: "the force"."""
    bare = {"that", "this", "any", "such", "some", "more", "no"}
    return any(tree.lemma(k) not in bare for k in tree.kids(index, "det", "poss", "compound", "nummod"))


def _by_ending(tree: Tree, index: int, lexicon: Lexicon) -> str | None:
    """Take "truckers", "loyalists", "Londoners" for people, and "a loyalist" for a person."""
    token = tree.token(index)
    word = token.text.lower()
    people = token.tag in {"NNS", "NNPS"} and word.endswith(_PEOPLE_ENDINGS)
    person = token.tag == "NN" and word.endswith(_PERSON_ENDINGS)
    known = tree.lemma(index) in lexicon.things_in_ers
    return "Person" if (people or person) and not known else None


def does_nothing(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    """Tell whether a noun never does a deed: "the storm", "prices", and so "Cyclone Nargis"."""
    if tree.token(index).pos == "NOUN":
        return tree.lemma(index) in lexicon.no_doers
    natures = {tree.lemma(kid).lower() for kid in tree.kids(index, "compound")}
    return bool(natures & lexicon.no_doers & lexicon.accidents)


def number_of_people(tree: Tree, index: int) -> bool:
    """Tell whether a bare number stands for people: "police held 14", not "held 14 %" or "in 2014"."""
    token = tree.token(index)
    whole = token.tag == "CD" and token.entity not in {"MONEY", "PERCENT", "TIME", "QUANTITY"}
    measured = index + 1 < len(tree.children) and tree.token(index + 1).tag in {"NN", "NNS", "CD"}
    year = token.text.isdigit() and len(token.text) == len("2014") and "1" <= token.text[0] <= "2"
    return whole and token.dep in {"dobj", "nsubjpass", "nsubj"} and not measured and not year


def abstract(tree: Tree, index: int) -> bool:
    """Tell whether a noun ends as names of qualities and deeds do: "aggression", "silence"."""
    return tree.lemma(index).endswith(_ABSTRACT_ENDINGS)
