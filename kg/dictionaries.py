"""Reads dictionaries of the PETRARCH and TABARI event coders: actors and agents.

Actors: `NAME [CODE]`, `+SYNONYM` lines, and codes that hold for some days only: `[CODE <19950601]`
before, `[CODE >19950601]` after, `[CODE 19950601-19990815]` both days included. Agents: `NAME
{PLURAL} [~CODE]`, with `!SET! = A, B` for words that stand in for each other. `_` is a space,
`#` starts a comment, `<!-- ... -->` is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from kg.errors import ReadError

_COMMENT = re.compile(r"<!\s*--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"\[([^\]]*)\]")
_RANGE = re.compile(r"^(\S+?)\s*(\d{6,8})\s*-\s*(\d{6,8})$")
_SIDE = re.compile(r"^(\S+?)\s*([<>])\s*(\d{6,8})$")
_CODE = re.compile(r"^[\w/~+\-#]+$")
_SET = re.compile(r"^!(\w+)!\s*=\s*(.+)$")
_NO_CODE = ("---", "+++", "###")


@dataclass(frozen=True, slots=True)
class DatedCode:
    """A code and the first and last day on which it holds; None where nothing bounds it."""

    code: str
    first: date | None = None
    last: date | None = None

    @property
    def dated(self) -> bool:
        """Whether any day bounds it."""
        return self.first is not None or self.last is not None

    def holds(self, day: date | None) -> bool:
        """Tell whether it holds on a day; on an unknown one only what always holds does."""
        if day is None:
            return not self.dated
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """The names of one actor, its codes in the order of the file, and the line it starts on."""

    names: tuple[str, ...]
    codes: tuple[DatedCode, ...]
    line: int

    def codes_on(self, day: date | None) -> tuple[str, ...]:
        """Return the codes on a day: the first dated one that holds, else the undated one."""
        fitting = [c for c in self.codes if c.holds(day)]
        ranked = sorted(fitting, key=lambda c: not c.dated)
        codes = ranked[0].code.split("/") if ranked else []
        return tuple(code for code in codes if code not in _NO_CODE)


@dataclass(frozen=True, slots=True)
class AgentEntry:
    """A common noun with its plural, and what it adds before (`NGO~`) or after (`~GOV`) a code."""

    names: tuple[str, ...]
    before: str
    after: str
    line: int

    @property
    def code(self) -> str:
        """The code as the dictionary writes it."""
        return f"{self.before}~{self.after}"


def read_actors(path: Path) -> tuple[ActorEntry, ...]:
    """Read a dictionary of actors; raises ReadError with file, line and fix."""
    found: list[ActorEntry] = []
    for number, line in _lines(path):
        name = _BLOCK.sub("", line).strip()
        if "[" in name or "]" in name:
            raise ReadError(f"{path}:{number}: a bracket without its partner; write NAME [CODE]")
        codes = tuple(_dated(block, path, number) for block in _BLOCK.findall(line))
        if name and not name.startswith("+"):
            found.append(ActorEntry((_words(name),), codes, number))
            continue
        if not found:
            raise ReadError(f"{path}:{number}: a synonym or a code before any name; put the name above it")
        last = found[-1]
        names = (*last.names, _words(name[1:])) if name else last.names
        found[-1] = ActorEntry(names, (*last.codes, *codes), last.line)
    for entry in found:
        if not entry.codes:
            raise ReadError(f"{path}:{entry.line}: {entry.names[0]} has no code; write NAME [CODE]")
    return tuple(found)


def read_agents(path: Path) -> tuple[AgentEntry, ...]:
    """Read a dictionary of agents; raises ReadError with file, line and fix."""
    sets: dict[str, tuple[str, ...]] = {}
    found = []
    for number, line in _lines(path):
        if match := _SET.match(line):
            sets[match[1]] = tuple(word.strip() for word in match[2].split(","))
            continue
        given = re.match(r"^([^\[{]+?)\s*(?:\{([^}]*)\})?\s*\[\s*(\w*)~(\w*)\s*\]$", line)
        if given is None:
            raise ReadError(f"{path}:{number}: not an agent; write NAME [~CODE] or NAME {{PLURAL}} [~CODE]")
        names = tuple(_names(given[1], given[2], sets, f"{path}:{number}"))
        found.append(AgentEntry(names, given[3], given[4], number))
    return tuple(found)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(text.splitlines(), 1):
        if said := line.split("#", 1)[0].strip():
            yield number, said


def _words(name: str) -> str:
    return " ".join(name.replace("_", " ").split())


def _dated(block: str, path: Path, number: int) -> DatedCode:
    given = " ".join(block.split())
    try:
        if match := _RANGE.match(given):
            return DatedCode(match[1].upper(), _day(match[2]), _day(match[3]))
        if match := _SIDE.match(given):
            day, one = _day(match[3]), timedelta(days=1)
            before = match[2] == "<"
            return DatedCode(match[1].upper(), None if before else day + one, day - one if before else None)
    except (ValueError, OverflowError) as error:
        raise ReadError(f"{path}:{number}: [{given}]: no such day; write YYYYMMDD or YYMMDD") from error
    if not _CODE.match(given):
        raise ReadError(
            f"{path}:{number}: [{given}]: not a code; write [CODE], [CODE <19950601], [CODE >19950601] "
            "or [CODE 19950601-19990815]"
        )
    return DatedCode(given.upper())


def _day(digits: str) -> date:
    """Return a day; of two digits for the year, 30 to 99 are of the twentieth century."""
    if len(digits) == 6:
        digits = ("19" if digits >= "30" else "20") + digits
    return date.fromisoformat(digits)


def _names(name: str, plural: str | None, sets: dict[str, tuple[str, ...]], place: str) -> Iterator[str]:
    """Yield the singular and the plural forms, with every word of a set put in."""
    parts = re.split(r"!(\w+)!", name.strip())
    if unknown := [part for part in parts[1::2] if part not in sets]:
        raise ReadError(f"{place}: no set !{unknown[0]}!; define it above: !{unknown[0]}! = A, B")
    choices: Iterable[tuple[str, ...]] = [sets[p] if odd % 2 else (p,) for odd, p in enumerate(parts)]
    singular = [_words("".join(chosen)) for chosen in product(*choices)]
    yield from singular
    if plural is None and len(parts) == 1:
        yield _plural(singular[0])
    elif plural:
        yield _words(plural)


def _plural(name: str) -> str:
    """Return the plural that the dictionaries leave out.

    >>> _plural("AUTHORITY"), _plural("SOLDIER")
    ('AUTHORITIES', 'SOLDIERS')
    """
    return f"{name[:-1]}IES" if name.endswith("Y") and name[-2:-1] not in "AEIOU" else f"{name}S"
