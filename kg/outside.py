"""Refuses SPARQL that would reach beyond the store."""

from __future__ import annotations

import re
from typing import Final

from kg.errors import QueryError

WORDS: Final = (  # what is no keyword of SPARQL: strings and comments
    r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<!\\)\#[^\n]*"""
)
IRI: Final = r"""<[^<>"{}|^`\\\s]*>"""
_OPAQUE: Final = re.compile(f"{WORDS}|{IRI}", re.DOTALL)
# Engines need no space after a keyword ("SERVICESILENT"), so none is asked for here either.
_OUTSIDE: Final = re.compile(r"(?<![?$:A-Za-z_-])(SERVICE|LOAD|FROM)", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


def refuse_outside(text: str) -> None:
    """Raise QueryError where a query would reach beyond the store (SERVICE, LOAD, FROM)."""
    decoded = _ESCAPE.sub(lambda found: _character(found[1] or found[2]), text)
    for version in (text, decoded):
        found = _OUTSIDE.search(keywords(version))
        if found:
            raise QueryError(f"{found[1].upper()} is refused: a query stays within the store")


def keywords(text: str) -> str:
    """Return SPARQL without its strings, IRIs and comments."""
    return _OPAQUE.sub(" ", text)


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else ""
