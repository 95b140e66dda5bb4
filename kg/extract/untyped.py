"""Drafts of events that no phrase names: what somebody with a name is told to have done.

Only on request: the verbs of main clauses and of reported speech with a proper name for their
doer; no copulas, no verbs of speech, thought or help, nothing that a typed event already uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.drafts import Draft
from kg.extract.match import Match
from kg.extract.resolve import Resolver
from kg.extract.tree import Tree
from kg.model import Filler
from kg.ontology import PLAIN
from kg.patterns import Form, Pattern, Slot, Words

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG"})
_NO_DEEDS = frozenset(
    "be become seem remain appear look sound have do get let stay need want wish hope think believe know feel"
    " expect consider suppose assume doubt fear like love hate prefer understand realise realize remember"
    " forget intend plan mean belong own contain include involve resemble deserve depend exist lack see hear"
    " live stand lie sit come go keep try".split()
)


def find_untyped(tree: Tree, drafts: Iterable[Draft], resolver: Resolver) -> Iterator[Draft]:
    """Yield a draft for each deed of somebody named that no draft of the sentence tells yet."""
    taken = {index for draft in drafts for index in (draft.head, *draft.match.used)}
    lexicon = resolver.ontology.lexicon
    known = _NO_DEEDS | lexicon.light | lexicon.speech.keys() | lexicon.implicatives.keys()
    for token in tree.sentence.tokens:
        verb = token.pos == "VERB" and token.tag in _FINITE and tree.lemma(token.index) not in known
        if verb and token.index not in taken and _told(tree, token.index, lexicon.speech.keys()):
            agents = _named(tree, token.index, "agent", resolver)
            if agents:
                targets = _named(tree, token.index, "target", resolver)
                yield _draft(tree, token.index, [*agents, *targets])


def _told(tree: Tree, verb: int, speech: Iterable[str]) -> bool:
    """Tell whether a verb heads a main clause, or what somebody is said to have done."""
    token = tree.token(verb)
    if token.dep == "conj" and tree.token(token.head).pos == "VERB":
        return _told(tree, token.head, speech)
    reported = token.dep == "ccomp" and tree.lemma(token.head) in speech and _told(tree, token.head, speech)
    return token.head == verb or reported


def _named(tree: Tree, verb: int, role: str, resolver: Resolver) -> list[tuple[str, Filler]]:
    """Return the fillers of a role that are called by a proper name."""
    found = tree.agents(verb) if role == "agent" else tree.patients(verb)
    named = [(i, basis) for i, basis in found if tree.token(i).pos == "PROPN"]
    slot = Slot((role,), named=True)
    fillers = (resolver.filler(tree, i, role, slot, basis=basis) for i, basis in named)
    return [(role, filler) for filler in fillers if filler is not None]


def _draft(tree: Tree, verb: int, roles: list[tuple[str, Filler]]) -> Draft:
    lemma = tree.lemma(verb)
    pattern = Pattern(f"{{agent!}} {lemma}", Form.VERB, Words(frozenset({lemma})), frozenset(), None, ())
    return Draft(tree, Match(PLAIN, pattern, verb, tree.token(verb).span, ()), tuple(roles))
