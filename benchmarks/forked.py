"""Work done in a process of its own, forked from one that has never opened a store."""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Value = TypeVar("Value")
SECONDS = 120  # until a process is ended


class DiedError(Exception):
    """A process ended without an answer; its traceback, if it had one, is on standard error."""


class Child(Generic[Value]):
    """A process that does something and sends what it returns."""

    def __init__(self, work: Callable[[], Value], *, seconds: int = SECONDS) -> None:
        fork = get_context("fork")
        self._end, other = fork.Pipe(duplex=False)
        self._process = fork.Process(target=_work, args=(work, other, seconds))
        self._process.start()
        other.close()

    def value(self) -> Value:
        """Return what it sent. Raises DiedError where it sent nothing."""
        try:
            found: Value = self._end.recv()
        except EOFError:
            raise DiedError(f"ended with status {self.status()}") from None
        self._process.join()
        return found

    def status(self) -> int:
        """Wait for its end; return how it ended: 0, or as a shell tells, a signal below 0."""
        self._process.join()
        return self._process.exitcode or 0

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def _work(work: Callable[[], object], front: Connection, seconds: int) -> None:
    signal.alarm(seconds)
    front.send(work())


def child(work: Callable[[], Value], *, seconds: int = SECONDS) -> Value:
    """Return what a process of its own returns. Raises DiedError where it ends without an answer."""
    return Child(work, seconds=seconds).value()
