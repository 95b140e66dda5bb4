"""Which events a change of the quads touches, and how each of them is found from then on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from pyoxigraph import NamedNode

from kg.catalogue import ACTOR, KIND, PLACE, Catalogue, Entry
from kg.iri import Names
from kg.terms import EXACT, LABEL, TYPE, kg, plain
from kg.view import Change, View

_HAPPENED: Final = frozenset({kg("Actual"), kg("Disputed")})
_WIDER: Final = frozenset({kg("within"), kg("actsFor")})  # what these say of a thing counts for its events


def entered(view: View, change: Change, catalogue: Catalogue, names: Names) -> None:
    """Bring a catalogue up to a change; `view` is the store with the change made."""
    for event in sorted(_touched(view, change, catalogue, names)):
        entry = _entry(view, NamedNode(event))
        if entry is None:
            catalogue.leave(event)
        else:
            catalogue.enter(entry)


def _touched(view: View, change: Change, catalogue: Catalogue, names: Names) -> set[str]:
    space = f"{names.base}id/event/"
    found: set[str] = set()
    for quad in change.gone | change.new:
        subject = plain(quad.subject)
        if subject.startswith(space):
            found.add(subject)
        elif quad.predicate in _WIDER:
            found |= {event for kind in (ACTOR, PLACE) for event in catalogue.having(kind + subject)}
        elif quad.predicate == kg("reportOf"):
            found.add(plain(quad.object))
        elif quad.predicate == kg("about"):
            found |= {event.value for event in _objects(view, [quad.object], "reportOf")}
        elif quad.predicate == kg("contradicts"):
            reports = _objects(view, [quad.subject], "about")
            found |= {event.value for event in _objects(view, reports, "reportOf")}
    return {event for event in found if event.startswith(space)}


def _entry(view: View, event: NamedNode) -> Entry | None:
    """Return how an event is found, or None where there is none any more."""
    facts: dict[NamedNode, list[object]] = {}
    for quad in view.match(event):
        facts.setdefault(quad.predicate, []).append(quad.object)
    status = facts.get(kg("status"), [])
    labels = sorted(map(plain, facts.get(LABEL, [])))
    if not status or not labels:
        return None
    values = {KIND + plain(kind) for kind in facts.get(TYPE, [])}
    values |= {ACTOR + plain(actor) for actor in facts.get(kg("involves"), [])}
    for place in facts.get(kg("place"), []):
        values |= {PLACE + iri for iri in _with(view, place, kg("within"))}
    for actor in facts.get(kg("participant"), []):
        values |= {ACTOR + iri for iri in _with(view, actor, kg("actsFor"))}
    return Entry(
        event.value,
        _day(facts.get(kg("earliest"), [])),
        _day(facts.get(kg("latest"), [])),
        labels[0],
        not _HAPPENED.isdisjoint(status),
        frozenset(values),
        "\n".join((*labels, *sorted(_sentences(view, event)))),
        done=kg("Actual") in status and kg("agent") in facts and bool({*facts.get(TYPE, ())} - {kg("Event")}),
        contested=_contested(view, event),
    )


def _with(view: View, node: object, wider: NamedNode) -> set[str]:
    """Return a thing and all that a property leads to from it."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, NamedNode) and each.value not in found:
            found.add(each.value)
            waiting += [quad.object for quad in view.match(each, wider)]
    return found


def _sentences(view: View, event: NamedNode) -> set[str]:
    """Return the sentences of the claims that an event happened."""
    claims = [claim for claim in _claims(view, event) if any(view.match(claim, kg("aspect"), kg("status")))]
    passages = _objects(view, claims, "evidence")
    around = {each for passage in passages for each in _objects(view, [passage], "inSentence") or [passage]}
    return {plain(quad.object) for each in around for quad in view.match(each, EXACT)}


def _contested(view: View, event: NamedNode) -> int:
    """Return how many claims on one aspect of an event others contradict, at most."""
    aspects: dict[NamedNode, set[object]] = {}
    for claim in _claims(view, event):
        if any(True for _ in view.match(claim, kg("contradicts"))):
            for aspect in _objects(view, [claim], "aspect"):
                aspects.setdefault(aspect, set()).add(claim)
    return max(map(len, aspects.values()), default=0)


def _claims(view: View, event: NamedNode) -> list[NamedNode]:
    """Return the claims of an event's reports, each once however many graphs tell them."""
    return _subjects(view, "about", _subjects(view, "reportOf", [event]))


def _subjects(view: View, name: str, nodes: Iterable[NamedNode]) -> list[NamedNode]:
    found = (quad.subject for node in nodes for quad in view.match(None, kg(name), node))
    return [each for each in dict.fromkeys(found) if isinstance(each, NamedNode)]


def _objects(view: View, nodes: Iterable[object], name: str) -> list[NamedNode]:
    """Return what a property leads to, each once."""
    found = (q.object for node in nodes if isinstance(node, NamedNode) for q in view.match(node, kg(name)))
    return [each for each in dict.fromkeys(found) if isinstance(each, NamedNode)]


def _day(values: list[object]) -> date | None:
    days = sorted(map(plain, values))
    try:
        return date.fromisoformat(days[0]) if days else None
    except ValueError:
        return None
