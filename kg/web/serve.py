"""Runs the server: takes a first snapshot, starts the workers, listens until it is stopped."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType
from typing import Final

from kg.api import load_knowledge
from kg.commit import catch_up
from kg.errors import InUseError, KgError, UsageError
from kg.folder import read_about
from kg.project import Project
from kg.questions import saved_queries
from kg.snapshots import newest, watching
from kg.store import Store
from kg.web.app import ADDRESS, Front, app
from kg.web.pool import Limits, Pool
from kg.web.rate import Rate
from kg.web.scratch import Scratch
from kg.web.worker import Setup

MOST: Final = 50 * 2**20  # bytes of an answer
WAIT: Final = 30.0  # seconds that a running build has to leave a first snapshot
CONNECTIONS: Final = 512  # open at once; one more is answered 503
WAITING: Final = 8  # queries that may wait
CHECK: Final = 300.0  # seconds that validating a store may take
LOCAL: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to listen, and limits: seconds of a query, bytes of memory, processes, requests a second.

    `rate` is for each address that asks; 0 means no limit.
    """

    host: str
    port: int
    names: tuple[str, ...]
    seconds: float
    memory: int
    workers: int
    rate: float


def run(given: Project, serving: Serving, ready: Callable[[str], None]) -> None:
    """Serve a project's store until stopped; `ready` is told the address.

    Raises UsageError for a store on a server, StoreError where there is none, QueryError for a
    faulty saved question, KgError where nothing can be listened to.
    """
    if given.server:
        raise UsageError(f"kg serve needs a store in a folder; {given.server} has an endpoint of its own")
    saved_queries(given.resources)
    base = read_about(given.store).base
    with _readable(given) as settled:
        pages = Setup(given.resources, given.store, base, serving.memory, MOST, settled=settled)
        others = replace(pages, nice=10)
        front = Front(
            pages=Pool(pages, Limits(serving.workers, 200, serving.seconds)),
            queries=Pool(others, Limits(1, WAITING, serving.seconds)),
            checks=Pool(others, Limits(1, 4, CHECK)),
            hosts=_hosts(serving),
            rate=Rate(serving.rate),
        )
        _listen(front, serving, ready)


def run_scratch(serving: Serving, ready: Callable[[str], None]) -> None:
    """Serve a data set in memory, which may be changed over HTTP, until stopped; `ready` is told the address.

    Raises KgError where nothing can be listened to.
    """
    pool = Pool(Scratch(serving.memory, MOST), Limits(1, WAITING, serving.seconds))
    front = Front(pool, pool, pool, _hosts(serving), Rate(0))
    _listen(front, serving, ready)


def _hosts(serving: Serving) -> frozenset[str]:
    return LOCAL | {serving.host.lower(), *(name.lower() for name in serving.names)}


@contextmanager
def _readable(given: Project) -> Iterator[bool]:
    """See to it that there is something to read; yield whether that is the store, which nobody can write."""
    if not os.access(given.store, os.W_OK):
        with Store.open(given.store, read_only=True):
            yield True
        return
    with watching(given.store):
        _begin(given)
        yield False


def _begin(given: Project) -> None:
    """Leave a first snapshot, or wait for the one that whoever writes leaves."""
    latest = time.monotonic() + WAIT
    while True:
        try:
            with Store.open(given.store) as store:
                catch_up(store, load_knowledge(given.resources))
                store.publish()
                return
        except InUseError:
            if newest(given.store) is not None:
                return
            if time.monotonic() > latest:
                raise
            time.sleep(0.2)


def _listen(front: Front, serving: Serving, ready: Callable[[str], None]) -> None:
    import uvicorn

    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    # Only where the protocol is said does asyncio switch Nagle's algorithm off, which costs 40 ms an answer.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((serving.host, serving.port))
            listening.listen(128)
        except OSError as error:
            raise KgError(f"{serving.host}:{serving.port}: cannot listen here: {error.strerror}") from error
        at = f"[{serving.host}]" if family == socket.AF_INET6 else serving.host
        ready(f"http://{at}:{listening.getsockname()[1]}/")
        config = uvicorn.Config(
            app(front), log_level="warning", access_log=False, server_header=False,
            timeout_graceful_shutdown=3, h11_max_incomplete_event_size=2 * ADDRESS,
            limit_concurrency=CONNECTIONS,
        )  # fmt: skip

        class Server(uvicorn.Server):
            """Ends the workers as soon as it is to stop, so that nobody waits for them."""

            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                super().handle_exit(sig, frame)
                front.close()

        # uvicorn passes a signal on once it has stopped: what is open is closed then.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        Server(config).run(sockets=[listening])
