"""A log is kept twice: whatever one file has lost, the other one has.

The second file (`log.copy`) follows the first: a record goes into it once it is safe in the first. It
is no backup, which belongs on another disk; it is what a damaged log is repaired from.
"""

from __future__ import annotations

from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Final

from kg.durable import settle, settle_folder
from kg.errors import StoreError
from kg.log import Log, draft_log, place_log

COPY: Final = "log.copy"
_CHUNK: Final = 1 << 20


class Copy:
    """The second file of a log, brought up to the first after each record."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None

    def follow(self, end: int) -> None:
        """Write what the log has more up to this byte; what the disk refuses follows with the next record."""
        with suppress(OSError):
            self._file = self._file or self._path.open("ab", buffering=0)
            with self._path.with_name("log").open("rb") as source:
                while (size := self._path.stat().st_size) < end:
                    source.seek(size)
                    self._file.write(source.read(min(_CHUNK, end - size)))

    def close(self) -> None:
        """Bring what was written to the disk, and close the file."""
        if self._file is not None:
            with suppress(OSError):
                settle(self._file)
            with suppress(OSError):
                self._file.close()
            self._file = None


def open_log(store: Path, *, read_only: bool) -> Log:
    """Open the log in the folder of a store, after a look at its copy; whoever writes brings that up to it.

    Raises StoreError, with the file, where the log is missing, damaged, has lost records that the
    copy has, or is another one.
    """
    path, other = store / "log", store / COPY
    log = Log.open(path, read_only=True)
    try:
        copied = _agreeing(log, other)
    finally:
        log.close()
    if read_only:
        return Log.open(path, read_only=True)
    log = Log.open(path)
    try:
        if copied is None:
            _make(log, other)
        elif copied < other.stat().st_size:
            with other.open("r+b") as file:
                file.truncate(copied)
        (store / "log.part").unlink(missing_ok=True)
    except OSError as error:
        log.close()
        raise StoreError(f"{other}: cannot be written: {error.strerror}") from error
    log.copy = Copy(other)
    log.copy.follow(log.end)
    return log


def _agreeing(log: Log, path: Path) -> int | None:
    """Return up to which byte the copy holds the log; None where it is to be made anew.

    A copy that a power cut has torn is no loss as long as the log is whole.
    """
    try:
        copy = Log.open(path, read_only=True)
    except StoreError:
        return None
    try:
        if copy.generation != log.generation:
            raise StoreError(f"{path}: of another log; kg fsck tells what can be saved")
        if copy.end > log.end:
            raise StoreError(
                f"{path.with_name('log')}: records are lost: it ends at byte {log.end}, its copy at byte "
                f"{copy.end}; kg fsck --repair takes them from there"
            )
        if not log.agrees(copy.end, copy.checksum):
            raise StoreError(f"{path}: holds other records than the log; kg fsck tells what can be saved")
        return copy.end
    finally:
        copy.close()


def _make(log: Log, path: Path) -> None:
    """Write the copy anew, from records that were all looked at."""
    draft_log(path, (frame.payload for frame in log.frames()), log.generation)
    place_log(path)


def put_in_place(store: Path) -> None:
    """Put the log that was written beside in the place of a store's; what followed from that must be gone.

    Raises OSError where the disk refuses.
    """
    (store / COPY).unlink(missing_ok=True)
    settle_folder(store)
    place_log(store / "log")
