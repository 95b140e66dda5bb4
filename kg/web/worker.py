"""A worker: one process that answers requests from a snapshot, and may be killed at any moment.

Everything that comes from outside, such as SPARQL, is parsed here and nowhere else.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, Protocol

from kg.confined import confine
from kg.errors import StoreError
from kg.questions import saved_queries
from kg.resources import Resources
from kg.snapshots import Held, newest
from kg.spawned import begin
from kg.store import Store
from kg.web.asked import Answered, Asked, said
from kg.web.respond import respond
from kg.web.site import Site

READY: Final = b"ready"
AGAIN: Final = {"Retry-After": "5"}
_TRIES: Final = 5
_MADE: Final = said(503, "the store is being made; ask again in a few seconds", AGAIN)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is given: the knowledge, the store's folder and base, limits in bytes, niceness.

    `settled` says that nobody can write the store, so that it is read in place, without snapshots.
    """

    found: Resources
    folder: Path
    base: str
    memory: int
    most: int
    nice: int = 0
    settled: bool = False
    loss: str = ""

    def answering(self) -> Callable[[Asked], Answered]:
        """Return what answers from the newest state of the store."""
        state = State(self)

        def answer(asked: Asked) -> Answered:
            site = state.site()
            return respond(site, asked) if site else _MADE

        return answer


class Work(Protocol):
    """What a worker is for, its limits, and what is lost when it ends."""

    @property
    def memory(self) -> int:
        """Bytes that it may take."""

    @property
    def nice(self) -> int:
        """Its niceness."""

    @property
    def loss(self) -> str:
        """Words that are added where it is told that it was stopped."""

    def answering(self) -> Callable[[Asked], Answered]:
        """Return what answers requests; called once, within the worker."""


def work(front: Connection, setup: Work) -> None:
    """Answer one request after the other, until the front is gone."""
    begin()
    os.nice(setup.nice)
    resource.setrlimit(resource.RLIMIT_DATA, (setup.memory, setup.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    confine()
    answer = setup.answering()
    front.send_bytes(READY)
    while True:
        try:
            asked = Asked.unpack(front.recv_bytes(), front.recv_bytes())
        except EOFError:
            return
        for part in answer(asked).pack():
            front.send_bytes(part)


class State:
    """The newest state of a store that can be read, opened once."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._queries = {saved.name: saved for saved in saved_queries(setup.found)}
        self._held: Held | None = None
        self._site: Site | None = None

    def site(self) -> Site | None:
        """Return what to answer from, or None where there is nothing yet.

        A snapshot may go between being found and being opened: a newer one is there then.
        """
        for _ in range(_TRIES):
            place = self._setup.folder / "oxigraph" if self._setup.settled else newest(self._setup.folder)
            if place is None:
                return None
            if self._site is not None and self._held is not None and self._held.path == place:
                return self._site
            try:
                held = Held(place)
            except StoreError:
                continue
            self._leave()
            store = Store.over(held.quads, self._setup.base, folder=self._setup.folder)
            self._held = held
            self._site = Site(store, self._setup.found, self._queries, self._setup.most)
            break
        return self._site

    def _leave(self) -> None:
        if self._site is not None and self._held is not None:
            self._site.store.close()
            self._site = None
            self._held.release()
