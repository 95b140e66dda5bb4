"""The rows of a store's index, to compare: a copy of the file is read, so that nothing is changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.catalogue import Catalogue
from kg.database import Database
from kg.digests import Digest, digest_of
from kg.errors import StoreError

INDEX: Final = "index.sqlite"
_PLAIN: Final = (
    "article", "older", "report", "key", "edge", "minted", "decided", "judged", "band", "facet",
)  # fmt: skip
_SELECTS: Final = {
    **{name: f"SELECT * FROM {name}" for name in _PLAIN},  # noqa: S608  # names of our own
    "tally": "SELECT * FROM tally WHERE number > 0",
    "said": "SELECT said.event, words FROM said JOIN said_row ON said.rowid = said_row.row"
    " WHERE said.event = said_row.event",
    "said_row": "SELECT event FROM said_row",
}


def copied(store: Path, folder: Path) -> str:
    """Copy an index into a folder; return the mark of the log up to which it knows it.

    Raises StoreError where it cannot be read.
    """
    try:
        for file in store.glob(f"{INDEX}*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, folder / file.name)
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}") from error
    database = Database.open(folder / INDEX)
    try:
        return Catalogue(database).applied
    finally:
        database.close()


def faults(file: Path) -> Iterator[str]:
    """Yield what SQLite finds wrong with a copy of an index, its words among it."""
    try:
        connection = sqlite3.connect(file)
        for (line,) in connection.execute("PRAGMA integrity_check(5)"):
            if line != "ok":
                yield " ".join(str(line).split())
        connection.execute("INSERT INTO said (said) VALUES ('integrity-check')")
    except sqlite3.Error as error:
        yield f"cannot be read: {error}"
    finally:
        connection.close()


def tables(database: Database) -> dict[str, Digest]:
    """Return the digest of each table. Raises StoreError where one cannot be read."""
    return {name: digest_of(database.each(query)) for name, query in _SELECTS.items()}
