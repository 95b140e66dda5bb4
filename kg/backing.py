"""What a store asks of the quads beneath it, wherever they are kept: on disk, in memory, on a server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeAlias

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple

from kg.dataset import Dataset
from kg.view import Change

Found: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples | list[Triple]


class Backing(Protocol):
    """Where quads are kept. `kg.embedded` and `kg.served` have the two kinds."""

    @property
    def dataset(self) -> Dataset:
        """The quads, for look-ups."""

    @property
    def busy(self) -> bool:
        """Whether a change is being made in parts, so that others may see a part of it."""

    def change(self, change: Change, notes: Change) -> None:
        """Make a change, and notes of it: once they are there, all of the change is.

        Raises StoreError where it cannot be made; the same change may be made again then.
        """

    def recover(self) -> None:
        """Make the quads take changes again, where they refuse after one could not be made."""

    def query(self, text: str) -> Found:
        """Ask SPARQL of the union of all graphs.

        Raises SyntaxError for a malformed query, ValueError, OSError or RuntimeError where it cannot be run.
        """

    def expect(self, quads: Iterable[Quad]) -> None:
        """Be told which nodes will be looked up next."""

    def clear(self) -> None:
        """Throw all of kg's quads away, with what else was computed from the log.

        Raises StoreError where that fails.
        """

    def publish(self) -> None:
        """Let those who read beside a writer see what was written."""

    def close(self) -> None:
        """Bring what was written to where it stays."""
