"""Events as JSON Lines: exactly what is scored, so that others can score it themselves."""

from __future__ import annotations

from typing import Any

from kg import projection
from kg.model import Article, Claim, Count, Event, Filler, Span, Status, When
from kg.ontology import Ontology


def prediction(event: Event, article: Article, ontology: Ontology) -> dict[str, Any]:
    """Return an event as plain values; offsets are half-open code points into the text."""
    existence = event.existence
    when = event.when
    return {
        "type": event.type,
        "plover": ontology.plover_of(event.type),
        "trigger": _span(event.trigger, article),
        "evidence": _span(event.sentence, article),
        "roles": [_role(c, article) for c in event.claims if isinstance(c.value, Filler)],
        "time": _when(when, article) if when else None,
        "counts": [_count(v, article) for v in event.values("casualties") if isinstance(v, Count)],
        "claimants": [
            {**_span(f.span, article), "entity": f.entity.label} for f in existence.attribution.claimants
        ],
        "factuality": existence.attribution.factuality.value,
        "status": status(event).value,
        "confidence": existence.confidence,
    }


def status(event: Event) -> Status:
    """Return the status that this one report gives the event."""
    return projection.status([event.existence.attribution.factuality])


def _span(span: Span, article: Article) -> dict[str, Any]:
    return {"text": span.of(article.text), "start": span.start, "end": span.end}


def _role(claim: Claim, article: Article) -> dict[str, Any]:
    filler = claim.value
    assert isinstance(filler, Filler)
    return {
        "role": claim.aspect,
        **_span(filler.span, article),
        "entity": filler.entity.label,
        "kind": filler.entity.kind,
        "basis": filler.basis.value,
        "antecedent": filler.antecedent.of(article.text) if filler.antecedent else None,
        "confidence": claim.confidence,
    }


def _when(when: When, article: Article) -> dict[str, Any]:
    window = when.window
    return {
        "edtf": window.edtf if window else None,
        "earliest": window.earliest.isoformat() if window and window.earliest else None,
        "latest": window.latest.isoformat() if window and window.latest else None,
        "anchors": list(when.anchors),
        **(_span(when.span, article) if when.span else {"text": None, "start": None, "end": None}),
    }


def _count(count: Count, article: Article) -> dict[str, Any]:
    return {"kind": count.kind, "least": count.least, "most": count.most, **_span(count.span, article)}
