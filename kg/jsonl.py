"""Reads articles out of JSON Lines files: one object a line, with `text` and what is known of it.

The article of line 12 of `wire.jsonl` has the path `wire.jsonl:12`.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.sidecar import KEYS, Metadata

SUFFIX: Final = ".jsonl"
LARGEST: Final = 5_000_000  # bytes of one line
_PLACE: Final = re.compile(r"(.*\.jsonl):(\d+)$", re.DOTALL | re.IGNORECASE)


def lines_of(path: Path) -> list[Path]:
    """Return the path of each article of a file. Raises ReadError where it cannot be read."""
    return [path.with_name(f"{path.name}:{number}") for number, _ in _starts(path)]


def is_line(path: Path) -> bool:
    """Tell whether a path names a line of a JSON Lines file."""
    return _PLACE.match(str(path)) is not None


def read_line(path: Path) -> tuple[str, Metadata]:
    """Return the text of one line and what it says of it; other keys are passed over.

    Raises ReadError, with file and line, for what is no such object.
    """
    found = _PLACE.match(str(path))
    assert found is not None
    try:
        given = json.loads(_line(Path(found[1]), int(found[2])))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{path}: not JSON: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise ReadError(f"{path}: expected an object with a text")
    if "\0" in given["text"]:
        raise ReadError(f"{path}: text: NUL at {given['text'].index(chr(0))}: this is not text")
    known = {key: given[key] for key in KEYS if given.get(key) is not None}
    wrong = sorted(key for key, value in known.items() if not isinstance(value, str))
    if wrong:
        raise ReadError(f"{path}: {wrong[0]}: expected text")
    known = {key: value for key, value in known.items() if value.strip()}
    return given["text"], Metadata(**known)


def _line(path: Path, number: int) -> bytes:
    start = dict(_starts(path)).get(number)
    if start is None:
        raise ReadError(f"{path}:{number}: no such line")
    try:
        with path.open("rb") as file:
            file.seek(start)
            line = file.readline(LARGEST + 1)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from error
    if len(line) > LARGEST:
        raise ReadError(f"{path}:{number}: longer than {LARGEST // 1_000_000} MB")
    return line


def _starts(path: Path) -> tuple[tuple[int, int], ...]:
    try:
        known = path.stat()
        return _offsets(path, known.st_mtime_ns, known.st_size)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from error


@lru_cache(maxsize=16)
def _offsets(path: Path, _changed: int, _size: int) -> tuple[tuple[int, int], ...]:
    """Return the number and the byte offset of each line that is not empty."""
    found, place = [], 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                found.append((number, place))
            place += len(line)
    return tuple(found)
