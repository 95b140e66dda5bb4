"""The records of a store's log, and how they are written: JSON (RFC 8259), compressed (RFC 1950)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.errors import StoreError


@dataclass(frozen=True, slots=True)
class Admitted:
    """An article came in: its text, what it says as N-Quads, and the older events it reports.

    `names` gives the event of each report that joined one that was there before. `at` is the
    time of the run (ISO 8601, UTC), here as in all records; `file` is where the text came from.
    """

    at: str
    article: str
    graph: str
    text: str
    quads: str
    url: str = ""
    file: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retracted:
    """An article was taken out; its record stays in the log."""

    at: str
    article: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Purged:
    """An article was wiped from the log, by order: only the digest in its IRI is left."""

    at: str
    digest: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The quads of an RDF file came in; those of `graph` replace what it brought before.

    Of a large file each record is a part, counted from 1, of the file with the digest `of`: the
    first replaces, the others add.
    """

    at: str
    graph: str
    quads: str
    file: str = ""
    part: int = 0
    of: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody decided that these reports are of one event, or (`apart`) that they are not."""

    at: str
    pairs: tuple[tuple[str, str], ...]
    apart: bool = False
    undo: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Somebody rejected a claim, or gave it another value (`quads` tell it); `undo` takes it back."""

    at: str
    claim: str
    because: str
    value: str = ""
    quads: str = ""
    undo: bool = False


Record = Admitted | Retracted | Purged | Loaded | Joined | Judged

_KINDS = {kind.__name__.lower(): kind for kind in (Admitted, Retracted, Purged, Loaded, Joined, Judged)}


def encode(record: Record) -> bytes:
    """Return a record as the payload of a frame."""
    given = {"kind": type(record).__name__.lower(), **asdict(record)}
    return zlib.compress(json.dumps(given, ensure_ascii=False, sort_keys=True).encode("utf-8"), 6)


def decode(payload: bytes) -> Record:
    """Return the record of a payload. Raises StoreError for one of a newer kg, or of none."""
    try:
        given: dict[str, Any] = json.loads(zlib.decompress(payload))
        kind = given.pop("kind")
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"a record of the log cannot be read: {error}; put a copy in its place") from error
    if kind not in _KINDS:
        raise StoreError(f"the log holds a record of kind {kind!r}; upgrade kgnews")
    try:
        if "pairs" in given:
            given["pairs"] = tuple((one, other) for one, other in given["pairs"])
        return _KINDS[kind](**given)
    except (TypeError, ValueError) as error:
        raise StoreError(f"a {kind} record of the log cannot be read: {error}; upgrade kgnews") from error
