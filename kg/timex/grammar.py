"""The grammar of calendar dates: patterns, and what each match says.

A rule is a pattern, a builder that returns the parsed form (or None to refuse), and a guard
on the words before the match.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from kg.timex import words
from kg.timex.edtf import Part
from kg.timex.forms import Calendar, Decade, Form, Near, Range, Season, Weekday
from kg.timex.words import MONTHS, NEARS, PARTS, SUBYEARS, WEEKDAYS, any_of

Match = re.Match[str]
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Rule(Generic[F]):
    """A pattern, the builder of its form, and what must stand before it."""

    pattern: re.Pattern[str]
    build: Callable[[Match], F | None]
    guard: re.Pattern[str] | None = None


def rule(pattern: str, build: Callable[[Match], F | None], guard: str = "") -> Rule[F]:
    """Return a rule from plain pattern text; spaces in it match any white space."""
    spaced = re.sub(r"(?<!\\) ", r"\\s+", pattern)
    before = re.compile(rf"(?:{guard.replace(' ', chr(92) + 's+')})\Z") if guard else None
    return Rule(re.compile(spaced, re.MULTILINE), build, before)


LONG: Final = any_of(words.LONG_MONTHS)
SHORT: Final = any_of(set(MONTHS) - set(words.LONG_MONTHS))
MONTH: Final = rf"(?P<month>(?:{LONG})\b|(?:{SHORT})\b\.?)"
LONE: Final = rf"(?P<month>(?:{LONG})\b)(?! \d)"
DAY: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
LAST_DAY: Final = DAY.replace("<day>", "<last>")
YEAR: Final = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d%]|[.,:/]\d|-\d)"
REL: Final = r"(?:of )?(?P<rel>(?i:last|this|next)) year"
OF_YEAR: Final = rf"(?:,?\ ?(?:of)?\s*{YEAR}|,?\ ?{REL})"
WEEKDAY: Final = rf"(?P<weekday>{any_of(WEEKDAYS)})\b"
PART: Final = rf"(?:(?P<part>(?i:{any_of(PARTS)}))(?: in)?(?:-|–| ))"
NEAR: Final = rf"(?P<near>(?i:{any_of(NEARS)})) "
TO: Final = r"\s*(?:-|–|—|\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b)\s*"
NOT_COUNTED: Final = rf"(?! (?:{words.COUNTED})\b)"
ENDS: Final = (
    r"(?=\s*(?:[-–—,.;:!?)\"”’]|$)|\s+(?:to|and|or|until|till|through|when|that|as|with|after|"
    r"before|the|it|he|she|they|was|were|is|has|had|in|on|at|by|for|of|from|but|while|which)\b)"
)
STRONG: Final = r"(?i:\bin|\bback in|\bsince|\bduring|\buntil|\btill|\bthroughout|\bmid-?) "
WEAK: Final = (
    r"(?i:\bof|\bby|\bfrom|\bto|\band|\bbetween|\bbefore|\bafter|\baround|\babout|\bcirca|"
    r"\bprior to|\bthrough|\bearly|\blate|\bfor|\bas of|\bstarting) "
)


def _part(found: Match) -> Part | None:
    word = found.groupdict().get("part")
    return PARTS[_plain(word)] if word else None


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word.lower())


def _year(found: Match) -> int | None:
    word = found.groupdict().get("year")
    return int(word) if word else None


def _shift(found: Match) -> int | None:
    word = found.groupdict().get("rel")
    return {"last": -1, "this": 0, "next": 1}[word.lower()] if word else None


def _near(found: Match) -> Near:
    word = found.groupdict().get("near")
    return NEARS[_plain(word)] if word else Near.PLAIN


def exists(year: int | None, month: int, day: int) -> bool:
    """Tell whether a calendar has this day (29 February where no year is given)."""
    if not 1 <= month <= 12:
        return False
    return 1 <= day <= calendar.monthrange(2024 if year is None else year, month)[1]


def _date(found: Match) -> Form | None:
    month = MONTHS[found["month"].rstrip(".")]
    number = int(found["day"])
    if not exists(_year(found), month, number):
        return None
    return Calendar(_year(found), month, number, _shift(found))


def _days(found: Match) -> Form | None:
    first = _date(found)
    month, last = MONTHS[found["month"].rstrip(".")], int(found["last"])
    if not isinstance(first, Calendar) or not exists(first.year, month, last):
        return None
    if last <= (first.day or 0):
        return None
    return Range(first, Calendar(first.year, month, last, first.shift))


def _iso(found: Match) -> Form | None:
    year, month, number = (int(part) for part in found.groups())
    return Calendar(year, month, number) if exists(year, month, number) else None


def _slashes(found: Match) -> Form | None:
    one, two, year = int(found[1]), int(found[2]), int(found["year"])
    readings = {(m, d) for d, m in ((one, two), (two, one)) if exists(year, m, d)}
    if len(readings) != 1:
        return None
    month, number = readings.pop()
    return Calendar(year, month, number)


def _month(found: Match) -> Form | None:
    month = MONTHS[found["month"].rstrip(".")]
    return Calendar(_year(found), month, shift=_shift(found), near=_near(found), part=_part(found))


def _bare_year(found: Match) -> Form | None:
    return Calendar(_year(found), part=_part(found))


def _years(found: Match) -> Form | None:
    first, last = int(found["first"]), int(found["year"])
    return Range(Calendar(first), Calendar(last)) if first < last else None


def _decade(found: Match) -> Form | None:
    first = found["decade"]
    return Decade(int(first) if len(first) == 4 else 1900 + int(first), _part(found))


def _season(found: Match) -> Form | None:
    return Season(SUBYEARS[_plain_code(found["name"])], _year(found), _shift(found), _near(found))


def _plain_code(name: str) -> str:
    return name if name.startswith("Q") else _plain(name)


def _weekday(found: Match) -> Form | None:
    return Weekday(WEEKDAYS[found["weekday"]], _near(found))


def _weekend(found: Match) -> Form | None:
    return Weekday(5, _near(found), weekend=True)


def _no_date(_: Match) -> Form | None:
    """Refuse words of which no part is a date: "every Monday" is none."""
    return None


CALM: Final = any_of(sorted(set(LONG.split("|")) - {"May", "March", "April", "June", "August"}))
RANGED: Final = r"(?i:\bfrom|\bbetween) [\w ,.]{3,25}? (?:to|and|until|till|through) "
NOT_DAY: Final = r"(?<!Black\ )(?<!Good\ )(?<!Bloody\ )(?<!Ash\ )(?<!Easter\ )(?<!Palm\ )(?<!Holy\ )"
PAPER: Final = r"(?! (?:Times|Telegraph|Mirror|Express|Post|Mail|Herald|Star|Sun)\b)"
TIME_OF_DAY: Final = r"(?: (?:morning|afternoon|evening|night))?"

RULES: Final[tuple[Rule[Form], ...]] = (
    rule(r"(?<![\d-])(1[5-9]\d\d|20\d\d)-(\d\d)-(\d\d)(?![\d-])", _iso),
    rule(r"(?<![\d/.])(\d\d?)[/.](\d\d?)[/.]" + YEAR, _slashes),
    rule(
        rf"(?:{WEEKDAY},? )?\b{MONTH} {DAY}(?:,? {YEAR}|,? {REL})?{NOT_COUNTED}",
        _date,
    ),
    rule(
        rf"(?:{WEEKDAY},? )?(?:the )?(?<![\d.,:-]){DAY}(?: of)? {MONTH}(?:,? {YEAR}|,? {REL})?",
        _date,
    ),
    rule(rf"\b{MONTH} {DAY}{TO}{LAST_DAY}(?:,? {YEAR}|,? {REL})?{NOT_COUNTED}", _days),
    rule(
        rf"(?<![\d.,:-])(?:(?i:from|between) )?{DAY}{TO}{LAST_DAY} {MONTH}"
        rf"(?:,? {YEAR}|,? {REL})?",
        _days,
    ),
    rule(rf"{PART}?\b{MONTH},? (?:of )?(?:{YEAR}|{REL})", _month),
    rule(rf"\b{NEAR}{LONE}", _month),
    rule(rf"\b{PART}{LONE}", _month),
    rule(rf"\b{LONE}", _month, STRONG),
    rule(rf"\b{LONE}(?={TO}(?:{LONG})\b)", _month, r"(?i:\bfrom|\bbetween) "),
    rule(rf"\b{LONE}", _month, RANGED),
    rule(rf"\b(?P<month>(?:{CALM})\b)(?! \d)", _month, WEAK + r"|(?i:\bthe) "),
    rule(rf"\b{PART}{YEAR}{NOT_COUNTED}", _bare_year),
    rule(rf"\b{YEAR}{NOT_COUNTED}", _bare_year, STRONG),
    rule(rf"\b{YEAR}{NOT_COUNTED}{ENDS}", _bare_year, WEAK),
    rule(rf"\b(?=19|20){YEAR}{NOT_COUNTED}(?= [a-z])", _bare_year, r"(?i:\bthe) "),
    rule(rf"(?<=\(){YEAR}(?=\))", _bare_year),
    rule(rf"(?:\b(?:from|between) )?\b(?P<first>1[5-9]\d\d|20\d\d){TO}{YEAR}{NOT_COUNTED}", _years),
    rule(rf"(?:\bthe )?{PART}?\b(?P<decade>1[5-9]\d0|20\d0)['’]?s\b", _decade),
    rule(r"(?<=\bthe\ )['’]?(?P<decade>[3-9]0)['’]?s\b", _decade),
    rule(
        rf"\b{NEAR}(?P<name>{any_of(words.SEASONS)})\b",
        _season,
    ),
    rule(rf"\b(?P<name>{any_of(words.SEASONS)})\b,? (?:of )?(?:{YEAR}|{REL})", _season),
    rule(
        r"\b(?P<name>spring|summer|autumn|winter)\b(?! of\b)",
        _season,
        r"(?i:\bin|\bduring|\bsince|\bover|\bthroughout) (?:the )?",
    ),
    rule(
        rf"\b(?:the )?(?P<name>(?i:first|second|third|fourth) quarter|Q[1-4]|"
        rf"(?i:first|second) half),? (?:of )?(?:{YEAR}|{REL})",
        _season,
    ),
    rule(rf"{NOT_DAY}\b(?:{NEAR})?{WEEKDAY}{TIME_OF_DAY}{PAPER}", _weekday),
    rule(rf"\b(?i:every|each)(?: other)? {WEEKDAY}{TIME_OF_DAY}", _no_date),
    rule(rf"\b{NEAR}weekend\b", _weekend),
    rule(r"\b(?:the )?weekend\b", _weekend, r"(?i:\bover|\bat|\bduring) "),
)
