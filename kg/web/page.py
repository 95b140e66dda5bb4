"""A page before it is written: its template and values, the table it shows, the nodes it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.query import Answer

NOTHING = Answer((), ())


@dataclass(frozen=True, slots=True)
class Page:
    """What one address holds, whichever format it is written in.

    `template` is the name of its HTML; `table` makes what its CSV holds, `nodes` what its RDF describes;
    `quads` is its RDF where that is known beforehand. `lacking` says what has to be given first: people
    get the form, a program is refused, since no rows would read as an answer.
    """

    template: str
    title: str
    values: Mapping[str, object] = field(default_factory=dict)
    table: Callable[[], Answer] = lambda: NOTHING
    nodes: tuple[NamedNode, ...] = ()
    status: int = 200
    quads: tuple[Quad, ...] = ()
    lacking: str = ""


class MissingError(LookupError):
    """There is nothing at an address."""


class MovedError(LookupError):
    """What was at an address goes on under another IRI."""

    def __init__(self, iri: str) -> None:
        super().__init__(iri)
        self.iri = iri


def local(iri: str, base: str) -> str:
    """Return the address of a thing's page below the root, or nothing for one that has none.

    >>> local("https://example.org/id/event/raid-1", "https://example.org/")
    '/event/raid-1'
    """
    space = f"{base}id/"
    return (
        f"/{iri.removeprefix(space)}" if iri.startswith(space) and iri.count("/") > space.count("/") else ""
    )
