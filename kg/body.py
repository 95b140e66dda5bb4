"""The body of an answer over HTTP: whole, and there in time, or not at all."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from kg.errors import StoreError
from kg.words import clean

if TYPE_CHECKING:
    import requests

WHOLE: Final = 120.0  # seconds until an answer has to be there, unless KG_STORE_TIMEOUT says otherwise
CHUNK: Final = 2**16  # bytes that are taken in at once


class Body:
    """The body of an answer, as a file to read from; it has to be whole, and there in time.

    `kind` is its media type.
    """

    def __init__(self, response: requests.Response, url: str, until: float) -> None:
        self.kind = response.headers.get("Content-Type", "")
        limit = response.headers.get("X-SPARQL-MaxRows", "")
        self._most = int(limit) if limit.isdigit() else None
        self._raw = response.raw
        self._url = url
        self._until = until

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes at most, or all that is left; nothing at the end.

        Raises StoreError where the answer breaks off, or takes too long.
        """
        if size < 0:
            return b"".join(iter(self._some, b""))
        return self._some(size)

    def _some(self, size: int = CHUNK) -> bytes:
        """Return what has come in, at least a byte unless that was all; at most so many."""
        import urllib3

        try:
            data: bytes | None = self._raw.read1(size, decode_content=True)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise StoreError(f"{self._url}: the answer broke off: {cause(error)}; try again") from error
        if time.monotonic() > self._until:
            raise StoreError(f"{self._url}: no whole answer in {seconds():g} s; KG_STORE_TIMEOUT sets more")
        return data or b""

    def unreadable(self, error: SyntaxError) -> StoreError:
        """Return what to say of an answer that is none."""
        return StoreError(f"{self._url}: an answer cannot be read: {error}; try again")

    def whole(self, number: int) -> None:
        """Take note that the answer has so many rows. Raises StoreError where the server cut it there."""
        if number and number == self._most:
            fix = "have it give more (Virtuoso: ResultSetMaxRows)"
            raise StoreError(f"{self._url}: the server cuts answers at {number} rows; {fix}")


def cause(error: BaseException) -> str:
    """Return the innermost reason of an error, in a line."""
    inner = error
    while inner.__cause__ or inner.__context__ or (inner.args and isinstance(inner.args[0], BaseException)):
        inner = inner.__cause__ or inner.__context__ or inner.args[0]
    return clean(str(inner))[:160] or type(inner).__name__


def seconds() -> float:
    """Return how long an answer may take."""
    try:
        return max(float(os.environ.get("KG_STORE_TIMEOUT", "")), 0.1)
    except ValueError:
        return WHOLE
