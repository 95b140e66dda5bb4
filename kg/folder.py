"""The folder of a store: its settings, the lock on it, and which of its files can be thrown away."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from pathlib import Path
from typing import IO, Final

from kg.address import About
from kg.errors import InUseError, StoreError
from kg.log import create_log

FORMAT: Final = 2


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
        """Remove the files of the index."""
        try:
            for file in self.path.glob("index.sqlite*"):
                file.unlink()
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be cleared: {error.strerror}") from error

    def release(self) -> None:
        """Let other processes in."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def create_folder(path: Path, about: About) -> None:
    """Make an empty store. Raises StoreError where the folder holds something else."""
    try:
        if path.is_dir() and any(path.iterdir()):
            raise StoreError(f"{path}: not empty and not a store; choose another folder")
        path.mkdir(parents=True, exist_ok=True)
        create_log(path / "log")
        told = {"format": FORMAT, "base": about.base, **({"server": about.server} if about.server else {})}
        (path / "kg.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path}: cannot make a store: {error.strerror}") from error


def read_about(path: Path) -> About:
    """Return what a store's folder tells of it. Raises StoreError for none, and for another format."""
    try:
        about = json.loads((path / "kg.json").read_text(encoding="utf-8"))
        version = int(about["format"])
        found = About(str(about["base"]), str(about.get("server", "")))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(f"{path}: no store here (no kg.json); kg build makes one") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot read the store: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise StoreError(f"{path}/kg.json: damaged; it must hold a format and a base") from error
    if version != FORMAT:
        fix = "upgrade kgnews" if version > FORMAT else "build the articles into a new one"
        raise StoreError(f"{path}: format {version} of the store is not format {FORMAT}; {fix}")
    return found


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
        lock.truncate(0)
        lock.write(f"process {os.getpid()} ({Path(sys.argv[0]).name})")
        lock.flush()
    return lock
