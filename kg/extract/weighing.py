"""What single words do to a statement, by the lexicon: helpers of its verb, names for its source."""

from __future__ import annotations

from kg.extract.hedging import (
    definite,
    negated,
    negation,
    negative_subject,
    relative,
    reported,
    set_for,
    to_do,
    weaken,
    would_be,
)
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Attribution, Factuality

_MAY = frozenset("may might could can would should must ought shall need".split())
_WILL = frozenset("will 'll wo ’ll".split())
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "parataxis", "acl", "oprd"})
_UNREAL_PREPOSITIONS = {
    "without": Factuality.DENIED,
    "against": Factuality.HYPOTHETICAL,
    "about": Factuality.HYPOTHETICAL,
    "for": Factuality.ALLEGED,
    "of": Factuality.ALLEGED,
    "like": Factuality.HYPOTHETICAL,
    "instead": Factuality.DENIED,
    "from": Factuality.HYPOTHETICAL,
}
IF = frozenset("if unless whether lest".split())


def helper(lexicon: Lexicon, tree: Tree, kid: int, found: Attribution, *, skip_negation: bool) -> Attribution:
    """Weigh one word that hangs on a verb: a negation, a modal verb, a hedge, a condition."""
    token = tree.token(kid)
    word = token.lemma.lower()
    negates = negation(tree, kid)
    if token.dep in {"nsubj", "nsubjpass"} and negative_subject(tree, kid):
        negates = True
    if negates and not skip_negation:
        return weaken(found, Factuality.DENIED, token.span)
    if token.dep == "aux" and (word in _WILL or token.text.lower() in _WILL):
        return weaken(found, Factuality.PREDICTED, token.span)
    if token.dep == "aux" and word in _MAY:
        announced = word == "would" and reported(tree, token.head, lexicon.speech)
        weaker = Factuality.PREDICTED if announced else Factuality.HYPOTHETICAL
        return weaken(found, weaker, token.span)
    if token.dep == "advmod" and word in lexicon.hedges:
        return weaken(found, lexicon.hedges[word], token.span)
    supposed = word in IF or (word == "though" and kid > 0 and tree.lemma(kid - 1) == "as")
    if token.dep in {"mark", "advmod"} and supposed:
        return weaken(found, Factuality.HYPOTHETICAL, token.span)
    return found


def doubted(lexicon: Lexicon, tree: Tree, noun: int, found: Attribution) -> Attribution:
    """Weigh what a source is called: "an indictment", "critics", "a hoax message", "unconfirmed accounts"."""
    if weaker := lexicon.sayings.get(tree.lemma(noun)) or lexicon.judgements.get(tree.lemma(noun)):
        found = weaken(found, weaker, tree.token(noun).span)
    for kid in (k for k in tree.kids(noun, "amod", "compound") if k < noun):
        word = tree.lemma(kid)
        if weaker := lexicon.judgements.get(word) or lexicon.adjectives.get(word):
            found = weaken(found, weaker, tree.token(kid).span)
    return found


def judged(lexicon: Lexicon, tree: Tree, verb: int, found: Attribution) -> Attribution:
    """Weigh what is said of a clause: "it is untrue that ...", "it is possible that ..."."""
    for kid in tree.kids(verb, "acomp", "attr"):
        if weaker := lexicon.judgements.get(tree.lemma(kid)):
            found = weaken(found, weaker, tree.token(kid).span)
    return found


def before_noun(lexicon: Lexicon, tree: Tree, noun: int, found: Attribution) -> Attribution:
    """Weigh the words around an event noun: "alleged", "no", "planned for June"."""
    for kid in tree.kids(noun, "amod", "det", "compound", "nmod", "neg"):
        word = tree.lemma(kid)
        if word not in lexicon.adjectives:  # "alleged" may be parsed as a form of "allege"
            word = tree.token(kid).text.lower()
        given = definite(tree, noun) and word not in lexicon.even_definite
        if word in lexicon.adjectives and not given:
            found = weaken(found, lexicon.adjectives[word], tree.token(kid).span)
        if word == "no":
            found = weaken(found, Factuality.DENIED, tree.token(kid).span)
    if wished := would_be(tree, noun) or set_for(tree, noun):
        found = weaken(found, Factuality.HYPOTHETICAL, wished)
    return found


def towards(lexicon: Lexicon, tree: Tree, at: tuple[int, int], found: Attribution) -> Attribution:
    """Weigh what stands before a preposition and its noun: "open to talks", "provides for an exchange"."""
    prep, noun = at
    word, above = tree.lemma(prep), tree.token(tree.token(prep).head)
    if above.pos == "ADJ" and word in {"to", "for"} and not definite(tree, noun):
        weaker = lexicon.judgements.get(above.lemma.lower())
    else:
        weaker = lexicon.speech.get(above.lemma.lower()) if above.pos == "VERB" and word == "for" else None
        weaker = weaker if weaker is Factuality.HYPOTHETICAL else None
    return weaken(found, weaker, above.span) if weaker else found


def blames(lexicon: Lexicon, tree: Tree, verb: int) -> bool:
    """Tell whether a verb puts something down to somebody: "accused", "blamed"."""
    return lexicon.speech.get(tree.lemma(verb)) is Factuality.ALLEGED


def complement(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    """Tell whether a clause is what the word above governs: "said that they left", "denied arming them"."""
    token = tree.token(index)
    verbal = tree.token(token.head).pos in {"VERB", "AUX"}
    told = token.dep == "relcl" and tree.lemma(token.head) in lexicon.sayings and not relative(tree, index)
    gerund = token.dep == "dobj" and token.tag == "VBG" and token.pos == "VERB"
    return token.dep in _COMPLEMENTS or told or (verbal and (token.dep == "csubj" or gerund))


def said(lexicon: Lexicon, tree: Tree, index: int, head: int) -> Factuality:
    """Return how sure a clause is by the verb that governs it; "accused him, and said ..." only alleges."""
    wished = tree.token(index).dep == "xcomp" or to_do(tree, index)
    default = Factuality.HYPOTHETICAL if wished else Factuality.REPORTED
    factuality = lexicon.speech.get(tree.lemma(head), default)
    if factuality is Factuality.REPORTED and _ordered(tree, index, head):
        factuality = Factuality.DEMANDED
    above = tree.token(head)
    if factuality is Factuality.REPORTED and above.dep == "conj" and blames(lexicon, tree, above.head):
        factuality = Factuality.ALLEGED
    if negated(tree, head) and factuality is not Factuality.ASSERTED:
        factuality = Factuality.HYPOTHETICAL
    return factuality


def _ordered(tree: Tree, index: int, head: int) -> bool:
    """Tell whether somebody is told to do a deed: "told them to go home", not "was said to hold it"."""
    to = any(tree.lemma(k) == "to" for k in tree.kids(index, "aux"))
    hearer = tree.lemma(head) == "tell" or bool(tree.kids(head, "dobj"))
    return tree.token(index).tag == "VB" and to and hearer


def before_deed(tree: Tree, prep: int) -> Factuality | None:
    """Return what a preposition makes of a deed behind it: "without firing", "talks on reopening roads"."""
    word, above = tree.lemma(prep), tree.token(tree.token(prep).head)
    if word == "on" and above.pos == "NOUN":
        return Factuality.HYPOTHETICAL
    return _UNREAL_PREPOSITIONS.get(word)


def at_issue(lexicon: Lexicon, tree: Tree, index: int) -> bool:
    """Tell whether a word, or its object, is about what is only said: "faces trial over the abduction"."""
    doubts = lexicon.sayings.keys() | lexicon.charges
    return any(tree.lemma(k) in doubts for k in (index, *tree.kids(index, "dobj")))
