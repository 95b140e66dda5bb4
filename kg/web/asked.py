"""Requests and answers as values, as the front passes them to a worker and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

HTML: Final = "text/html"
TEXT: Final = "text/plain"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the path below the root, the pairs of its query, what is accepted, and a body.

    `root` is the address that the server is reached at, without a slash at its end.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    accept: str = ""
    kind: str = ""
    body: bytes = b""
    root: str = ""

    def one(self, name: str) -> str:
        """Return the last value of a name in the query, or nothing."""
        return next((value for key, value in reversed(self.query) if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a name in the query that are not empty."""
        return tuple(value for key, value in self.query if key == name and value)

    def pack(self) -> tuple[bytes, bytes]:
        """Return the request as JSON, and its body."""
        parts = (self.path, self.query, self.method, self.accept, self.kind, self.root)
        return json.dumps(parts).encode("ascii"), self.body

    @classmethod
    def unpack(cls, head: bytes, body: bytes) -> Asked:
        """Return a request from what `pack` made of it."""
        path, query, method, accept, kind, root = json.loads(head)
        return cls(path, tuple((k, v) for k, v in query), method, accept, kind, body, root)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: an HTTP status, the type of its content, and the content."""

    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def pack(self) -> tuple[bytes, bytes]:
        """Return the answer as JSON, and its body."""
        return json.dumps((self.status, self.kind, dict(self.headers))).encode("ascii"), self.body

    @classmethod
    def unpack(cls, head: bytes, body: bytes) -> Answered:
        """Return an answer from what `pack` made of it. Raises ValueError for anything else."""
        status, kind, headers = json.loads(head)
        return cls(int(status), str(kind), body, {str(k): str(v) for k, v in dict(headers).items()})


def said(status: int, words: str, headers: Mapping[str, str] | None = None) -> Answered:
    """Return an answer of one line of plain text."""
    return Answered(status, f"{TEXT}; charset=utf-8", f"{words}\n".encode(), headers or {})


def see(address: str, status: int = 303) -> Answered:
    """Return an answer that leads somewhere else; what an address cannot hold is encoded."""
    safe = quote(address, safe="/:?#[]@!$&'()*+,;=~")
    return said(status, f"see {safe}", {"Location": safe})
