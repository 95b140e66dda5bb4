"""Works out who says that an event happened, and how: asserted, reported, alleged, denied ...

The walk goes from the trigger up the tree. Every step may weaken the statement: a negation, a
modal verb, a hedge, an implicative verb (Karttunen 1971: "failed to", "did not prevent"), a
verb of speech whose subject then is the claimant, a condition, a question. Nothing on the way
strengthens it. The outermost voice is the article's author, who has no entry of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.extract.hedging import (
    TAKE_PLACE,
    alternative,
    clause_doubts,
    definite,
    granted,
    infinitive,
    negated,
    past_seeming,
    side_by_side,
    signed,
    to_come,
    to_do,
    weaken,
)
from kg.extract.sourcing import asides, contested, sources, speaking
from kg.extract.tree import Tree
from kg.extract.unreal import general, imagined, imperative
from kg.extract.weighing import (
    IF,
    at_issue,
    before_deed,
    before_noun,
    blames,
    complement,
    doubted,
    helper,
    judged,
    said,
    towards,
)
from kg.lexicon import Lexicon
from kg.model import Attribution, Factuality, Filler

Speaker = Callable[[Tree, int], Filler | None]

_AS_IF = Factuality.HYPOTHETICAL  # "felt like a siege"
_TEMPORAL = frozenset("after since once until when while before".split())
_CIRCUMSTANCES = frozenset("over after before during since following amid despite".split())
_TURNED_DOWN = frozenset({"reject", "dismiss"})


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
        if not nominal and alternative(tree, index):
            found = weaken(found, Factuality.HYPOTHETICAL, token.span)
        for noun in sources(tree, index):
            found = self._from(tree, noun, found)
        if denial := contested(tree, index, self.lexicon):
            found = weaken(found, Factuality.ALLEGED, denial)
        if imagined(tree, index, self.lexicon.fictions):
            found = weaken(found, Factuality.HYPOTHETICAL, token.span)
        last = tree.sentence.tokens[-1]
        if last.text == "?" and not (nominal and definite(tree, index)):
            found = weaken(found, Factuality.HYPOTHETICAL, last.span)
        return found

    def _from(self, tree: Tree, noun: int, found: Attribution) -> Attribution:
        """Name a source ("according to ..."); one that is called unconfirmed or false is less sure."""
        source = self.speaker(tree, noun)
        found = weaken(found, Factuality.REPORTED, tree.token(noun).span)
        return doubted(
            self.lexicon, tree, noun, replace(found, claimants=(*found.claimants, *filter(None, [source])))
        )

    def _verb(self, tree: Tree, verb: int, found: Attribution, *, skip_negation: bool = False) -> Attribution:
        """Weigh a verb's own helpers, then what governs it."""
        supposed = any(tree.lemma(k) in IF for k in tree.kids(verb, "mark"))
        skip_negation = skip_negation or supposed
        for kid in tree.children[verb]:
            found = helper(self.lexicon, tree, kid, found, skip_negation=skip_negation)
        found = clause_doubts(tree, verb, found, skip_negation=skip_negation)
        found = infinitive(tree, verb, found)
        speaks = tree.lemma(verb) in self.lexicon.speech and tree.kids(verb, "ccomp", "xcomp")
        if not speaks and general(tree, verb):
            found = weaken(found, Factuality.HYPOTHETICAL, tree.token(verb).span)
        if imperative(tree, verb):
            found = weaken(found, Factuality.DEMANDED, tree.token(verb).span)
        for aside in asides(tree, verb, self.lexicon.speech):
            weaker = weaken(found, self.lexicon.speech[tree.lemma(aside)], tree.token(aside).span)
            found = self._heard(tree, aside, weaker)
        return self._above(tree, verb, found)

    def _above(self, tree: Tree, index: int, found: Attribution) -> Attribution:
        token = tree.token(index)
        if token.head == index:
            return found
        head, label = token.head, token.dep
        verbal = tree.token(head).pos in {"VERB", "AUX"}
        if complement(tree, index, self.lexicon):
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
        participle = tree.token(index).tag in {"VBN", "VBG"} and not tree.kids(index, "mark", "nsubj")
        if tree.token(index).dep == "acl" and participle:
            return self._participle(tree, head, found)
        if tree.token(head).pos not in {"VERB", "AUX"}:
            noun = self.lexicon.sayings.get(lemma) or self.lexicon.irrealis.get(
                lemma, Factuality.HYPOTHETICAL
            )
            weaker = found if lemma in {"fact", "result"} else weaken(found, noun, cue)
            return self._noun_above(tree, head, weaker)
        complement = tree.token(index).tag in {"VB", "VBG"} or tree.token(index).dep == "xcomp"
        if complement and lemma in self.lexicon.implicatives:
            sign = self.lexicon.implicatives[lemma][negated(tree, head)]
            found = signed(found, sign, cue)
            return self._verb(tree, head, found, skip_negation=True)
        return self._spoken(tree, index, head, found)

    def _participle(self, tree: Tree, noun: int, found: Attribution) -> Attribution:
        """What somebody is known by has happened: "denied bail to the man arrested in Oslo"."""
        given = definite(tree, noun) or tree.token(noun).pos == "PROPN"
        if not given or self.lexicon.irrealis.get(tree.lemma(noun)):
            return self._noun_above(tree, noun, found)
        return self._beyond(tree, noun, found)

    def _beyond(self, tree: Tree, noun: int, found: Attribution) -> Attribution:
        """Weigh only what stands above the clause of a noun that is taken for granted in it."""
        verb = next((a for a in tree.ancestors(noun) if tree.token(a).pos in {"VERB", "AUX"}), None)
        return found if verb is None else self._above(tree, verb, found)

    def _spoken(self, tree: Tree, index: int, head: int, found: Attribution) -> Attribution:
        """Weigh a verb of speech or thought: its subject becomes the claimant."""
        lemma, cue = tree.lemma(head), tree.token(head).span
        if side_by_side(tree, index, head, spoken=lemma in self.lexicon.speech) or granted(tree, index):
            return found
        factuality = said(self.lexicon, tree, index, head)
        if lemma == "be" and tree.token(index).dep == "xcomp" and not tree.kids(head, "acomp", "attr"):
            return self._verb(tree, head, weaken(found, Factuality.PREDICTED, cue))  # "are to strike"
        if lemma == "be":
            return self._verb(tree, head, judged(self.lexicon, tree, head, found))
        if factuality is not Factuality.ASSERTED:
            found = self._heard(tree, head, weaken(found, factuality, cue))
        inside = self._verb(tree, head, Attribution(), skip_negation=True)
        if inside.factuality not in {Factuality.ASSERTED, Factuality.REPORTED}:
            found = weaken(found, inside.factuality, inside.cue or cue)
        return replace(found, claimants=(*found.claimants, *inside.claimants))

    def _heard(self, tree: Tree, head: int, found: Attribution) -> Attribution:
        """Name who speaks, and weigh what is said of them."""
        if speaker := self._speaker(tree, head):
            found = replace(found, claimants=(*found.claimants, speaker))
        for subject, _ in tree.surface_subjects(head):
            found = doubted(self.lexicon, tree, subject, found)
        return found

    def _speaker(self, tree: Tree, verb: int) -> Filler | None:
        """Name who speaks under a verb, or nobody."""
        who = speaking(tree, verb)
        return None if who is None else self.speaker(tree, who)

    def _coordinated(self, tree: Tree, index: int, head: int, found: Attribution) -> Attribution:
        """A second verb shares the first one's modal ("may shell and storm"), and its governor."""
        if tree.token(head).pos not in {"VERB", "AUX"}:
            return self._noun_above(tree, head, found)
        own = tree.kids(index, "nsubj") or (tree.kids(index, "aux") and not to_do(tree, head))
        bare = tree.token(index).tag == "VB" and not own  # "asked them to stop and to leave"
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
        if word in {"from", "out", "off"} and lemma in self.lexicon.implicatives:
            sign = self.lexicon.implicatives[lemma][negated(tree, governor)]
            found = signed(found, sign, cue)
            return self._verb(tree, governor, found, skip_negation=True)
        if word in {"of", "with"} and lemma in self.lexicon.speech:
            return self._spoken(tree, index, governor, found)
        if word in {"of", "for", "with"} and lemma in self.lexicon.deserved:
            return weaken(found, Factuality.REPORTED, cue)
        if word in {"of", "to", "with"} and lemma in self.lexicon.charges:
            found = weaken(found, Factuality.ALLEGED, cue)
        elif word in {"to", "of", "on", "from"} and lemma in self.lexicon.judgements:
            found = weaken(found, self.lexicon.judgements[lemma], cue)
        elif lemma in self.lexicon.irrealis and tree.token(governor).pos == "NOUN":
            found = weaken(found, self.lexicon.irrealis[lemma], cue)
        elif tree.token(index).tag == "VBG" and (open_still := before_deed(tree, prep)):
            found = weaken(found, open_still, cue)
        return self._above(tree, governor, found)

    def _adjunct(self, tree: Tree, index: int, head: int, found: Attribution) -> Attribution:
        """A subordinate or relative clause is taken for granted, but shares who speaks.

        A participle without a word before it ("..., killing two") also shares the modal verb.
        """
        token = tree.token(index)
        verbal = tree.token(head).pos in {"VERB", "AUX"}
        if {tree.lemma(k) for k in tree.kids(index, "mark", "advmod")} & _TEMPORAL:
            head = past_seeming(tree, head)
        asks = any(tree.token(k).tag == "WRB" for k in tree.kids(index, "advmod"))
        marked = asks or tree.kids(index, "mark")
        if verbal and token.dep == "advcl" and token.tag in {"VBG", "VBN"} and not marked:
            return self._verb(tree, head, found)
        outer = self._above(tree, head, found) if verbal else self._noun_above(tree, head, found)
        spoken = outer.factuality in {found.factuality, Factuality.REPORTED, Factuality.ALLEGED}
        return outer if spoken or token.dep != "relcl" else found

    def _noun(self, tree: Tree, noun: int, found: Attribution) -> Attribution:
        """Weigh the words before an event noun, then what governs it."""
        found = before_noun(self.lexicon, tree, noun, found)
        return self._noun_above(tree, noun, found)

    def _noun_above(self, tree: Tree, noun: int, found: Attribution) -> Attribution:
        token = tree.token(noun)
        if token.head == noun:
            return found
        head = token.head
        if token.dep == "conj":
            return self._noun_above(tree, head, found)
        given = token.dep == "pobj" and tree.lemma(head) in _CIRCUMSTANCES and definite(tree, noun)
        if given and not at_issue(self.lexicon, tree, tree.token(head).head):
            return self._beyond(tree, noun, found)
        if token.dep in {"pobj", "pcomp"}:
            prep, head = head, tree.token(head).head
            word = tree.lemma(prep)
            ahead = word == "of" and tree.lemma(head) == "ahead"
            if word in {"without", "against"} or ahead or (word == "like" and not definite(tree, noun)):
                found = weaken(found, self.lexicon.irrealis.get(word, _AS_IF), tree.token(prep).span)
            found = towards(self.lexicon, tree, (prep, noun), found)
            charged = tree.lemma(prep) in {"of", "to", "with"} and tree.lemma(head) in self.lexicon.charges
            charged = charged or (
                word == "for" and not definite(tree, noun) and blames(self.lexicon, tree, head)
            )
            governors = {tree.lemma(k) for k in (head, *tree.kids(head, "dobj"))}
            if charged or governors & self.lexicon.sayings.keys():
                found = weaken(found, Factuality.ALLEGED, tree.token(head).span)
        lemma = tree.lemma(head)
        turned = lemma in _TURNED_DOWN and definite(tree, noun)  # it had been made
        affects = token.dep in {"dobj", "pobj", "conj", "nsubjpass"} and not turned
        if lemma in self.lexicon.irrealis and affects:
            found = weaken(found, self.lexicon.irrealis[lemma], tree.token(head).span)
            governs = tree.token(head).pos in {"VERB", "AUX"}
            if governs and (speaker := self._speaker(tree, head)):
                return replace(found, claimants=(*found.claimants, speaker))
        if tree.token(head).pos not in {"VERB", "AUX"}:
            return self._noun_above(tree, head, found)
        return self._noun_in_clause(tree, noun, head, found)

    def _noun_in_clause(self, tree: Tree, noun: int, verb: int, found: Attribution) -> Attribution:
        """An indefinite event noun shares its verb's negation and modals; a definite one is given."""
        lemma = tree.lemma(verb)
        if lemma == "be" and tree.lemma(noun) in self.lexicon.sayings:
            found = judged(self.lexicon, tree, verb, found)
        if tree.token(noun).dep in {"nsubj", "nsubjpass"} and (cue := to_come(tree, verb)):
            return weaken(found, Factuality.HYPOTHETICAL, cue)
        carried = noun in {i for i, _ in tree.patients(verb)} and lemma in self.lexicon.light
        if lemma in self.lexicon.implicatives and noun in {i for i, _ in tree.patients(verb)}:
            sign = self.lexicon.implicatives[lemma][negated(tree, verb)]
            if sign == "-":
                return self._verb(tree, verb, weaken(found, Factuality.DENIED, tree.token(verb).span))
        if carried or not definite(tree, noun) or lemma in TAKE_PLACE:
            return self._verb(tree, verb, found)
        return self._above(tree, verb, found)
