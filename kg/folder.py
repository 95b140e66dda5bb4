"""The folder of a store: its settings, the lock on it, and which of its files can be thrown away."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from kg.address import About
from kg.durable import settle_folder, write_durably
from kg.errors import InUseError, StoreError
from kg.log import EMPTY, create_log
from kg.seal import changed_since, take_seal
from kg.snapshots import forget

FORMAT: Final = 2
_GONE: Final = "oxigraph.gone"
_DAMAGED: Final = "damaged; it must hold a format, a base and their checksum; kg fsck tells what can be saved"


class Folder:
    """The folder of a store, and the lock on it."""

    def __init__(self, path: Path, about: About, lock: IO[str] | None, *, read_only: bool) -> None:
        self.path = path
        self.base = about.base
        self.server = about.server
        self.read_only = read_only
        self._lock = lock

    @classmethod
    def open(cls, path: Path, *, read_only: bool) -> Folder:
        """Lock the folder of a store. Raises StoreError where it is none, or in use."""
        about = read_about(path)
        return cls(path, about, _lock(path, read_only=read_only), read_only=read_only)

    def clear(self) -> None:
        """Remove the files of all that is computed, so that no power cut brings them back."""
        quads, gone = self.path / "oxigraph", self.path / _GONE
        try:
            self.sweep()
            take_seal(self.path)
            if quads.exists():
                quads.rename(gone)
            for file in self.path.glob("index.sqlite*"):
                file.unlink()
            settle_folder(self.path)
            self.sweep()
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be cleared: {error.strerror}") from error

    def sweep(self) -> None:
        """Remove what a clearing that was stopped has left."""
        if (self.path / _GONE).exists():
            shutil.rmtree(self.path / _GONE)

    def begin(self, *, anew: bool = False) -> None:
        """Look whether quads and index are as they were left; where they will change, unseal them.

        `anew` removes them instead. Raises StoreError with the file that is not as it was left.
        """
        if anew:
            self.clear()
        for name, what in changed_since(self.path).items():
            raise StoreError(f"{self.path / name}: {what}; kg fsck --repair computes it anew from the log")
        if self.read_only:
            return
        forget(self.path)
        try:
            self.sweep()
            take_seal(self.path)
        except OSError as error:
            raise StoreError(f"{self.path}: cannot write here: {error.strerror}") from error

    def release(self) -> None:
        """Let other processes in."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


@contextmanager
def locked(path: Path, *, alone: bool) -> Iterator[None]:
    """Keep writers out of a store, and readers, too, where one is to be `alone`.

    Raises StoreError where it is in use.
    """
    lock = _lock(path, read_only=not alone)
    try:
        yield
    finally:
        if lock is not None:
            lock.close()


def create_folder(path: Path, about: About) -> None:
    """Make an empty store. Raises StoreError where the folder holds something else."""
    try:
        if path.is_dir() and not _unfinished(path):
            raise StoreError(f"{path}: not empty and not a store; choose another folder")
        for part in reversed([each for each in (path, *path.parents) if not each.exists()]):
            part.mkdir(exist_ok=True)
            settle_folder(part.parent)
        create_log(path / "log")
        write_settings(path, about)
    except OSError as error:
        raise StoreError(f"{path}: cannot make a store: {error.strerror}") from error


def _unfinished(path: Path) -> bool:
    """Tell whether a folder is empty, or holds no more than a making of a store that was stopped."""
    sizes = {each.name: each.stat().st_size for each in path.iterdir()}
    return sizes.keys() <= {"log", "log.part", "kg.json.part"} and sizes.get("log", 0) <= EMPTY


def write_settings(path: Path, about: About) -> None:
    """Write the settings of a store. Raises OSError where the disk refuses."""
    server = {"server": about.server} if about.server else {}
    told = {"format": FORMAT, "base": about.base, **server, "sum": _sum(FORMAT, about)}
    write_durably(path / "kg.json", f"{json.dumps(told, indent=1)}\n".encode())


def _sum(version: int, about: About) -> str:
    words = " ".join((str(version), about.base, about.server)).rstrip()
    return f"{zlib.crc32(words.encode()):08x}"


def read_about(path: Path) -> About:
    """Return what a store's folder tells of it. Raises StoreError for none, and for another format."""
    try:
        told = json.loads((path / "kg.json").read_text(encoding="utf-8"))
        version, about = int(told["format"]), About(str(told["base"]), str(told.get("server", "")))
        whole = told.get("sum", _sum(version, about)) == _sum(version, about)
        known = told.keys() <= {"format", "base", "server", "sum"}
    except (FileNotFoundError, NotADirectoryError) as error:
        if (path / "log").exists() and not _unfinished(path):
            raise StoreError(f"{path}/kg.json: missing; kg fsck --repair makes it from the log") from error
        raise StoreError(f"{path}: no store here (no kg.json); kg build makes one") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot read the store: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise StoreError(f"{path}/kg.json: {_DAMAGED}") from error
    if version != FORMAT:
        fix = "upgrade kgnews" if version > FORMAT else "build the articles into a new one"
        raise StoreError(f"{path}: format {version} of the store is not format {FORMAT}; {fix}")
    if not whole or not known:
        raise StoreError(f"{path}/kg.json: {_DAMAGED}")
    return about


def _lock(path: Path, *, read_only: bool) -> IO[str] | None:
    """Lock the store: alone for writing, together with others for reading."""
    file = path / "lock"
    try:
        if read_only and not file.exists():
            return None
        lock = file.open("r" if read_only else "a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path}: cannot write here: {error.strerror}") from error
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if read_only else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read().strip() or "another process"
        lock.close()
        raise InUseError(f"{path}: in use by {holder}; wait for it to end") from error
    if not read_only:
        thread = threading.current_thread()
        part = "" if thread is threading.main_thread() else f", thread {thread.name}"
        with suppress(OSError):  # on a full disk the holder stays without a name
            os.ftruncate(lock.fileno(), 0)
            os.write(lock.fileno(), f"process {os.getpid()} ({Path(sys.argv[0]).name}{part})".encode())
    return lock
