"""Who says so in a phrase or a clause of its own: "according to X", "in X's words", "..., X said, ..."."""

from __future__ import annotations

from collections.abc import Container

from kg.extract.hedging import relative
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Factuality, Span

_OWN = {"she": {"she", "her"}, "he": {"he", "him", "his"}, "i": {"i", "me", "my"}}
_OUR_OWN = frozenset("me my us our".split())
_DISPUTES = frozenset({"dispute", "contest"})
_MINDED = frozenset("quote cite convince persuade worry concern determine surprise alarm".split())  # passive
_DONE_TO = frozenset("of on in at near by against".split())
_TELLINGS = {
    "in": frozenset("telling word version view opinion eye narrative".split()),
    "by": frozenset("account reckoning telling admission estimate".split()),
}


def sources(tree: Tree, index: int) -> list[int]:
    """Return the nouns of an "according to" on the way up."""
    found = []
    last = tree.sentence.tokens[-1].index
    near = {index, *tree.ancestors(index)}
    for above in range(len(tree.children)):
        for kid in tree.kids(above, "prep"):
            named = _named_by(tree, kid)
            if named and (above in near or kid == 0 or max(tree.subtree(kid)) >= last - 1):
                found += named
    return found


def _named_by(tree: Tree, prep: int) -> list[int]:
    """Return whom a phrase names as its source: "according to X", "in X's words", "by the account of X"."""
    if tree.lemma(prep) == "accord":
        return [n for to in tree.kids(prep, "prep") for n in tree.kids(to, "pobj")]
    told = [n for n in tree.kids(prep, "pobj") if tree.lemma(n) in _TELLINGS.get(tree.lemma(prep), ())]
    return [
        whose for n in told for whose in (*tree.kids(n, "poss"), *tree.prepositional(n, frozenset({"of"})))
    ]


def asides(tree: Tree, verb: int, speech: Container[str]) -> list[int]:
    """Return the verbs of speech set off by commas: "Oslo, officials said, has sent ..."."""
    subjects = tree.kids(verb, "nsubj", "nsubjpass")
    beside = tree.kids(verb, "parataxis")
    within = [
        said for subject in subjects for said in tree.kids(subject, "relcl", "acl", "parataxis", "appos")
    ]
    return [said for said in (*beside, *within) if tree.lemma(said) in speech and _set_off(tree, said)]


def _set_off(tree: Tree, said: int) -> bool:
    """Tell whether a clause has its own subject, and a comma before it and behind it."""
    words = [k for k in tree.subtree(said) if tree.token(k).text != ","]
    around = [at for at in (min(words) - 1, max(words) + 1) if 0 <= at < len(tree.children)]
    own = bool(tree.kids(said, "nsubj", "nsubjpass", "compound")) and not relative(tree, said)
    return own and len(around) == 2 and all(tree.token(at).text == "," for at in around)


def contested(tree: Tree, index: int, lexicon: Lexicon) -> Span | None:
    """Return the verb by which somebody disputes a deed in a clause behind it.

    "The shelling of the market, which Oslo denies", "the raid, which Oslo says never took place".
    """
    if tree.lemma(index) in lexicon.sayings:
        return None
    if tree.token(index).pos == "VERB":
        return None
    nouns = [index]
    for noun in nouns:
        nouns += tree.prepositional(noun, _DONE_TO)
    clauses = [k for noun in nouns for k in tree.kids(noun, "relcl") if relative_object(tree, k)]
    return next((tree.token(k).span for k in clauses if _disputes(tree, k, lexicon)), None)


def relative_object(tree: Tree, verb: int) -> bool:
    """Tell whether somebody else speaks of the noun before a clause: "which Oslo denies"."""
    within = [verb, *tree.kids(verb, "ccomp")]
    which = any(tree.token(k).tag == "WDT" for v in within for k in tree.children[v])
    return which and any(
        tree.token(k).tag != "WDT" for v in within for k in tree.kids(v, "nsubj", "nsubjpass")
    )


def _disputes(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    words = list(tree.subtree(verb))
    said = {tree.lemma(i) for i in words}
    if tree.lemma(verb) in _DISPUTES or lexicon.speech.get(tree.lemma(verb)) is Factuality.DENIED:
        return True
    told = bool(said & (lexicon.speech.keys() | {"call"}))
    denied = any(tree.token(i).dep == "neg" for i in words)
    return told and (denied or bool(said & lexicon.made_up))


def by_the_victim(tree: Tree, verb: int, speech: Container[str]) -> bool:
    """Tell whether those say so to whom it was done: "she says they struck her", "they robbed us"."""
    hurt = [i for i, _ in tree.patients(verb)]
    words = {tree.token(k).text.lower() for i in hurt for k in (i, *tree.kids(i, "poss"))}
    if words & _OUR_OWN:
        return True
    said = next((a for a in tree.ancestors(verb) if tree.lemma(a) in speech), verb)
    speakers = {tree.token(k).text.lower() for k in tree.kids(said, "nsubj")}
    return any(who in speakers and words & own for who, own in _OWN.items())


def speaking(tree: Tree, verb: int) -> int | None:
    """Return who speaks or thinks: the subject; in the passive who "by" names; else whom it seems to.

    Who is told, asked or accused says nothing; who is quoted, or is convinced, does.
    """
    if tree.passive(verb) and tree.lemma(verb) not in _MINDED:
        return next((who for who, _ in tree.agents(verb)), None)
    above = tree.token(verb).head
    if tree.token(verb).dep == "pcomp" and tree.lemma(above) == "as":  # "quoted her as saying"
        verb = tree.token(above).head
        if quoted := tree.kids(verb, "dobj"):
            return quoted[0]
    subject = next((who for who, _ in tree.surface_subjects(verb)), None)
    if subject is not None and tree.lemma(subject) not in {"it", "there"}:
        return subject
    return next(iter(tree.prepositional(verb, frozenset({"to"}))), None)
