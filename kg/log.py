"""The log of a store: what was admitted, decided and retracted, one record after another.

An append-only file of frames. A frame is `R`, the length of the payload (10 hex digits), the
checksum (8 hex digits), a line end, the payload, and the length again with a line end, so that
the last frame is found from the end of the file. The checksum is CRC-32 (ISO 3309) of the
payload, begun with the checksum of the frame before it: a frame that is changed, lost or moved
breaks the chain. What was appended is on the disk (fsync) when `append` returns.
"""

from __future__ import annotations

import io
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol

from kg.durable import settle, settle_folder
from kg.errors import StoreError

_TITLE: Final = b"kg log 1 "
_TITLE_LINE: Final = re.compile(re.escape(_TITLE) + rb"[0-9a-f]{16}\n")
EMPTY: Final = len(_TITLE) + 17  # bytes of a log without records: where the first one begins
_HEAD: Final = 20
_FOOT: Final = 11


@dataclass(frozen=True, slots=True)
class Frame:
    """One record in the log: where it begins and ends (byte offsets), its checksum and payload."""

    start: int
    end: int
    checksum: int
    payload: bytes


class Follower(Protocol):
    """What keeps another file of the same records."""

    def follow(self, end: int) -> None:
        """Take over what is in the log up to this byte."""

    def close(self) -> None:
        """Take over no more."""


class Log:
    """A log in a file or in memory; `generation` changes whenever the file is written anew."""

    def __init__(self, file: IO[bytes], path: Path | None) -> None:
        self._file = file
        self._path = path
        self.copy: Follower | None = None
        self.generation = ""
        self.end = 0
        self.checksum = 0
        self._torn = False

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, whole: bool = True) -> Log:
        """Open a log that is there; a last frame that was never finished is cut off.

        Where it need not be `whole`, nothing but its title is looked at.

        Raises StoreError where there is none, it is no log or a frame is damaged.
        """
        try:
            log = cls(path.open("rb" if read_only else "r+b"), path)
            log._begin()
            if whole:
                log._find_end()
            if not read_only:
                log._cut()
        except OSError as error:
            words = f"the log cannot be opened: {error.strerror}; kg fsck tells what can be saved"
            raise StoreError(f"{path}: {words}") from error
        return log

    @classmethod
    def memory(cls, payloads: Iterable[bytes] = ()) -> Log:
        """Return a log of these records that lives as long as the value does."""
        log = cls(io.BytesIO(_title()), None)
        log._begin()
        for payload in payloads:
            log.append(payload)
        return log

    def append(self, payload: bytes) -> Frame:
        """Add a record and return it once it is safe. Raises StoreError where it cannot be written."""
        checksum = zlib.crc32(payload, self.checksum)
        frame = Frame(self.end, self.end + _HEAD + len(payload) + _FOOT, checksum, payload)
        try:
            if self._torn:
                self._cut()
            self._torn = True
            self._file.seek(self.end)
            self._file.write(_framed(payload, checksum))
            settle(self._file)
        except OSError as error:
            with suppress(OSError):  # what stays is cut off before the next record
                self._cut()
            raise StoreError(f"{self._path}: the log cannot be written: {error.strerror}") from error
        self.end, self.checksum, self._torn = frame.end, checksum, False
        if self.copy is not None:
            self.copy.follow(self.end)
        return frame

    def frames(self, start: int = 0) -> Iterator[Frame]:
        """Yield the records from one that begins at `start` (0: all). Raises StoreError for damage."""
        place = max(start, EMPTY)
        checksum = self._checksum_before(place)
        while place < self.end:
            frame = self._frame(place, checksum)
            if frame is None:
                raise self._wrong(f"byte {place}: the log is damaged here")
            yield frame
            place, checksum = frame.end, frame.checksum

    def frame(self, start: int) -> Frame:
        """Return the record that begins at this byte. Raises StoreError where none does."""
        return next(self.frames(start))

    @property
    def mark(self) -> str:
        """What tells how far one knows this log who knows all of it: generation, byte, checksum."""
        return f"{self.generation}:{self.end}:{self.checksum:08x}"

    def mark_of(self, frame: Frame) -> str:
        """Return what tells that this record is the last one that is known."""
        return f"{self.generation}:{frame.end}:{frame.checksum:08x}"

    def place(self, mark: str) -> int | None:
        """Return the byte up to which a mark says that records are known; None for no mark of ours.

        Raises StoreError where it is the mark of another log, or of more than there is.
        """
        parts = mark.split(":")
        if not mark:
            return 0
        if len(parts) != 3 or not parts[1].isdigit():
            return None
        place = int(parts[1])
        if parts[0] != self.generation:
            raise self._wrong("this is another log than the one that was computed from")
        if place > self.end:
            raise self._wrong(f"records are lost: it ends at byte {self.end}, but byte {place} was known")
        if f"{self._checksum_at(place):08x}" != parts[2]:
            raise self._wrong(f"byte {place}: before it are other records than those that were computed from")
        return place

    @property
    def empty(self) -> bool:
        """Whether there is no record yet."""
        return self.end == EMPTY

    def close(self) -> None:
        """Close the file; what a full disk did not take was no record."""
        if self.copy is not None:
            self.copy.close()
        with suppress(OSError):
            self._file.close()

    def frame_at(self, place: int, checksum: int) -> Frame | None:
        """Return the frame that begins here after one with this checksum; None where none is whole."""
        return self._frame(max(place, EMPTY), checksum)

    def goes_on(self, place: int) -> bool:
        """Tell whether something that does not fit is here, and then another record."""
        return self._whole_frame_beyond(place, self._file.seek(0, io.SEEK_END))

    def agrees(self, end: int, checksum: int) -> bool:
        """Tell whether a record ends here, and has this checksum."""
        return end <= self.end and self._checksum_at(end) == checksum

    def _wrong(self, why: str) -> StoreError:
        return StoreError(f"{self._path}: {why}; kg fsck tells what can be saved")

    def _checksum_at(self, place: int) -> int:
        return self.checksum if place == self.end else self._checksum_before(place)

    def _begin(self) -> None:
        self._file.seek(0)
        title = self._file.read(EMPTY)
        if _TITLE_LINE.fullmatch(title) is None:
            raise self._wrong("not a log of kg")
        self.generation = title[len(_TITLE) :].decode("ascii").strip()
        self.end = EMPTY

    def _find_end(self) -> None:
        """Find the last whole frame: the one at the file's end, or by walking from the first."""
        size = self._file.seek(0, io.SEEK_END)
        last = self._last(size)
        if last is not None:
            self.end, self.checksum = size, last
            return
        place, checksum = EMPTY, 0
        while (frame := self._frame(place, checksum)) is not None:
            place, checksum = frame.end, frame.checksum
        if self._whole_frame_beyond(place, size):
            raise self._wrong(f"byte {place}: the log is damaged here")
        self.end, self.checksum = place, checksum

    def _last(self, size: int) -> int | None:
        """Return the checksum of the frame that ends the file, or None if it is not whole."""
        if size == EMPTY:
            return 0
        start = self._start_before(size)
        frame = None if start is None else self._frame(start, self._checksum_before(start))
        return frame.checksum if frame is not None and frame.end == size else None

    def _start_before(self, end: int) -> int | None:
        """Return where the frame that ends here begins, by the length in its foot."""
        self._file.seek(max(end - _FOOT, 0))
        length = _number(self._file.read(_FOOT)[:10])
        start = None if length is None else end - _FOOT - length - _HEAD
        return start if start is not None and start >= EMPTY else None

    def _checksum_before(self, place: int) -> int:
        if place <= EMPTY:
            return 0
        start = self._start_before(place)
        if start is not None:
            self._file.seek(start)
            found = _number(self._file.read(_HEAD)[11:19])
            if found is not None:
                return found
        raise self._wrong(f"byte {place}: the log is damaged before it")

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
        settle(self._file)
        self._torn = False


def create_log(path: Path, payloads: Iterable[bytes] = ()) -> None:
    """Write a log anew, whole or not at all, with these records and a generation of its own."""
    draft_log(path, payloads)
    place_log(path)


def draft_log(path: Path, payloads: Iterable[bytes], generation: str = "") -> None:
    """Write a log beside its place, down to the disk; it counts once `place_log` was called."""
    checksum = 0
    with _draft(path).open("wb") as file:
        file.write(_title(generation))
        for payload in payloads:
            checksum = zlib.crc32(payload, checksum)
            file.write(_framed(payload, checksum))
        settle(file)


def place_log(path: Path) -> None:
    """Put the log that was written beside in its place."""
    _draft(path).replace(path)
    settle_folder(path.parent)


def _draft(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _title(generation: str = "") -> bytes:
    return _TITLE + (generation or secrets.token_hex(8)).encode() + b"\n"


def _framed(payload: bytes, checksum: int) -> bytes:
    length = f"{len(payload):010x}"
    return f"R{length}{checksum:08x}\n".encode() + payload + f"{length}\n".encode()


def _number(digits: bytes) -> int | None:
    return int(digits, 16) if digits and not digits.strip(b"0123456789abcdef") else None
