"""Reads and extracts articles in processes of their own (spawned, never forked), in order.

What an article says is a pure function of it; only the one process that began writes the store.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from kg.cache import Cache
from kg.confined import confine
from kg.errors import ExtractorError, ReadError
from kg.items import Item
from kg.model import Article, Extraction
from kg.pipeline import Failed, Kit, Taken, load_kit, take
from kg.plugins import RULES
from kg.resources import Resources
from kg.sidecar import Metadata
from kg.spawned import begin

AHEAD: Final = 8  # articles for each worker that may be done before they are asked for
WORTH: Final = 40  # articles below which starting workers takes longer than they save


@dataclass(frozen=True, slots=True)
class Plan:
    """How workers read: where the ontology is, and the same choices as for `load_kit`."""

    found: Resources
    model: str
    extractor: str
    cache: Path | None = None
    min_confidence: float = 0.0
    overrides: Metadata | None = None

    def kit(self) -> Kit:
        """Load the kit. What is loaded stays: to look through it for garbage takes a sixth of the time."""
        gc.disable()
        try:
            kit = load_kit(self.found, model=self.model, extractor=self.extractor)
            gc.freeze()
        finally:
            gc.enable()
        kit = replace(kit, reader=replace(kit.reader, min_confidence=self.min_confidence))
        return replace(kit, cache=Cache.of(self.cache, self.found, kit.reader)) if self.cache else kit


def taken_by(jobs: int, found: Iterable[Item], plan: Plan) -> Iterator[Taken | Failed]:
    """Yield what each article holds, in the same order, read by so many processes."""
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (plan.extractor == RULES,))
    waiting: deque[Future[tuple[Path, Article, Extraction] | Failed]] = deque()
    try:
        for item in found:
            waiting.append(pool.submit(_take, item, plan))
            if len(waiting) > jobs * AHEAD:
                yield _of(waiting.popleft())
        while waiting:
            yield _of(waiting.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin(alone: bool) -> None:
    """Make a process ready; one whose extractor is kg's own needs no network and no other program."""
    begin()
    if alone:
        confine()


def _of(done: Future[tuple[Path, Article, Extraction] | Failed]) -> Taken | Failed:
    found = done.result()
    return found if isinstance(found, Failed) else Taken(*found)


@lru_cache(maxsize=1)
def kit_of(plan: Plan) -> Kit:
    """Load the kit of a worker, once in each process."""
    return plan.kit()


def _take(item: Item, plan: Plan) -> tuple[Path, Article, Extraction] | Failed:
    try:
        found = take(item, kit_of(plan), plan.overrides)
    except (ExtractorError, ReadError) as error:
        return Failed(item.path, str(error))
    return found.path, found.article, found.extraction
