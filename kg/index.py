"""What a store looks up to link an article: reports, blocking keys, scored pairs, names of events.

An SQLite file beside the quads. It is computed from the log alone and can be thrown away.
`applied` tells which records it knows (a mark of the log).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from kg.catalogue import TABLES, Catalogue
from kg.database import Database

_COMMON: Final = 64  # articles with the same row of words: that is what every text of a kind says
_SHARED: Final = 4  # of the 16 bands of a text that a near-copy has at least
_TABLES: Final = f"""
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS article (
  graph TEXT PRIMARY KEY, iri TEXT, url TEXT, published TEXT, start INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS older (graph TEXT PRIMARY KEY, newer TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS article_url ON article (url);
CREATE INDEX IF NOT EXISTS article_iri ON article (iri);
CREATE TABLE IF NOT EXISTS report (
  report TEXT PRIMARY KEY, graph TEXT, start INTEGER, position INTEGER, account TEXT,
  own TEXT, told TEXT, carried TEXT, event TEXT);
CREATE INDEX IF NOT EXISTS report_graph ON report (graph);
CREATE INDEX IF NOT EXISTS report_carried ON report (carried);
CREATE INDEX IF NOT EXISTS report_own ON report (own);
CREATE INDEX IF NOT EXISTS report_event ON report (event);
CREATE TABLE IF NOT EXISTS key (key INTEGER, report TEXT, PRIMARY KEY (key, report)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_report ON key (report);
CREATE TABLE IF NOT EXISTS edge (one TEXT, other TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS minted (event TEXT PRIMARY KEY, start INTEGER, position INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS decided (
  one TEXT, other TEXT, apart INTEGER, start INTEGER, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS judged (claim TEXT PRIMARY KEY, quads TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS band (band TEXT, graph TEXT, PRIMARY KEY (band, graph)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS band_graph ON band (graph);
{TABLES}"""


@dataclass(frozen=True, slots=True)
class Known:
    """A live report: the graph of its article, when it came, its account, and the event's names.

    `start` is the byte offset of the article's record, `position` the offset of the trigger in
    its text; `own` is the event IRI that the report would mint, `told` the one that its article
    gives (reports with the same one are told as one event), `carried` the one it was given when it
    came in, `event` the one it has now.
    """

    report: str
    graph: str
    start: int
    position: int
    account: str
    own: str
    told: str
    carried: str
    event: str = ""

    @property
    def age(self) -> tuple[int, int, str]:
        """What to sort by so that the oldest comes first."""
        return self.start, self.position, self.report


@dataclass(frozen=True, slots=True)
class Held:
    """A live article: its graph, IRI and address, its first possible day of publication, its record."""

    graph: str
    iri: str
    url: str
    published: str
    start: int


class Index:
    """The index of a store. Nothing is kept before `commit`; `rollback` forgets what was done."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.script(_TABLES)
        database.begin()

    @classmethod
    def open(cls, path: Path | None) -> Index:
        """Open the index in a file, or an empty one in memory. Raises StoreError where it cannot be."""
        return cls(Database.open(path))

    @property
    def catalogue(self) -> Catalogue:
        """Which events there are, in the same file and the same transaction."""
        return Catalogue(self._database)

    @property
    def applied(self) -> str:
        """The mark of the log up to which its records are known."""
        return self.catalogue.applied

    def apply(self, mark: str) -> None:
        """Remember up to where the log is known."""
        self.catalogue.apply(mark)

    def commit(self) -> None:
        """Keep what was done."""
        self._database.commit()

    def rollback(self) -> None:
        """Forget what was done since the last commit."""
        self._database.rollback()

    def close(self) -> None:
        """Close the file, forgetting what was not committed."""
        self._database.close()

    # --- articles ---

    def held(self, *, graph: str = "", url: str = "", iri: str = "") -> tuple[Held, ...]:
        """Return the live articles with this graph, this address or this IRI."""
        asked = {"graph": graph, "url": url, "iri": iri}
        select = "SELECT graph, iri, url, published, start FROM article WHERE"
        found = [self._database.rows(f"{select} {name} = ?", value) for name, value in asked.items() if value]
        return tuple(Held(*row) for row in sorted({row for rows in found for row in rows}))

    def hold(self, article: Held, bands: Iterable[str]) -> None:
        """Add an article, with what shows whether another one is a reprint of it."""
        self._database.run("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?)", *astuple(article))
        self._database.many("INSERT OR IGNORE INTO band VALUES (?, ?)", ((b, article.graph) for b in bands))

    def drop(self, graph: str) -> None:
        """Take out an article with its reports."""
        for name in ("article", "band"):
            self._database.run(f"DELETE FROM {name} WHERE graph = ?", graph)  # noqa: S608 - one of two words
        for (report,) in self._database.rows("SELECT report FROM report WHERE graph = ?", graph):
            self._database.run("DELETE FROM key WHERE report = ?", report)
            self._database.run("DELETE FROM edge WHERE one = ?1 OR other = ?1", report)
        self._database.run("DELETE FROM report WHERE graph = ?", graph)

    def outdate(self, graph: str, newer: str) -> None:
        """Note that a newer version took an article's place."""
        self._database.run("INSERT OR REPLACE INTO older VALUES (?, ?)", graph, newer)

    def renew(self, newer: str) -> None:
        """Forget of which articles this one took the place."""
        self._database.run("DELETE FROM older WHERE newer = ?", newer)

    def is_older(self, graph: str) -> bool:
        """Tell whether a newer version took this article's place."""
        return bool(self._database.rows("SELECT 1 FROM older WHERE graph = ?", graph))

    def banded(self, bands: Iterable[str], graph: str) -> tuple[Held, ...]:
        """Return the other live articles that share some bands; one that very many have says nothing."""
        found = Counter[str]()
        for band in bands:
            rows = self._database.rows("SELECT graph FROM band WHERE band = ? LIMIT ?", band, _COMMON + 1)
            found.update(row[0] for row in rows if len(rows) <= _COMMON)
        near = sorted(other for other, number in found.items() if number >= _SHARED and other != graph)
        return tuple(held for other in near for held in self.held(graph=other))

    def bands(self, graph: str) -> tuple[str, ...]:
        """Return an article's bands of shingles."""
        return tuple(
            str(r[0])
            for r in self._database.rows("SELECT band FROM band WHERE graph = ? ORDER BY band", graph)
        )

    # --- reports ---

    def add(self, report: Known, keys: Iterable[str]) -> None:
        """Add a report with its blocking keys, and note its event's name as minted."""
        self._database.run(
            "INSERT OR REPLACE INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *astuple(report)
        )
        self._database.many(
            "INSERT OR IGNORE INTO key VALUES (?, ?)", ((_short(key), report.report) for key in keys)
        )
        self._database.run(
            "INSERT OR IGNORE INTO minted VALUES (?, ?, ?)", report.own, report.start, report.position
        )

    def reports(self, *, graph: str) -> tuple[Known, ...]:
        """Return an article's reports, in the order of its text."""
        return self._known("graph = ?", graph)

    def of_event(self, event: str) -> tuple[Known, ...]:
        """Return the live reports of an event, the oldest first."""
        return self._known("event = ?", event)

    def naming(self, event: str) -> tuple[Known, ...]:
        """Return the live reports that carry this name or would mint it."""
        return self._known("carried = ?1 OR own = ?1", event)

    def known(self, report: str) -> Known | None:
        """Return a live report by its IRI."""
        return next(iter(self._known("report = ?", report)), None)

    def sharing(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the live reports that share a blocking key."""
        found: set[str] = set()
        for key in keys:
            rows = self._database.rows("SELECT report FROM key WHERE key = ?", _short(key))
            found |= {row[0] for row in rows}
        return frozenset(found)

    def rename(self, report: str, *, carried: str = "", event: str = "") -> None:
        """Give a report another event, or another name to carry."""
        if carried:
            self._database.run("UPDATE report SET carried = ? WHERE report = ?", carried, report)
        if event:
            self._database.run("UPDATE report SET event = ? WHERE report = ?", event, report)

    def minted(self, event: str) -> tuple[int, int]:
        """Return when an event's name was minted: the offset of the record, and in the text."""
        rows = self._database.rows("SELECT start, position FROM minted WHERE event = ?", event)
        return (int(rows[0][0]), int(rows[0][1])) if rows else (0, 0)

    # --- pairs ---

    def connect(self, one: str, other: str) -> None:
        """Note that two reports may be of one event."""
        first, second = sorted((one, other))
        self._database.run("INSERT OR IGNORE INTO edge VALUES (?, ?)", first, second)

    def neighbours(self, report: str) -> frozenset[str]:
        """Return the reports that may be of the same event, or were decided on together with it."""
        found = self._database.rows(
            "SELECT other FROM edge WHERE one = ?1 UNION SELECT one FROM edge WHERE other = ?1"
            " UNION SELECT other FROM decided WHERE one = ?1 UNION SELECT one FROM decided WHERE other = ?1",
            report,
        )
        return frozenset(row[0] for row in found)

    def decide(self, one: str, other: str, *, apart: bool, start: int) -> None:
        """Note what somebody decided of two reports, in the record that begins at this byte.

        What was decided alike before keeps its older record.
        """
        first, second = sorted((one, other))
        self._database.run(
            "DELETE FROM decided WHERE one = ? AND other = ? AND apart <> ?", first, second, int(apart)
        )
        self._database.run(
            "INSERT OR IGNORE INTO decided VALUES (?, ?, ?, ?)", first, second, int(apart), start
        )

    def undecide(self, one: str, other: str) -> None:
        """Forget what somebody decided of two reports."""
        first, second = sorted((one, other))
        self._database.run("DELETE FROM decided WHERE one = ? AND other = ?", first, second)

    def decided(self, reports: Iterable[str], *, apart: bool) -> tuple[tuple[str, str], ...]:
        """Return the decisions between these reports, sorted."""
        given = frozenset(reports)
        rows = (
            self._database.rows("SELECT one, other FROM decided WHERE one = ? AND apart = ?", one, int(apart))
            for one in sorted(given)
        )
        return tuple((one, other) for found in rows for one, other in found if other in given)

    def last_decided(self, reports: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return the pairs among these reports that the latest record joined by hand."""
        given = frozenset(reports)
        rows = [
            row
            for one in sorted(given)
            for row in self._database.rows(
                "SELECT start, one, other FROM decided WHERE one = ? AND apart = 0", one
            )
            if row[2] in given
        ]
        return tuple((one, other) for start, one, other in rows if start == max(row[0] for row in rows))

    def judge(self, claim: str, quads: str) -> None:
        """Note what somebody decided of a claim, as N-Quads; nothing takes it back."""
        self._database.run("DELETE FROM judged WHERE claim = ?", claim)
        if quads:
            self._database.run("INSERT INTO judged VALUES (?, ?)", claim, quads)

    def judgement(self, claim: str) -> str:
        """Return what somebody decided of a claim, or nothing."""
        rows = self._database.rows("SELECT quads FROM judged WHERE claim = ?", claim)
        return str(rows[0][0]) if rows else ""

    def _known(self, where: str, value: str) -> tuple[Known, ...]:
        query = f"SELECT * FROM report WHERE {where} ORDER BY start, position, report"  # noqa: S608
        return tuple(Known(*row) for row in self._database.rows(query, value))


def _short(key: str) -> int:
    """Return what a blocking key is looked up by, in 8 bytes; two keys in one only propose more pairs."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
