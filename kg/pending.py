"""A change that a server may have in part: kept in a file until the server has it whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.durable import write_durably
from kg.errors import StoreError
from kg.view import Change


def keep(file: Path, change: Change, notes: Change) -> None:
    """Write a change and its notes to a file, whole or not at all. Raises StoreError."""
    sets = (change.gone, change.new, notes.gone, notes.new)
    try:
        write_durably(file, json.dumps([_text(quads) for quads in sets]).encode("utf-8"))
    except OSError as error:
        raise StoreError(f"{file}: cannot be written: {error.strerror}") from error


def kept(file: Path) -> tuple[Change, Change] | None:
    """Return a change and its notes, or None where none is pending. Raises StoreError for a damaged file."""
    try:
        gone, new, gone_notes, new_notes = (_quads(text) for text in json.loads(file.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, SyntaxError) as error:
        raise StoreError(f"{file}: cannot be read: {error}; kg rebuild writes the server anew") from error
    return Change(gone, new), Change(gone_notes, new_notes)


def _text(quads: Iterable[Quad]) -> str:
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode("utf-8")


def _quads(text: str) -> frozenset[Quad]:
    return frozenset(parse(text.encode("utf-8"), format=RdfFormat.N_QUADS))
