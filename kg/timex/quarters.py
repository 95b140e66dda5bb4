"""The grammar of quarters, halves and business years in TIMEX3, and of the period a year before."""

from __future__ import annotations

from typing import Final

from kg.timex.edtf import NAMED, Unit
from kg.timex.forms import Calendar, Cycle, Season
from kg.timex.grammar import LONG, YEAR, Match, Rule, rule
from kg.timex.marks import BusinessYear, Mark, Quarters, YearBefore
from kg.timex.words import MONTHS, any_of

ORDINALS: Final = {
    "first": "1",
    "1st": "1",
    "second": "2",
    "2nd": "2",
    "third": "3",
    "3rd": "3",
    "fourth": "4",
    "4th": "4",
    "final": "4",
}
QUARTER_CODES: Final = {"1": "33", "2": "34", "3": "35", "4": "36"}
HALF_CODES: Final = {"1": "40", "2": "41"}
YEARS_OFF: Final = {"last": -1, "this": 0, "next": 1}
SHIFTS: Final = {"last": -1, "previous": -1, "prior": -1, "preceding": -1, "next": 1, "following": 1}
NARRATIVE: Final = frozenset({"previous", "prior", "preceding", "following", "same", "that"})
FISCAL: Final = r"(?:(?i:fiscal|financial)[- ])"
NTH: Final = rf"(?P<nth>(?i:{any_of(ORDINALS)}))"
QUARTER: Final = (
    rf"(?:{FISCAL}?(?:year )?(?P<before>(?:19|20)\d\d)(?:['’]s)? )?{FISCAL}?"
    rf"(?:{NTH}[ -]{FISCAL}?(?i:quarter)\b|Q(?P<q>[1-4])\b|(?P<p>[1-4])Q\b)"
)
HALF: Final = r"(?P<nth>(?i:first|second))(?P<halved>[- ])half\b"
OF_YEAR: Final = (
    rf"(?:,? (?:of )?(?:the )?(?:{FISCAL}(?:year )?|FY\ ?)?(?:{YEAR}|(?P<rel>(?i:last|this|next)) year\b))"
)
PREP: Final = r"(?i:\b(?:for|in|of|on|during|by|over|since|through|throughout|until|earlier|later|to|than)) "
NOT_OF: Final = r"(?! (?:of|in|when|that|before|after|ending|ended|to)\b)"
BEFORE: Final = (
    r"(?:(?:of|in) (?P<year>(?:19|20)\d\d)|(?:of )?last year|"
    r"(?:in )?the (?:previous|prior) year|a year (?:ago|earlier|before))"
)


def _season(found: Match) -> Mark | None:
    given = found.groupdict()
    number = given.get("q") or given.get("p") or ORDINALS[found["nth"].lower()]
    codes = HALF_CODES if given.get("halved") else QUARTER_CODES
    year = given.get("year") or given.get("before")
    shift = YEARS_OFF.get((given.get("rel") or "").lower())
    return Season(codes[number], int(year) if year else None, shift)


def _named(found: Match) -> Mark | None:
    return Season(NAMED[found["name"].lower()], int(found["year"]))


def _year_end(_: Match) -> Mark | None:
    return Cycle(Unit.YEAR, 0)


def _quarters(found: Match) -> Mark | None:
    way = found["way"].lower().split()[-1]
    return Quarters(SHIFTS.get(way, 0), way in NARRATIVE)


def _current(found: Match) -> Mark | None:
    return Cycle(Unit(found["unit"].lower()), 0)


def _reported(_: Match) -> Mark | None:
    """ "The quarter" is the one told of, else the one before publication: reports come after it."""
    return Quarters(-1, told=True)


def _year_before(found: Match) -> Mark | None:
    year = found.groupdict().get("year")
    return YearBefore(int(year) if year else None)


def _this_business_year(found: Match) -> Mark | None:
    way = (found["way"] or "the").lower().split()[-1]
    return BusinessYear(
        {"last": -1, "previous": -1, "past": -1, "prior": -1}.get(way, way in ("next", "coming"))
    )


def _month_quarter(found: Match) -> Mark | None:
    code = str(33 + (MONTHS[found["month"]] - 1) // 3)
    return Season(code, int(found["year"]) if found["year"] else None)


def _year(found: Match) -> Mark | None:
    return Calendar(int(found["year"]))


def _business_year(found: Match) -> Mark | None:
    year = found["year"]
    return BusinessYear(year=int(year) if len(year) == 4 else 2000 + int(year))


RULES: Final[tuple[Rule[Mark], ...]] = (
    rule(rf"\b{QUARTER}{OF_YEAR}?", _season),
    rule(rf"\b(?P<rel>(?i:last|this|next)) year['’]s {QUARTER}", _season),
    rule(rf"\b(?:the )?{FISCAL}?{HALF}{OF_YEAR}", _season),
    rule(rf"\b(?i:the) {HALF}(?! of\b)", _season, r"(?i:\bin|\bfor|\bduring|\bover) "),
    rule(r"\b(?P<nth>(?i:first|second))(?P<halved>-)half\b(?! of\b)", _season),
    rule(rf"\b(?P<name>(?i:{any_of(NAMED)})),? (?:of )?{YEAR}", _named),
    rule(r"\b(?:the )?(?i:year[- ]end|year['’]s end|end of year)\b", _year_end),
    rule(
        r"\b(?P<way>(?i:this|(?:the )?(?:current|previous|prior|preceding|following|next|last|same)|that)) "
        r"(?:fiscal )?(?i:quarter)\b",
        _quarters,
    ),
    rule(rf"\b(?i:the) (?P<unit>day|week|month|year)\b{NOT_OF}(?! \d)", _current, PREP),
    rule(r"\b(?i:the) (?P<unit>week|month|year)(?=['’]s\b)", _current),
    rule(r"\b(?i:the (?:(?:past|latest|reported|most recent|fiscal) )?quarter)\b(?! of\b)", _reported),
    rule(r"\b(?i:the (?:current|present)) (?P<unit>week|month|year)\b", _current),
    rule(
        r"\b(?:(?P<way>(?i:the|this|last|next|(?:the )?(?:current|previous|past|prior|coming))) )?"
        r"(?i:fiscal|financial)[- ]year\b(?! \d)",
        _this_business_year,
    ),
    rule(rf"\b(?:the )?(?P<month>{LONG}) (?i:quarter)\b(?: {YEAR})?", _month_quarter),
    rule(
        r"\b(?i:the (?:same|corresponding|comparable|year-earlier|year-ago|prior-year) "
        rf"(?:period|quarter|months?)(?: {BEFORE})?)\b",
        _year_before,
    ),
    rule(r"\b(?i:a|one) year (?:earlier|before|ago)\b", _year_before),
    rule(r"\b(?i:year-earlier|year-ago|prior-year)\b", _year_before),
    rule(rf"\b(?:the )?(?i:(?:fiscal|financial)[- ]year|fiscal|financial) {YEAR}", _business_year),
    rule(r"\bFY['’]?(?P<year>20\d\d|\d\d)\b", _business_year),
    rule(rf"\b(?:(?i:the) )?{YEAR} (?i:fiscal|financial) year\b", _business_year),
    rule(rf"\b(?:(?i:the) )?{YEAR} (?:model|calendar) year\b", _year),
)
