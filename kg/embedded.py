"""Quads in this process: an Oxigraph store on disk or in memory."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from sys import getrefcount
from typing import Final

import pyoxigraph
from pyoxigraph import Quad

from kg.backing import Found
from kg.errors import StoreError
from kg.folder import Folder
from kg.quads import open_quads, put, reopened, tidy
from kg.seal import put_seal
from kg.snapshots import publish, watched
from kg.view import Change

HELD: Final = 50_000  # quads that may wait in memory; RocksDB by itself lets them grow to gigabytes
_ALONE: Final = 2  # references to quads that nobody but this backing holds


class Embedded:
    """Quads in the folder of a store, or in memory where there is none."""

    def __init__(self, folder: Folder | None = None, quads: pyoxigraph.Store | None = None) -> None:
        """Open them, unless they are given. Raises StoreError where they do not open."""
        self._folder = folder
        self._quads = quads
        self._refused = False
        self._held = 0
        if quads is None:
            self._open()

    @property
    def dataset(self) -> pyoxigraph.Store:
        """The quads. Raises StoreError once closed."""
        if self._quads is None:
            raise StoreError("the store is closed")
        return self._quads

    @property
    def busy(self) -> bool:
        """Always false: a change is made as a whole."""
        return False

    def change(self, change: Change, notes: Change) -> None:
        """Make a change and its notes in one transaction. Raises StoreError where it cannot be made."""
        try:
            put(self.dataset, change, notes)
        except StoreError:
            self._refused = True
            raise
        self._held += len(change.gone) + len(change.new)
        if self._folder is not None and self._held > HELD:
            self._held = 0
            with suppress(OSError, RuntimeError):  # it is in the journal all the same
                self.dataset.flush()

    def recover(self) -> None:
        """Open the quads again after a refusal: RocksDB goes on refusing once a disk was full.

        Raises StoreError, and reads on, while the disk still refuses.
        """
        if self._refused and self._folder is not None:
            self._quads = None
            self._quads, self._refused = reopened(self._folder.path)
            if self._refused:
                raise StoreError(f"{self._folder.path}: the disk refuses; make room on it")

    def query(self, text: str) -> Found:
        """Ask SPARQL of the union of all graphs; raises as `Backing.query`."""
        return self.dataset.query(text, use_default_graph_as_union=True)

    def expect(self, quads: Iterable[Quad]) -> None:
        """Do nothing: a look-up costs no more for coming as a surprise."""

    def clear(self) -> None:
        """Throw the quads away with their files. Raises StoreError where files cannot be removed."""
        self._quads = None
        if self._folder is not None:
            self._folder.clear()
        self._open()

    def publish(self) -> None:
        """Leave a snapshot for those who read beside a writer, if there is anyone.

        Where the disk refuses they go on with the one before: what was written is no less written.
        """
        if self._folder is not None and not self._folder.read_only and watched(self._folder.path):
            with suppress(StoreError):
                publish(self._folder.path, self.dataset)

    def close(self) -> None:
        """Bring the quads to the disk, and seal the files where nobody else goes on using them."""
        if self._quads is not None and self._folder is not None and not self._folder.read_only:
            with suppress(OSError, RuntimeError):
                self._quads.flush()
                alone = getrefcount(self._quads) == _ALONE and not self._refused
                self._quads = None
                if alone:
                    with suppress(StoreError):
                        tidy(self._folder.path)
                    put_seal(self._folder.path)
        self._quads = None

    def _open(self) -> None:
        folder = self._folder
        self._quads = open_quads(folder.path, read_only=folder.read_only) if folder else pyoxigraph.Store()
