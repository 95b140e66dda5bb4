"""A data set in memory for tries, which may be changed over HTTP; nothing of it outlives its worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Store

from kg.web import about, graphs, protocol
from kg.web.asked import Answered, Asked, said
from kg.web.updates import update

_HERE: Final = "a data set in memory: /sparql takes queries and updates, /graphs one graph at a time"


@dataclass(frozen=True, slots=True)
class Scratch:
    """What the one worker of a data set in memory is given: limits in bytes, and its niceness."""

    memory: int
    most: int
    nice: int = 0
    loss: str = "; the scratch data set is empty again"

    def answering(self) -> Callable[[Asked], Answered]:
        """Return what answers from a new, empty data set."""
        store = Store()
        return lambda asked: respond(store, asked, self.most)


def respond(store: Store, asked: Asked, most: int) -> Answered:
    """Return the answer to a request, which may change the store."""
    path = asked.path.rstrip("/")
    if path == "/sparql":
        return protocol.answered(asked, lambda: _sparql(store, asked, most))
    if path == graphs.PATH or path.startswith(f"{graphs.PATH}/"):
        return graphs.graphs(store, asked, most)
    return said(404 if path else 200, _HERE)


def _sparql(store: Store, asked: Asked, most: int) -> Answered:
    """Answer a query, make an update, or describe the endpoint. Raises what these raise."""
    if asked.method != "POST" and not asked.query:
        return about.scratch_service(asked)
    given = protocol.pairs(asked)
    if protocol.updates(asked, given):
        return update(store, asked)
    union = ("union-default-graph", "true") in given
    question = replace(protocol.question(asked), union=union, known=False)
    return protocol.results(store, question, asked.accept, most)
