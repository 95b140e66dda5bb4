"""Which events there are by actor, place, type, day and words, in the order of time.

The index proposes, SPARQL disposes: what is found here are IRIs of events in the order in which the
saved questions list them; everything that is told of an event comes from the quads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.database import Database

VERSION: Final = "4"  # of the tables below; an index of another one is made anew
TABLES: Final = """
CREATE TABLE IF NOT EXISTS facet (
  value TEXT, earliest INTEGER, endless INTEGER, latest INTEGER, label TEXT, event TEXT, marks INTEGER,
  PRIMARY KEY (value, earliest, endless, latest, label, event)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS facet_event ON facet (event, value);
CREATE TABLE IF NOT EXISTS tally (
  value TEXT, marks INTEGER, number INTEGER, PRIMARY KEY (value, marks)) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS said USING fts5 (event UNINDEXED, words, tokenize = 'trigram');
CREATE TABLE IF NOT EXISTS said_row (event TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID;
"""
ACTOR: Final = "a "  # what begins the values of each kind, so that none is taken for another
PLACE: Final = "p "
KIND: Final = "t "
EVERY: Final = ""  # the value that all events have
UNDATED: Final = "u"  # the one that those have that took place, on no day that can be told
TORN: Final = "c"  # and those on which accounts differ: these come by how much they do, the most first
DATED: Final = 1  # marks of an event: it took place or is disputed, and has a bound
DEED: Final = 2  # it took place, and somebody did it
_BEGINNING: Final = -(10**12)  # sorts an event without a first day before all others, as SPARQL does
_MANY: Final = 5000  # values with more events than that are not told apart by their number
_TRIGRAM: Final = 3  # letters that words need to be found by


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it is found: its bounds, label, values (of any kind), and all words said of it.

    `happened` is true of one that took place or is disputed, `done` of one that took place and that
    somebody did; `contested` is the number of claims on one aspect of it that others contradict, at most.
    """

    event: str
    earliest: date | None
    latest: date | None
    label: str
    happened: bool
    values: frozenset[str]
    words: str
    done: bool = False
    contested: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What events are asked for: one value out of each group, bounds that overlap, words in them.

    Only those with all of `marks` (DATED, DEED or their sum) are meant. Events come in the order of
    time; where TORN is a group, by how many claims are contested.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    since: date | None = None
    until: date | None = None
    marks: int = 0
    words: str = ""


class Catalogue:
    """The events of a store as they are found, in a database that its owner commits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def applied(self) -> str:
        """The mark of the log up to which its records are known.

        Other tables than those of this version know no log that there is.
        """
        rows = self._database.rows("SELECT name, value FROM meta")
        known = {str(name): str(value) for name, value in rows}
        if "applied" in known and known.get("version") != VERSION:
            return "of another version"
        return known.get("applied", "")

    def apply(self, applied: str) -> None:
        """Remember up to where the log is known."""
        self._database.many(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", (("applied", applied), ("version", VERSION))
        )

    def leave(self, event: str) -> None:
        """Take an event out."""
        values = self._database.rows("SELECT value, marks FROM facet WHERE event = ?", event)
        fewer = "UPDATE tally SET number = number - 1 WHERE value = ? AND marks = ?"
        self._database.many(fewer, values)
        self._database.run("DELETE FROM facet WHERE event = ?", event)
        for (row,) in self._database.rows("SELECT row FROM said_row WHERE event = ?", event):
            self._database.run("DELETE FROM said WHERE rowid = ?", row)
            self._database.run("DELETE FROM said_row WHERE event = ?", event)

    def enter(self, entry: Entry) -> None:
        """Put an event in, in the place of what was known of it."""
        self.leave(entry.event)
        order = _order(entry)
        bounded = entry.earliest is not None or entry.latest is not None
        marks = DATED * (entry.happened and bounded) + DEED * entry.done
        places = dict.fromkeys((*entry.values, EVERY), order)
        if entry.happened and not bounded:
            places[UNDATED] = order
        if entry.contested:
            places[TORN] = (-entry.contested, 0, 0)
        rows = ((value, *place, entry.label, entry.event, marks) for value, place in places.items())
        self._database.many("INSERT OR REPLACE INTO facet VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        more = "INSERT INTO tally VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1"
        self._database.many(more, ((value, marks) for value in places))
        self._database.run("INSERT INTO said (event, words) VALUES (?, ?)", entry.event, entry.words)
        self._database.run("INSERT INTO said_row VALUES (?, last_insert_rowid())", entry.event)

    def having(self, value: str) -> tuple[str, ...]:
        """Return the events that have a value, in the order of time."""
        return self.find(Wanted(((value,),)), -1, 0)

    def find(self, wanted: Wanted, most: int, first: int) -> tuple[str, ...]:
        """Return the IRIs of events in their order: at most so many, from that one on (from 0)."""
        which, where, values = self._where(wanted)
        order = "ORDER BY earliest, endless, latest, label, event LIMIT ? OFFSET ?"
        select = f"SELECT {which} event, earliest, endless, latest, label FROM facet AS f {where} {order}"  # noqa: S608
        return tuple(str(row[0]) for row in self._database.rows(select, *values, most, first))

    def count(self, wanted: Wanted) -> int:
        """Return how many events are asked for; those of one value alone are not counted each time."""
        groups = wanted.groups or ((EVERY,),)
        if len(groups) == len(groups[0]) == 1 and not (wanted.since or wanted.until or wanted.words):
            select = "SELECT SUM(number) FROM tally WHERE value = ?1 AND marks & ?2 = ?2"
            return int(self._database.rows(select, groups[0][0], wanted.marks)[0][0] or 0)
        which, where, values = self._where(wanted)
        rows = self._database.rows(f"SELECT COUNT({which} event) FROM facet AS f {where}", *values)  # noqa: S608
        return int(rows[0][0])

    def _where(self, wanted: Wanted) -> tuple[str, str, list[object]]:
        """Return a condition: the rarest group, or that with an order of its own, is walked through.

        The others are looked up. Before it comes DISTINCT where an event may have several values of that
        group: without it the rows of one value are read in their order, and no more than are asked for.
        """
        groups: Sequence[tuple[str, ...]] = sorted(wanted.groups, key=self._size) or ((EVERY,),)
        parts, values = [f"f.value IN ({_marks(groups[0])})"], list[object](groups[0])
        for group in groups[1:]:
            inside = f"SELECT 1 FROM facet AS g WHERE g.event = f.event AND g.value IN ({_marks(group)})"  # noqa: S608
            parts.append(f"EXISTS ({inside})")
            values += group
        if wanted.marks:
            parts.append("f.marks & ? = ?")
            values += (wanted.marks, wanted.marks)
        if wanted.since:
            parts.append("(f.endless = 1 OR f.latest >= ?)")
            values.append(_number(wanted.since))
        if wanted.until:
            parts.append("f.earliest <= ?")
            values.append(_number(wanted.until))
        if wanted.words:
            parts.append("f.event IN (SELECT event FROM said WHERE words MATCH ?)")
            values.append(_phrase(wanted.words))
        return "DISTINCT" if len(groups[0]) > 1 else "", f"WHERE {' AND '.join(parts)}", values

    def _size(self, group: tuple[str, ...]) -> int:
        if group == (TORN,):
            return -1
        inside = f"SELECT 1 FROM facet WHERE value IN ({_marks(group)}) LIMIT {_MANY}"  # noqa: S608
        return int(self._database.rows(f"SELECT COUNT(*) FROM ({inside})", *group)[0][0])  # noqa: S608


def findable(words: str) -> bool:
    """Tell whether words are long enough to be looked up."""
    return len(words) >= _TRIGRAM


def _order(entry: Entry) -> tuple[int, int, int]:
    """Return what sorts an event by its bounds as SPARQL does: no first day before all, no last one after."""
    first = _BEGINNING if entry.earliest is None else _number(entry.earliest)
    return (first, 1, 0) if entry.latest is None else (first, 0, _number(entry.latest))


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _marks(group: Iterable[str]) -> str:
    return ", ".join("?" for _ in group)


def _phrase(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
