"""What is told of without being told to have happened: kinds and habits, fiction, calls to others."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from kg.extract.hedging import relative
from kg.extract.tree import Tree

_PRESENT: Final = frozenset({"VBP", "VBZ"})
_ANYBODY: Final = frozenset("anyone anybody whoever everyone everybody those".split())
_HABIT: Final = frozenset(
    "usually often always regularly routinely sometimes normally typically generally occasionally frequently"
    " rarely seldom annually traditionally".split()
)
_EACH: Final = frozenset({"each", "every"})
_DRILLS: Final = frozenset({"exercise", "manoeuvre", "maneuver"})
_CLAUSES: Final = frozenset({"relcl", "acl"})
_ABOUT: Final = frozenset({"about", "of"})


def general(tree: Tree, verb: int) -> bool:
    """Tell whether a clause speaks of a kind or a habit: "armies shell cities when ...", "a man who kills".

    "Anyone who blocks a road is jailed", "each year they block the road".
    """
    if not _plain_present(tree, verb):
        return False
    if tree.token(verb).dep == "conj" and not tree.kids(verb, "nsubj", "nsubjpass"):
        return general(tree, tree.token(verb).head)
    if _habitual(tree, verb):
        return True
    subjects = tree.kids(verb, "nsubj", "nsubjpass")
    if tree.token(verb).dep == "relcl":
        return bool(subjects) and relative(tree, verb) and _any_such(tree, tree.token(verb).head)
    return bool(subjects) and all(_kind(tree, k) for k in subjects)


def _plain_present(tree: Tree, verb: int) -> bool:
    """Tell whether a verb stands in the simple present, active or passive."""
    if tree.kids(verb, "aux"):
        return False
    helpers = tree.kids(verb, "auxpass")
    return any(tree.token(k).tag in _PRESENT for k in (helpers or [verb]))


def _habitual(tree: Tree, verb: int) -> bool:
    """Tell whether a word says that it happens again and again: "usually", "every spring"."""
    if any(tree.lemma(k) in _HABIT for k in tree.kids(verb, "advmod")):
        return True
    times = tree.kids(verb, "npadvmod", "nsubj", "nsubjpass")
    return any(tree.token(t).entity == "DATE" and _each(tree, t) for t in times)


def _each(tree: Tree, noun: int) -> bool:
    return any(tree.lemma(k) in _EACH for k in tree.kids(noun, "det"))


def _kind(tree: Tree, noun: int) -> bool:
    """Tell whether a subject means all of a kind: "armies", "anyone", "soldiers who refuse"."""
    if tree.lemma(noun) in _ANYBODY:
        return True
    token = tree.token(noun)
    others = [k for k in tree.children[noun] if tree.token(k).dep not in _CLAUSES]
    return token.tag == "NNS" and not others and not token.entity


def _any_such(tree: Tree, noun: int) -> bool:
    """Tell whether a noun is any of its kind: the subject of a present, as in "a man who kills is ..."."""
    token = tree.token(noun)
    verb = tree.token(token.head)
    if tree.lemma(noun) in _ANYBODY:
        return True
    kind = {tree.lemma(k) for k in tree.kids(noun, "det")} <= {"a", "an", "any"} and token.pos == "NOUN"
    subject = token.dep in {"nsubj", "nsubjpass"}
    return kind and subject and _plain_present(tree, verb.index) and not tree.kids(noun, "poss", "nummod")


def imperative(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is a call to others: "Release them," the crowd shouted."""
    token = tree.token(verb)
    helped = tree.kids(verb, "aux", "auxpass", "nsubj", "nsubjpass", "mark")
    return token.tag == "VB" and token.dep == "ccomp" and not helped


def imagined(tree: Tree, index: int, fictions: Container[str]) -> bool:
    """Tell whether a deed is only played: "in a drill, troops stormed ...", "the film tells of ..."."""
    below = index
    for at in (index, *tree.ancestors(index)):
        stages = [n for k in tree.kids(at, "prep") for n in tree.kids(k, "pobj")]
        subjects = tree.kids(at, "nsubj", "nsubjpass")
        stages += [n for k in subjects for n in (k, *tree.prepositional(k, frozenset({"of", "in"})))]
        stages += [tree.token(at).head] if _set_in(tree, at) else []
        stages += [at, *tree.kids(at, "dobj")] if _told_in(tree, at, below) else []
        if any(_fiction(tree, n, fictions) for n in stages) or _drilled(tree, at):
            return True
        below = at
    return False


def _fiction(tree: Tree, noun: int, fictions: Container[str]) -> bool:
    """Tell whether a noun is a work or a game, and no name: "a deputy of Georgian Dream"."""
    return tree.lemma(noun) in fictions and tree.token(noun).pos != "PROPN"


def _told_in(tree: Tree, noun: int, below: int) -> bool:
    """Tell whether a noun is about a deed, or some person: "a poem about a siege", "a general who ..."."""
    if tree.lemma(below) == "about":
        return True
    if tree.lemma(below) not in _ABOUT or tree.token(noun).pos != "NOUN":
        return False
    told = tree.kids(below, "pobj")
    return any(tree.kids(n, "relcl", "acl") and _some(tree, n) for n in told)


def _some(tree: Tree, noun: int) -> bool:
    words = {tree.lemma(k) for k in tree.kids(noun, "det", "poss")}
    return tree.token(noun).pos == "NOUN" and words <= {"a", "an"}


def _drilled(tree: Tree, verb: int) -> bool:
    """Tell whether a sentence begins with the drill that it tells of: "In an exercise, they stormed ..."."""
    first = [k for k in tree.kids(verb, "prep") if k < min(tree.kids(verb, "nsubj"), default=0)]
    stages = [n for k in first if tree.lemma(k) in {"in", "during"} for n in tree.kids(k, "pobj")]
    return any(tree.lemma(n) in _DRILLS for n in stages)


def _set_in(tree: Tree, verb: int) -> bool:
    """Tell whether a clause tells what goes on inside the noun before it: "a drama in which a king ..."."""
    which = [n for k in tree.kids(verb, "prep") for n in tree.kids(k, "pobj")]
    inside = any(tree.token(n).tag == "WDT" for n in which)
    inside = inside or any(tree.lemma(k) == "where" for k in tree.kids(verb, "advmod"))
    return tree.token(verb).dep == "relcl" and inside
