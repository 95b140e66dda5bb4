"""Snapshots of a store's quads, for readers beside a writer: hard links, taken between two records.

Whoever reads keeps a lock on the file `readers` of the store's folder; as long as somebody does,
each writer leaves a snapshot after every record. A reader locks the snapshot that it looks at;
those that nobody looks at are removed when a newer one is there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyoxigraph

from kg.errors import StoreError

FOLDER: Final = "snapshots"
_READERS: Final = "readers"


@contextmanager
def watching(store: Path) -> Iterator[None]:
    """Let writers of a store know that somebody reads snapshots; the last to leave removes them.

    Raises StoreError where the folder cannot be written.
    """
    try:
        handle = os.open(store / _READERS, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StoreError(f"{store}: cannot write here: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        if _alone(handle):
            shutil.rmtree(store / FOLDER, ignore_errors=True)
        os.close(handle)


def watched(store: Path) -> bool:
    """Tell whether somebody reads snapshots of a store."""
    try:
        with (store / _READERS).open("r", encoding="utf-8") as file:
            return not _alone(file.fileno())
    except OSError:
        return False


def publish(store: Path, quads: pyoxigraph.Store) -> Path:
    """Leave a snapshot of a store's quads as they are now; older ones go unless they are looked at.

    Raises StoreError where the file system refuses.
    """
    folder = store / FOLDER
    before = _all(store)
    place = folder / f"{int(before[-1].name) + 1 if before else 1:09d}"
    try:
        folder.mkdir(exist_ok=True)
        quads.backup(str(place))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{folder}: cannot leave a snapshot: {error}") from error
    for old in before:
        _remove_unless_held(old)
    return place


def newest(store: Path) -> Path | None:
    """Return the newest snapshot of a store, if there is one."""
    return next(reversed(_all(store)), None)


def forget(store: Path) -> None:
    """Remove what a reader that was killed has left behind."""
    if not watched(store):
        shutil.rmtree(store / FOLDER, ignore_errors=True)


class Held:
    """A snapshot that is looked at: its quads, and the lock that keeps it from being removed."""

    def __init__(self, path: Path) -> None:
        """Open a snapshot. Raises StoreError where it is gone."""
        self.path = path
        try:
            self._lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            self.quads = pyoxigraph.Store.read_only(str(path))
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError(f"{path}: this snapshot does not open: {error}") from error

    def release(self) -> None:
        """Look at it no more; its quads must not be used any longer."""
        del self.quads
        os.close(self._lock)


def _all(store: Path) -> list[Path]:
    """Return the finished snapshots, the oldest first."""
    try:
        return sorted(path for path in (store / FOLDER).iterdir() if path.name.isdigit())
    except OSError:
        return []


def _alone(handle: int) -> bool:
    """Tell whether nobody else holds a lock on a file; takes it if so, for as long as it is open."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove_unless_held(snapshot: Path) -> None:
    try:
        handle = os.open(snapshot, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        if _alone(handle):
            shutil.rmtree(snapshot, ignore_errors=True)
    finally:
        os.close(handle)
