"""Finds articles: files, folders, patterns of names, and files that hold many articles.

Which files there are is known at once; what a file of many holds is read as it is asked for, so
that no more than one article of it is in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final

from kg import jsonl, tables, warc
from kg.errors import ReadError
from kg.items import Item
from kg.packed import PACKED, inner, opened

SUFFIXES: Final = (".txt", ".html", ".htm")
MANY: Final[Mapping[str, Callable[[Path, IO[bytes]], Iterator[Item]]]] = {
    ".jsonl": jsonl.items,
    ".csv": tables.items,
    ".warc": warc.items,
}
_PLACE: Final = re.compile(r"(.*\.(?:jsonl|csv|warc)(?:\.(?:gz|bz2|xz))?):(\d+)", re.DOTALL | re.IGNORECASE)
_ENDINGS: Final = f"{', '.join((*SUFFIXES, *MANY))}, or one of these with {', '.join(PACKED)}"


def find_articles(paths: Iterable[Path]) -> list[Path]:
    """Return the paths of all articles named or lying below folders, sorted, once.

    A name with `*`, `?` or `[` is a pattern. The articles of a file that holds many (.jsonl, .csv,
    .warc) have its name and their number. Raises ReadError for a missing path, another kind of
    file, or a folder without articles.
    """
    return [item.path for item in items(find_files(paths))]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that hold articles, as `find_articles` but without looking into them."""
    found: dict[Path, None] = {}
    for path in paths:
        for each in _matching(path):
            found |= dict.fromkeys(_below(each) if each.is_dir() else [_named(each)])
    return list(found)


def holds_many(path: Path) -> bool:
    """Tell whether a file is of a kind that holds many articles."""
    return inner(path).suffix.lower() in MANY


def items(files: Iterable[Path]) -> Iterator[Item]:
    """Yield all articles of files, in their order. What cannot be read is an item with its problem."""
    for path in files:
        if holds_many(path):
            yield from _of_many(path)
        else:
            yield _of_one(path)


def item_at(path: Path) -> Item:
    """Return the article of a path. Raises ReadError where a file of many has no such piece."""
    if not _is_piece(path):
        return Item(path)
    found = _PLACE.fullmatch(str(path))
    assert found is not None
    for item in _of_many(Path(found[1])):
        if item.path == path:
            return item
    raise ReadError(f"{path}: no such line")


def _is_piece(path: Path) -> bool:
    return _PLACE.fullmatch(str(path)) is not None and not path.exists()


def _of_one(path: Path) -> Item:
    try:
        return item_at(path)
    except ReadError as error:
        return Item(path, problem=str(error))


def _of_many(path: Path) -> Iterator[Item]:
    try:
        with opened(path) as file:
            yield from MANY[inner(path).suffix.lower()](path, file)
    except ReadError as error:
        yield Item(path, problem=str(error))


def _matching(path: Path) -> list[Path]:
    """Return the paths that fit a pattern, sorted; a path that is there is none."""
    if path.exists() or not set("*?[") & set(str(path)):
        return [path]
    parts = path.parts
    first = next(n for n, part in enumerate(parts) if set("*?[") & set(part))
    found = sorted(Path(*parts[:first]).glob(str(Path(*parts[first:]))))
    if not found:
        raise ReadError(f"{path}: no file fits this pattern")
    return found


def _below(folder: Path) -> list[Path]:
    found = sorted(
        path
        for path in folder.rglob("*")
        if _is_article_file(path) and path.is_file() and not path.name.startswith(".")
    )
    if not found:
        raise ReadError(f"{folder}: no articles in this folder; expected {_ENDINGS}")
    return found


def _is_article_file(path: Path) -> bool:
    return inner(path).suffix.lower() in SUFFIXES or holds_many(path)


def _named(path: Path) -> Path:
    if _is_piece(path):
        return path
    if not path.exists():
        raise ReadError(f"{path}: no such file")
    if not _is_article_file(path):
        raise ReadError(f"{path}: not an article file; expected {_ENDINGS}")
    return path
