"""How likely two accounts are of one event, with reasons that a reader can check.

Weights are data (`kg.link.weights`). Whoever is silent says nothing against; only what both
state and cannot both be true forbids a link. Disagreement on numbers of victims, or on whether
it happened, forbids nothing: it is what one wants to see side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.link.account import STEM, Account
from kg.link.measures import bare, close, counts_agree, dice, known, likeness, overlap, vetoes
from kg.link.weights import ALIKE, CORROBORATING, TELLING, THRESHOLDS, WEIGHTS

UNSURE: Final = 0.5  # at most, for what nothing else bears out
LEAD: Final = 500  # code points: what follows a headline this close says the same again
FRESH: Final = 10  # days that two articles of one story may lie apart
SAME_STORY: Final = 0.5
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")

Part = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Score:
    """How alike two accounts are (0 to 1), why, by which rule, and what forbids to link them."""

    value: float
    reasons: tuple[str, ...] = ()
    rule: str = ""
    vetoes: tuple[str, ...] = ()

    @property
    def linked(self) -> bool:
        """Whether it is enough for a link."""
        return not self.vetoes and self.value >= THRESHOLDS.get(self.rule, 1.0)


def score(one: Account, other: Account) -> Score:
    """Compare two accounts; the order does not matter."""
    rule = rule_of(one, other)
    if not rule:
        return Score(0.0)
    parts = list(_RULES[rule](one, other))
    weights = WEIGHTS[rule]
    value = sum(weights[name] * amount for name, amount in parts)
    if rule in ("articles", "article") and not _corroborated(parts):
        value = min(value, UNSURE)
    reasons = tuple(name for name, amount in parts if amount and weights[name] > 0)
    return Score(round(min(max(value, 0.0), 1.0), 3), reasons, rule, tuple(vetoes(one, other)))


def _corroborated(parts: Iterable[Part]) -> bool:
    """Tell whether more than the kind of event and its doer speaks for one event."""
    held = {name for name, amount in parts if amount >= (ALIKE if name == "like articles" else 1)}
    return len(held & CORROBORATING) > 1 and not held.isdisjoint(TELLING)


def rule_of(one: Account, other: Account) -> str:
    """Return which rule compares two accounts: by type, or by their words where neither has one.

    Within an article a definite noun ("the raid") is compared with what was told before it.
    """
    if not (one.kinds and other.kinds):
        return "" if one.kinds or other.kinds else _by_words(one, other)
    if one.article != other.article:
        return "articles"
    later = max(one, other, key=lambda account: (account.position, account.report))
    return "noun" if later.definite else "article"


def _by_words(one: Account, other: Account) -> str:
    if one.article == other.article:
        return "words"
    near = overlap(one.published, other.published, FRESH)
    return "story" if near and likeness(one.story, other.story) >= SAME_STORY else "stories"


def _typed(one: Account, other: Account) -> Iterator[Part]:
    """Yield what speaks for one event of two articles (or of one, not named again by "the")."""
    if not _anchored(one, other):
        return
    if one.type == other.type:
        yield "same type", 1.0
    elif one.type in other.kinds or other.type in one.kinds:
        yield "narrower type", 1.0
    yield from _shared(one, other)
    dates = one.first, one.last, other.first, other.last
    if None not in dates and len(set(dates)) == 1:
        yield "same day", 1.0
    elif one.dated and other.dated and overlap(dates[:2], dates[2:]):
        yield "time overlaps", 1.0
    if counts_agree(one, other):
        yield "same count", 1.0
    if one.senses & other.senses:
        yield "same word", 1.0
    yield "like articles", likeness(one.story, other.story)
    yield "like sentences", dice(one.words, other.words)


def _anchored(one: Account, other: Account) -> bool:
    """Tell whether they share somebody or a place, close in time: without that they are not compared."""
    shared = one.fillers() & other.fillers() or one.places & other.places
    return bool(shared) and close(one, other)


def _shared(one: Account, other: Account) -> Iterator[Part]:
    for role in ("agent", "target"):
        both = one.fillers(role) & other.fillers(role)
        if both:
            yield (f"same {role}", 1.0) if known(both) else (f"like {role}", 1.0)
    if known((one.fillers() & other.fillers()) - one.fillers("agent", "target")):
        yield "shared participant", 1.0
    if one.places and other.places and (one.places <= other.places or other.places <= one.places):
        yield "same place" if one.places == other.places else "wider place", 1.0


def _noun(one: Account, other: Account) -> Iterator[Part]:
    """Yield what speaks for a definite noun that takes up an event told before in its article."""
    first, later = sorted((one, other), key=lambda account: (account.position, account.report))
    for role in ("agent", "target"):
        mine, yours = first.fillers(role), later.fillers(role)
        if mine and yours and not mine & yours:
            return  # "the bombing of a depot" takes up no bombing of a rail yard
    if first.type == later.type or later.type in first.kinds:
        yield "same type", 1.0
    if later.senses & first.senses:
        yield "same word", 1.0
    if not later.roles or later.fillers() & first.fillers():
        yield "definite noun", 1.0
    yield "near", max(0.0, 1 - (later.position - first.position) / 5000)


def _words(one: Account, other: Account) -> Iterator[Part]:
    """Yield what speaks for and against one event where only the words are known."""
    shared = one.senses & other.senses
    if not shared:
        return
    same = any(sense.startswith(STEM) for sense in shared)
    yield ("same word" if same else "like word"), 1.0
    yield from _trigger(one, other)
    for role in ("agent", "target"):
        mine, yours = one.fillers(role), other.fillers(role)
        if bare(mine) & bare(yours):
            yield f"same {role}", 1.0
        elif mine and yours:
            yield (f"other {role}" if known(mine) and known(yours) else f"unlike {role}"), 1.0
    years = [{w for w in account.words if _YEAR.fullmatch(w)} for account in (one, other)]
    if all(years) and not years[0] & years[1]:
        yield "other year", 1.0
    if one.article == other.article and one.words == other.words:
        yield "one sentence", float(not (one.noun and other.noun))
    else:
        yield "like sentences", dice(one.words, other.words)


def _trigger(one: Account, other: Account) -> Iterator[Part]:
    first, later = sorted((one, other), key=lambda account: (account.position, account.report))
    if one.noun and other.noun:
        yield "both nouns", 1.0
    if one.vague or other.vague:
        yield "vague word", 1.0
    if one.article == other.article and first.headline and later.position - first.position < LEAD:
        yield "headline", 1.0
    if one.article == other.article and later.definite:
        yield "definite noun", 1.0


_RULES = {
    "articles": _typed,
    "article": _typed,
    "noun": _noun,
    "words": _words,
    "story": _words,
    "stories": _words,
}
