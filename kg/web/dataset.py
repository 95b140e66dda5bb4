"""Which graphs a query names with FROM: those of the store may be asked, no other is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.errors import QueryError
from kg.outside import IRI, WORDS, refuse_outside

_TOKENS: Final = re.compile(
    rf"{WORDS}|(?P<clause>(?<![?$:\w-])FROM\s*(?:NAMED\b\s*)?(?P<name>{IRI}|[\w.-]*:[\w.-]*))|{IRI}",
    re.DOTALL | re.IGNORECASE,
)
_PREFIX: Final = re.compile(r"PREFIX\s+([\w.-]*:)\s*<([^<>\"{}|^`\\\s]*)>", re.IGNORECASE)


def refuse_remote(store: Store, text: str, *, named: bool) -> bool:
    """Raise QueryError where a query would reach beyond the store; tell whether it has FROM.

    `named` says that the request names the graphs itself: what follows FROM does not count then.
    """
    clauses = [found for found in _TOKENS.finditer(text) if found["clause"]]
    rest = _TOKENS.sub(lambda found: " " if found["clause"] else found[0], text)
    refuse_outside(rest)
    if not named:
        for name in _names(text, [found["name"] for found in clauses]):
            if not store.contains_named_graph(NamedNode(name)):
                raise QueryError(f"FROM <{name}>: no such graph here, and no graph is fetched from elsewhere")
    return bool(clauses)


def _names(text: str, names: list[str]) -> Iterator[str]:
    spaces = dict(_PREFIX.findall(text))
    for name in names:
        prefix, _, local = name.partition(":")
        if name.startswith("<"):
            yield name[1:-1]
        elif f"{prefix}:" in spaces:
            yield spaces[f"{prefix}:"] + local
        else:
            raise QueryError(f"FROM {name}: no such prefix")
