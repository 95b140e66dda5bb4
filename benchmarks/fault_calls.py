"""Puts `fault_calls.c` between this process and its disk; needs a C compiler and Linux."""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")
NOTHING, KILL, FAIL_ONCE, FAIL_ON = range(4)


def preload() -> None:
    """Start this program again with the calls in between, unless they are."""
    if os.environ.get("KG_FAULT_CALLS"):
        return
    name = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    library = Path(tempfile.gettempdir(), f"kg-faults-{os.getuid()}-{name}.so")
    if not library.exists():
        draft = library.with_suffix(f".{os.getpid()}")
        compile_ = [
            "cc",
            "-O1",
            "-shared",
            "-fPIC",
            "-U_FORTIFY_SOURCE",
            "-o",
            str(draft),
            str(SOURCE),
            "-ldl",
        ]
        subprocess.run([*compile_, "-lpthread"], check=True)  # noqa: S603  # words of our own
        draft.replace(library)
    known = {**os.environ, "LD_PRELOAD": str(library), "KG_FAULT_CALLS": "1", "PYTHONHASHSEED": "0"}
    os.execve(sys.executable, [sys.executable, *sys.argv], known)  # noqa: S606  # ourselves


def arm(folder: Path, deed: int = NOTHING, at: int = 0, trace: Path | None = None) -> None:
    """Count the calls that change files below a folder; do something at one of them (from 1)."""
    words = str(folder).encode(), ctypes.c_long(at), deed, str(trace or "").encode()
    ctypes.CDLL(None).fault_set(*words)


def counted() -> int:
    """Return how many calls there were since `arm`."""
    count = ctypes.CDLL(None).fault_count
    count.restype = ctypes.c_long
    return int(count())


def note(words: str) -> None:
    """Write words into the trace."""
    ctypes.CDLL(None).fault_note(words.encode())


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a trace: what it did, to which path (and to which other), where, with what."""

    kind: str
    path: str
    other: str
    offset: int
    data: bytes


def calls(trace: Path) -> Iterator[Call]:
    """Yield the calls of a trace."""
    with trace.open("rb") as file:
        while head := file.readline():
            kind, offset, length, path, other = head.decode().rstrip("\n").split("\t")
            yield Call(kind, path, other, int(offset), file.read(int(length)) if kind == "write" else b"")
