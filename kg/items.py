"""What an article is before it is read: a file, or a piece of a file that holds many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.sidecar import KEYS, Metadata

_CLOCK: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Item:
    """An article by its path; of a file that holds many also its text, and what is known of it.

    The path of a piece is that of the file with its number: `wire.jsonl:12`. `page` says that the
    text is HTML, `problem` why there is none.
    """

    path: Path
    text: str | None = None
    known: Metadata = field(default_factory=Metadata)
    page: bool = False
    problem: str = ""


def piece(path: Path, number: int) -> Path:
    """Return the path of the piece of a file that has this number."""
    return path.with_name(f"{path.name}:{number}")


def of_row(place: Path, given: Mapping[str, object]) -> Item:
    """Return the article of a row: `text`, and any of the keys that a YAML file may have.

    `date` is another name for `published`; of a date with a time the day is taken. Other keys are
    passed over. Raises ReadError where there is no text, or a value is none.
    """
    text = given.get("text")
    if not isinstance(text, str):
        raise ReadError(f"{place}: expected an object with a text")
    if "\0" in text:
        raise ReadError(f"{place}: text: NUL at {text.index(chr(0))}: this is not text")
    row = {"published": given.get("date"), **{k: v for k, v in given.items() if v is not None}}
    known = {key: row[key] for key in KEYS if row.get(key) is not None}
    words = {key: value for key, value in known.items() if isinstance(value, str)}
    if wrong := sorted(known.keys() - words.keys()):
        raise ReadError(f"{place}: {wrong[0]}: expected text")
    kept = {key: _day(key, value) for key, value in words.items() if value.strip()}
    return Item(place, text, Metadata(**kept))


def _day(key: str, value: str) -> str:
    found = _CLOCK.match(value) if key in ("published", "retrieved") else None
    return found[1] if found else value
