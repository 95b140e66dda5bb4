"""Finds what a noun phrase refers to: a known name, a person learnt from the article, or
something that only this article describes ("the Azerbaijani diaspora").

A name may have several readings (the state and its land); the slot decides. What has none is
left unresolved: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.extract.candidates import located
from kg.extract.names import foreign, longer, names_of, proper, titled
from kg.extract.nouns import abstract, does_nothing, noun_kind, number_of_people
from kg.extract.tree import Tree
from kg.gazetteer import fold
from kg.iri import digest, slug
from kg.model import Basis, Entity, Family, Filler, Span, Token
from kg.ontology import Ontology
from kg.patterns import Slot

_LEARNT = {"PERSON": "Person", "ORG": "Organisation", "GPE": "Place", "LOC": "Place", "FAC": "Object"}
_NO_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"})
_BEFORE_NOUNS = frozenset({"amod", "compound", "nmod", "poss"})
_QUANTITIES = frozenset("some many dozens hundreds thousands several most both others".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that words may refer to, and the basis on which they do."""

    entity: Entity
    basis: Basis = Basis.EXPLICIT


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves noun phrases of one article.

    `people` are the article's persons by folded full name and by surname; `pronouns` the
    pronouns that could be resolved safely: span of the pronoun to the filler it repeats. `known`
    remembers the readings of words, since many phrases ask for the same ones.
    """

    ontology: Ontology
    text: str
    sha256: str
    people: Mapping[str, Entity]
    pronouns: Mapping[Span, Filler]
    known: dict[Span, tuple[Reading, ...]] = field(default_factory=dict, init=False, compare=False)

    def readings(self, tree: Tree, index: int) -> tuple[Reading, ...]:
        """Return what a phrase with this head may refer to, the likeliest first."""
        span = tree.token(index).span
        if span not in self.known:
            self.known[span] = self._read(tree, index)
        return self.known[span]

    def _read(self, tree: Tree, index: int) -> tuple[Reading, ...]:
        token = tree.token(index)
        if token.pos == "PRON" and token.lemma.lower() not in _QUANTITIES:
            filler = self.pronouns.get(token.span)
            return (Reading(filler.entity, Basis.COREFERENCE),) if filler else ()
        if number_of_people(tree, index):
            phrase = tree.phrase(index)
            return (Reading(self._minted("Group", phrase.of(self.text), (), phrase)),)
        return () if token.entity in {"DATE", "TIME"} else self._nominal(tree, index)

    def _nominal(self, tree: Tree, index: int) -> tuple[Reading, ...]:
        """Read a noun or an adjective: a common noun by its lemma, else a name, a nation."""
        token = tree.token(index)
        doer = token.dep == "nsubj" or tree.token(token.head).dep == "agent"
        if doer and does_nothing(tree, index, self.ontology.lexicon):
            return ()
        common = token.tag in {"NN", "NNS"} or (index == 0 and not token.entity)
        if common and noun_kind(tree, index, self.ontology.lexicon) is not None:
            return self._described(tree, index)
        if named := self._named(tree, index):
            return named
        if token.dep in {"amod", "compound", "nmod"} and (state := self._nation(token)):
            return (Reading(state),)
        return () if token.dep == "amod" else self._described(tree, index)

    def _named(self, tree: Tree, index: int) -> tuple[Reading, ...]:
        token = tree.token(index)
        if not any(letter.isupper() for letter in token.text):
            return ()
        lexicon = self.ontology.lexicon
        for name in names_of(tree, index, self.text):
            found = self._known(fold(name))
            if found and any(foreign(tree, index, r.entity, name, lexicon) for r in found):
                continue
            town = bool(found) and all(r.entity.kind == "City" for r in found)
            if town and token.entity == "ORG" and longer(tree, index):
                return self._learnt(tree, index)  # the Development Bank is not in the town of Bank
            if town and token.entity == "PERSON":
                learnt = self._learnt(tree, index)
                return learnt if titled(tree, index, lexicon) else (*found, *learnt)
            if found:
                return found
        return self._learnt(tree, index)

    def _known(self, name: str) -> tuple[Reading, ...]:
        gazetteer = self.ontology.gazetteer
        found = []
        if person := self.people.get(name):
            found.append(Reading(person))
        if (actor := gazetteer.actors.get(name)) and not found:
            found.append(Reading(actor))
        if place := gazetteer.places.get(name):
            found.append(Reading(place))
        if state := gazetteer.stands_for.get(name):
            found.append(Reading(state, Basis.METONYM))
        return tuple(found)

    def _nation(self, token: Token) -> Entity | None:
        return self.ontology.gazetteer.nations.get(fold(token.text))

    def _learnt(self, tree: Tree, index: int) -> tuple[Reading, ...]:
        """Take a capitalised name for what the parser's entity label says it is."""
        token = tree.token(index)
        if self._nation(token) or (token.tag == "NNPS" and self._people_of(tree, index)):
            return self._people_of(tree, index)
        if token.pos != "PROPN" or token.entity in _NO_NAMES:
            return self._described(tree, index)
        kind = _LEARNT.get(token.entity) or self._called(tree, index)
        name = proper(tree, index)
        named = Reading(self._minted(kind, name))
        return (named, Reading(self._minted("Actor", name))) if kind == "Place" else (named,)

    def _called(self, tree: Tree, index: int) -> str:
        """Say what an unknown name is by its title, or by the noun that it ends in ("the Premier")."""
        lexicon = self.ontology.lexicon
        kind = lexicon.nouns.get(tree.token(index).text.lower())
        actor = kind is not None and self.ontology.is_a(kind, ("Actor",))
        return "Person" if titled(tree, index, lexicon) else kind if actor and kind else "Actor"

    def _people_of(self, tree: Tree, index: int) -> tuple[Reading, ...]:
        """Take "Armenians", "ethnic Russians" for a group of people, never for their state."""
        word = fold(tree.token(index).text)
        if word in self.ontology.gazetteer.nations and not word.endswith("s"):
            counted = tree.token(index).dep not in _BEFORE_NOUNS and tree.kids(index, "det", "nummod")
            words = tree.phrase(index).of(self.text)
            return (Reading(self._minted("Person", words, (), tree.phrase(index))),) if counted else ()
        stem = word.removesuffix("s")
        if stem not in self.ontology.gazetteer.nations:
            return ()
        return (Reading(self._minted("Group", tree.phrase(index).of(self.text))),)

    def _described(self, tree: Tree, index: int) -> tuple[Reading, ...]:
        kind = noun_kind(tree, index, self.ontology.lexicon) or self._stranger(tree, index)
        if kind is None:
            return ()
        phrase = tree.phrase(index)
        links = self._acts_for(tree, index) if self.ontology.is_a(kind, ("Actor",)) else ()
        if kind == "Place":
            links = self._within(tree, index)
        if self.ontology.is_a(kind, ("Person", "Organisation")) and (named := self._apposed(tree, index)):
            return named
        own = Reading(self._minted(kind, phrase.of(self.text), links, phrase))
        acting = None if tree.token(index).dep == "compound" else self._acting(tree.lemma(index))
        if acting is None:
            return (own,)
        links = self._acts_for(tree, index)
        body = self._minted(acting, phrase.of(self.text), links, phrase)
        return own, Reading(body, Basis.METONYM)

    def _acting(self, lemma: str) -> str | None:
        """Return as what a thing or place may act: a warship for its crew, a town for its council."""
        lexicon = self.ontology.lexicon
        return lexicon.crewed.get(lemma) or ("Organisation" if lemma in lexicon.governed else None)

    def _apposed(self, tree: Tree, index: int) -> tuple[Reading, ...]:
        """Take the name behind a role: "his counterpart Jane Doe" is Jane Doe."""
        for kid in tree.kids(index, "appos"):
            if tree.token(kid).pos == "PROPN" and (named := self._named(tree, kid)):
                return named
        return ()

    def _stranger(self, tree: Tree, index: int) -> str | None:
        """Take an unknown noun of a nation for somebody where it acts: "Emirati skippers rammed ..."."""
        token = tree.token(index)
        acts = token.dep == "nsubj" or tree.token(token.head).dep == "agent"
        if token.pos != "NOUN" or not acts or abstract(tree, index):
            return None
        kids = tree.kids(index, "amod", "compound", "nmod")
        return "Actor" if any(self._nation(tree.token(k)) for k in kids) else None

    def _acts_for(self, tree: Tree, index: int) -> tuple[tuple[str, Entity], ...]:
        """Link an organ or office holder to the state whose adjective or owner stands before it."""
        head = tree.lemma(index)
        words = {head, *(f"{tree.lemma(k)} {head}" for k in tree.kids(index, "compound", "amod"))}
        if not words & self.ontology.lexicon.offices:
            return ()
        for kid in tree.kids(index, "amod", "compound", "nmod", "poss"):
            state = self._nation(tree.token(kid)) or self._state(tree, kid)
            if state is not None:
                return (("actsFor", state),)
        return ()

    def _state(self, tree: Tree, index: int) -> Entity | None:
        readings = self.readings(tree, index) if tree.token(index).dep == "poss" else ()
        return next((r.entity for r in readings if r.entity.kind == "State"), None)

    def _within(self, tree: Tree, index: int) -> tuple[tuple[str, Entity], ...]:
        nouns = tree.prepositional(index, frozenset({"of", "in"}))
        for noun in nouns:
            for reading in self.readings(tree, noun):
                if self.ontology.is_a(reading.entity.kind, ("Place",)):
                    return (("within", reading.entity),)
        return ()

    def _minted(
        self, kind: str, words: str, links: tuple[tuple[str, Entity], ...] = (), at: Span | None = None
    ) -> Entity:
        label = " ".join(words.split())
        place = f"{at.start}-{at.end}" if at else ""
        suffix = digest(self.sha256, label, place)[:8]
        family: Family = "object"
        if self.ontology.is_a(kind, ("Actor",)):
            family = "actor"
        elif self.ontology.is_a(kind, ("Place",)):
            family = "place"
        key = f"{slug(label)}-x{suffix}"
        return Entity(kind, key, label, described=True, family=family, links=links)

    def fits(self, tree: Tree, index: int, slot: Slot) -> bool:
        """Tell whether a token may fill a slot."""
        if not slot.roles and not slot.classes:
            return not slot.lemmas or bool(tree.lemmas(index) & slot.lemmas)
        return all(self.choose(tree, index, role, slot) is not None for role in slot.roles) and (
            bool(slot.roles) or self._allowed(tree, index, slot) is not None
        )

    def choose(self, tree: Tree, index: int, role: str, slot: Slot) -> Reading | None:
        """Return the reading that fits a role of a slot, or None."""
        if slot.named and not tree.token(index).text[:1].isupper():
            return None
        wanted = self.ontology.ranges.get(role, frozenset())
        if role == "place" and len(slot.roles) > 1:
            slot = Slot(("place",), wanted)
        return self._allowed(tree, index, slot, wanted)

    def _allowed(self, tree: Tree, index: int, slot: Slot, wanted: Iterable[str] = ()) -> Reading | None:
        readings = [
            r for r in self.readings(tree, index) if not wanted or self.ontology.is_a(r.entity.kind, wanted)
        ]
        if slot.lemmas and bool(tree.lemmas(index) & slot.lemmas):
            return readings[0] if readings else self._thing(tree, index, wanted)
        if slot.classes:
            readings = [r for r in readings if self.ontology.is_a(r.entity.kind, slot.classes)]
        if not readings and not slot.classes and not slot.lemmas and not wanted:
            return self._thing(tree, index, wanted)
        return readings[0] if readings and not (slot.lemmas and not slot.classes) else None

    def _thing(self, tree: Tree, index: int, wanted: Iterable[str]) -> Reading | None:
        """Take a noun of which nothing is known for an object, where the slot allows anything."""
        token = tree.token(index)
        if token.pos not in {"NOUN", "PROPN"} or (wanted and "Object" not in wanted):
            return None
        phrase = tree.phrase(index)
        return Reading(self._minted("Object", phrase.of(self.text), (), phrase))

    def somebody(self, tree: Tree, index: int) -> Filler | None:
        """Take an unknown noun for somebody: who speaks is an actor, whatever the word."""
        if tree.token(index).pos not in {"NOUN", "PROPN"}:
            return None
        phrase = tree.phrase(index)
        return Filler(phrase, self._minted("Actor", phrase.of(self.text), (), phrase))

    def filler(
        self,
        tree: Tree,
        index: int,
        role: str,
        slot: Slot,
        *,
        basis: Basis = Basis.EXPLICIT,
        without: frozenset[int] = frozenset(),
    ) -> Filler | None:
        """Return the filler of a role: its words (none of them in `without`), entity and basis."""
        reading = self.choose(tree, index, role, slot)
        inferred = basis is Basis.INFERRED
        if any(tree.lemma(k) == "whose" for k in tree.kids(index, "poss")):
            return None
        metonym = reading is not None and reading.basis is Basis.METONYM
        thing = tree.token(index).pos == "NOUN" or located(tree, index)
        if reading is None or (inferred and metonym and thing):
            return None  # "in Kyiv" only says where, and a nearby lorry is not its crew
        shown = basis if inferred or reading.basis is Basis.EXPLICIT else reading.basis
        pronoun = self.pronouns.get(tree.token(index).span)
        antecedent = pronoun.span if pronoun else None
        amod = tree.token(index).dep == "amod"
        span = tree.token(index).span if amod else tree.phrase(index, without)
        return Filler(span, reading.entity, shown, antecedent)
