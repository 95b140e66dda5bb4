"""Refuses SPARQL that would reach beyond the store, or cost a parser its stack or its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Final

from kg.errors import QueryError

_CODE: Final = r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}"
_STRINGS: Final = (
    r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
)
_REMARKS: Final = r"\#[^\r\n]*"
# What is no keyword of SPARQL: strings, comments, and in a name the escaped characters ("ex:it\'s").
WORDS: Final = rf"{_STRINGS}|{_REMARKS}|\\.[\w-]*"
IRI: Final = rf"""<(?:[^<>"{{}}|^`\\\s]|{_CODE})*>"""
DEEPEST: Final = 64  # brackets within brackets
NEGATED: Final = 8  # "!(" within each other: where one is not closed, the parser's time doubles with each
_OPAQUE: Final = re.compile(f"{WORDS}|{IRI}", re.DOTALL)
# Engines need no space after a keyword ("SERVICESILENT"), so none is asked for here either.
_OUTSIDE: Final = re.compile(r"(?<![?$:A-Za-z_-])(SERVICE|LOAD|FROM)", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_SPECIAL: Final = re.compile(r"""["'#<\\]|//""")
_WORD, _IRI = re.compile(WORDS, re.DOTALL), re.compile(IRI)
_BRACKETS: Final = re.compile(r"(?P<negated>!\s*)?[({\[]|[)}\]]")


def refuse_outside(text: str) -> None:
    """Raise QueryError where a query would reach beyond the store (SERVICE, LOAD, FROM)."""
    for version in (text, _decoded(text)):
        for start, end, _ in _stretches(version):
            if found := _OUTSIDE.search(version, start, end):
                raise QueryError(f"{found[1].upper()} is refused: a query stays within the store")


def refuse_deep(text: str) -> None:
    """Raise QueryError for brackets deep within brackets."""
    for version in (text, _decoded(text)):
        open_at: dict[int, tuple[bool, ...]] = {0: ()}
        for start, end, following in _stretches(version):
            opened = _opened(version[start:end], open_at.pop(start))
            for place in following:
                open_at[place] = max(open_at.get(place, ()), opened, key=len)


def _opened(text: str, already: tuple[bool, ...]) -> tuple[bool, ...]:
    """Return for each bracket that is open after a stretch whether it is negated."""
    stack = list(already)
    for found in _BRACKETS.finditer(text):
        if found[0] in ")}]":
            del stack[-1:]
            continue
        stack.append(found["negated"] is not None)
        if len(stack) > DEEPEST:
            raise QueryError(f"more than {DEEPEST} brackets within each other")
        if sum(stack) > NEGATED:
            raise QueryError(f"more than {NEGATED} negated brackets within each other: take out !( )")
    return tuple(stack)


def _stretches(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield what is neither string, IRI nor comment, in order: start, end, and where it may go on.

    "<" begins an IRI or compares, as the grammar around it has it. That is not looked at here: both are
    followed, so that no engine sees a keyword that is not seen here. "//" is only in an IRI.
    """
    waiting = [0]
    last = -1
    while waiting:
        start = heappop(waiting)
        if start == last:
            continue
        last = start
        special = _SPECIAL.search(text, start)
        end = special.start() if special else len(text)
        following = () if special is None else _following(text, end)
        if not following and not waiting and special is not None:
            following = (special.end(),)  # no reading is left: an engine refuses it, or reads on
        yield start, end, following
        for place in following:
            heappush(waiting, place)


def _following(text: str, at: int) -> tuple[int, ...]:
    """Return where a text goes on after what begins with a special character."""
    if text.startswith("//", at):
        return ()
    if text[at] == "<":
        iri = _IRI.match(text, at)
        return (at + 1,) if iri is None else (at + 1, iri.end())
    word = _WORD.match(text, at)
    return (at + 1,) if word is None else (word.end(),)


def keywords(text: str) -> str:
    """Return SPARQL without its strings, IRIs and comments."""
    return _OPAQUE.sub(" ", text)


def _decoded(text: str) -> str:
    """Return SPARQL as those engines read it that decode escaped characters first."""
    return _ESCAPE.sub(lambda found: _character(found[1] or found[2]), text)


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else ""
