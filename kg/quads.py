"""The quads of a store on disk: opened, changed, and told from a disk that refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph

from kg.errors import StoreError
from kg.view import Change

JOURNAL: Final = 8 << 20  # bytes of journals that are left where they are
BULK: Final = 20_000  # quads from which the bulk loader is faster than a transaction


def open_quads(store: Path, *, read_only: bool) -> pyoxigraph.Store:
    """Open the quads in the folder of a store. Raises StoreError where they do not open."""
    place = str(store / "oxigraph")
    try:
        return pyoxigraph.Store.read_only(place) if read_only else pyoxigraph.Store(place)
    except (OSError, ValueError, RuntimeError) as error:
        fix = "kg rebuild makes the quads anew from the log"
        raise StoreError(f"{store}: the store does not open: {error}; {fix}") from error


def reopened(store: Path) -> tuple[pyoxigraph.Store, bool]:
    """Open the quads for writing, or for reading alone (True) where the disk refuses."""
    try:
        return open_quads(store, read_only=False), False
    except StoreError:
        return open_quads(store, read_only=True), True


def tidy(store: Path) -> None:
    """Let RocksDB throw its journals away, where they are large and their quads were flushed.

    It does so when it is opened, not when it is closed: they can be twice as large as the quads.
    Raises StoreError where the quads do not open again.
    """
    journals = (store / "oxigraph").glob("*.log")
    if sum(path.stat().st_size for path in journals) > JOURNAL:
        open_quads(store, read_only=False)


def put(quads: pyoxigraph.Store, change: Change, note: Change) -> None:
    """Make a change with a note of it in one transaction.

    So many quads that a transaction would be slow go in before it, whole or not at all: without
    the note they are put in again. Raises StoreError where it cannot be written.
    """
    try:
        if len(change.new) >= BULK:
            quads.bulk_extend(change.new)
            change = Change(change.gone, frozenset())
        whole = change | note
        if whole:
            quads.update(whole.update())
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the store refuses to write: {error}") from error
