"""Assembles an event from its draft: claims with their words, their voice and a confidence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.confidence import Confidence
from kg.extract.drafts import Draft
from kg.model import Attribution, Basis, Claim, ClaimValue, Count, Event, Filler, Mention, Span, When

_CONFIDENCE = {
    Basis.EXPLICIT: 0.95,
    Basis.PASSIVE: 0.95,
    Basis.METONYM: 0.9,
    Basis.CONTROL: 0.85,
    Basis.COREFERENCE: 0.7,
    Basis.INFERRED: 0.5,
}
_COUNTED, _CONTENT, _AFTER = 0.95, 0.95, 0.9
_STEPS = (0.98, 0.9, 0.7, 0.4, 0.1)
_FEW = 3  # deeds in a text
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
    confidence: Confidence,
) -> Event:
    """Return the event with a claim for its existence, its type and every field."""
    trigger = draft.match.trigger
    sure = confidence.event(features(draft, voice))

    def claim(aspect: str, value: ClaimValue, span: Span, rate: float = 1.0) -> Claim:
        return Claim(aspect, value, span, voice, round(sure * rate, 3) if rate < 1 else sure)

    found = [claim("status", "Actual", trigger), claim("type", draft.match.type, trigger)]
    for role, f in draft.roles:
        found.append(claim(role, f, f.span, confidence.filler(role, f.basis.value, _CONFIDENCE[f.basis])))
    if when is not None and when.span is not None:
        found.append(claim("when", when, when.span, _time_confidence(when)))
    found += [claim("casualties", count, count.span, _COUNTED) for count in counts]
    found += [claim("content", Mention(span), span, _CONTENT) for span in content]
    found += [claim("after", Mention(span), span, _AFTER) for span in after]
    return Event(draft.match.type, trigger, draft.tree.sentence.span, tuple(found), label)


def features(draft: Draft, voice: Attribution) -> tuple[str, ...]:
    """Return what is known of a draft that tells how likely it is right, as `name=value`."""
    pattern = draft.match.pattern
    bases = {f.basis for _, f in draft.roles}
    named = {role for role, f in draft.roles if not f.entity.described}
    return (
        f"type={draft.match.type}",
        f"fixed={min(pattern.fixed, 200)}",
        f"asked={min(pattern.limits // 10, 4)}",
        f"form={pattern.form.value}",
        f"filled={min(len({role for role, _ in draft.roles if role != 'place'}), 2)}",
        f"named={min(len(named), 2)}",
        f"position={_position(draft)}",
        f"senses={min(draft.senses, 3)}",
        f"company={'few' if draft.company <= _FEW else 'many'}",
        *([] if draft.likely is None else [f"likely={_step(draft.likely)}"]),
        f"factuality={voice.factuality.value}",
        *(f"basis={basis.value}" for basis in sorted(bases - {Basis.EXPLICIT})),
    )


def _step(chance: float) -> str:
    """Tell above which step a likelihood lies."""
    return next((f"{step}" for step in _STEPS if chance >= step), "less")


def _position(draft: Draft) -> str:
    """Tell where in its sentence a trigger stands: its root, a clause of it, or deeper."""
    depth = sum(1 for _ in draft.tree.ancestors(draft.head))
    token = draft.tree.token(draft.head)
    return "root" if depth == 0 else token.dep if token.dep in {"ccomp", "conj", "xcomp", "dobj"} else "deep"


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
