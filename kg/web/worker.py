"""A worker: one process that answers requests from a snapshot, and may be killed at any moment.

Everything that comes from outside, such as SPARQL, is parsed here and nowhere else.
"""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from kg.resources import Resources
from kg.snapshots import Held
from kg.spawned import begin
from kg.store import Store
from kg.web.asked import Asked
from kg.web.respond import respond
from kg.web.site import Site

READY: Final = b"ready"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is given: the knowledge, the store's folder and base, limits in bytes, niceness."""

    found: Resources
    folder: Path
    base: str
    memory: int
    most: int
    nice: int = 0


def work(front: Connection, setup: Setup) -> None:
    """Answer one request after the other, until the front is gone."""
    begin()
    os.nice(setup.nice)
    resource.setrlimit(resource.RLIMIT_DATA, (setup.memory, setup.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    held: Held | None = None
    site: Site | None = None
    front.send_bytes(READY)
    while True:
        try:
            place, head, body = Path(front.recv_bytes().decode()), front.recv_bytes(), front.recv_bytes()
        except EOFError:
            return
        if held is None or site is None or held.path != place:
            site = None
            if held is not None:
                held.release()
            held = Held(place)
            site = Site.of(Store.over(held.quads, setup.base, folder=setup.folder), setup.found, setup.most)
        for part in respond(site, Asked.unpack(head, body)).pack():
            front.send_bytes(part)
