"""The grammar of relative, narrative and vague time: yesterday, two days later, recently."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Span
from kg.timex import conventions as say
from kg.timex.edtf import Unit
from kg.timex.forms import ByEvent, Cycle, Distance, Duration, Form, Near, Past, Vague, Weekday
from kg.timex.grammar import PART, WEEKDAY, Match, Rule, rule
from kg.timex.words import (
    AMOUNTS,
    EVENT_SIDES,
    NUMBERS,
    PARTS,
    TODAY,
    UNITS,
    VAGUE,
    WEEKDAYS,
    any_of,
)

TENS: Final = r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?"
COUNT: Final = (
    rf"(?<![\w-])(?P<count>(?i:{any_of(AMOUNTS)}|{TENS}(?:{any_of(NUMBERS)}))|"
    r"(?<![\d.,])\d{1,4})"
)
UNIT: Final = rf"(?P<unit>{any_of(UNITS)})s?\b"
DAY_PART: Final = r"day|morning|afternoon|evening|night"
WHOLE: Final = rf"(?P<unit>{DAY_PART}|week|month|year)\b"
START: Final = r"\A|[.!?:;\n“\"(–—][\"”’)“]*\s*"  # where a sentence or a clause begins
QUALIFIER: Final = (
    r"(?:(?P<more>(?i:more than|over|at least))|(?P<less>(?i:less than|nearly|almost|under))|"
    r"(?i:about|around|some|exactly|only|just|roughly)) "
)
NAME_BITS: Final = r"(?:the|a|an|his|her|its|their|this|that|these|those)"
NP_END: Final = (
    r"(?:was|were|is|are|has|have|had|will|in|on|at|to|by|that|which|who|and|or|but|with|for|"
    r"from|when|as|into|over|after|before|since|during|said|until|began|broke|ended|started)\b"
)
TIME_NOUN: Final = rf"(?:same |next |following |previous |very |last |past )*(?:{any_of(UNITS)})s?\b"


def _amount(found: Match) -> tuple[int, int]:
    word = re.sub(r"\s+", " ", (found.groupdict().get("count") or "").lower())
    if not word:
        return say.SEVERAL
    least, most = AMOUNTS.get(word) or (_number(word), _number(word))
    half = -(-least // 2)
    if found.groupdict().get("more"):
        return least, most + half
    return (max(least - half, 0), most) if found.groupdict().get("less") else (least, most)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else sum(NUMBERS[part] for part in word.split("-"))


def _unit(found: Match) -> tuple[Unit, int]:
    word = found["unit"].lower()
    return UNITS.get(word, (Unit.DAY, 1))


def _distance(found: Match) -> Form | None:
    least, most = _amount(found)
    unit, factor = _unit(found)
    word = found["way"].lower().removesuffix(" that")
    sign = 1 if word in ("later", "after", "afterwards", "on", "from now", "hence") else -1
    ends = sorted((sign * factor * least, sign * factor * most))
    return Distance(unit, ends[0], ends[1], word not in ("ago", "from now", "hence"))


def _past(found: Match) -> Form | None:
    unit, factor = _unit(found)
    count = _amount(found)[1] if found.groupdict().get("count") else 1
    ahead = found["way"].lower() in ("next", "coming")
    return Past(unit, count * factor, ahead)


def _recent(found: Match) -> Form | None:
    unit, factor = _unit(found)
    return Past(unit, say.FEW[1] * factor, found["way"].lower() == "coming")


def _duration(found: Match) -> Form | None:
    least, most = _amount(found)
    unit, factor = _unit(found)
    return Duration(unit, least * factor, most * factor)


def _cycle(found: Match) -> Form | None:
    shift = {"last": -1, "this": 0, "the": 0, "next": 1}[found["way"].lower().split()[-1]]
    word = found.groupdict().get("part")
    part = PARTS[re.sub(r"\s+", " ", word.lower())] if word else None
    return Cycle(_unit(found)[0], shift, part=part)


def _told(found: Match) -> Form | None:
    way = found["way"].lower().split()[-1]
    shift = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "before": -1, "after": 1}
    return Cycle(_unit(found)[0], shift.get(way, 0), narrative=True)


def _within_told(found: Match) -> Form | None:
    return Cycle(_unit(found)[0], 0, narrative=True, part=PARTS[found["part"].lower()])


def _day_told(found: Match) -> Form | None:
    near = Near.FOLLOWING if found["way"].lower() == "after" else Near.PREVIOUS
    return Weekday(WEEKDAYS[found["weekday"]], near)


def _today(found: Match) -> Form | None:
    return Cycle(Unit.DAY, TODAY[re.sub(r"\s+", " ", found[0].lower())])


def _overnight(_: Match) -> Form | None:
    return Distance(Unit.DAY, -1, 0)


def _then(_: Match) -> Form | None:
    return Vague.THEN


def _vague(phrase: str, meaning: Vague) -> Rule[Form]:
    return rule(rf"\b(?i:{phrase})\b", lambda _: meaning)


def _event(found: Match) -> Form | None:
    side = EVENT_SIDES[re.sub(r"\s+", " ", found["side"].lower())]
    return ByEvent(side, Span(*found.span("words")))


DATED: Final[tuple[Rule[Form], ...]] = (
    rule(rf"\b(?:{any_of(w for w in TODAY)})\b", _today),
    rule(rf"\b(?:{any_of(w.capitalize() for w in TODAY)})\b", _today, START),
    rule(r"\b[Oo]vernight\b(?! [a-z]+s\b)", _overnight),
    rule(
        rf"\b(?:{QUALIFIER})?{COUNT} {UNIT} (?P<way>ago|later|earlier|previously|afterwards|hence|"
        rf"from now|(?:before|after) that\b|(?:before|after|on)(?=[,.;]|$))",
        _distance,
    ),
    rule(
        r"\b(?P<unit>(?i:hour|day|week|month|year|decade))s (?P<way>ago|later|earlier)\b",
        _distance,
        START + r"|,\s*",
    ),
    rule(rf"\b{PART}?(?P<way>(?i:last|this|next)) (?P<unit>week|month|year)\b", _cycle),
    rule(rf"\b{PART}(?P<way>(?i:the)) (?P<unit>month|year)\b(?! (?:of|in|when|that)\b)", _cycle),
    rule(
        r"\b(?i:the (?:very )?)(?P<way>(?i:next|following|previous|preceding|same)) "
        rf"{WHOLE}",
        _told,
    ),
    rule(r"\b(?P<way>Next|Following) (?P<unit>day|morning)\b", _told, START),
    rule(rf"\b(?P<way>(?i:that|that same|that very)) {WHOLE}(?!['’])", _told),
    rule(rf"\b(?i:the) (?P<unit>{DAY_PART}|week|month|year) (?P<way>before|after)(?=[,.;]|$)", _told),
    rule(rf"\b(?i:the) {WEEKDAY} (?P<way>before|after)(?=[,.;]|$)", _day_told),
    rule(
        r"\b(?P<part>(?i:earlier|later))(?: in)? (?P<way>that|that same|the same) "
        r"(?P<unit>day|week|month|year)\b",
        _within_told,
    ),
)
LOOSE: Final[tuple[Rule[Form], ...]] = (
    rule(
        rf"\b(?i:the|these|this) (?P<way>(?i:last|past|next|coming)) {COUNT} {UNIT}(?! of\b)",
        _past,
    ),
    rule(
        r"\b(?i:the) (?P<way>(?i:last|past|coming)) (?P<unit>day|week|month|year|decade)\b"
        r"(?! of\b)",
        _past,
    ),
    rule(r"\b(?P<way>(?i:recent|coming)) (?P<unit>day|week|month|year|decade)s\b", _recent),
    rule(rf"\b(?i:for|after|within|lasted|lasting|in|over) (?:{QUALIFIER})?{COUNT} {UNIT}", _duration),
    rule(rf"(?<![\w-]){COUNT}-(?P<unit>minute|hour|day|week|month|year)\b(?!-old)", _duration),
    rule(r"\bThen\b(?!-)", _then, START),
    *(_vague(phrase, meaning) for phrase, meaning in VAGUE.items()),
)
RULES: Final = (*DATED, *LOOSE)
EVENTS: Final[Rule[Form]] = rule(
    rf"\b(?P<side>(?i:{any_of(EVENT_SIDES)})) (?P<words>{NAME_BITS} (?!{TIME_NOUN})(?!{NP_END})"
    rf"[\w’'-]+(?: (?!{NP_END}|of\b)[\w’'-]+){{0,3}}(?: of (?:the )?(?!{NP_END})[\w’'-]+)?)",
    _event,
)
