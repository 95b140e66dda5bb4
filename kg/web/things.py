"""Pages of one thing: an event with its claims, an actor, a place, an article, anything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache, partial

from pyoxigraph import Literal, NamedNode

from kg.api import load_rules
from kg.errors import QueryError
from kg.grounds import Ground, links_of, why_fact
from kg.query import Answer
from kg.resources import Resources
from kg.rules import Rules
from kg.show import Reason, Shown, claims_on, name_of, reasons_of, show
from kg.store import Store
from kg.terms import kg, plain
from kg.web.asked import Asked
from kg.web.lists import events, linked
from kg.web.page import MissingError, MovedError, Page
from kg.web.paging import paged
from kg.web.pictures import drawn
from kg.web.site import PAGE, Site

MOST = 500  # claims on one page
_INFERRED = 50  # inferred facts of which the rule is shown on one page


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim in words, its sentence in three parts with the quote in the middle, and who contradicts it."""

    reason: Reason
    before: str
    quote: str
    after: str
    article: str
    against: tuple[Reason, ...]


def event(site: Site, _: Asked, parts: Mapping[str, str]) -> Page:
    """Return an event's page: every claim on it beside those that contradict it."""
    node = _node(site, "event", parts["name"])
    reasons = _claims(site.store, node)
    groups: dict[str, list[Claimed]] = {}
    for claimed in reasons:
        groups.setdefault(claimed.reason.aspect, []).append(claimed)
    shown = _shown(site, node)
    values = {
        "shown": shown,
        "groups": dict(sorted(groups.items(), key=lambda group: (group[0] != "type", group[0]))),
        "inferred": _inferred(site, node, shown),
        "links": links_of(site.store, node),
    }
    return Page("event.html", shown.name, values, partial(_table, reasons), (node,))


def actor(site: Site, asked: Asked, parts: Mapping[str, str]) -> Page:
    """Return an actor's page: their events, with whom and against whom, who acts for them."""
    node = _node(site, "actor", parts["name"])
    saved, given = site.queries["actor"], {"actor": (node.value,)}
    part, seen = paged(site, saved, given, asked)
    shown = _shown(site, node)
    partners = site.answer(site.queries["partners"], {"actor": (node.value,)})
    values = {
        "shown": shown,
        "rows": events(site, seen),
        "part": part,
        "picture": drawn("timeline", seen, shown.name),
        "partners": linked(site.queries["partners"].columns, Answer(partners.columns, partners.rows[:PAGE])),
        "network": drawn("network", partners, shown.name),
        "acting": [_name(site, quad.subject) for quad in site.store.view().match(None, kg("actsFor"), node)],
    }
    return Page("actor.html", shown.name, values, partial(site.answer, saved, given), (node,))


def place(site: Site, asked: Asked, parts: Mapping[str, str]) -> Page:
    """Return a place's page: what happened there and in the places within it."""
    node = _node(site, "place", parts["name"])
    saved, given = site.queries["place"], {"place": (node.value,)}
    part, seen = paged(site, saved, given, asked)
    shown = _shown(site, node)
    values = {
        "shown": shown,
        "rows": events(site, seen),
        "part": part,
        "picture": drawn("timeline", seen, shown.name),
        "inside": sorted(
            {_name(site, quad.subject) for quad in site.store.view().match(None, kg("within"), node)}
        ),
    }
    return Page("place.html", shown.name, values, partial(site.answer, saved, given), (node,))


def article(site: Site, _: Asked, parts: Mapping[str, str]) -> Page:
    """Return an article's page: what was taken from it, with the quotes that support it."""
    node = _node(site, "article", parts["name"])
    reasons = _claims(site.store, node)
    groups: dict[tuple[str, str], list[Claimed]] = {}
    for claimed in reasons:
        groups.setdefault((claimed.reason.event_iri, claimed.reason.event), []).append(claimed)
    shown = _shown(site, node)
    return Page(
        "article.html", shown.name, {"shown": shown, "groups": groups}, partial(_table, reasons), (node,)
    )


def thing(site: Site, _: Asked, parts: Mapping[str, str]) -> Page:
    """Return the page of anything else that is known: a claim, a passage, a time."""
    node = _node(site, parts["kind"], parts["name"])
    reasons = _claims(site.store, node)
    shown = _shown(site, node)
    return Page(
        "thing.html", shown.name, {"shown": shown, "claims": reasons}, partial(_table, reasons), (node,)
    )


def _node(site: Site, kind: str, name: str) -> NamedNode:
    try:
        node = NamedNode(f"{site.store.names.base}id/{kind}/{name}")
    except ValueError as error:
        raise MissingError(f"{kind}/{name}: this is no name of a thing") from error
    for quad in site.store.view().match(node, kg("mergedInto")):
        if isinstance(quad.object, NamedNode):
            raise MovedError(quad.object.value)
    return node


def _shown(site: Site, node: NamedNode) -> Shown:
    try:
        return show(site.store, node.value)
    except QueryError as error:
        raise MissingError(str(error)) from error


def _claims(store: Store, node: NamedNode) -> list[Claimed]:
    """Return the claims on a thing in the order of the text, each with those that contradict it."""
    nodes = sorted(set(claims_on(store, node)), key=str)[:MOST]
    found = [_claimed(store, claim, reason) for claim in nodes for reason in reasons_of(store, claim)]
    return sorted(found, key=lambda each: (each.reason.article, each.reason.start, each.reason.aspect))


def _claimed(store: Store, claim: NamedNode, reason: Reason) -> Claimed:
    start = reason.start - reason.sentence_start
    end = reason.end - reason.sentence_start
    view = store.view()
    others = {quad.object for quad in view.match(claim, kg("contradicts"))}
    against = [
        reason for other in others if isinstance(other, NamedNode) for reason in reasons_of(store, other)
    ]
    return Claimed(
        reason,
        reason.sentence[:start],
        reason.sentence[start:end],
        reason.sentence[end:],
        next((plain(quad.object) for quad in view.match(claim, kg("statedIn"))), ""),
        tuple(sorted(against, key=lambda other: (other.article, other.start, other.claim))),
    )


def _table(claims: Iterable[Claimed]) -> Answer:
    """Return claims as a table, a column for each field of a reason."""
    names = tuple(field.name for field in fields(Reason))
    return Answer(
        names, tuple(tuple(Literal(_words(getattr(each.reason, name))) for name in names) for each in claims)
    )


def _words(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _inferred(site: Site, node: NamedNode, shown: Shown) -> list[Ground]:
    """Return why the inferred facts of an event follow."""
    graph = NamedNode(site.store.names.graph("inferred"))
    facts = sorted(site.store.view().match(node, graph=graph), key=str)[:_INFERRED]
    rules = _rules(site.found)
    return [
        why_fact(site.store, rules, node.value, quad.predicate.value, quad.object.value)
        for quad in facts
        if isinstance(quad.object, NamedNode)
    ]


@lru_cache(maxsize=1)
def _rules(found: Resources) -> Rules:
    """Compile the rules of a worker, once."""
    return load_rules(found)


def _name(site: Site, node: object) -> tuple[str, str]:
    return name_of(site.store, node), plain(node)
