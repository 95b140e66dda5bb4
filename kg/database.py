"""An SQLite file beside the quads: what is in it can be computed anew from the log."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import StoreError


class Database:
    """A connection in one transaction after the other: nothing is kept before `commit`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path | None) -> Database:
        """Open a file, or an empty database in memory. Raises StoreError where it cannot be."""
        try:
            connection = sqlite3.connect(str(path or ":memory:"), isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error as error:
            raise _unusable(error, path) from error
        return cls(connection)

    @classmethod
    def read(cls, path: Path) -> Database:
        """Open a file for reading beside a writer. Raises StoreError where it cannot be."""
        # Where nobody can write nothing changes, and no file can be made to lock with.
        how = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
        try:
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None)
        except sqlite3.Error as error:
            raise _unusable(error, path) from error
        return cls(connection)

    def script(self, text: str) -> None:
        """Run statements that make tables."""
        try:
            self._connection.executescript(text)
        except sqlite3.Error as error:
            raise _unusable(error) from error

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Return what a query finds. Raises StoreError where the file cannot be read or written."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _unusable(error) from error

    def each(self, query: str) -> Iterator[Any]:
        """Yield what a query finds, row by row. Raises StoreError where the file cannot be read."""
        try:
            yield from self._connection.execute(query)
        except sqlite3.Error as error:
            raise _unusable(error) from error

    def run(self, query: str, *values: Any) -> None:
        """Do what a statement says."""
        self.rows(query, *values)

    def many(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Do what a statement says, once for each row."""
        try:
            self._connection.executemany(query, rows)
        except sqlite3.Error as error:
            raise _unusable(error) from error

    def begin(self) -> None:
        """Begin a transaction."""
        self.run("BEGIN")

    def commit(self) -> None:
        """Keep what was done."""
        self.run("COMMIT")
        self.begin()

    def rollback(self) -> None:
        """Forget what was done since the last commit; a full disk makes SQLite do so by itself."""
        if self._connection.in_transaction:
            self.run("ROLLBACK")
        self.begin()

    def close(self) -> None:
        """Close the file, forgetting what was not committed."""
        self._connection.close()


def _unusable(error: sqlite3.Error, path: Path | None = None) -> StoreError:
    where = f"{path}: the index" if path else "the index"
    return StoreError(f"{where} cannot be used: {error}; kg rebuild makes it anew")
