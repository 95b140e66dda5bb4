"""The log of a store: what was admitted, decided and retracted, one record after another.

An append-only file of frames. A frame is `R`, the length of the payload (10 hex digits), the
checksum (8 hex digits), a line end, the payload, and the length again with a line end, so that
the last frame is found from the end of the file. The checksum is CRC-32 (ISO 3309) of the
payload, begun with the checksum of the frame before it: a frame that is changed, lost or moved
breaks the chain. What was appended is on the disk (fsync) when `append` returns.
"""

from __future__ import annotations

import io
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from kg.errors import StoreError

_TITLE: Final = b"kg log 1 "
_FIRST: Final = len(_TITLE) + 17
_HEAD: Final = 20
_FOOT: Final = 11


@dataclass(frozen=True, slots=True)
class Frame:
    """One record in the log: where it begins and ends (byte offsets), its checksum and payload."""

    start: int
    end: int
    checksum: int
    payload: bytes


class Log:
    """A log in a file or in memory; `generation` changes whenever the file is written anew."""

    def __init__(self, file: IO[bytes], path: Path | None) -> None:
        self._file = file
        self._path = path
        self.generation = ""
        self.end = 0
        self._checksum = 0

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, known: int = 0) -> Log:
        """Open a log, or begin one; `known` is the end of some frame, to look for the last from.

        A last frame that was never finished is cut off. Raises StoreError where it is no log or
        a frame is damaged.
        """
        try:
            fresh = not path.exists() or path.stat().st_size < _FIRST
            if fresh and not read_only:
                create_log(path)
            log = cls(path.open("rb" if read_only else "r+b"), path)
            log._begin()
            log._find_end(known)
            if not read_only:
                log._cut()
        except OSError as error:
            raise StoreError(f"{path}: the log cannot be opened: {error.strerror}") from error
        return log

    @classmethod
    def memory(cls) -> Log:
        """Return an empty log that lives as long as the value does."""
        log = cls(io.BytesIO(_title()), None)
        log._begin()
        return log

    def append(self, payload: bytes) -> Frame:
        """Add a record and return it once it is safe. Raises StoreError where it cannot be written."""
        checksum = zlib.crc32(payload, self._checksum)
        frame = Frame(self.end, self.end + _HEAD + len(payload) + _FOOT, checksum, payload)
        try:
            self._file.seek(self.end)
            self._file.write(_framed(payload, checksum))
            _settle(self._file)
        except OSError as error:
            with suppress(OSError):  # what stays is cut off when the log is opened again
                self._cut()
            raise StoreError(f"{self._path}: the log cannot be written: {error.strerror}") from error
        self.end, self._checksum = frame.end, checksum
        return frame

    def frames(self, start: int = 0) -> Iterator[Frame]:
        """Yield the records from one that begins at `start` (0: all). Raises StoreError for damage."""
        place = max(start, _FIRST)
        checksum = self._checksum_before(place)
        while place < self.end:
            frame = self._frame(place, checksum)
            if frame is None:
                raise StoreError(
                    f"{self._path}: byte {place}: the log is damaged here; put a copy in its place"
                )
            yield frame
            place, checksum = frame.end, frame.checksum

    def frame(self, start: int) -> Frame:
        """Return the record that begins at this byte. Raises StoreError where none does."""
        return next(self.frames(start))

    @property
    def empty(self) -> bool:
        """Whether there is no record yet."""
        return self.end == _FIRST

    def rewritten(self, payloads: Iterable[bytes]) -> Log:
        """Put other records in the place of all, whole or not at all, and return the new log.

        Raises StoreError where that cannot be written.
        """
        assert self._path is not None
        try:
            create_log(self._path, payloads)
        except OSError as error:
            raise StoreError(f"{self._path}: the log cannot be written: {error.strerror}") from error
        self.close()
        return Log.open(self._path)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _begin(self) -> None:
        self._file.seek(0)
        title = self._file.read(_FIRST)
        if not title.startswith(_TITLE) or len(title) != _FIRST:
            raise StoreError(f"{self._path}: not a log of kg; put a copy in its place")
        self.generation = title[len(_TITLE) :].decode("ascii", "replace").strip()
        self.end = _FIRST

    def _find_end(self, known: int) -> None:
        """Find the last whole frame: the one at the file's end, or by walking from a known one."""
        size = self._file.seek(0, io.SEEK_END)
        last = self._last(size)
        if last is not None:
            self.end, self._checksum = size, last
            return
        place = known if _FIRST <= known <= size else _FIRST
        checksum = self._checksum_before(place)
        while (frame := self._frame(place, checksum)) is not None:
            place, checksum = frame.end, frame.checksum
        if self._whole_frame_beyond(place, size):
            raise StoreError(f"{self._path}: byte {place}: the log is damaged here; put a copy in its place")
        self.end, self._checksum = place, checksum

    def _last(self, size: int) -> int | None:
        """Return the checksum of the frame that ends the file, or None if it is not whole."""
        if size == _FIRST:
            return 0
        start = self._start_before(size)
        frame = None if start is None else self._frame(start, self._checksum_before(start))
        return frame.checksum if frame is not None and frame.end == size else None

    def _start_before(self, end: int) -> int | None:
        """Return where the frame that ends here begins, by the length in its foot."""
        self._file.seek(max(end - _FOOT, 0))
        length = _number(self._file.read(_FOOT)[:10])
        start = None if length is None else end - _FOOT - length - _HEAD
        return start if start is not None and start >= _FIRST else None

    def _checksum_before(self, place: int) -> int:
        if place <= _FIRST:
            return 0
        start = self._start_before(place)
        if start is not None:
            self._file.seek(start)
            found = _number(self._file.read(_HEAD)[11:19])
            if found is not None:
                return found
        raise StoreError(f"{self._path}: byte {place}: the log is damaged before it; put a copy in its place")

    def _frame(self, place: int, before: int) -> Frame | None:
        """Return the frame that begins here, or None where there is no whole and right one."""
        self._file.seek(place)
        head = self._file.read(_HEAD)
        length, checksum = _number(head[1:11]), _number(head[11:19])
        if (head[:1], head[19:]) != (b"R", b"\n") or length is None or checksum is None:
            return None
        size = self._file.seek(0, io.SEEK_END)
        if place + _HEAD + length + _FOOT > size:
            return None
        self._file.seek(place + _HEAD)
        payload = self._file.read(length)
        foot = self._file.read(_FOOT)
        if foot != f"{length:010x}\n".encode() or zlib.crc32(payload, before) != checksum:
            return None
        return Frame(place, place + _HEAD + length + _FOOT, checksum, payload)

    def _whole_frame_beyond(self, place: int, size: int) -> bool:
        """Tell whether a frame that does not fit is followed by another: damage, not a torn end."""
        self._file.seek(place)
        length = _number(self._file.read(_HEAD)[1:11])
        return length is not None and place + _HEAD + length + _FOOT < size

    def _cut(self) -> None:
        self._file.truncate(self.end)
        _settle(self._file)


def create_log(path: Path, payloads: Iterable[bytes] = ()) -> None:
    """Write a log anew, whole or not at all, with these records and a generation of its own."""
    draft = path.with_suffix(".part")
    checksum = 0
    with draft.open("wb") as file:
        file.write(_title())
        for payload in payloads:
            checksum = zlib.crc32(payload, checksum)
            file.write(_framed(payload, checksum))
        _settle(file)
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _title() -> bytes:
    return _TITLE + secrets.token_hex(8).encode() + b"\n"


def _framed(payload: bytes, checksum: int) -> bytes:
    length = f"{len(payload):010x}"
    return f"R{length}{checksum:08x}\n".encode() + payload + f"{length}\n".encode()


def _number(digits: bytes) -> int | None:
    return int(digits, 16) if digits and not digits.strip(b"0123456789abcdef") else None


def _settle(file: IO[bytes]) -> None:
    """Bring what was written to the disk."""
    file.flush()
    if not isinstance(file, io.BytesIO):
        os.fsync(file.fileno())
