"""Shows what a store knows of a thing, and why: every claim with its speaker and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.lookup import find
from kg.store import Store
from kg.terms import END, EXACT, LABEL, START, TYPE, kg, plain, schema, short
from kg.words import clean


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a thing, and whether that is asserted, computed or inferred."""

    property: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a store knows of one thing."""

    iri: str
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One claim in words; `start` and `end` are offsets of the quote in the article's text."""

    claim: str
    event: str
    aspect: str
    value: str
    claimants: tuple[str, ...]
    factuality: str
    basis: str
    confidence: str
    quote: str
    start: int
    end: int
    sentence: str
    article: str
    contested: bool


def show(store: Store, thing: str) -> Shown:
    """Return all that is known of what a label, CURIE or IRI names.

    Raises QueryError where nothing or more than one thing is called so.
    """
    node = find(store, thing)
    origins = {
        NamedNode(store.names.graph("events")): "computed",
        NamedNode(store.names.graph("inferred")): "inferred",
    }
    facts = {
        Fact(
            _name(store, quad.predicate),
            _name(store, quad.object),
            "asserted"
            if not isinstance(quad.graph_name, NamedNode)
            else origins.get(quad.graph_name, "asserted"),
        )
        for quad in store.oxigraph.quads_for_pattern(node, None, None, None)
        if quad.predicate != LABEL
    }
    ordered = sorted(facts, key=_place)
    return Shown(node.value, _name(store, node), tuple(ordered))


def _place(fact: Fact) -> tuple[bool, str, bool, str]:
    """What it is comes first; of one property, what was inferred comes last."""
    return fact.property != "type", fact.property, fact.origin == "inferred", fact.value


def why(store: Store, thing: str) -> tuple[Reason, ...]:
    """Return every claim on an event, a report, an article or an entity, in the text's order.

    Raises QueryError where nothing or more than one thing is called so.
    """
    node = find(store, thing)
    reasons = {_reason(store, claim) for claim in _claims(store, node)}
    return tuple(sorted(reasons, key=lambda r: (r.article, r.start, r.aspect, r.value, r.claim)))


def show_text(shown: Shown) -> str:
    """Return what is known as lines of text, without control characters."""
    lines = [f"{clean(shown.name)}  <{clean(shown.iri)}>"]
    for fact in shown.facts:
        origin = "" if fact.origin == "asserted" else f"  ({fact.origin})"
        lines.append(f"  {clean(fact.property)}: {clean(fact.value)}{origin}")
    return "\n".join(lines) + "\n"


def why_text(reasons: Iterable[Reason]) -> str:
    """Return claims as lines of text, without control characters."""
    return "".join(_lines(reason) for reason in reasons)


def _lines(reason: Reason) -> str:
    who = ", ".join(map(clean, reason.claimants))
    basis = f", {reason.basis}" if reason.basis and reason.basis != "explicit" else ""
    contested = "  CONTESTED" if reason.contested else ""
    return (
        f"{clean(reason.event)}: {clean(reason.aspect)} = {clean(reason.value)}{contested}\n"
        f"  {clean(reason.factuality)} by {who} (confidence {reason.confidence}{basis})\n"
        f"  “{clean(reason.quote)}” [{reason.start}:{reason.end}] in {clean(reason.article)}\n"
        + (f"  … {clean(reason.sentence)}\n" if reason.sentence != reason.quote else "")
    )


def _claims(store: Store, node: NamedNode) -> Iterator[NamedNode]:
    """Yield the claims on a thing: its own, those of its reports, and those that name it."""
    if _values(store, node, kg("aspect")):
        yield node
    for report in (node, *_users(store, kg("reportOf"), node)):
        yield from _users(store, kg("about"), report)
    yield from _users(store, kg("value"), node)
    for stated in _users(store, kg("statedIn"), node):
        if _values(store, stated, kg("aspect")):
            yield stated


def _reason(store: Store, claim: NamedNode) -> Reason:
    def one(node: NamedNode, predicate: NamedNode) -> NamedNode:
        return NamedNode(_values(store, node, predicate)[0])

    def words(predicate: NamedNode) -> tuple[str, ...]:
        found = store.oxigraph.quads_for_pattern(claim, predicate, None, None)
        return tuple(sorted(_name(store, quad.object) for quad in found))

    passage, report = one(claim, kg("evidence")), one(claim, kg("about"))
    article = one(claim, kg("statedIn"))
    quote = _values(store, passage, EXACT)[0]
    around = _values(store, passage, kg("inSentence"))
    return Reason(
        claim=claim.value,
        event=_name(store, one(report, kg("reportOf"))),
        aspect="type" if one(claim, kg("aspect")) == TYPE else words(kg("aspect"))[0],
        value=words(kg("value"))[0],
        claimants=words(kg("claimant")),
        factuality=words(kg("factuality"))[0],
        basis=", ".join(words(kg("basis"))),
        confidence=_values(store, claim, kg("confidence"))[0],
        quote=quote,
        start=int(_values(store, passage, START)[0]),
        end=int(_values(store, passage, END)[0]),
        sentence=_values(store, NamedNode(around[0]), EXACT)[0] if around else quote,
        article=_values(store, article, schema("headline"))[0],
        contested=bool(_values(store, claim, kg("contradicts"))),
    )


def _values(store: Store, node: NamedNode, predicate: NamedNode) -> list[str]:
    found = store.oxigraph.quads_for_pattern(node, predicate, None, None)
    return sorted(plain(quad.object) for quad in found)


def _users(store: Store, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
    found = store.oxigraph.quads_for_pattern(None, predicate, value, None)
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


def _name(store: Store, term: object) -> str:
    """Return the label of a node, or its short form; the words of a literal."""
    if not isinstance(term, NamedNode):
        return plain(term)
    labels = _values(store, term, LABEL)
    if labels:
        return labels[0]
    return "type" if term == TYPE else short(term.value, store.names.base)
