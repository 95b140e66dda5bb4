"""Opens files that may be compressed (gzip, bzip2, xz), and reads their lines a piece at a time."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from kg.errors import ReadError

PACKED: Final = (".gz", ".bz2", ".xz")
LARGEST: Final = 5_000_000  # bytes of one article in a file of many
PASSED: Final = 100_000_000  # bytes that are passed over to find the end of one that is larger
_STEP: Final = 1_000_000


def inner(path: Path) -> Path:
    """Return a path without the ending that tells how the file is compressed."""
    return path.with_suffix("") if path.suffix.lower() in PACKED else path


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading its bytes as they were before they were compressed.

    Raises ReadError, here or later while it is read, where it cannot be read or is damaged.
    """
    try:
        with path.open("rb") as raw, _unpacked(path, raw) as file:
            yield file
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise ReadError(f"{path}: damaged: {error}") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error


def _unpacked(path: Path, raw: IO[bytes]) -> IO[bytes]:
    match path.suffix.lower():
        case ".gz":
            return gzip.GzipFile(fileobj=raw, mode="rb")  # type: ignore[return-value]  # it reads like one
        case ".bz2":
            return bz2.BZ2File(raw)
        case ".xz":
            return lzma.LZMAFile(raw)
    return raw


def lines(path: Path, file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines with their numbers; None for one of more than LARGEST bytes.

    Raises ReadError for one so long that its end is not looked for.
    """
    number = 0
    while line := file.readline(LARGEST + 1):
        number += 1
        if len(line) <= LARGEST:
            yield number, line
            continue
        passed = len(line)
        while line and not line.endswith(b"\n"):
            line = file.readline(_STEP)
            passed += len(line)
            if passed > PASSED:
                raise ReadError(f"{path}:{number}: longer than {_mb(PASSED)}; the rest is not read")
        yield number, None


def pass_over(file: IO[bytes], length: int) -> int:
    """Read on by so many bytes, and return how many there were."""
    left = length
    while left > 0 and (piece := file.read(min(left, _STEP))):
        left -= len(piece)
    return length - left


def too_long(place: Path) -> str:
    """Say that what stands at a place is longer than one article may be."""
    return f"{place}: longer than {_mb(LARGEST)}"


def _mb(size: int) -> str:
    return f"{size // 1_000_000} MB"
