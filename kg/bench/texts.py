"""Reads texts of several kinds for the benches: articles, coded sentences, annotated XML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, parse

from kg.errors import ReadError
from kg.examples import sentence_article
from kg.model import Article
from kg.read import read

_SKIPPED = {"LICENSE.txt", "README.txt", "README-semeval.txt"}


def texts(folders: Iterable[Path]) -> Iterator[tuple[str, Article]]:
    """Yield every text below the folders with a name, once: the same words twice count once.

    Reads .txt and .html articles, JSON lists of objects with a `text`, PETRARCH's XML of coded
    sentences, and CAT XML of tokens. Other files are passed over.
    """
    seen: set[str] = set()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in _SKIPPED):
            for name, article in _read(path):
                key = " ".join(article.text.split())
                if key not in seen:
                    seen.add(key)
                    yield name, article


def _read(path: Path) -> Iterator[tuple[str, Article]]:
    if path.suffix in {".txt", ".html"}:
        try:
            yield path.stem, read(path)
        except ReadError:
            return
    elif path.suffix == ".json":
        yield from _json_sentences(path)
    elif path.suffix == ".xml":
        yield from _xml(path)


def _json_sentences(path: Path) -> Iterator[tuple[str, Article]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as JSON: {error}") from error
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict) and isinstance(row.get("text"), str):
            yield f"{path.stem}-{number}", sentence_article(row["text"])


def _xml(path: Path) -> Iterator[tuple[str, Article]]:
    try:
        root = parse(path).getroot()  # noqa: S314  # files named on the command line, by their user
    except ParseError as error:
        raise ReadError(f"{path}: not valid XML: {error}") from error
    tokens = root.findall("token")
    if tokens:
        yield path.stem, sentence_article(_joined(tokens))
    for number, node in enumerate(root.iter("Text")):
        words = " ".join("".join(node.itertext()).split())
        if words:
            yield f"{path.stem}-{number}", sentence_article(words)


def _joined(tokens: list[Element]) -> str:
    return " ".join(token.text or "" for token in tokens)
