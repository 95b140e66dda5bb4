"""Turns a file into text once, so that every offset counts from the same characters."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.packed import inner, opened

LIMIT_MB: Final = 20
PAGES: Final = (".html", ".htm")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path, *, limit_mb: int = LIMIT_MB) -> str:
    """Return a file as text, newlines as they are, without a byte order mark.

    UTF-8 is taken, and UTF-16 with a mark; web pages may name another encoding. Raises
    ReadError for a file that is missing, empty, binary, too large or otherwise encoded.
    """
    return decoded(path, _bytes(path, limit_mb), page=inner(path).suffix.lower() in PAGES)


def decoded(path: Path, data: bytes, *, encoding: str = "", page: bool = False) -> str:
    """Return bytes as text, `encoding` being what is said of them; a web page may say so itself.

    Raises ReadError, with the path, where they are none.
    """
    if not data.strip():
        raise ReadError(f"{path}: the file is empty; put the text of an article into it")
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if marked is None and b"\0" in data:
        where = data.index(b"\0")
        raise ReadError(f"{path}: byte {where} is NUL: this is not text; give a text or HTML file")
    return _decoded(path, data, marked or _known(encoding) or (_stated(data) if page else "utf-8"))


def _bytes(path: Path, limit_mb: int) -> bytes:
    try:
        if not path.is_file():
            kind = "is not a file" if path.exists() else "no such file"
            raise ReadError(f"{path}: {kind}")
        size = path.stat().st_size
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from error
    most = limit_mb * 1_000_000
    if size <= most:
        with opened(path) as file:
            data = file.read(most + 1)
        if len(data) <= most:
            return data
    what = f"{size / 1e6:.0f} MB is" if size > most else "what is packed in it is"
    raise ReadError(f"{path}: {what} over the limit of {limit_mb} MB; give one article a file")


def _stated(data: bytes) -> str:
    found = re.search(rb"charset=[\"']?([A-Za-z0-9_.:-]+)", data[:2048])
    return _known(found[1].decode("ascii")) if found else "utf-8"


def _known(name: str) -> str:
    """Return the name of an encoding as Python has it; UTF-8 for one that it does not know."""
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return "utf-8"


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{path}: {encoding} gives half a character at {error.start}; save it as UTF-8"
        ) from error
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path}: not {error.encoding}: byte 0x{data[error.start]:02x} at {error.start}; "
            "save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8, if it is from Windows)"
        ) from error
    except (LookupError, UnicodeError) as error:
        raise ReadError(f"{path}: {encoding} is no encoding of text; save it as UTF-8") from error
    return text
