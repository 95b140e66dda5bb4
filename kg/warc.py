"""Reads web pages out of WARC files (ISO 28500): the HTML that servers answered with.

The page of the seventh record of `crawl.warc.gz` has the path `crawl.warc.gz:7`. Requests,
other types and answers but 200 are passed over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from email.parser import BytesParser
from pathlib import Path
from typing import IO, Final

from kg.decode import decoded
from kg.errors import ReadError
from kg.items import Item, piece
from kg.packed import LARGEST, pass_over, too_long
from kg.sidecar import Metadata

_HEADERS: Final = 64_000  # bytes of the headers of a record
_HTML: Final = ("text/html", "application/xhtml+xml")
_MARK: Final = b"WARC/"


def items(path: Path, file: IO[bytes]) -> Iterator[Item]:
    """Yield the page of each answer in HTML; a broken record is an item with its problem."""
    number = 0
    line = _begin(file)
    while line:
        number += 1
        place = piece(path, number)
        try:
            item = _record(place, line, file)
        except ReadError as error:
            item = Item(place, problem=str(error))
        if item is not None:
            yield item
        line = _begin(file)


def _begin(file: IO[bytes]) -> bytes:
    """Return the line that begins the next record, after whatever stands before it."""
    while line := file.readline(_HEADERS):
        if line.startswith(_MARK):
            return line
    return b""


def _record(place: Path, line: bytes, file: IO[bytes]) -> Item | None:
    head = _head(place, file)
    length = head.get("content-length", "")
    if not length.isdigit():
        raise ReadError(f"{place}: no record of {line.decode('latin-1').strip()}: it has no length")
    size = int(length)
    if head.get("warc-type") != "response" or "http" not in head.get("content-type", ""):
        pass_over(file, size)
        return None
    block = file.read(min(size, LARGEST))
    missing = size - len(block) - pass_over(file, size - len(block))
    if missing:
        raise ReadError(f"{place}: the file ends {missing} bytes before the record does")
    return _page(place, block, size, head)


def _head(place: Path, file: IO[bytes]) -> Mapping[str, str]:
    """Return the named fields of a record's head, names in small letters."""
    found, size = b"", 0
    while (line := file.readline(_HEADERS)).strip():
        found, size = found + line, size + len(line)
        if size > _HEADERS:
            raise ReadError(f"{place}: the head of the record does not end")
    return _fields(found)


def _fields(head: bytes) -> Mapping[str, str]:
    found = BytesParser().parsebytes(head + b"\r\n", headersonly=True)
    return {name.lower(): str(value).strip() for name, value in found.items()}


def _page(place: Path, block: bytes, size: int, head: Mapping[str, str]) -> Item | None:
    top, _, body = block.partition(b"\r\n\r\n")
    status, _, rest = top.partition(b"\n")
    fields = _fields(rest)
    kind = fields.get("content-type", "").lower()
    if b" 200" not in status or not kind.startswith(_HTML):
        return None
    data = b"" if size > LARGEST else _plain(place, body, fields)
    if size > LARGEST or len(data) > LARGEST:
        raise ReadError(too_long(place))
    encoding = re.search(r"charset=[\"']?([\w.:-]+)", kind)
    text = decoded(place, data, encoding=encoding[1] if encoding else "", page=True)
    known = Metadata(
        url=head.get("warc-target-uri", "").strip("<> ") or None,
        retrieved=head.get("warc-date", "")[:10] or None,
    )
    return Item(place, text, known, page=True)


def _plain(place: Path, body: bytes, fields: Mapping[str, str]) -> bytes:
    """Return a body as the page that was sent, at most one byte more than an article may have."""
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _joined(body)
    match fields.get("content-encoding", "").lower():
        case "" | "identity":
            return body
        case "gzip" | "x-gzip" | "deflate":
            return _inflated(place, body)
        case other:
            raise ReadError(f"{place}: packed as {other!r}, which kg does not read")


def _inflated(place: Path, body: bytes) -> bytes:
    for form in (47, -15):  # with a head of zlib or gzip; deflate alone
        try:
            return zlib.decompressobj(form).decompress(body, LARGEST + 1)
        except zlib.error:
            continue
    if body.lstrip()[:1] == b"<":
        return body  # who wrote the file unpacked it, and left the field as it was
    raise ReadError(f"{place}: damaged: not packed as its field says")


def _joined(body: bytes) -> bytes:
    """Return the chunks of a body in one; the body itself where it is not in chunks any more."""
    parts: list[bytes] = []
    place = 0
    while found := re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r\n").match(body, place):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        place = found.end() + size + 2
    return b"".join(parts) if parts else body
