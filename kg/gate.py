"""The gate: whatever an extractor proposes is checked against the text, and kept or refused.

Every check can fail: the quote at its exact offsets, the trigger inside its sentence, each
filler in the text and of a class that its role allows, numbers and dates derived again from
the quoted words, the type in the ontology. A refusal has a code and a detail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.dates import Dates
from kg.extract.numbers import bounds
from kg.model import Claim, Count, Document, Event, Extraction, Filler, Mention, Refusal, Span, When
from kg.ontology import ROLES, Ontology

Problem = tuple[str, str]
_MAKING = frozenset({"status", "type"})
_VALUES: Mapping[str, type] = {
    **dict.fromkeys(ROLES, Filler), "status": str, "type": str, "when": When, "casualties": Count,
    "content": Mention, "after": Mention,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Gate:
    """The text and the ontology that proposals are held against."""

    text: str
    ontology: Ontology
    contents: frozenset[Span]
    triggers: frozenset[Span]
    dates: Dates
    least: float

    def problems(self, event: Event) -> Iterator[Problem]:
        """Yield what is wrong with a whole event; the first one refuses it."""
        if not self.ontology.knows(event.type):
            yield "unknown-type", f"{event.type} is no event type of the ontology"
            return
        if not event.values("status"):
            yield "no-status", "an event needs a claim that it took place"
        if doubtful := [c for c in event.claims if c.aspect in _MAKING and c.confidence < self.least]:
            yield "low-confidence", f"{doubtful[0].confidence} is below {self.least}"
        if not event.sentence.covers(event.trigger) or not self._inside(event.sentence):
            yield "trigger-outside", "the trigger is not inside the quoted sentence"
        if self.bare(event):
            yield "bare", "nobody, nothing and no number is named"
        for claim in event.claims:
            yield from self.doubts(claim, event.sentence)

    def bare(self, event: Event) -> bool:
        """Tell whether an event names nobody, nothing and no number.

        One that another event is about, that takes up another one, or that other words of its
        sentence make known, need not.
        """
        named = [c for c in event.claims if isinstance(c.value, Filler | Count) and c.aspect != "place"]
        again = event.repeats is not None and event.repeats in self.triggers - {event.trigger}
        known = event.known_by is not None and event.sentence.covers(event.known_by)
        return not named and not again and not known and event.trigger not in self.contents

    def doubts(self, claim: Claim, sentence: Span) -> Iterator[Problem]:
        """Yield what is wrong with one claim."""
        if not isinstance(claim.value, _VALUES.get(claim.aspect, ())):
            yield "wrong-value", f"{claim.aspect} with a {type(claim.value).__name__}"
        if not 0 <= claim.confidence <= 1:
            yield "wrong-confidence", f"{claim.confidence} is no probability"
        if claim.aspect == "type" and not self.ontology.knows(str(claim.value)):
            yield "unknown-type", f"{claim.value} is no event type of the ontology"
        for span in _spans(claim):
            if not self._inside(span):
                yield "quote-outside", f"no text at {span.start}..{span.end}"
        value = claim.value
        if isinstance(value, Filler):
            yield from self._filler(claim.aspect, value)
        if isinstance(value, Count):
            found = bounds(value.span.of(self.text))
            if found is None or (found.least, found.most) != (value.least, value.most):
                yield "number-not-in-words", f"'{value.span.of(self.text)}' does not give these bounds"
        if isinstance(value, When):
            yield from self._when(value, sentence)

    def _filler(self, role: str, filler: Filler) -> Iterator[Problem]:
        allowed = self.ontology.ranges.get(role, frozenset())
        if allowed and not self.ontology.is_a(filler.entity.kind, allowed):
            words = filler.span.of(self.text)
            yield "wrong-kind", f"'{words}' is a {filler.entity.kind}, which cannot be {role}"
        if filler.basis.value == "coreference" and filler.antecedent is None:
            yield "no-antecedent", "a pronoun without what it stands for"

    def _when(self, when: When, sentence: Span) -> Iterator[Problem]:
        window = when.window
        if window is None:
            return
        if not when.anchors:
            yield "date-without-anchor", f"{window.edtf} says not what it was counted from"
        if window.earliest and window.latest and window.earliest > window.latest:
            yield "date-backwards", f"{window.edtf} ends before it begins"
        if not self.dates.derivable(when, sentence):
            words = when.span.of(self.text) if when.span else ""
            yield "date-not-in-words", f"'{words}' does not give {window.edtf}"

    def _inside(self, span: Span) -> bool:
        return 0 <= span.start < span.end <= len(self.text)


def _spans(claim: Claim) -> Iterator[Span]:
    """Yield every stretch of the text that a claim points to."""
    yield claim.evidence
    value, said = claim.value, claim.attribution
    if isinstance(value, Filler | Count | When) and value.span is not None:
        yield value.span
    if isinstance(value, Mention):
        yield value.trigger
    optional = [value.antecedent] if isinstance(value, Filler) else []
    optional += [value.of] if isinstance(value, Count) else []
    yield from (span for span in (*optional, said.cue) if span is not None)
    yield from (filler.span for filler in said.claimants)


def _sure(event: Event, least: float) -> Event:
    """Return an event without the claims that are less sure, but for those that make it one."""
    kept = tuple(c for c in event.claims if c.confidence >= least or c.aspect in _MAKING)
    return replace(event, claims=kept)


def gate(document: Document, proposed: Extraction, ontology: Ontology, least: float = 0.0) -> Extraction:
    """Return what passes; a faulty event becomes a refusal, with the first reason.

    Events that are less sure than `least` are refused; single claims are left out.
    """
    mentions = (v for event in proposed.events for v in event.values("content"))
    contents = frozenset(m.trigger for m in mentions if isinstance(m, Mention))
    triggers = frozenset(event.trigger for event in proposed.events)
    check = _Gate(document.article.text, ontology, contents, triggers, Dates(document.article), least)
    kept: list[Event] = []
    refused = list(proposed.refusals)
    for given in proposed.events:
        event = _sure(given, least)
        problem = next(check.problems(given), None)
        if problem is None and check.bare(event):
            problem = "low-confidence", f"whoever and whatever it names is below {least}"
        if problem is None:
            kept.append(event)
        else:
            refused.append(Refusal(event.type, event.trigger, *problem))
    return Extraction(tuple(kept), tuple(refused))
