"""Keeps what articles say in a folder of shards, from which a store can be filled.

`shard-0003-of-0010.nq` holds the quads of its articles as N-Quads, one article after the other;
`shard-0003-of-0010.jsonl` beside it tells whose they are: a head, a line for each article (its
place among all, names, text, the number and SHA-256 of its lines of N-Quads, and what was
counted), and an end with totals. A shard counts when it is whole; what is not yet has another
name.
"""

from __future__ import annotations

import heapq
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from kg.errors import KgError, ReadError, UsageError

FORMAT: Final = 1
_NAME: Final = re.compile(r"shard-(\d{4,})-of-(\d{4,})\.nq")
_AHEAD: Final = 65_536  # bytes of a shard that are read before they are asked for
_TAIL: Final = 4096


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of a corpus: its number, from 1, and how many there are."""

    number: int
    of: int

    @classmethod
    def parse(cls, words: str) -> Shard:
        """Return the shard of `3/10`. Raises UsageError for anything else."""
        found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", words)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise UsageError(f"--shard {words}: expected one such as 3/10")
        return cls(int(found[1]), int(found[2]))

    @property
    def name(self) -> str:
        """The name of its files, without ending."""
        return f"shard-{self.number:04}-of-{self.of:04}"

    def holds(self, path: Path) -> bool:
        """Tell whether an article belongs to it: its path decides, wherever the article stands."""
        known = sha256(str(path).encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(known[:8]) % self.of == self.number - 1


@dataclass(frozen=True, slots=True)
class Line:
    """What a shard tells of one article; `at` is its place among all, `figures` what was counted.

    One that could not be read has a problem, and nothing else.
    """

    at: int
    path: str
    article: str = ""
    graph: str = ""
    url: str = ""
    text: str = ""
    quads: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What all shards of one build have in common: the base of IRIs, and a digest of all else."""

    base: str
    made: str


class Draft:
    """A shard that is being written."""

    def __init__(self, quads: IO[bytes], lines: IO[bytes]) -> None:
        self._quads, self._lines = quads, lines
        self._articles = self._number = self._bytes = 0

    def tell(self, given: Mapping[str, Any]) -> None:
        """Write one line of JSON."""
        self._lines.write(json.dumps(given, ensure_ascii=True, sort_keys=True).encode() + b"\n")

    def add(self, line: Line) -> None:
        """Write what an article says."""
        block = line.quads.encode("utf-8")
        number = block.count(b"\n")
        self.tell({**asdict(line), "quads": number, "sha256": sha256(block).hexdigest()})
        self._quads.write(block)
        self._articles += 1
        self._number += number
        self._bytes += len(block)

    def end(self) -> None:
        """Write the totals."""
        self.tell({"articles": self._articles, "quads": self._number, "bytes": self._bytes})


@contextmanager
def drafted(folder: Path, shard: Shard, head: Head) -> Iterator[Draft]:
    """Write a shard: after this it is there whole, or not at all. Raises KgError where that fails."""
    places = [folder / f"{shard.name}{ending}" for ending in (".jsonl", ".nq")]
    drafts: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f".{shard.name}.*.part"):
            old.unlink()
        for place in places:
            handle, name = tempfile.mkstemp(dir=folder, prefix=f".{place.name}.", suffix=".part")
            os.close(handle)
            drafts.append(Path(name))
        with drafts[0].open("wb") as lines, drafts[1].open("wb") as quads:
            draft = Draft(quads, lines)
            draft.tell({"format": FORMAT, "shard": shard.number, "of": shard.of, **asdict(head)})
            yield draft
            draft.end()
            for file in (lines, quads):
                file.flush()
                os.fsync(file.fileno())
        for made, place in zip(drafts, places, strict=True):
            made.chmod(0o644)
            made.replace(place)
    except OSError as error:
        raise KgError(f"{folder / shard.name}: cannot be written: {error.strerror or error}") from error
    finally:
        for each in drafts:
            each.unlink(missing_ok=True)


def finished(folder: Path, shard: Shard, head: Head) -> bool:
    """Tell whether a shard is there, whole. Raises ReadError where it was made of something else."""
    path = folder / f"{shard.name}.nq"
    if not path.exists() or _end(path) is None:
        return False
    if _head(path) != head:
        raise ReadError(
            f"{path}: made of other files, or with another ontology, model, option or kg; use another folder"
        )
    return True


def found(folder: Path) -> list[Path]:
    """Return the N-Quads files of a folder's shards, all of them and all of one build.

    Raises ReadError for a missing, damaged or foreign one, with its name.
    """
    named = {path: m for path in sorted(folder.glob("shard-*.nq")) if (m := _NAME.fullmatch(path.name))}
    sizes = {int(match[2]) for match in named.values()}
    if len(sizes) != 1:
        what = f"shards of {sorted(sizes)} together" if sizes else "no shards here"
        raise ReadError(f"{folder}: {what}; kg build --shard 1/10 --to nquads {folder} makes some")
    numbers = {int(match[1]) for match in named.values()}
    if missing := sorted({*range(1, sizes.pop() + 1)} - numbers):
        raise ReadError(f"{folder}: not yet made: {', '.join(map(str, missing[:20]))}")
    heads = {path: _head(path) for path in named}
    for path, head in heads.items():
        if _end(path) is None:
            raise ReadError(f"{path}: not whole; remove it, and build this shard again")
        if head != heads[next(iter(named))]:
            raise ReadError(f"{path}: made of other files, or with another ontology, model, option or kg")
    return list(named)


def lines(folder: Path) -> Iterator[Line]:
    """Yield what all shards of a folder tell, in the order in which one build would have read it.

    Raises ReadError as `found`, and where the quads are not those that were written.
    """
    yield from heapq.merge(*map(_lines, found(folder)), key=lambda line: line.at)


def _lines(path: Path) -> Iterator[Line]:
    """Yield the lines of one shard, its files open only while some of them are read."""
    place = (len(_first(path)), 0)
    while place[0] >= 0:
        ready: list[Line] = []
        with path.with_suffix(".jsonl").open("rb") as told, path.open("rb") as quads:
            told.seek(place[0])
            quads.seek(place[1])
            while told.tell() - place[0] < _AHEAD:
                given = json.loads(told.readline() or b"{}")
                if "path" not in given:
                    break  # the end
                ready.append(_line(path, given, quads))
            place = (told.tell(), quads.tell()) if ready else (-1, -1)
        yield from ready


def _line(path: Path, given: dict[str, Any], quads: IO[bytes]) -> Line:
    block = b"".join(quads.readline() for _ in range(given.pop("quads")))
    if sha256(block).hexdigest() != given.pop("sha256"):
        raise ReadError(f"{path}: the quads of {given['path']} are not those that were written")
    return Line(**given, quads=block.decode("utf-8"))


def _first(path: Path) -> bytes:
    try:
        with path.with_suffix(".jsonl").open("rb") as file:
            return file.readline()
    except OSError as error:
        raise ReadError(f"{path.with_suffix('.jsonl')}: cannot be read: {error.strerror}") from error


def _head(path: Path) -> Head:
    """Return the head of a shard. Raises ReadError where it has none of ours."""
    try:
        given = json.loads(_first(path))
        version, head = given["format"], Head(given["base"], given["made"])
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(f"{path}: no shard of kg: {path.with_suffix('.jsonl').name} has no head") from error
    if version != FORMAT:
        raise ReadError(f"{path}: format {version} of shards is not format {FORMAT}; build it again")
    return head


def _end(path: Path) -> Mapping[str, Any] | None:
    """Return the totals of a shard, or None where it is not whole."""
    try:
        with path.with_suffix(".jsonl").open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - _TAIL, 0))
            last = file.read().splitlines()[-1]
        given = json.loads(last)
        return given if given["bytes"] == path.stat().st_size else None
    except (OSError, ValueError, LookupError, TypeError):
        return None
