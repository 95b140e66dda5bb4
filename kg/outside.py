"""Refuses SPARQL that would reach beyond the store, or cost a parser its stack or its time."""

from __future__ import annotations

import re
from typing import Final

from kg.errors import QueryError

WORDS: Final = (  # what is no keyword of SPARQL: strings and comments
    r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<!\\)\#[^\n]*"""
)
IRI: Final = r"""<[^<>"{}|^`\\\s]*>"""
DEEPEST: Final = 64  # brackets within brackets
NEGATED: Final = 8  # "!(" within each other: where one is not closed, the parser's time doubles with each
_OPAQUE: Final = re.compile(f"{WORDS}|{IRI}", re.DOTALL)
# Engines need no space after a keyword ("SERVICESILENT"), so none is asked for here either.
_OUTSIDE: Final = re.compile(r"(?<![?$:A-Za-z_-])(SERVICE|LOAD|FROM)", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_QUOTED: Final = re.compile(WORDS, re.DOTALL)
_BRACKETS: Final = re.compile(r"(?P<negated>!\s*)?[({\[]|[)}\]]")


def refuse_outside(text: str) -> None:
    """Raise QueryError where a query would reach beyond the store (SERVICE, LOAD, FROM)."""
    decoded = _ESCAPE.sub(lambda found: _character(found[1] or found[2]), text)
    for version in (text, decoded):
        found = _OUTSIDE.search(keywords(version))
        if found:
            raise QueryError(f"{found[1].upper()} is refused: a query stays within the store")


def refuse_deep(text: str) -> None:
    """Raise QueryError for brackets deep within brackets.

    What is a string, an IRI or a comment depends on the grammar; so it is counted with and without them.
    """
    for version in (text, _QUOTED.sub(" ", text), keywords(text)):
        depth, negated = _deepest(version)
        if depth > DEEPEST:
            raise QueryError(f"more than {DEEPEST} brackets within each other")
        if negated > NEGATED:
            raise QueryError(f"more than {NEGATED} negated brackets within each other: take out !( )")


def _deepest(text: str) -> tuple[int, int]:
    """Return how many brackets, and how many negated ones, are open at once at most."""
    open_ones: list[bool] = []
    deepest = most = negated = 0
    for found in _BRACKETS.finditer(text):
        if found[0] not in ")}]":
            open_ones.append(found["negated"] is not None)
            negated += open_ones[-1]
            deepest, most = max(deepest, len(open_ones)), max(most, negated)
        elif open_ones:
            negated -= open_ones.pop()
    return deepest, most


def keywords(text: str) -> str:
    """Return SPARQL without its strings, IRIs and comments."""
    return _OPAQUE.sub(" ", text)


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else ""
