"""Reads articles out of JSON Lines files: one object a line, with `text` and what is known of it.

The article of line 12 of `wire.jsonl` has the path `wire.jsonl:12`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.errors import ReadError
from kg.items import Item, of_row, piece
from kg.packed import lines, too_long


def items(path: Path, file: IO[bytes]) -> Iterator[Item]:
    """Yield the article of each line that is not empty; a broken line is an item with its problem."""
    for number, line in lines(path, file):
        place = piece(path, number)
        if line is None:
            yield Item(place, problem=too_long(place))
        elif line.strip():
            yield _item(place, line)


def _item(place: Path, line: bytes) -> Item:
    try:
        given = json.loads(line)
        return of_row(place, given if isinstance(given, dict) else {})
    except ReadError as error:
        return Item(place, problem=str(error))
    except (ValueError, RecursionError) as error:
        return Item(place, problem=f"{place}: not JSON: {' '.join(str(error).split())[:200]}")
