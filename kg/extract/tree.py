"""Reads a sentence's dependency tree: deep subjects and objects whatever the voice or form.

Labels are those of the CLEAR scheme (ClearNLP), as spaCy's English pipelines give them.
"Deep" means that in "the plane was shot down by soldiers" the soldiers are the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import Basis, Sentence, Span, Token

Found = tuple[int, Basis]

_OBJECT_CONTROL = frozenset(
    "prevent force order ask urge allow permit help make let cause compel persuade tell invite enable"
    " stop ban bar forbid accuse suspect convict keep dissuade see hear watch catch find lead"
    " prompt encourage require oblige instruct authorise authorize task commission hire bribe".split()
)
CALLS = frozenset("call appeal depend rely ask press push lobby campaign plead petition beg".split())
CALLED_ON = frozenset({"on", "upon", "to", "for"})
_QUANTITIES = frozenset(
    "hundred thousand dozen score million billion number some several many group lot majority couple pair"
    " handful volley salvo barrage batch ton tonne truckload planeload boatload series string wave spate raft"
    " kilo kilogram litre gallon barrel bag sack bundle round rest remainder last most half third quarter"
    " part percent all none hour day week night session cache haul trove tranche pool".split()
)
_REASONS = frozenset({"for", "of", "with"})
_RELATIVE = frozenset(["who", "whom", "which", "that"])
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECT = frozenset({"dobj", "obj"})
_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "predet"})


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence with its children looked up once."""

    sentence: Sentence
    children: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, sentence: Sentence) -> Tree:
        """Build the tree of a sentence; a ring of heads, which is no tree, is opened."""
        sentence = replace(sentence, tokens=_opened(sentence.tokens))
        below: list[list[int]] = [[] for _ in sentence.tokens]
        for token in sentence.tokens:
            if token.head != token.index:
                below[token.head].append(token.index)
        return cls(sentence, tuple(tuple(kids) for kids in below))

    def token(self, index: int) -> Token:
        """Return a token by its index."""
        return self.sentence.tokens[index]

    def kids(self, index: int, *deps: str) -> list[int]:
        """Return the children that hang on a token by one of these labels (any, if none)."""
        tokens = self.sentence.tokens
        return [k for k in self.children[index] if not deps or tokens[k].dep in deps]

    def subtree(self, index: int) -> Iterator[int]:
        """Yield a token and all below it."""
        yield index
        for kid in self.children[index]:
            yield from self.subtree(kid)

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the heads above a token, nearest first."""
        tokens = self.sentence.tokens
        while (head := tokens[index].head) != index:
            yield head
            index = head

    def coordinated(self, index: int) -> list[int]:
        """Return a token and what is coordinated with it: "Moscow, Ankara and Baku"."""
        found = [index]
        for kid in self.kids(index, "conj"):
            if not self._negated_link(kid):
                found.extend(self.coordinated(kid))
        return found

    def _negated_link(self, index: int) -> bool:
        left = {self.token(k).lemma for k in self.kids(index, "neg", "preconj")}
        before = self.token(index - 1).lemma if index else ""
        return bool(left & {"not", "never"}) or before == "not"

    def passive(self, verb: int) -> bool:
        """Tell whether a verb form is passive (full, or a reduced relative: "men held by ...")."""
        if self.kids(verb, "nsubjpass", "auxpass", "csubjpass"):
            return True
        token = self.token(verb)
        if token.dep == "conj" and token.tag == "VBN" and not self.kids(verb, "nsubj", "aux"):
            return self.passive(token.head)
        return token.tag == "VBN" and token.dep in {"acl", "advcl"} and not self.kids(verb, "aux")

    def surface_subjects(self, verb: int) -> list[Found]:
        """Return the grammatical subject of a verb, inherited where the form leaves it out."""
        token = self.token(verb)
        own = self.kids(verb, *_SUBJECT)
        if own:
            return [(self._antecedent(own[0], verb), Basis.EXPLICIT)]
        if token.dep == "conj" and self.token(token.head).pos in {"VERB", "AUX"}:
            return self.surface_subjects(token.head)
        if token.dep == "acl":
            return [(token.head, Basis.EXPLICIT)] if token.tag in {"VBG", "VBN"} else []
        if token.dep in {"xcomp", "pcomp", "advcl", "ccomp"} and self._subjectless(verb):
            return self._controller(verb)
        return []

    def _subjectless(self, verb: int) -> bool:
        """Tell whether a verb may leave its subject to the governor, as "turned, ..., helped" does."""
        token = self.token(verb)
        loose = token.dep == "advcl" and not self.kids(verb, "mark", "advmod")
        return token.tag in {"VBG", "VBN", "VB"} or token.dep == "xcomp" or loose

    def _controller(self, verb: int) -> list[Found]:
        """Find whose doing a subjectless verb is: the governing verb's subject or object."""
        governor = next((a for a in self.ancestors(verb) if self.token(a).pos in {"VERB", "AUX"}), None)
        if governor is None:
            return []
        blamed = self._blamed(verb, governor)
        if blamed is not None:
            return [(blamed, Basis.CONTROL)]
        objects = self.kids(governor, *_OBJECT)
        if not objects and self.token(governor).lemma in CALLS:
            objects = self.prepositional(governor, CALLED_ON)
        if (
            self.token(verb).dep != "advcl"
            and self.token(governor).lemma in _OBJECT_CONTROL | CALLS
            and objects
        ):
            return [(objects[0], Basis.CONTROL)]
        active = self.token(verb).tag != "VBN"
        if active and self.passive(governor) and self.token(verb).dep in {"advcl", "pcomp"}:
            return []
        return [(index, Basis.CONTROL) for index, _ in self.surface_subjects(governor)]

    def _blamed(self, verb: int, governor: int) -> int | None:
        """Return whose deed a gerund is that tells what somebody is treated for.

        "thanked Norway for sheltering them", "was charged with killing two".
        """
        prep = self.token(self.token(verb).head)
        if self.token(verb).dep != "pcomp" or prep.lemma not in _REASONS:
            return None
        if self.passive(governor):
            return next((index for index, _ in self.surface_subjects(governor)), None)
        return next(iter(self.kids(governor, *_OBJECT)), None) if prep.head == governor else None

    def _antecedent(self, index: int, verb: int) -> int:
        """Replace a relative pronoun by the noun that its clause modifies."""
        token = self.token(index)
        if token.lemma.lower() in _RELATIVE and token.tag in {"WP", "WDT", "IN", "DT"}:
            for above in (verb, *self.ancestors(verb)):
                if self.token(above).dep == "relcl":
                    return self.token(above).head
        return index

    def agents(self, verb: int) -> list[Found]:
        """Return the deep subjects: the doer, also in a by-phrase."""
        if not self.passive(verb):
            return self._spread(self.surface_subjects(verb))
        by = [k for k in self.kids(verb, "agent", "prep") if self.token(k).lemma == "by"]
        found = [(noun, Basis.PASSIVE) for k in by for noun in self.kids(k, "pobj")]
        return self._spread(found)

    def patients(self, verb: int) -> list[Found]:
        """Return the deep objects: whom or what it is done to."""
        if self.passive(verb):
            return self._spread([(i, Basis.PASSIVE) for i, _ in self.surface_subjects(verb)])
        own = self.kids(verb, *_OBJECT)
        if own:
            return self._spread([(self._antecedent(own[0], verb), Basis.EXPLICIT)])
        raised = [n for k in self.kids(verb, "ccomp") if self._bare(k) for n in self.kids(k, "nsubj")]
        if raised:
            return self._spread([(raised[0], Basis.EXPLICIT)])
        shared = [k for k in self.kids(verb, "conj") if self.token(k).pos == "VERB"]
        if shared and not self.kids(verb, "prep", "prt") and not self.passive(shared[0]):
            objects = self.kids(shared[0], *_OBJECT)
            if objects and not self.kids(shared[0], "nsubj"):
                return self._spread([(objects[0], Basis.CONTROL)])
        return self._gap(verb)

    def _bare(self, clause: int) -> bool:
        """Tell whether a clause is an infinitive or verbless: "let them go", "found him guilty"."""
        helpers = {self.lemma(k) for k in self.kids(clause, "aux", "auxpass", "mark")}
        token = self.token(clause)
        return (token.tag == "VB" or token.pos == "ADJ") and helpers <= {"to", "be"}

    def _gap(self, verb: int) -> list[Found]:
        """Find the object of a relative clause without a pronoun: "the town they shelled"."""
        token = self.token(verb)
        subjects = [self.token(k) for k in self.kids(verb, "nsubj")]
        if any(self.token(k).tag == "WRB" for k in self.kids(verb, "advmod")):
            return []  # "the yard where they fought"
        if token.dep == "relcl" and subjects and subjects[0].lemma.lower() not in _RELATIVE:
            return [(token.head, Basis.EXPLICIT)]
        return []

    def _spread(self, found: list[Found]) -> list[Found]:
        return [(each, basis) for index, basis in found for each in self.coordinated(index)]

    def prepositional(self, index: int, prepositions: frozenset[str]) -> list[int]:
        """Return the nouns (or verbs) in the prepositional phrases of a token."""
        found: list[int] = []
        for kid in self.kids(index, "prep", "agent", "dative"):
            word = self.token(kid).lemma.lower()
            if word in prepositions:
                predicate = ("amod", "acomp") if word == "as" else ()
                found.extend(self.kids(kid, "pobj", "pcomp", *predicate))
            if word != "accord" and self.kids(kid, "prep"):
                found.extend(self.prepositional(kid, prepositions))
        return found

    def phrase(self, head: int, without: frozenset[int] = frozenset()) -> Span:
        """Return the span of a noun phrase: its modifiers, its head, what tells which.

        A phrase around one of the tokens in `without` belongs to something else.
        """
        inside = {head, *self._before(head), *self._of(head, without - {head})}
        first, last = self.token(min(inside)), self.token(max(inside))
        return Span(first.span.start, last.span.end)

    def _before(self, head: int) -> set[int]:
        kids = [k for k in self.kids(head, *_LEFT) if k < head]
        return {index for kid in kids for index in self.subtree(kid)}

    def _of(self, head: int, without: frozenset[int]) -> set[int]:
        found: set[int] = set()
        for prep in self.kids(head, "prep"):
            nouns = self.kids(prep, "pobj")
            if self._tells_which(head, prep) and nouns and not without & {*self.subtree(nouns[0])}:
                also = self.coordinated(nouns[0]) if self.lemma(prep) == "from" else nouns[:1]
                for noun in also:
                    found |= {prep, noun, *self._before(noun), *self._of(noun, without)}
        return found

    def _tells_which(self, head: int, prep: int) -> bool:
        """Tell whether a preposition belongs to a name: "of", and "from" behind people who act."""
        noun = self.token(head)
        people = noun.tag == "NNS" and noun.dep in {"nsubj", "nsubjpass"}
        return self.lemma(prep) == "of" or (self.lemma(prep) == "from" and people and prep == head + 1)

    def noun_head(self, index: int) -> int:
        """Return the noun that a word stands before: "United" in "United Nations appeal"."""
        while self.token(index).dep in {"compound", "nmod", "amod"} and self.token(index).head > index:
            index = self.token(index).head
        return index

    def name_head(self, index: int) -> int:
        """Return the last word of the name that a word belongs to: "Nations" for "United"."""
        while self.token(index).dep == "compound" and self.token(self.token(index).head).pos == "PROPN":
            index = self.token(index).head
        return index

    def counted(self, index: int) -> int:
        """Return the noun that a quantity counts: "missiles" in "hundreds of missiles"."""
        if self.lemma(index) in _QUANTITIES or self.token(index).pos == "NUM":
            for prep in self.kids(index, "prep"):
                for noun in self.kids(prep, "pobj") if self.lemma(prep) == "of" else []:
                    return noun
        return index

    def lemmas(self, index: int) -> set[str]:
        """Return a token's lemma and that of what it counts: hundred, missile."""
        return {self.lemma(index), self.lemma(self.counted(index))}

    def lemma(self, index: int) -> str:
        """Return a token's lemma in lower case."""
        return self.token(index).lemma.lower()


def _opened(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Make a root of every token from which no root can be reached."""
    found = list(tokens)
    for token in tokens:
        seen = {token.index}
        at = token.head
        while found[at].head != at and at not in seen:
            seen.add(at)
            at = found[at].head
        if at in seen and found[at].head != at:
            found[token.index] = replace(token, head=token.index, dep="ROOT")
    return tuple(found)
