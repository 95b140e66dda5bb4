"""Worker processes, and who waits for them: each has a deadline, and a full queue is refused."""

from __future__ import annotations

import asyncio
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from kg.web.asked import Answered, Asked, said
from kg.web.worker import AGAIN, READY, Work, work

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_START: Final = 60.0  # seconds that a worker may take to begin

_STOPPING: Final = said(503, "the server stops", AGAIN)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many workers there are, how many requests may wait, and the seconds that each may take."""

    workers: int
    waiting: int
    seconds: float


class Worker:
    """The process behind one worker, started anew whenever it has died or was killed."""

    def __init__(self, setup: Work) -> None:
        self._setup = setup
        self._loss = setup.loss
        self._process: SpawnProcess | None = None
        self._end: Connection | None = None
        self._greeted = False
        self._ended = False

    def ask(self, asked: Asked, seconds: float) -> Answered:
        """Return the answer to a request; one that takes too long or too much costs the process.

        Where somebody else killed the process, another one is asked, unless data went with it.
        """
        for last in (False, True):
            if self._ended:
                return _STOPPING
            try:
                return self._answer(asked, seconds)
            except (EOFError, OSError):
                if self._ended:
                    return _STOPPING
                killed = self._killed()
                self.restart()
                if last or not killed or self._loss:
                    break
        return said(503, f"stopped: this was too much for one request{self._loss}", AGAIN)

    def _answer(self, asked: Asked, seconds: float) -> Answered:
        """Return an answer. Raises EOFError or OSError where the process has died."""
        end = self._ready()
        for part in asked.pack():
            end.send_bytes(part)
        if not end.poll(seconds):
            self.restart()
            return said(504, f"stopped: this took longer than {seconds:g} seconds{self._loss}", AGAIN)
        return Answered.unpack(end.recv_bytes(), end.recv_bytes())

    def _killed(self) -> bool:
        """Tell whether the process, which has died, was killed, and did not fall."""
        if self._process is None:
            return False
        self._process.join(1)
        return self._process.exitcode == -signal.SIGKILL

    def start(self) -> None:
        """Begin to start a process."""
        spawn = get_context("spawn")
        self._end, other = spawn.Pipe()
        self._process = spawn.Process(target=work, args=(other, self._setup), daemon=True)
        self._process.start()
        other.close()

    def end(self) -> None:
        """End the process for good; whoever waits for it is told so."""
        self._ended = True
        if self._process is not None:
            self._process.kill()

    def kill(self) -> None:
        """End the process at once."""
        if self._process is not None and self._end is not None:
            self._process.kill()
            self._process.join()
            self._end.close()
        self._process = self._end = None
        self._greeted = False

    def restart(self) -> None:
        """End the process, and begin to start another one."""
        self.kill()
        self.start()

    def _ready(self) -> Connection:
        """Return the way to a process that is ready. Raises EOFError where none starts."""
        if self._end is None:
            self.start()
        end = self._end
        if end is None or not (self._greeted or (end.poll(_START) and end.recv_bytes() == READY)):
            raise EOFError
        self._greeted = True
        return end


class Pool:
    """Some workers for requests of one kind."""

    def __init__(self, setup: Work, limits: Limits) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(limits.workers)
        self._workers = [Worker(setup) for _ in range(limits.workers)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._inside = 0
        for worker in self._workers:
            self._idle.put(worker)

    async def ask(self, asked: Asked) -> Answered:
        """Return the answer to a request, or 503 where too many wait already."""
        limits = self._limits
        if self._inside >= limits.workers + limits.waiting:
            return said(503, "too many requests wait; ask again in a few seconds", AGAIN)
        self._inside += 1
        try:
            latest = time.monotonic() + limits.seconds
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._ask, asked, latest)
        finally:
            self._inside -= 1

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(wait=False)

    def _ask(self, asked: Asked, latest: float) -> Answered:
        if time.monotonic() > latest:
            return said(503, "waited too long for a worker; ask again in a few seconds", AGAIN)
        worker = self._idle.get()
        try:
            return worker.ask(asked, self._limits.seconds)
        finally:
            self._idle.put(worker)
