"""Runs the rest of a command in a process with limits: what others wrote may cost a lot, or a crash.

The process is made (by fork) before anything is opened or any thread runs; the one that was there
before waits, and says in one line what became of it.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from kg.confined import confine
from kg.errors import KgError

SECONDS: Final = 60.0
MEMORY: Final = 1024  # MiB
_MB: Final = 1_000_000
_MIB: Final = 2**20
_GRACE: Final = 1.0  # seconds to stop in good order


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of a run, and its memory in MiB."""

    seconds: float = SECONDS
    memory: int = MEMORY

    def chosen(self, seconds: float | None, memory: int | None) -> Limits:
        """Return these limits, or what was asked for in their place."""
        return Limits(seconds or self.seconds, memory or self.memory)


def limits_for(files: Iterable[Path], *, seconds: float, memory: int) -> Limits:
    """Return limits that grow with files, by so many seconds and MiB for each MB of them."""
    size = sum(path.stat().st_size for path in files if path.is_file()) / _MB
    return Limits(SECONDS + seconds * size, MEMORY + int(memory * size))


def within(limits: Limits, *, network: bool = False) -> None:
    """Go on in a process of its own; the caller's ends with that one's exit code, and never returns.

    Without `network` it can make no connection and run no other program (`kg.confined`).

    Raises KgError, in the caller's process, for what took too long or died. Where there is no fork
    (Windows) it goes on as it is.
    """
    if not hasattr(os, "fork"):
        return
    sys.stdout.flush()
    sys.stderr.flush()
    (ours, theirs), (watched, held) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os.close(held)
        _begin(limits, watched)
        if not network:
            confine()
        return
    os.close(theirs)
    os.close(watched)
    _wait(child, ours, limits)


def _begin(limits: Limits, watched: int) -> None:
    import resource

    most = limits.memory * _MIB
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    own = os.dup(2)
    sys.stderr = os.fdopen(own, "w", 1, sys.stderr.encoding, sys.stderr.errors)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # there a library would tell at length how it died
    threading.Thread(target=_end_with, args=(watched,), daemon=True).start()


def _end_with(watched: int) -> None:
    os.read(watched, 1)  # returns once the process that waits is gone
    os._exit(1)


def _wait(child: int, ours: int, limits: Limits) -> NoReturn:
    def stop(number: int, _: object) -> None:
        os.kill(child, signal.SIGKILL)
        os._exit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    try:
        done, _, _ = select.select([ours], [], [], limits.seconds)
    except KeyboardInterrupt:
        done, _, _ = select.select([ours], [], [], _GRACE)  # the other one was told to stop, too
        if not done:
            os.kill(child, signal.SIGKILL)
            raise
    if not done:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise KgError(f"stopped: this took longer than {limits.seconds:g} seconds; --timeout allows more")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code < 0:
        raise KgError(f"stopped: this needs more than {limits.memory} MiB, or is nested too deep")
    sys.exit(code)
