"""Quads in this process: an Oxigraph store on disk or in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import Quad

from kg.backing import Found
from kg.errors import StoreError
from kg.snapshots import publish, watched
from kg.view import Change

FOLDER: Final = "oxigraph"
BULK: Final = 20_000  # quads from which the bulk loader is faster than a transaction


class Embedded:
    """Quads in the folder of a store, or in memory where there is none."""

    def __init__(self, folder: Path | None = None, *, read_only: bool = False) -> None:
        """Open them. Raises StoreError where they do not open."""
        self._folder = folder
        self._read_only = read_only
        self._quads: pyoxigraph.Store | None = _opened(folder, read_only=read_only)

    @classmethod
    def over(cls, quads: pyoxigraph.Store) -> Embedded:
        """Return a backing over quads that somebody else opened."""
        found = cls()
        found._quads = quads
        return found

    @property
    def dataset(self) -> pyoxigraph.Store:
        """The quads. Raises StoreError once closed."""
        if self._quads is None:
            raise StoreError("the store is closed")
        return self._quads

    def change(self, change: Change, notes: Change) -> None:
        """Make a change and its notes in one transaction. Raises StoreError where it cannot be made.

        So many quads that a transaction would be slow go in before it, whole or not at all: without
        the notes they are put in again.
        """
        try:
            if len(change.new) >= BULK:
                self.dataset.bulk_extend(change.new)
                change = Change(change.gone, frozenset())
            if whole := change | notes:
                self.dataset.update(whole.update())
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store refuses to write: {error}") from error

    def query(self, text: str) -> Found:
        """Ask SPARQL of the union of all graphs; raises as `Backing.query`."""
        return self.dataset.query(text, use_default_graph_as_union=True)

    def expect(self, quads: Iterable[Quad]) -> None:
        """Do nothing: a look-up costs no more for coming as a surprise."""

    def clear(self) -> None:
        """Throw the quads away with their files. Raises StoreError where files cannot be removed."""
        self._quads = None
        if self._folder is not None:
            remove(self._folder)
        self._quads = _opened(self._folder)

    def publish(self) -> None:
        """Leave a snapshot for those who read beside a writer, if there is anyone.

        Where the disk refuses they go on with the one before: what was written is no less written.
        """
        if self._folder is not None and not self._read_only and watched(self._folder):
            with suppress(StoreError):
                publish(self._folder, self.dataset)

    def close(self) -> None:
        """Flush to disk."""
        if self._quads is not None and self._folder is not None and not self._read_only:
            self._quads.flush()
        self._quads = None


def remove(folder: Path) -> None:
    """Remove the files of the quads. Raises StoreError where that fails."""
    try:
        shutil.rmtree(folder / FOLDER)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise StoreError(f"{folder}: cannot be cleared: {error.strerror}") from error


def _opened(folder: Path | None, *, read_only: bool = False) -> pyoxigraph.Store:
    if folder is None:
        return pyoxigraph.Store()
    place = str(folder / FOLDER)
    try:
        return pyoxigraph.Store.read_only(place) if read_only else pyoxigraph.Store(place)
    except (OSError, ValueError, RuntimeError) as error:
        fix = "kg rebuild makes the quads anew from the log"
        raise StoreError(f"{folder}: the store does not open: {error}; {fix}") from error
