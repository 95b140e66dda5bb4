"""Keeps what an extractor proposed for an article, so that the same build need not parse again.

One JSON file for each article, by a hash of all that decides what is proposed: the text and what
is known of it, the ontology's files, the model, the extractor, kg itself. What is read back is
held to the gate like any other proposal; a file that is not as it should be is written anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from kg.errors import KgError
from kg.extraction import Reader
from kg.model import Article, Extraction
from kg.resources import Resources
from kg.values import decode, encode

LARGEST = 50_000_000  # bytes of one file that is read back


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of proposals; `base` stands for all that they depend on beside the article."""

    folder: Path
    base: str

    @classmethod
    def of(cls, folder: Path, found: Resources, reader: Reader) -> Cache:
        """Return the cache of a reader whose ontology comes from these resources."""
        names = [version("kgnews"), reader.parser.name, reader.extractor.name]
        ontology = (path for kind in (".ttl", ".tsv") for path in found.files("ontology", kind).values())
        files = [*ontology, *sorted(Path(__file__).parent.rglob("*.py"))]
        return cls(folder, _digest([*(n.encode() for n in names), *(path.read_bytes() for path in files)]))

    def events(self, article: Article, reader: Reader) -> Extraction:
        """Return the events of an article that pass the gate, proposed anew only where they must be.

        Raises KgError where the folder cannot be written.
        """
        path = self.path(article)
        proposed = _read(path)
        if proposed is None:
            proposed = reader.propose(article)
            _write(path, json.dumps(encode(proposed), ensure_ascii=True).encode())
        return reader.checked(article, proposed)

    def path(self, article: Article) -> Path:
        """Return the file of an article."""
        known = json.dumps(encode(replace(article, name="", text="")), ensure_ascii=True)
        name = _digest([self.base.encode(), article.sha256.encode(), known.encode()])
        return self.folder / name[:2] / f"{name}.json"


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def _read(path: Path) -> Extraction | None:
    """Return what a file holds, or None where it is missing or not as it should be."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        return decode(Extraction, json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises KgError with the fix."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        Path(draft).replace(path)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror}); build with --no-cache") from error
