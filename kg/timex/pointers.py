"""The grammar of lone years and months, of written forms, and of words like now, in TIMEX3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.timex.forms import Calendar
from kg.timex.grammar import LONE, NOT_COUNTED, PART, YEAR, Match, Rule, exists, rule
from kg.timex.marks import Fixed, Mark
from kg.timex.words import LONG_MONTHS, MONTHS, PARTS, any_of

CENTURIES: Final = {
    "17th": "16",
    "18th": "17",
    "eighteenth": "17",
    "19th": "18",
    "nineteenth": "18",
    "20th": "19",
    "twentieth": "19",
    "21st": "20",
    "twenty-first": "20",
}
PRESENT: Final = (
    r"(?:right )?now(?! that|-)|currently|presently|nowadays|these days|"
    r"(?<=\bat\ )(?:present|the (?:moment|present(?: time)?)|this time)"
)
PAST: Final = (
    r"(?:very |more |most |just |only )?recently|lately|"
    r"(?<=\bin\ )the (?:recent |distant )?past|(?<=\bat\ )that time"
)
FUTURE: Final = (
    r"the (?:near|foreseeable|immediate|distant|not too distant) future|"
    r"(?<=\bfor\ )the future|(?<=\bin\ )the future"
)
UNSAID: Final = r"an? (?:later|earlier|future) (?:time|date|stage)"
COUNTED: Final = (
    r"(?! (?:jobs|planes|aircraft|vehicles|cars|units|shares|stores|copies|flights|passengers|staff|"
    r"positions|hours|points|models|phones|megawatts|years|days|miles|feet|lbs?|kg|MW|GMT|UTC|E[SD]T)\b)"
)
NO_NAME: Final = (  # a number after these is a name, a price or part of a number
    r"(?<![$£€#№])(?<!\d[\x20,])(?<!\bNo\.\x20)"
    + "".join(rf"(?<!\b{word}\x20)" for word in ("Flight", "Windows", "Office", "Route", "Room", "Boeing"))
)
BEFORE_MONTH: Final = (
    r"(?i:\b(?:in|of|by|since|from|to|until|the|late|early|for|through|and|before|after|between)|['’]s) "
)


def _calendar(found: Match) -> Mark | None:
    given = found.groupdict()
    part = PARTS[" ".join(given["part"].lower().split())] if given.get("part") else None
    year = int(given["year"]) if given.get("year") else None
    month = MONTHS[given["month"].rstrip(".")] if given.get("month") else None
    return Calendar(year, month, part=part)


def _years(found: Match) -> Mark | None:
    first, last = found["first"], found["last"]
    last = first[:2] + last if len(last) == 2 else last
    return Fixed("DATE", f"{first}/{last}") if first < last else None


def _year_month(found: Match) -> Mark | None:
    return Calendar(int(found[1]), int(found[2]))


def _short_date(found: Match) -> Mark | None:
    month, day, year = (int(word) for word in found.groups())
    return Calendar(2000 + year, month, day) if exists(2000 + year, month, day) else None


def _fixed(value: str) -> Callable[[Match], Mark | None]:
    return lambda _: Fixed("DATE", value)


def _century(found: Match) -> Mark | None:
    return Fixed("DATE", CENTURIES[found["century"].lower()])


_SURE: Final = any_of(set(LONG_MONTHS) - {"May", "March"})  # no verbs; a name follows a name
RULES: Final[tuple[Rule[Mark], ...]] = (
    rule(rf"\b(?=19|20){YEAR}{NOT_COUNTED}{COUNTED}", _calendar, NO_NAME),
    rule(r"(?<![\d-])(?P<first>(?:19|20)\d\d)[-–/](?P<last>(?:19|20)\d\d|\d\d)(?![\d/-])", _years),
    rule(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-])", _year_month),
    rule(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d\d)(?![\d/])", _short_date),
    rule(rf"\b(?i:the year) {YEAR}", _calendar),
    rule(rf"\b{PART}?{LONE}", _calendar, BEFORE_MONTH),
    rule(rf"\b(?P<month>{_SURE})\b(?! (?:[A-Z]|\d))", _calendar),
    rule(rf"\b(?:the )?(?P<century>(?i:{any_of(CENTURIES)})) [Cc]entury\b", _century),
    rule(rf"\b(?i:{PRESENT})\b", _fixed("PRESENT_REF")),
    rule(rf"\b(?i:{PAST})\b", _fixed("PAST_REF")),
    rule(rf"\b(?i:{FUTURE})\b", _fixed("FUTURE_REF")),
    rule(rf"\b(?i:{UNSAID})\b", _fixed("XXXX-XX-XX")),
    rule(r"\b[Ll]ater\b(?! (?:this|that|in|on|than|the|to)\b)(?<!or\ later)", _fixed("XXXX-XX-XX")),
)
