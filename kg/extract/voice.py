"""Works out who says that an event happened, and how: asserted, reported, alleged, denied ...

The walk goes from the trigger up the tree. Every step may weaken the statement: a negation, a
modal verb, a hedge, an implicative verb (Karttunen 1971: "failed to", "did not prevent"), a
verb of speech whose subject then is the claimant, a condition, a question. Nothing on the way
strengthens it. The outermost voice is the article's author, who has no entry of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Attribution, Factuality, Filler, Span

Speaker = Callable[[Tree, int], Filler | None]

_STRENGTH = {
    Factuality.ASSERTED: 0,
    Factuality.REPORTED: 1,
    Factuality.ALLEGED: 2,
    Factuality.PREDICTED: 3,
    Factuality.HYPOTHETICAL: 4,
    Factuality.DEMANDED: 5,
    Factuality.DENIED: 6,
}
_MAY = frozenset("may might could can would should must ought shall need".split())
_WILL = frozenset("will 'll wo ’ll".split())
_IF = frozenset("if unless whether lest".split())
_NOT = frozenset("not n't never no nor neither n’t hardly barely".split())
_UNREAL_PREPOSITIONS = {
    "without": Factuality.DENIED,
    "against": Factuality.HYPOTHETICAL,
    "about": Factuality.HYPOTHETICAL,
    "for": Factuality.ALLEGED,
    "of": Factuality.ALLEGED,
    "like": Factuality.HYPOTHETICAL,
    "instead": Factuality.DENIED,
}
_TEMPORAL = frozenset("after since once until when while before".split())
_NOT_HAPPENING = frozenset("happen occur take materialise materialize follow come".split())


@dataclass(frozen=True, slots=True)
class Voice:
    """The words and the way to name a speaker, for one article."""

    lexicon: Lexicon
    speaker: Speaker

    def of(self, tree: Tree, index: int) -> Attribution:
        """Return the attribution of the event whose trigger has this head."""
        found = Attribution()
        token = tree.token(index)
        nominal = token.pos not in {"VERB", "AUX"}
        found = self._noun(tree, index, found) if nominal else self._verb(tree, index, found)
        if not nominal and _alternative(tree, index):
            found = _weaken(found, Factuality.HYPOTHETICAL, token.span)
        for source in self._according(tree, index):
            cue = source.span
            found = _weaken(found, Factuality.REPORTED, cue)
            found = replace(found, claimants=(*found.claimants, source))
        if self._questioned(tree, index, nominal=nominal):
            found = _weaken(found, Factuality.HYPOTHETICAL, tree.sentence.tokens[-1].span)
        return found

    def _verb(self, tree: Tree, verb: int, found: Attribution, *, skip_negation: bool = False) -> Attribution:
        """Weigh a verb's own helpers, then what governs it."""
        for kid in tree.children[verb]:
            found = self._helper(tree, verb, kid, found, skip_negation=skip_negation)
        found = self._infinitive(tree, verb, found)
        return self._above(tree, verb, found)

    def _helper(
        self, tree: Tree, verb: int, kid: int, found: Attribution, *, skip_negation: bool
    ) -> Attribution:
        token = tree.token(kid)
        word = token.lemma.lower()
        negates = word in _NOT and token.dep in {"neg", "advmod", "preconj", "det"}
        if token.dep in {"nsubj", "nsubjpass"} and _negative_subject(tree, kid):
            negates = True
        if negates and not skip_negation:
            return _weaken(found, Factuality.DENIED, token.span)
        if token.dep == "aux" and (word in _WILL or token.text.lower() in _WILL):
            return _weaken(found, Factuality.PREDICTED, token.span)
        if token.dep == "aux" and word in _MAY:
            return _weaken(found, Factuality.HYPOTHETICAL, token.span)
        if token.dep == "advmod" and word in self.lexicon.hedges:
            return _weaken(found, self.lexicon.hedges[word], token.span)
        if token.dep in {"mark", "advmod"} and word in _IF:
            return _weaken(found, Factuality.HYPOTHETICAL, token.span)
        return found

    def _infinitive(self, tree: Tree, verb: int, found: Attribution) -> Attribution:
        """A purpose ("to scare them"), an order, an imagined subject did not happen."""
        token = tree.token(verb)
        if token.tag == "VB" and token.dep in {"advcl", "relcl", "acl", "csubj", "ROOT", "pcomp"}:
            helped = tree.kids(verb, "aux")
            if not helped or any(tree.lemma(k) == "to" for k in helped):
                return _weaken(found, Factuality.HYPOTHETICAL, token.span)
        if token.dep == "csubj" or (token.tag == "VBG" and token.dep == "nsubj"):
            return _weaken(found, Factuality.HYPOTHETICAL, token.span)
        return found

    def _above(self, tree: Tree, index: int, found: Attribution) -> Attribution:
        token = tree.token(index)
        if token.head == index:
            return found
        head, label = token.head, token.dep
        verbal = tree.token(head).pos in {"VERB", "AUX"}
        if label in {"ccomp", "xcomp", "parataxis", "acl", "oprd"} or (label == "csubj" and verbal):
            return self._embedded(tree, index, head, found)
        if label == "conj":
            return self._coordinated(tree, index, head, found)
        if label in {"pcomp", "pobj"}:
            return self._after_preposition(tree, index, head, found)
        if label in {"advcl", "relcl"}:
            return self._adjunct(tree, index, head, found)
        return self._above(tree, head, found) if verbal else self._noun_above(tree, head, found)

    def _embedded(self, tree: Tree, index: int, head: int, found: Attribution) -> Attribution:
        """Weigh the verb, noun or adjective whose complement this is."""
        lemma = tree.lemma(head)
        cue = tree.token(head).span
        negated = _negated(tree, head)
        if tree.token(index).dep == "acl" and tree.token(index).tag in {"VBN", "VBG"}:
            return self._noun_above(tree, head, found)
        if tree.token(head).pos not in {"VERB", "AUX"}:
            noun = self.lexicon.irrealis.get(lemma, Factuality.HYPOTHETICAL)
            weaker = found if lemma in {"fact", "result"} else _weaken(found, noun, cue)
            return self._noun_above(tree, head, weaker)
        complement = tree.token(index).tag in {"VB", "VBG"} or tree.token(index).dep == "xcomp"
        if complement and lemma in self.lexicon.implicatives:
            sign = self.lexicon.implicatives[lemma][negated]
            found = _signed(found, sign, cue)
            return self._verb(tree, head, found, skip_negation=True)
        return self._spoken(tree, index, head, found, negated=negated)

    def _spoken(self, tree: Tree, index: int, head: int, found: Attribution, *, negated: bool) -> Attribution:
        lemma, cue = tree.lemma(head), tree.token(head).span
        default = Factuality.HYPOTHETICAL if tree.token(index).dep == "xcomp" else Factuality.REPORTED
        factuality = self.lexicon.speech.get(lemma, default)
        if negated and factuality not in {Factuality.ASSERTED}:
            factuality = Factuality.HYPOTHETICAL
        if lemma == "be":
            return self._verb(tree, head, found)
        if factuality is not Factuality.ASSERTED:
            found = _weaken(found, factuality, cue)
            speaker = self._speaker(tree, head)
            if speaker:
                found = replace(found, claimants=(*found.claimants, speaker))
        inside = self._verb(tree, head, Attribution(), skip_negation=True)
        if inside.factuality not in {Factuality.ASSERTED, Factuality.REPORTED}:
            found = _weaken(found, inside.factuality, inside.cue or cue)
        return replace(found, claimants=(*found.claimants, *inside.claimants))

    def _speaker(self, tree: Tree, verb: int) -> Filler | None:
        """Name who speaks: the subject; of "it seemed to many" those to whom; else nobody."""
        subjects = tree.surface_subjects(verb)
        if subjects and tree.lemma(subjects[0][0]) not in {"it", "there"}:
            agents = tree.agents(verb) if tree.passive(verb) else []
            return self.speaker(tree, (agents or subjects)[0][0])
        to = tree.prepositional(verb, frozenset({"to"}))
        return self.speaker(tree, to[0]) if to else None

    def _coordinated(self, tree: Tree, index: int, head: int, found: Attribution) -> Attribution:
        """A second verb shares the first one's modal ("may shell and storm"), and its governor."""
        if tree.token(head).pos not in {"VERB", "AUX"}:
            return self._noun_above(tree, head, found)
        bare = tree.token(index).tag == "VB" and not tree.kids(index, "aux", "nsubj")
        if bare or (tree.token(index).tag == "VBG" and tree.token(head).tag == "VBG"):
            return self._verb(tree, head, found, skip_negation=not bare)
        return self._above(tree, head, found)

    def _after_preposition(self, tree: Tree, index: int, prep: int, found: Attribution) -> Attribution:
        """Weigh a gerund after a preposition: "prevented X from fleeing", "without firing"."""
        word = tree.lemma(prep)
        governor = tree.token(prep).head
        above = tree.token(governor).head
        if word == "of" and tree.token(governor).dep == "dobj" and tree.lemma(above) in self.lexicon.speech:
            governor = above  # "accused rebels of ..." with the phrase hung on the object
        lemma = tree.lemma(governor)
        cue = tree.token(prep).span
        if word == "from" and lemma in self.lexicon.implicatives:
            sign = self.lexicon.implicatives[lemma][_negated(tree, governor)]
            found = _signed(found, sign, cue)
            return self._verb(tree, governor, found, skip_negation=True)
        if word == "of" and lemma in self.lexicon.speech:
            return self._spoken(tree, index, governor, found, negated=_negated(tree, governor))
        if lemma in self.lexicon.irrealis and tree.token(governor).pos == "NOUN":
            found = _weaken(found, self.lexicon.irrealis[lemma], cue)
        elif word in _UNREAL_PREPOSITIONS:
            found = _weaken(found, _UNREAL_PREPOSITIONS[word], cue)
        return self._above(tree, governor, found)

    def _adjunct(self, tree: Tree, index: int, head: int, found: Attribution) -> Attribution:
        """A subordinate or relative clause is taken for granted, but shares who speaks.

        A participle without a word before it ("..., killing two") also shares the modal verb.
        """
        token = tree.token(index)
        verbal = tree.token(head).pos in {"VERB", "AUX"}
        if {tree.lemma(k) for k in tree.kids(index, "mark", "advmod")} & _TEMPORAL:
            head = _past_seeming(tree, head)
        asks = any(tree.token(k).tag == "WRB" for k in tree.kids(index, "advmod"))
        marked = asks or tree.kids(index, "mark")
        if verbal and token.dep == "advcl" and token.tag in {"VBG", "VBN"} and not marked:
            return self._verb(tree, head, found)
        return self._above(tree, head, found) if verbal else self._noun_above(tree, head, found)

    def _noun(self, tree: Tree, noun: int, found: Attribution) -> Attribution:
        """Weigh the words before an event noun, then what governs it."""
        for kid in tree.kids(noun, "amod", "det", "compound", "nmod", "neg"):
            word = tree.lemma(kid)
            if word not in self.lexicon.adjectives:  # "alleged" may be parsed as a form of "allege"
                word = tree.token(kid).text.lower()
            if word in self.lexicon.adjectives and not _definite(tree, noun):
                found = _weaken(found, self.lexicon.adjectives[word], tree.token(kid).span)
            if word == "no":
                found = _weaken(found, Factuality.DENIED, tree.token(kid).span)
            if word in {"alleged", "planned", "possible", "threatened", "suspected"}:
                found = _weaken(found, self.lexicon.adjectives[word], tree.token(kid).span)
        return self._noun_above(tree, noun, found)

    def _noun_above(self, tree: Tree, noun: int, found: Attribution) -> Attribution:
        token = tree.token(noun)
        if token.head == noun:
            return found
        head = tree.token(noun).head
        if token.dep == "conj":
            return self._noun_above(tree, head, found)
        if token.dep in {"pobj", "pcomp"}:
            prep, head = head, tree.token(head).head
            if tree.lemma(prep) in {"without", "against"}:
                found = _weaken(found, self.lexicon.irrealis[tree.lemma(prep)], tree.token(prep).span)
        lemma = tree.lemma(head)
        if lemma in self.lexicon.irrealis and token.dep in {"dobj", "pobj", "conj", "nsubjpass"}:
            found = _weaken(found, self.lexicon.irrealis[lemma], tree.token(head).span)
            governs = tree.token(head).pos in {"VERB", "AUX"}
            if governs and (speaker := self._speaker(tree, head)):
                return replace(found, claimants=(*found.claimants, speaker))
        if tree.token(head).pos not in {"VERB", "AUX"}:
            return self._noun_above(tree, head, found)
        return self._noun_in_clause(tree, noun, head, found)

    def _noun_in_clause(self, tree: Tree, noun: int, verb: int, found: Attribution) -> Attribution:
        """An indefinite event noun shares its verb's negation and modals; a definite one is given."""
        lemma = tree.lemma(verb)
        carried = noun in {i for i, _ in tree.patients(verb)} and lemma in self.lexicon.light
        if lemma in self.lexicon.implicatives and noun in {i for i, _ in tree.patients(verb)}:
            sign = self.lexicon.implicatives[lemma][_negated(tree, verb)]
            if sign == "-":
                return self._verb(tree, verb, _weaken(found, Factuality.DENIED, tree.token(verb).span))
        if carried or not _definite(tree, noun) or lemma in _NOT_HAPPENING:
            return self._verb(tree, verb, found)
        return self._above(tree, verb, found)

    def _according(self, tree: Tree, index: int) -> list[Filler]:
        """Return the sources of an "according to" on the way up."""
        found = []
        for above in (index, *tree.ancestors(index)):
            for kid in tree.kids(above, "prep"):
                if tree.lemma(kid) != "accord":
                    continue
                for noun in [n for to in tree.kids(kid, "prep") for n in tree.kids(to, "pobj")]:
                    if source := self.speaker(tree, noun):
                        found.append(source)
        return found

    def _questioned(self, tree: Tree, index: int, *, nominal: bool) -> bool:
        asked = tree.sentence.tokens[-1].text == "?"
        return asked and not (nominal and _definite(tree, index))


def _past_seeming(tree: Tree, verb: int) -> int:
    """What a temporal clause takes for granted does not merely seem: step over "it seemed that"."""
    while tree.token(verb).dep == "ccomp" and tree.lemma(tree.token(verb).head) in {"seem", "appear"}:
        verb = tree.token(verb).head
    return verb


def _weaken(found: Attribution, to: Factuality, cue: Span) -> Attribution:
    """Return the weaker of what was found and what this word makes of it; denial of denial is open."""
    if found.factuality is Factuality.DENIED and to is Factuality.DENIED:
        return replace(found, factuality=Factuality.HYPOTHETICAL, cue=cue)
    if _STRENGTH[to] > _STRENGTH[found.factuality]:
        return replace(found, factuality=to, cue=cue)
    return found


def _alternative(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is one side of an "or": then neither side is said to have happened."""
    sides = [verb, tree.token(verb).head] if tree.token(verb).dep == "conj" else [verb]
    linked = [k for side in sides for k in tree.kids(side, "cc")]
    joined = tree.token(verb).dep == "conj" or bool(tree.kids(verb, "conj"))
    return joined and any(tree.lemma(k) == "or" for k in linked)


def _signed(found: Attribution, sign: str, cue: Span) -> Attribution:
    """Weigh what an implicative verb says of the event it governs: "-" not, "o" left open."""
    weaker = {"-": Factuality.DENIED, "o": Factuality.HYPOTHETICAL}.get(sign)
    return _weaken(found, weaker, cue) if weaker else found


def _negated(tree: Tree, index: int) -> bool:
    return any(tree.lemma(k) in _NOT or tree.token(k).text.lower() in _NOT for k in tree.kids(index, "neg"))


def _negative_subject(tree: Tree, index: int) -> bool:
    words = {tree.lemma(k) for k in tree.kids(index, "det", "neg", "preconj")}
    return tree.lemma(index) in {"nobody", "none", "nothing"} or bool(words & {"no", "neither"})


def _definite(tree: Tree, noun: int) -> bool:
    kids = tree.kids(noun, "det", "poss")
    return any(tree.token(k).dep == "poss" or tree.lemma(k) in {"the", "this", "that", "these"} for k in kids)
