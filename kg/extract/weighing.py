"""What single words do to a statement, by the lexicon: helpers of its verb, names for its source."""

from __future__ import annotations

from kg.extract.hedging import negation, negative_subject, reported, weaken
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Attribution, Factuality

_MAY = frozenset("may might could can would should must ought shall need".split())
_WILL = frozenset("will 'll wo ’ll".split())
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
    """Weigh what a source is called: "an indictment", "a hoax message", "unconfirmed accounts"."""
    if weaker := lexicon.sayings.get(tree.lemma(noun)):
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
