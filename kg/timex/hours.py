"""The grammar of hours and parts of a day in TIMEX3: 10 a.m. Eastern Time, Tuesday evening."""

from __future__ import annotations

from typing import Final

from kg.timex.grammar import Match, Rule, rule
from kg.timex.marks import Clock, DayPart, Mark
from kg.timex.words import any_of

PARTS: Final = {"morning": "MO", "midday": "MI", "afternoon": "AF", "evening": "EV", "night": "NI"}
SHIFTS: Final = {
    "yesterday": -1,
    "last": -1,
    "tomorrow": 1,
    "that": None,
    "the following": 1,
    "the next": 1,
}
_CODES: Final = r"(?:UTC|GMT|BST|CES?T|EES?T|MSK|IST|JST|HKT|[ECMP][SD]?T|AES?T)"
_AREAS: Final = (
    r"(?:U\.?S\.?\ )?(?:[Ee]astern|[Cc]entral|[Mm]ountain|[Pp]acific|[Ll]ocal|New\ York|London|Tokyo|Paris)"
)
_ZONE: Final = (
    rf"(?:{_CODES}(?:[+-]\d{{1,2}}(?::?\d\d)?)?\b|"
    rf"{_AREAS}(?:\ (?:[Dd]aylight|[Ss]tandard|[Ss]ummer))?(?:\ [Tt]ime)\b)"
)
ZONE: Final = rf"(?:\ ?{_ZONE}|\ ?\({_ZONE}\))"
PART: Final = rf"(?P<part>(?i:{any_of(PARTS)}))\b"
QUALIFIED: Final = r"(?i:(?:early|late|mid)[- ])?"


def _clock(found: Match) -> Mark | None:
    given = found.groupdict()
    hour, minute, half = int(found["hour"]), given.get("minute") or "00", (given.get("half") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(f"T{hour:02d}:{minute}") if hour <= 24 and int(minute) <= 59 else None


def _named_hour(found: Match) -> Mark | None:
    return Clock("T00:00" if found[0].lower().startswith("midnight") else "T12:00")


def _part(found: Match) -> Mark | None:
    way = " ".join((found.groupdict().get("way") or "").lower().split())
    return DayPart(PARTS[found["part"].lower()], SHIFTS.get(way, 0))


def _overnight(_: Match) -> Mark | None:
    return DayPart("NI")


RULES: Final[tuple[Rule[Mark], ...]] = (
    rule(
        r"(?<![\d:.])(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))?\ ?(?P<half>[aApP])(?:[mM]\b|\.[mM]\b\.?)"
        + f"{ZONE}?",
        _clock,
    ),
    rule(rf"(?<![\d:.$])(?P<hour>[012]?\d):(?P<minute>[0-5]\d)(?::\d\d)?(?![\d:]){ZONE}?", _clock),
    rule(rf"(?<![\d:.$])(?P<hour>[012]\d):?(?P<minute>[0-5]\d)(?: hours?)?{ZONE}", _clock),
    rule(r"\b(?P<hour>\d\d?) o['’]clock\b", _clock),
    rule(rf"\b(?i:noon|mid-?day|midnight)\b{ZONE}?", _named_hour),
    rule(rf"\b(?P<way>(?i:{any_of([*SHIFTS, 'this'])})) {QUALIFIED}{PART}", _part),
    rule(rf"\bthe {QUALIFIED}{PART}(?! (?:of|when|that)\b)", _part, r"(?i:\bin|\bduring|\bby|\bfor) "),
    rule(rf"\b(?i:the) {QUALIFIED}{PART}(?= of (?:[A-Z]|\d))", _part),
    rule(r"\b(?i:early|late|mid)[- ](?P<part>morning|afternoon|evening)\b", _part),
    rule(r"\b[Oo]vernight\b", _overnight),
)
