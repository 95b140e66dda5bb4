"""The update part of the SPARQL 1.1 Protocol, for a data set that may be changed over HTTP.

An update names its data set in the text alone, so graphs that a request names are put into it; for
that its strings, IRIs and comments are told from its keywords.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.errors import QueryError
from kg.outside import WORDS, refuse_deep, refuse_outside
from kg.web.asked import Answered, Asked
from kg.web.protocol import LARGEST, UPDATE, RefusedError, pairs, text_of

NOTHING: Final = "DELETE DATA {}"  # an operation that changes nothing
_TOKENS: Final = re.compile(
    rf"(?P<opaque>{WORDS}|\s+)"
    r"""|(?P<iri><(?:[^<>"{}|^`\\\s]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})*>)"""
    r"""|(?P<name>(?!\d)[\w.-]*:(?:[\w:.-]|%[0-9a-fA-F]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*)"""
    r"|(?P<bound>[?$@][\w-]+)|(?P<word>[^\W\d]\w*+(?![.-]))|(?P<unclosed>['\"].*)|(?P<other>[\w.-]+|.)",
    re.DOTALL,
)
_OWN: Final = re.compile("WITH|USING", re.IGNORECASE)
_LOAD: Final = ("LOAD", "SILENT", "<>")
_INTO: Final = ("INTO", "GRAPH", "<>")


@dataclass(frozen=True, slots=True)
class Token:
    """A token that stands in no braces: its text, and where it starts. Braces are tokens of their own.

    `said` is its keyword in capitals, `<>` for an IRI or a prefixed name, otherwise its text.
    """

    said: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def update(store: Store, asked: Asked) -> Answered:
    """Change a store as a request asks; 204, all of it or nothing.

    Raises RefusedError and QueryError for what is malformed, fails or reaches out, ValueError for a
    graph's name.
    """
    if asked.method != "POST":
        raise RefusedError(400, "an update comes with POST")
    given = pairs(asked)
    text = text_of(asked, given, "update", UPDATE)
    refuse_deep(text)
    text = without_silent_loads(text)
    refuse_outside(text)
    clauses = [
        f"USING {word}{NamedNode(value)}"
        for key, word in (("using-graph-uri", ""), ("using-named-graph-uri", "NAMED "))
        for value in (value for name, value in given if name == key)
    ]
    try:
        store.update(with_dataset(text, clauses), base_iri=f"{asked.root}/sparql")
    except SyntaxError as error:
        raise QueryError(f"malformed SPARQL: {' '.join(str(error).split())}") from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"nothing is changed: {error}") from error
    return Answered(204, "", b"")


def with_dataset(text: str, clauses: Sequence[str]) -> str:
    """Put USING clauses into each operation of an update that has a WHERE.

    Raises RefusedError where the update has USING or WITH itself (SPARQL 1.1 Protocol, section 2.2.3).

    >>> with_dataset("DELETE WHERE { ?s ?p 'WHERE' }", ["USING <http://a/>"])
    "DELETE { ?s ?p 'WHERE' } USING <http://a/> WHERE { ?s ?p 'WHERE' }"
    """
    if not clauses:
        return text
    top = list(tokens(text))
    _refuse_own(top)
    added = f"{' '.join(clauses)} "
    parts, done, size = [], 0, len(text)
    for number, token in enumerate(top):
        if token.said not in ("WHERE", "DELETEWHERE"):
            continue
        glued = token.said == "DELETEWHERE"
        template = ""
        if (glued or (number and top[number - 1].said == "DELETE")) and number + 2 < len(top):
            template = f"{' ' * glued}{text[token.end : top[number + 2].end].strip()} "
        start = token.end - len("WHERE")
        parts += [text[done:start], template, added]
        done = start
        size += len(template) + len(added)
        if size > LARGEST:
            raise RefusedError(413, f"with its graphs in each operation, an update may have {LARGEST} bytes")
    return "".join([*parts, text[done:]])


def without_silent_loads(text: str) -> str:
    """Put nothing in the place of each LOAD SILENT: nothing is ever fetched, and its failure is silent.

    >>> without_silent_loads("LOAD SILENT <http://a/> INTO GRAPH <http://b/> ; CLEAR ALL")
    'DELETE DATA {} ; CLEAR ALL'
    """
    top = list(tokens(text))
    words = tuple(token.said for token in top)
    parts, done = [], 0
    for number, token in enumerate(top):
        last = number + len(_LOAD)
        if words[number:last] == _LOAD:
            last += len(_INTO) * (words[last : last + len(_INTO)] == _INTO)
            parts += [text[done : token.start], NOTHING]
            done = top[last - 1].end
    return "".join([*parts, text[done:]])


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of an update that stand in no braces, with the outermost braces."""
    depth = 0
    for found in _TOKENS.finditer(text):
        kind, word = found.lastgroup, found[0]
        depth -= kind == "other" and word == "}"
        if depth <= 0 and kind != "opaque":
            yield Token(_said(kind, word), word, found.start())
        depth += kind == "other" and word == "{"


def _said(kind: str | None, word: str) -> str:
    if kind in ("iri", "name"):
        return "<>"
    return word.upper() if kind == "word" else word


def _refuse_own(top: Sequence[Token]) -> None:
    """Refuse WITH and USING; a name may follow them without a space, unless they begin its prefix."""
    declared = {after.text for before, after in pairwise(top) if before.said == "PREFIX"}
    for token in top:
        found = _OWN.match(token.text)
        if found and f"{token.text.partition(':')[0]}:" not in declared:
            raise RefusedError(400, f"the request names graphs: the update may have no {found[0].upper()}")
