"""Where the store of a project is: a folder, and perhaps a SPARQL server that has its quads."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit, urlunsplit

from kg.errors import StoreError
from kg.words import clean

Place: TypeAlias = Path | str  # a folder, or (a string) the address of a SPARQL server


@dataclass(frozen=True, slots=True)
class About:
    """The base of a store's IRIs, and the address of the server that has its quads, if one has."""

    base: str
    server: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, and what to show it where it asks who one is."""

    url: str
    user: str = ""
    password: str = ""
    token: str = ""

    @classmethod
    def of(cls, words: str) -> Address:
        """Read an http(s) address. Raises StoreError for another thing, or one with a password in it."""
        try:
            parts = urlsplit(words)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise StoreError(f"{clean(words)}: not an address: {error}") from error
        if parts.scheme not in ("http", "https") or not host:
            raise StoreError(f"{clean(words)}: expected http:// or https:// and a host")
        place = f"[{host}]" if ":" in host else host
        place = f"{place}:{port}" if port else place
        bare = urlunsplit((parts.scheme, place, parts.path.rstrip("/"), "", ""))
        if parts.username or parts.password:
            fix = "set KG_STORE_USER and KG_STORE_PASSWORD instead"
            raise StoreError(f"{bare}: an address with a password is seen by others; {fix}")
        given = (os.environ.get(f"KG_STORE_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
        return cls(bare, *given)

    @property
    def name(self) -> str:
        """The address as part of the name of a file.

        >>> Address("https://example.org:7878/news").name
        'example-org-7878-news'
        """
        return re.sub("[^a-z0-9]+", "-", self.url.partition("://")[2].lower()).strip("-")


def is_address(place: Place) -> bool:
    """Tell whether a place is the address of a server."""
    return isinstance(place, str) and place.startswith(("http://", "https://"))
