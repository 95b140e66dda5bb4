"""Assembles an event from its draft: claims with their words, their voice and a confidence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.drafts import Draft
from kg.model import Attribution, Basis, Claim, Count, Event, Filler, Mention, Span, When

_CONFIDENCE = {
    Basis.EXPLICIT: 0.95,
    Basis.PASSIVE: 0.95,
    Basis.METONYM: 0.9,
    Basis.CONTROL: 0.85,
    Basis.COREFERENCE: 0.7,
    Basis.INFERRED: 0.5,
}
_TIME_STATED, _TIME_COUNTED, _TIME_FRAMED = 0.95, 0.9, 0.6


def assemble(
    draft: Draft,
    *,
    voice: Attribution,
    when: When | None,
    counts: Iterable[Count],
    content: Iterable[Span],
    after: Iterable[Span],
    label: str,
) -> Event:
    """Return the event with a claim for its existence, its type and every field."""
    trigger = draft.match.trigger
    found = [
        Claim("status", "Actual", trigger, voice, 0.9),
        Claim("type", draft.match.type, trigger, voice, 0.9),
    ]
    found += [Claim(role, f, f.span, voice, _CONFIDENCE[f.basis]) for role, f in draft.roles]
    if when is not None and when.span is not None:
        found.append(Claim("when", when, when.span, voice, _time_confidence(when)))
    found += [Claim("casualties", count, count.span, voice, 0.9) for count in counts]
    found += [Claim("content", Mention(span), span, voice, 0.9) for span in content]
    found += [Claim("after", Mention(span), span, voice, 0.85) for span in after]
    return Event(draft.match.type, trigger, draft.tree.sentence.span, tuple(found), label)


def _time_confidence(when: When) -> float:
    if when.window is None:
        return _TIME_FRAMED
    if any("passage is about" in anchor for anchor in when.anchors):
        return _TIME_FRAMED
    return _TIME_STATED if when.anchors[:1] == ("stated",) else _TIME_COUNTED


def label_of(draft: Draft, name: str) -> str:
    """Return a short label: the type's name, who, to whom, where, in the article's own words.

    The words are the entities' labels; nothing is added that the text does not say.
    """
    by_role: dict[str, list[str]] = {}
    for role, filler in draft.roles:
        if filler.basis is Basis.INFERRED:
            continue
        by_role.setdefault(role, []).append(_shown(filler))
    who = ", ".join(by_role.get("agent", []) + by_role.get("participant", []))
    whom = ", ".join(by_role.get("target", []) + by_role.get("beneficiary", []))
    where = ", ".join(by_role.get("place", []))
    parts = [f"{who} → {whom}" if who and whom else who or (f"→ {whom}" if whom else "")]
    parts += [where if where and where not in whom else ""]
    said = ", ".join(part for part in parts if part)
    return f"{name}: {said}" if said else name


def _shown(filler: Filler) -> str:
    return filler.entity.label
