"""Reads articles out of CSV files (RFC 4180, UTF-8): a header row, then one article a row.

The article whose row begins in line 12 of `wire.csv` has the path `wire.csv:12`. Fields may
hold line ends where they are quoted.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from kg.errors import ReadError
from kg.items import Item, of_row, piece
from kg.packed import LARGEST, lines, too_long
from kg.sidecar import KEYS

COLUMNS: Final = ("text", "date", *KEYS)


def items(path: Path, file: IO[bytes]) -> Iterator[Item]:
    """Yield the article of each row; a broken row is an item with its problem, and the rest goes on.

    Raises ReadError for a file whose header names what is no column of ours, or has no text.
    """
    rows = _rows(path, file)
    header = _header(path, next(rows, (1, [], "")))
    for number, cells, problem in rows:
        place = piece(path, number)
        try:
            yield Item(place, problem=problem) if problem else _item(place, header, cells)
        except ReadError as error:
            yield Item(place, problem=str(error))


def _header(path: Path, row: tuple[int, list[str], str]) -> list[str]:
    number, cells, problem = row
    place, names = piece(path, number), [cell.strip().lower() for cell in cells]
    unknown = [name for name in names if name not in COLUMNS]
    twice = [name for name in names if names.count(name) > 1]
    if problem or unknown or twice or "text" not in names:
        what = f"unknown column {unknown[0][:40]!r}" if unknown else "no column 'text'"
        what = f"column {twice[0]!r} stands there twice" if twice else what
        raise ReadError(problem or f"{place}: {what}; known: {', '.join(COLUMNS)}")
    return names


def _item(place: Path, header: list[str], cells: list[str]) -> Item:
    if len(cells) != len(header):
        raise ReadError(f"{place}: {len(cells)} cells; the header has {len(header)}")
    return of_row(place, dict(zip(header, cells, strict=True)))


def _rows(path: Path, file: IO[bytes]) -> Iterator[tuple[int, list[str], str]]:
    """Yield the line in which each row begins, its cells, and what is wrong with it."""
    csv.field_size_limit(LARGEST)
    waiting: deque[tuple[int, bytes | None]] = deque()
    source = lines(path, file)
    while (first := waiting.popleft() if waiting else next(source, None)) is not None:
        number, line = first
        if line is None:
            yield number, [], too_long(piece(path, number))
        elif line.strip(b"\r\n\xef\xbb\xbf"):
            more = list(_continued(line, waiting, source))
            cells, problem = _cells(piece(path, number), b"".join((line, *(each or b"" for _, each in more))))
            if problem:
                waiting.extendleft(reversed(more))  # only the first line is broken, as far as we know
            yield number, cells, problem


def _continued(
    line: bytes, waiting: deque[tuple[int, bytes | None]], source: Iterator[tuple[int, bytes | None]]
) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that belong to a row, too: those before its quotes are closed."""
    quotes, size = line.count(b'"'), len(line)
    while quotes % 2 and size <= LARGEST:
        following = waiting.popleft() if waiting else next(source, None)
        if following is None:
            return
        yield following
        if following[1] is None:
            return
        quotes, size = quotes + following[1].count(b'"'), size + len(following[1])


def _cells(place: Path, row: bytes) -> tuple[list[str], str]:
    if len(row) > LARGEST:
        return [], too_long(place)
    try:
        words = row.decode("utf-8-sig")
        found = list(csv.reader(words.splitlines(keepends=True), strict=True))
    except UnicodeDecodeError as error:
        return [], f"{place}: not UTF-8: byte 0x{row[error.start]:02x} at {error.start} of the row"
    except csv.Error as error:
        return [], f"{place}: not CSV: {error}"
    return (found[0], "") if len(found) == 1 else ([], f"{place}: not CSV: a quote is not closed")
