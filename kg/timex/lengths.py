"""The grammar of lengths and repetitions in TIMEX3: nearly two years, three-month, every Monday."""

from __future__ import annotations

import re
from typing import Final

from kg.timex.grammar import Match, Rule, rule
from kg.timex.marks import Fixed, Mark
from kg.timex.phrases import START
from kg.timex.words import NUMBERS, WEEKDAYS, any_of

PERIODS: Final = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "WE",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "Y",
    "century": "Y",
    "centurie": "Y",
}
FACTORS: Final = {"fortnight": 2, "decade": 10, "century": 100, "centurie": 100}
VAGUE: Final = (
    "a few|few|several|many|some(?= [a-z ]+s\\b)|a couple of|a number of|dozens of|hundreds of|thousands of|"
    "numerous|countless|various|a good many"
)
TENS: Final = r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ])?"
WORD: Final = rf"{TENS}(?:{any_of(NUMBERS)})"
NUMBER: Final = (
    rf"(?<![\w$£€.,])(?<!(?<!\d)-)(?P<count>(?i:{VAGUE}|a dozen|{WORD})|\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?)"
)
UP_TO: Final = rf"(?:(?:(?i:{WORD})|\d+)(?: to | or |[-–]))?"  # "three to five years" is at most five
HALF: Final = r"(?P<half>(?: and a half| 1/2))?"
KIND: Final = (
    r"(?: (?:business|trading|working|calendar|consecutive|straight|full|whole|more|long|additional))*"
)
UNIT: Final = (
    rf"(?P<unit>(?i:{any_of(set(PERIODS) - {'second', 'weekend', 'quarter'})}|"
    r"second(?=s)|quarter(?=s\b(?! of))))s?\b"
)
NOT_OLD: Final = r"(?!['’]?[- ]old\b|-)"
ABOUT: Final = (
    r"(?:(?i:(?:a little |slightly |just )?(?:more|less|fewer|longer) than|nearly|almost|about|around|"
    r"approximately|roughly|at least|at most|just over|just under|well over|under|as (?:long|many) as|"
    r"(?:a )?minimum of|(?:a )?maximum of|some) )?"
)
THE: Final = r"(?i:(?:the|these|its|their|his|her|our) )"
RUN: Final = r"(?i:past|last|previous|next|coming|first|final|preceding|following|prior|latest|recent)"
AFTER: Final = r"(?i:\bfor|\bin|\bover|\bafter|\btakes?|\btook|\bwithin|\blast(?:ed|ing)?|\bby|\bspent|\bof) "
RATE: Final = r"(?:\d|\bmillion|\bbillion|\btimes|\btwice|\bonce|\bdollars|\beuros|\bpounds|\w[a-z]{2,}s) "
NO_RATE: Final = r"(?<!\bas\ )(?<!\bis\ )(?<!takes\ )(?<!lasts\ )(?<!was\ )(?<!needs\ )"
ADVERBS: Final = {
    "daily": "P1D",
    "nightly": "P1D",
    "hourly": "PT1H",
    "weekly": "P1W",
    "monthly": "P1M",
    "quarterly": "P1Q",
    "annual": "P1Y",
    "annually": "P1Y",
    "yearly": "P1Y",
}


def period(unit: str, count: str) -> str:
    """Return the TIMEX3 value of a length.

    >>> period("week", "3"), period("hour", "X"), period("decade", "2")
    ('P3W', 'PTXH', 'P20Y')
    """
    code = PERIODS[unit]
    factor = FACTORS.get(unit, 1)
    if factor > 1 and count != "X":
        count = str(int(float(count) * factor))
    elif factor == 10:
        code = "DE"
    return f"P{code[0] if len(code) > 1 and code[0] == 'T' else ''}{count}{code.removeprefix('T')}"


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word.lower())


def _count(found: Match) -> str:
    word = _plain(found.groupdict().get("count") or "X").replace(",", "")
    if word == "x" or word in VAGUE.split("|") or word == "some":
        return "X"
    if word == "a dozen":
        return "12"
    if word[0].isdigit():
        return word
    return str(sum(NUMBERS[part] for part in re.split(r"[- ]", word)))


def _length(found: Match) -> Mark | None:
    count, unit = _count(found), _plain(found["unit"])
    if re.fullmatch(r"(?i)an?\s+(?:night|\w+s)", found[0]):  # "a night curfew", "a decades-long war"
        return None
    if (found.groupdict().get("half") or found.groupdict().get("more")) and count != "X":
        count += ".5"
    return Fixed("DURATION", period(unit, count))


def _one(found: Match) -> Mark | None:
    return Fixed("DURATION", period(found["unit"], "1"))


def _half(found: Match) -> Mark | None:
    values = {"hour": "PT30M", "year": "P6M", "day": "PT12H", "century": "P50Y", "decade": "P5Y"}
    value = values.get(_plain(found["unit"]))
    return Fixed("DURATION", value) if value else None


def _unknown(_: Match) -> Mark | None:
    return Fixed("DURATION", "PXD")


def _rate(found: Match) -> Mark | None:
    return Fixed("SET", period(_plain(found["unit"]), "1"))


def _every(found: Match) -> Mark | None:
    count = "2" if found.groupdict().get("other") else _count(found)
    return Fixed("SET", period(_plain(found["unit"]), "1" if count == "X" else count))


def _every_weekday(found: Match) -> Mark | None:
    return Fixed("SET", f"XXXX-WXX-{WEEKDAYS[found['weekday']] + 1}")


def _every_part(found: Match) -> Mark | None:
    parts = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "weekend": "WE"}
    code = parts[found["part"].lower()]
    return Fixed("SET", "XXXX-WXX-WE" if code == "WE" else f"XXXX-XX-XXT{code}")


def _adverb(found: Match) -> Mark | None:
    return Fixed("SET", ADVERBS[found[0].lower()])


RULES: Final[tuple[Rule[Mark], ...]] = (
    rule(rf"{NO_RATE}\b(?i:an?) (?P<unit>day|week|month|year)\b(?! (?:ago|earlier|later|before|after))",
         _rate, RATE),
    rule(rf"{ABOUT}{UP_TO}{NUMBER}{HALF}{KIND} {UNIT}(?P<more> and a half)?{NOT_OLD}", _length),
    rule(rf"\b(?i:multi|several|many)-(?P<unit>{any_of(PERIODS)})\b", _length),
    rule(rf"{THE}(?i:first|final|last|past) (?P<unit>hour)\b", _one),
    rule(rf"{NUMBER}-(?P<unit>{any_of(PERIODS)})s?\b{NOT_OLD}", _length),
    rule(rf"(?:{THE})?\b{RUN} {ABOUT}{NUMBER}{HALF}{KIND} {UNIT}{NOT_OLD}", _length),
    rule(rf"{THE}(?i:past|coming) (?P<unit>day|week|month|year)\b", _one),
    rule(rf"{THE}(?i:past|coming|last|next) (?P<unit>decade|century)\b", _one),
    rule(rf"(?:{THE})?\b(?i:recent|coming|past|previous) (?P<unit>{any_of(PERIODS)})s\b", _length),
    rule(rf"\b(?P<unit>{any_of(set(PERIODS) - {'second', 'quarter', 'weekend'})})s\b(?! old| of age)",
         _length, AFTER),
    rule(rf"{ABOUT}\b(?i:half an?) (?P<unit>{any_of(PERIODS)})\b", _half),
    rule(r"\b(?i:an? (?:\w+ )?(?:period|length|amount) of time)\b", _unknown),
    rule(r"\b(?i:a long time|some time|a short time|a while)\b", _unknown),
    rule(rf"\b(?i:per|each|every) (?P<unit>{any_of(PERIODS)})\b", _every),
    rule(rf"\b(?i:every) (?:(?P<other>other)|{NUMBER}) (?P<unit>{any_of(PERIODS)})s?\b", _every),
    rule(rf"\b(?i:each|every) (?P<weekday>{any_of(WEEKDAYS)})\b", _every_weekday),
    rule(rf"\b(?P<weekday>{any_of(WEEKDAYS)})s\b", _every_weekday),
    rule(r"\b(?i:each|every) (?P<part>morning|afternoon|evening|night|weekend)\b", _every_part),
    rule(rf"(?<![-\w])(?:{any_of(ADVERBS)})\b(?!-)", _adverb),
    rule(rf"(?:{any_of(word.capitalize() for word in ADVERBS)})\b(?! [A-Z]|-)", _adverb, START),
)  # fmt: skip
