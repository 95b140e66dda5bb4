"""The grammar of hours, parts of a day, quarters and bare pointers in TIMEX3."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kg.timex.edtf import Unit
from kg.timex.forms import Calendar, Cycle, Season
from kg.timex.grammar import LONE, NOT_COUNTED, PART, YEAR, Match, rule
from kg.timex.marks import Clock, DayPart, Fixed, Mark, Quarters, YearBefore
from kg.timex.words import MONTHS, PARTS, SEASONS, any_of

DAY_PARTS: Final = {"morning": "MO", "midday": "MI", "afternoon": "AF", "evening": "EV", "night": "NI"}
ZONE: Final = (
    r"(?:\ ?\(?(?:(?:UTC|GMT|BST|CES?T|EES?T|MSK|IST|JST|HKT|[ECMP][SD]?T|AES?T)(?:[+-]\d{1,2}(?::?\d\d)?)?\b|"
    r"(?:U\.?S\.?\ )?(?:[Ee]astern|[Cc]entral|[Mm]ountain|[Pp]acific|[Ll]ocal|New\ York|London|Tokyo|Paris)"
    r"(?:\ (?:[Dd]aylight|[Ss]tandard|[Ss]ummer))?(?:\ [Tt]ime)\b)\)?)"
)
ORDINALS: Final = {
    "first": "1",
    "1st": "1",
    "second": "2",
    "2nd": "2",
    "third": "3",
    "3rd": "3",
    "fourth": "4",
    "4th": "4",
}
QUARTER_CODES: Final = {"1": "33", "2": "34", "3": "35", "4": "36"}
HALF_CODES: Final = {"1": "40", "2": "41"}
YEARS_OFF: Final = {"last": -1, "this": 0, "next": 1}
FISCAL: Final = r"(?:(?i:fiscal|financial)[- ])"
NTH: Final = rf"(?P<nth>(?i:{any_of(ORDINALS)}))"
QUARTER: Final = (
    rf"(?:(?P<before>(?:19|20)\d\d) )?{FISCAL}?(?:{NTH}[ -]{FISCAL}?(?i:quarter)\b|Q(?P<q>[1-4])\b|(?P<p>[1-4])Q\b)"
)
OF_YEAR: Final = (
    rf"(?:,? (?:of )?(?:the )?(?:{FISCAL}(?:year )?)?(?:{YEAR}|(?P<rel>(?i:last|this|next)) year\b))"
)
PREP: Final = (
    r"(?i:\bfor|\bin|\bof|\bon|\bduring|\bby|\bover|\bsince|\bthrough|\bthroughout|\buntil|\bearlier|\blater) "
)
NOT_OF: Final = r"(?! (?:of|in|when|that|before|after|ending|ended|to)\b)"
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
    r"(?:right )?now(?! that)|currently|presently|nowadays|these days|"
    r"(?<=\bat\ )(?:present|the (?:moment|present(?: time)?)|this time)"
)
PAST: Final = r"(?:very |more |most |just |only )?recently|lately|(?<=\bin\ )the (?:recent |distant )?past|(?<=\bat\ )that time"
FUTURE: Final = r"the (?:near|foreseeable|immediate|distant|not too distant) future|(?<=\bfor\ )the future|(?<=\bin\ )the future"
UNSAID: Final = r"an? (?:later|earlier|future) (?:time|date|stage)"
COUNTED: Final = (
    r"(?! (?:jobs|planes|aircraft|vehicles|cars|units|shares|stores|copies|flights|passengers|staff|"
    r"positions|hours|points|models|phones|megawatts|years|days|miles|feet|lbs?|kg|MW|GMT|UTC|E[SD]T)\b)"
)


def _clock(found: Match) -> Mark | None:
    given = found.groupdict()
    hour, minute, half = int(found["hour"]), given.get("minute") or "00", (given.get("half") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(f"T{hour:02d}:{minute}") if hour <= 24 and int(minute) <= 59 else None


def _named_hour(found: Match) -> Mark | None:
    return Clock("T00:00" if found[0].lower() == "midnight" else "T12:00")


def _part(found: Match) -> Mark | None:
    way = (found.groupdict().get("way") or "").lower()
    shifts = {"yesterday": -1, "last": -1, "tomorrow": 1, "that": None, "the following": 1, "the next": 1}
    return DayPart(DAY_PARTS[found["part"].lower().removeprefix("mid-")], shifts.get(way, 0))


def _overnight(_: Match) -> Mark | None:
    return DayPart("NI")


def _season(found: Match) -> Mark | None:
    given = found.groupdict()
    number = given.get("q") or given.get("p") or ORDINALS[found["nth"].lower()]
    codes = HALF_CODES if found.re.groupindex.get("halved") else QUARTER_CODES
    if number not in codes:
        return None
    year = given.get("year") or given.get("before")
    return Season(codes[number], int(year) if year else None, YEARS_OFF.get((given.get("rel") or "").lower()))


def _named_season(found: Match) -> Mark | None:
    return Season(SEASONS[found["name"].lower()], int(found["year"]))


def _year_end(_: Match) -> Mark | None:
    return Cycle(Unit.YEAR, 0)


def _quarters(found: Match) -> Mark | None:
    way = found["way"].lower().split()[-1]
    shifts = {"last": -1, "previous": -1, "prior": -1, "preceding": -1, "next": 1, "following": 1}
    return Quarters(shifts.get(way, 0), way in {"previous", "prior", "preceding", "following", "same", "that"})


def _current(found: Match) -> Mark | None:
    unit = found["unit"].lower()
    return Quarters(0) if unit == "quarter" else Cycle(Unit(unit), 0)


def _year_before(_: Match) -> Mark | None:
    return YearBefore()


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
    return Calendar(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None


def _short_date(found: Match) -> Mark | None:
    month, day, year = (int(word) for word in found.groups())
    return Calendar(2000 + year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _fixed(value: str) -> Callable[[Match], Mark | None]:
    return lambda _: Fixed("DATE", value)


def _century(found: Match) -> Mark | None:
    return Fixed("DATE", CENTURIES[found["century"].lower()])


_PART: Final = rf"(?P<part>(?i:{any_of(DAY_PARTS)}))\b"
_QUALIFIED: Final = r"(?i:(?:early|late|mid)[- ])?"
RULES: Final = (
    rule(rf"(?<![\d:.])(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))? ?(?P<half>[aApP])\.?[mM]\b\.?{ZONE}?", _clock),
    rule(rf"(?<![\d:.$])(?P<hour>[012]?\d):(?P<minute>[0-5]\d)(?::\d\d)?(?![\d:]){ZONE}?", _clock),
    rule(rf"(?<![\d:.$])(?P<hour>[012]\d):?(?P<minute>[0-5]\d)(?: hours?)?{ZONE}", _clock),
    rule(r"\b(?P<hour>\d\d?) o['’]clock\b", _clock),
    rule(rf"\b(?:noon|midday|midnight)\b{ZONE}?", _named_hour),
    rule(rf"\b(?P<way>(?i:yesterday|last|this|tomorrow|that|the following|the next)) {_QUALIFIED}{_PART}", _part),
    rule(rf"\bthe {_QUALIFIED}{_PART}(?! (?:of|when|that)\b)", _part, r"(?i:\bin|\bduring|\bby|\bfor) "),
    rule(rf"\b(?i:the) {_QUALIFIED}{_PART}(?= of (?:[A-Z]|\d))", _part),
    rule(rf"\b(?i:early|late|mid)[- ](?!mid)(?P<part>morning|afternoon|evening)\b", _part),
    rule(r"\b[Oo]vernight\b", _overnight),
    rule(rf"\b{QUARTER}{OF_YEAR}?", _season),
    rule(rf"\b(?:the )?(?i:(?:fiscal )?(?P<nth>first|second)(?P<halved>[- ])half)\b{OF_YEAR}", _season),
    rule(rf"\b(?i:the (?P<nth>first|second)(?P<halved>[- ])half)\b(?! of\b)", _season, r"(?i:\bin|\bfor|\bduring) "),
    rule(rf"\b(?P<name>(?i:{any_of(SEASONS)})),? (?:of )?{YEAR}", _named_season),
    rule(rf"\b(?i:(?P<nth>first|second)(?P<halved>-)half)\b(?! of\b)", _season),
    rule(r"\b(?:the )?(?i:year[- ]end|year['’]s end|end of year)\b", _year_end),
    rule(r"\b(?P<way>(?i:last|this|next|(?:the )?(?:current|previous|prior|preceding|following|next|last|same)|that)) "
         r"(?:fiscal )?(?i:quarter)\b", _quarters),
    rule(rf"\b(?i:the) (?P<unit>day|week|month|quarter|year)\b{NOT_OF}", _current, PREP),
    rule(r"\b(?i:the) (?P<unit>week|month|quarter|year)(?=['’]s\b)", _current),
    rule(r"\b(?i:the (?:current|present)) (?P<unit>week|month|year)\b", _current),
    rule(r"\b(?i:the|this) (?:fiscal|financial|current fiscal) (?P<unit>year)\b(?! \d)", _current),
    rule(r"\b(?i:the (?:same|corresponding|comparable|year-earlier|year-ago|prior-year) "
         r"(?:period|quarter|months?)(?: (?:of )?(?:last year|the (?:previous|prior) year|a year (?:ago|earlier|before)))?)\b", _year_before),
    rule(r"\b(?i:a|one) year (?:earlier|before|ago)\b", _year_before),
    rule(r"\b(?i:year-earlier|year-ago|prior-year)\b", _year_before),
    rule(rf"\b(?:(?:fiscal|financial) (?:year )?|FY ?){YEAR}", _calendar),
    rule(rf"\b{YEAR} (?:fiscal|financial|model|calendar) year\b", _calendar),
    rule(rf"\b(?=19|20){YEAR}{NOT_COUNTED}{COUNTED}", _calendar, r"(?<![$£€#№])(?<!\bFlight\x20)(?<!\bWindows\x20)(?<!\bOffice\x20)(?<!\bRoute\x20)(?<!\bRoom\x20)(?<!\bNo\.\x20)(?<!\d[\x20,])"),
    rule(r"(?<![\d-])(?P<first>(?:19|20)\d\d)[-–/](?P<last>(?:19|20)\d\d|\d\d)(?![\d/-])", _years),
    rule(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-])", _year_month),
    rule(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d\d)(?![\d/])", _short_date),
    rule(rf"\b{PART}?{LONE}", _calendar, r"(?i:\bin|\bof|\bby|\bsince|\bfrom|\bto|\buntil|\bthe|\blate|\bearly|\bfor|['’]s) "),
    rule(rf"\b(?:the )?(?P<century>(?i:{any_of(CENTURIES)})) [Cc]entury\b", _century),
    rule(rf"\b(?i:{PRESENT})", _fixed("PRESENT_REF")),
    rule(rf"\b(?i:{PAST})\b", _fixed("PAST_REF")),
    rule(rf"\b(?i:{FUTURE})\b", _fixed("FUTURE_REF")),
    rule(rf"\b(?i:{UNSAID})\b|\b[Ll]ater\b(?! (?:this|that|in|on|than|the|to)\b)(?<!or\ later)", _fixed("XXXX-XX-XX")),
)  # fmt: skip
