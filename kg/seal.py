"""What the files of a store were when it was closed, so that whoever opens it sees what happened since.

`seal.json` lists the files of quads and index with their sizes, and the checksums (CRC-32) of the small
ones that tell RocksDB which others count. It is there only while nobody writes: a writer takes it away
first, and leaves a new one when it has closed everything. Contents of equal size are told by `kg fsck`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.durable import settle_folder, write_durably

_NAME: Final = "seal.json"
_SMALL: Final = ("CURRENT", "MANIFEST-*", "*.log")
_FILES: Final = (*(f"oxigraph/{name}" for name in (*_SMALL, "*.sst")), "index.sqlite", "index.sqlite-wal")


def put_seal(store: Path) -> None:
    """Note what the files are, once all of them are on the disk. Raises OSError where it refuses."""
    files = list(_files(store))
    for path in files:
        settle_folder(path)
    for folder in {path.parent for path in files}:
        settle_folder(folder)
    write_durably(store / _NAME, json.dumps(_told(store), indent=1, sort_keys=True).encode("utf-8"))


def take_seal(store: Path) -> None:
    """Take the note away, for good. Raises OSError where the disk refuses."""
    if (store / _NAME).exists():
        (store / _NAME).unlink()
        settle_folder(store)


def changed_since(store: Path) -> dict[str, str]:
    """Return the files that are not as they were left, each with what is wrong with it.

    Nothing where there is no note (the store was not closed, or by an older kg), and nothing for
    quads or an index of which nothing at all is left.
    """
    try:
        before = json.loads((store / _NAME).read_text(encoding="utf-8"))
        known = {str(name): [int(number) for number in numbers] for name, numbers in before.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError):
        return {_NAME: "cannot be read"}
    now = _told(store)
    parts = {_part(name) for name in now}  # what is gone as a whole is computed anew
    gone = {name: "is missing" for name in known.keys() - now.keys() if _part(name) in parts}
    more = dict.fromkeys(now.keys() - known.keys(), "was not there when the store was closed")
    both = {
        name: f"has {now[name][0]} bytes, not {known[name][0]}"
        if now[name][:1] != known[name][:1]
        else "was changed since the store was closed"
        for name in known.keys() & now.keys()
        if now[name] != known[name]
    }
    return dict(sorted({**gone, **more, **both}.items()))


def _part(name: str) -> str:
    return name.split("/", maxsplit=1)[0].removesuffix("-wal")


def _told(store: Path) -> dict[str, list[int]]:
    """Return the size of each file, with the checksum of a small one."""
    told = {}
    for path in _files(store):
        numbers = [path.stat().st_size]
        if any(path.match(pattern) for pattern in _SMALL):
            numbers.append(zlib.crc32(path.read_bytes()))
        told[path.relative_to(store).as_posix()] = numbers
    return told


def _files(store: Path) -> Iterator[Path]:
    """Yield the files that count; SQLite leaves an empty `-wal` wherever somebody has read."""
    for pattern in _FILES:
        found = sorted(path for path in store.glob(pattern) if path.is_file())
        yield from (path for path in found if path.stat().st_size or not path.name.endswith("-wal"))
