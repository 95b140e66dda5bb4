"""What requests are answered from: one state of a store, and the saved questions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar, cast

from kg.query import Answer, Part, run, run_part
from kg.questions import saved_queries
from kg.resources import Resources
from kg.saved import SavedQuery
from kg.store import Store

PAGE: Final = 50  # rows of a table on one page
KEPT: Final = 16  # answers that are kept for those who ask the same again

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Site:
    """A store as it was at one moment, with what is asked of it; `most` bytes may be answered."""

    store: Store
    found: Resources
    queries: Mapping[str, SavedQuery]
    most: int
    _kept: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)

    @classmethod
    def of(cls, store: Store, found: Resources, most: int) -> Site:
        """Read the saved questions. Raises QueryError for a faulty one."""
        return cls(store, found, {saved.name: saved for saved in saved_queries(found)}, most)

    def answer(self, saved: SavedQuery, values: Mapping[str, tuple[str, ...]]) -> Answer:
        """Return the answer to a saved question. Raises what `kg.query.run` raises."""
        key = (saved.path, tuple(sorted(values.items())))
        return self.keep(key, lambda: run(self.store, saved, values))

    def part(self, saved: SavedQuery, values: Mapping[str, tuple[str, ...]], first: int) -> Part:
        """Return some rows of the answer to a saved question. Raises what `kg.query.run_part` raises."""
        key = (saved.path, first, tuple(sorted(values.items())))
        return self.keep(key, lambda: run_part(self.store, saved, values, most=PAGE, first=first))

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was made for a key before, or make it; the oldest is forgotten."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return cast("Kept", self._kept[key])
        made = make()
        self._kept[key] = made
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made
