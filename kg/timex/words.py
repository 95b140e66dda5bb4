"""The English words of time, and the fragments of patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.timex import conventions as say
from kg.timex.edtf import NAMED, Part, Unit
from kg.timex.forms import Near, Side, Vague

_MONTHS: Final = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May",),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sep", "Sept"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names}
LONG_MONTHS: Final = tuple(names[0] for names in _MONTHS)
WEEKDAYS: Final = {name: n for n, name in enumerate(_DAYS)}
NUMBERS: Final = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
AMOUNTS: Final = {
    "a few": say.FEW,
    "few": say.FEW,
    "a couple of": say.COUPLE,
    "couple of": say.COUPLE,
    "several": say.SEVERAL,
    "some": say.FEW,
    "a dozen": (12, 12),
    "a hundred": (100, 100),
    "half a": (0, 1),
}
UNITS: Final = {
    "minute": (Unit.HOUR, 1),
    "hour": (Unit.HOUR, 1),
    "day": (Unit.DAY, 1),
    "night": (Unit.DAY, 1),
    "week": (Unit.WEEK, 1),
    "fortnight": (Unit.WEEK, 2),
    "month": (Unit.MONTH, 1),
    "year": (Unit.YEAR, 1),
    "decade": (Unit.YEAR, 10),
    "century": (Unit.YEAR, 100),
    "centurie": (Unit.YEAR, 100),
}
PARTS: Final = {
    "early": Part.EARLY,
    "the beginning of": Part.EARLY,
    "the start of": Part.EARLY,
    "mid": Part.MID,
    "the middle of": Part.MID,
    "late": Part.LATE,
    "the end of": Part.LATE,
    "earlier": Part.EARLIER,
    "later": Part.LATER,
}
NEARS: Final = {
    "last": Near.LAST,
    "past": Near.LAST,
    "this past": Near.LAST,
    "this": Near.THIS,
    "next": Near.NEXT,
    "this coming": Near.NEXT,
    "coming": Near.NEXT,
    "the following": Near.FOLLOWING,
    "the next": Near.FOLLOWING,
    "the previous": Near.PREVIOUS,
    "the preceding": Near.PREVIOUS,
}
TODAY: Final = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "the day after tomorrow": 2,
    "tomorrow": 1,
}
SEASONS: Final = dict(NAMED)
SUBYEARS: Final = SEASONS | {
    "first quarter": "33",
    "second quarter": "34",
    "third quarter": "35",
    "fourth quarter": "36",
    "Q1": "33",
    "Q2": "34",
    "Q3": "35",
    "Q4": "36",
    "first half": "40",
    "second half": "41",
}
VAGUE: Final = {
    r"only recently": Vague.RECENTLY,
    r"(?:just |more |very )?recently": Vague.RECENTLY,
    r"(?:ever )?since then": Vague.SINCE_THEN,
    r"ever since(?=[,.;])": Vague.SINCE_THEN,
    r"(?:until|till|up to) then": Vague.UNTIL_THEN,
    r"(?:already|even|just|back|right) then": Vague.THEN,
    r"(?:soon|shortly|immediately) (?:after|afterwards?|thereafter)(?=[,.;]|$)": Vague.THEN,
    r"at (?:almost |about |roughly )?the same time(?! as)": Vague.SAME_TIME,
    r"(?:almost )?(?:in|on|during|at) the (?:very )?same (?:days|weeks|months)": Vague.SAME_TIME,
    r"at (?:the|that) time(?! of)": Vague.SAME_TIME,
    r"in those (?:days|weeks|months)": Vague.SAME_TIME,
    r"in the (?:meantime|interim)": Vague.MEANTIME,
    r"(?:during|in|over|throughout) (?:these|those|this|that) (?:years|period|time)": (Vague.THESE_YEARS),
    r"(?:during|over|throughout) (?:these|those) (?:days|weeks|months|decades)": Vague.THESE_YEARS,
}
SIDES: Final = {
    "ever since": Side.SINCE,
    "since": Side.SINCE,
    "starting": Side.SINCE,
    "as of": Side.SINCE,
    "before": Side.BEFORE,
    "prior to": Side.BEFORE,
    "ahead of": Side.BEFORE,
    "after": Side.AFTER,
    "following": Side.AFTER,
    "until": Side.UNTIL,
    "till": Side.UNTIL,
    "up to": Side.UNTIL,
    "by": Side.BY,
    "no later than": Side.BY,
    "around": Side.ABOUT,
    "about": Side.ABOUT,
    "circa": Side.ABOUT,
    "approximately": Side.ABOUT,
}
EVENT_SIDES: Final = {
    "in the run-up to": Side.BEFORE,
    "in the lead-up to": Side.BEFORE,
    "on the eve of": Side.BEFORE,
    "ahead of": Side.BEFORE,
    "before": Side.BEFORE,
    "prior to": Side.BEFORE,
    "in the aftermath of": Side.AFTER,
    "in the wake of": Side.AFTER,
    "after": Side.AFTER,
    "following": Side.AFTER,
    "since": Side.SINCE,
    "during": Side.DURING,
}
PREPOSITIONS: Final = (
    "back in",
    "as early as",
    "as late as",
    "as recently as",
    "in",
    "on",
    "at",
    "within",
    "during",
    "over",
    "throughout",
)
# What is counted and not dated: "in 2024 people fled" would be a year, "of 2024 people" is not.
COUNTED: Final = (
    r"people|persons?|men|women|children|soldiers|troops|civilians|votes|seats|points|cases|"
    r"deaths|tons|tonnes|miles|metres|meters|kilometres|kilometers|km|dollars|euros|pounds|"
    r"roubles|rubles|employees|workers|homes|houses|prisoners|refugees|percent|per cent|million"
)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
