"""The rule extractor: patterns over dependency trees, all knowledge in `ontology/`.

One of possibly several extractors: whatever proposes, `kg.gate` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from kg.extract.bare import grounded, known_by
from kg.extract.claims import assemble, label_of
from kg.extract.counts import Casualty, find_casualties
from kg.extract.disputes import disputed
from kg.extract.drafts import Draft, Phrases, find_drafts, stated
from kg.extract.headline import finite, linked, planned, present, titled
from kg.extract.hedging import weaken
from kg.extract.likely import weighed
from kg.extract.people import learn_people
from kg.extract.pronouns import resolve_pronouns
from kg.extract.quoting import Quotation, direct_speech, spoken
from kg.extract.relevance import Relevance
from kg.extract.repairs import repair
from kg.extract.resolve import Resolver
from kg.extract.sourcing import by_the_victim
from kg.extract.takeup import taken_up
from kg.extract.times import Clock, Dated, dates_of, read_times, still_ahead
from kg.extract.tree import Tree
from kg.extract.untyped import find_untyped
from kg.extract.voice import Voice
from kg.gazetteer import fold
from kg.model import Article, BlockKind, Document, Event, Extraction, Factuality, Filler, Refusal, Span, When
from kg.ontology import PLAIN, Ontology
from kg.patterns import Slot
from kg.timex.context import Context

_STATED = frozenset({Factuality.ASSERTED, Factuality.REPORTED})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VB"})
_LONGEST = 300  # tokens; what is longer is a list or a table, and trees may be that deep
_SPORT_LEAST, _SPORT_DENSITY = 3, 50  # different words; tokens for each (23 other articles: 0 or 1)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence with its drafts, what was refused, its times, the passage's frame, and its text's drafts."""

    tree: Tree
    drafts: list[Draft]
    refused: list[Refusal]
    dated: tuple[Dated, ...]
    frame: When | None
    company: int = 0


@dataclass(frozen=True, slots=True)
class RuleExtractor:
    """Extracts by the ontology's phrases; deterministic."""

    ontology: Ontology
    phrases: Phrases
    relevance: Relevance
    untyped: bool = False
    nearby: bool = False

    @property
    def name(self) -> str:
        """What identifies the extractor."""
        return "rules" + "+untyped" * self.untyped + "+nearby" * self.nearby

    @classmethod
    def of(cls, ontology: Ontology, *, untyped: bool = False, nearby: bool = False) -> RuleExtractor:
        """Build the extractor of an ontology.

        `untyped` keeps named deeds that no phrase tells; `nearby` lets a deed concern whom the sentence
        only names beside it, as coders of events do: in an article that is mostly wrong.
        """
        phrases = Phrases.of(ontology)
        return cls(ontology, phrases, Relevance.of(ontology, phrases), untyped, nearby)

    def extract(self, document: Document) -> Extraction:
        """Return the events that the patterns find, in the order of the text."""
        article = document.article
        trees, resolver = self._prepared(document)
        voice = Voice(self.ontology.lexicon, partial(_speaker, resolver))
        speech = direct_speech(trees, article, self.ontology.lexicon, voice.speaker)
        events: list[Event] = []
        refusals = [
            Refusal("sentence", s.span, "too-long", f"more than {_LONGEST} words: a list or a table?")
            for s in document.sentences
            if len(s.tokens) > _LONGEST
        ]
        sentences = list(self._drafted(trees, resolver, article))
        company = sum(len(drafted.drafts) for drafted in sentences)
        for drafted in sentences:
            events.extend(self._events(replace(drafted, company=company), voice, speech, article))
            refusals.extend(drafted.refused)
        headline = next((b.span for b in article.blocks if b.kind is BlockKind.TITLE), None)
        above = [tree for tree in trees if headline and headline.covers(tree.sentence.span) and present(tree)]
        plain = {t.span for tree in above for t in tree.sentence.tokens if finite(t)}
        events, unclear = linked(events, headline, plain, self.ontology)
        spans = [sentence.span for sentence in document.sentences]
        events = disputed(events, spans, article.text, self.ontology)
        events = grounded(taken_up(events, article.text, self.ontology), article.text, self.ontology)
        refusals.extend(unclear)
        if events and self._is_sport(document):
            told = (
                Refusal(e.type, e.trigger, "sport", "the article reads like a match report") for e in events
            )
            return Extraction((), (*refusals, *told))
        return Extraction(tuple(events), tuple(refusals))

    def times(self, document: Document) -> tuple[When, ...]:
        """Return the time expressions of a document in order, anchored as for its events."""
        trees, resolver = self._prepared(document)
        sentences = self._drafted(trees, resolver, document.article)
        return tuple(one.when for drafted in sentences for one in drafted.dated)

    def trees(self, document: Document) -> list[Tree]:
        """Return the trees of a document's sentences, as the phrases are matched against them."""
        return self._prepared(document)[0]

    def _prepared(self, document: Document) -> tuple[list[Tree], Resolver]:
        """Return the trees of a document, and what resolves their nouns and pronouns."""
        known = self.ontology.gazetteer.actors

        def is_name(word: str) -> bool:
            entity = known.get(fold(word))
            return entity is not None and entity.kind == "Person"

        def is_people(noun: str) -> bool:
            kind = self.ontology.lexicon.nouns.get(noun)
            return kind is not None and self.ontology.is_a(kind, ("Actor",))

        article = document.article
        is_lemma = self.phrases.lemmas.__contains__
        short = [s for s in document.sentences if len(s.tokens) <= _LONGEST]
        trees = [Tree.of(repair(sentence, is_name, is_lemma, is_people)) for sentence in short]
        people = learn_people(trees, self.ontology, article.sha256)
        resolver = Resolver(self.ontology, article.text, article.sha256, people, {})
        return trees, replace(resolver, pronouns=resolve_pronouns(trees, resolver))

    def _drafted(self, trees: Iterable[Tree], resolver: Resolver, article: Article) -> Iterator[Drafted]:
        """Yield the drafts of each sentence, with the times that the text so far anchors."""
        clock = Clock(Context(publication=article.published))
        for tree in trees:
            title = article.blocks[tree.sentence.block].kind is BlockKind.TITLE
            found, refused = find_drafts(tree, self.relevance.narrowed(tree), self.ontology, resolver)
            drafts, unlikely = weighed(found, self.ontology)
            drafts = [d for d in drafts if not (planned if title else titled)(tree, d.head)]
            drafts.extend(find_untyped(tree, drafts, resolver) if self.untyped else ())
            dated, after = read_times(tree, drafts, clock, article, self.ontology.lexicon)
            clock = clock if title else after  # a text tells its times itself
            yield Drafted(tree, drafts, [*refused, *unlikely], dated, after.frame)

    def _complains(self, draft: Draft) -> bool:
        """Tell whether somebody speaks of a harm that was done to them."""
        ontology = self.ontology
        return ontology.harms(draft.match.type) and by_the_victim(
            draft.tree, draft.head, ontology.lexicon.speech
        )

    def _is_sport(self, document: Document) -> bool:
        """Tell whether many different words of match reports stand in an article."""
        texts = (sentence.span.of(document.article.text) for sentence in document.sentences)
        found, length = self.relevance.sports(texts)
        return found >= _SPORT_LEAST and found * _SPORT_DENSITY >= length

    def _events(
        self, drafted: Drafted, voice: Voice, speech: tuple[Quotation, ...], article: Article
    ) -> Iterable[Event]:
        tree, drafts = drafted.tree, drafted.drafts
        if not drafts:
            return
        times = dates_of(drafted.dated, drafts, drafted.frame)
        casualties = list(find_casualties(tree, self.ontology.lexicon, article.text))
        folded = {d.head for d in drafts if _consequence(tree, d, drafts, casualties)}
        kept = [replace(d, company=drafted.company) for d in drafts if d.head not in folded]
        triggers = {d.head: d.match.trigger for d in kept}
        for draft in kept if self.nearby else map(stated, kept):
            said = spoken(voice.of(tree, draft.head), draft.match.trigger, speech)
            when = times.get(draft.head)
            if when is not None and when.span is not None and still_ahead(when, article.published):
                said = weaken(said, Factuality.PREDICTED, when.span)
            if said.factuality is Factuality.REPORTED and self._complains(draft):
                said = replace(said, factuality=Factuality.ALLEGED)
            if draft.match.type == PLAIN and said.factuality not in _STATED:
                continue
            event = assemble(
                draft,
                voice=said,
                when=when,
                counts=[c.count for c in casualties if _owner(tree, c, kept) == draft.head],
                content=_content(tree, draft, triggers),
                after=_after(tree, draft, triggers),
                label=label_of(draft, self.ontology.label(draft.match.type)),
                confidence=self.ontology.confidence,
            )
            yield replace(event, known_by=known_by(tree, draft.match, self.ontology.lexicon))


def _speaker(resolver: Resolver, tree: Tree, index: int) -> Filler | None:
    known = resolver.filler(tree, index, "agent", Slot(("agent",)))
    return known or resolver.somebody(tree, index)


def _owner(tree: Tree, casualty: Casualty, drafts: list[Draft]) -> int | None:
    """Return the draft that a count belongs to: its own verb, or the nearest one above."""
    heads = {d.head for d in drafts} | {f for d in drafts for f in d.match.fixed}
    fixed = {f: d.head for d in drafts for f in d.match.fixed}
    subjects = [k for k in tree.kids(casualty.cue, "nsubj") if k in heads]
    for index in (*subjects, casualty.cue, *tree.ancestors(casualty.cue)):
        if index in heads:
            return fixed.get(index, index)
        token = tree.token(index)
        if token.dep in {"ccomp", "parataxis"} or (token.dep == "conj" and token.tag in _FINITE):
            break
        if token.dep == "relcl" and token.head not in heads:
            break  # "the collapse of a bridge that killed nine" is not the charge over it
    return None


def _consequence(tree: Tree, draft: Draft, drafts: list[Draft], casualties: list[Casualty]) -> bool:
    """Tell whether a killing is only the toll of the event whose clause it closes.

    "shot down a plane, killing some passengers" is one event with a count, not two events.
    """
    token = tree.token(draft.head)
    counted = any(c.cue == draft.head for c in casualties)
    others = {d.head: d for d in drafts if d.head != draft.head}
    if token.dep == "conj" and token.head in others:
        return counted and _consequence(tree, others[token.head], drafts, casualties)
    return counted and token.dep == "advcl" and token.tag == "VBG" and token.head in others


def _content(tree: Tree, draft: Draft, triggers: Mapping[int, Span]) -> list[Span]:
    """Return the events that a speech act is about: those in the clause that it governs."""
    heads = set(draft.content)
    for clause in tree.kids(draft.head, "ccomp", "xcomp"):
        heads |= {clause, *(k for k in tree.coordinated(clause))}
    return [triggers[head] for head in sorted(heads) if head in triggers and head != draft.head]


def _after(tree: Tree, draft: Draft, triggers: Mapping[int, Span]) -> list[Span]:
    """Return the events of the sentence that the text puts before this one."""
    found = []
    for kid in tree.kids(draft.head, "prep", "advcl"):
        token = tree.token(kid)
        if token.dep == "prep" and token.lemma.lower() in {"after", "following"}:
            found += [i for i in tree.kids(kid, "pobj", "pcomp") if i in triggers]
        marks = {tree.lemma(k) for k in tree.kids(kid, "mark", "advmod")}
        if token.dep == "advcl" and "after" in marks and kid in triggers:
            found.append(kid)
    return [triggers[i] for i in found]
