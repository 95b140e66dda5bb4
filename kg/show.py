"""Shows what a store knows of a thing, and why: every claim with its speaker and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.lookup import find
from kg.store import Store
from kg.terms import END, EXACT, LABEL, START, TYPE, kg, plain, schema, short
from kg.words import clean


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a thing, and whether that is asserted, computed or inferred.

    `iri` is that of the value where it is a thing.
    """

    property: str
    value: str
    origin: str
    iri: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a store knows of one thing."""

    iri: str
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One claim in words; `start` and `end` are offsets of the quote in the article's text.

    `sentence_start` is the offset at which the sentence around it begins. `event_iri` and `claim`
    are IRIs. `detail` spells out a time (EDTF) or a count (bounds); `anchors` say what a time was
    counted from, `decision` what somebody decided of the claim.
    """

    claim: str
    event_iri: str
    event: str
    aspect: str
    value: str
    detail: str
    anchors: tuple[str, ...]
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
    decision: str = ""
    sentence_start: int = 0


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
            name_of(store, quad.predicate),
            name_of(store, quad.object),
            "asserted"
            if not isinstance(quad.graph_name, NamedNode)
            else origins.get(quad.graph_name, "asserted"),
            quad.object.value if isinstance(quad.object, NamedNode) else "",
        )
        for quad in store.dataset.quads_for_pattern(node, None, None, None)
        if quad.predicate != LABEL
    }
    if not facts:
        raise QueryError(f"{thing!r}: nothing is known of it")
    ordered = sorted(facts, key=_place)
    return Shown(node.value, name_of(store, node), tuple(ordered))


def _place(fact: Fact) -> tuple[bool, str, bool, str]:
    """What it is comes first; of one property, what was inferred comes last."""
    return fact.property != "type", fact.property, fact.origin == "inferred", fact.value


def why(store: Store, thing: str) -> tuple[Reason, ...]:
    """Return every claim on an event, a report, an article or an entity, in the text's order.

    Raises QueryError where nothing or more than one thing is called so, or nobody speaks of it.
    """
    node = find(store, thing)
    reasons = {reason for claim in claims_on(store, node) for reason in reasons_of(store, claim)}
    if not reasons:
        raise QueryError(f"{thing!r}: no claim says anything of it")
    return tuple(sorted(reasons, key=lambda r: (r.article, r.start, r.aspect, r.value, r.claim)))


def called(store: Store, iri: str) -> str:
    """Return how to call a thing in a message: its label and its short IRI."""
    near = short(iri, store.names.base)
    name = name_of(store, NamedNode(iri))
    return near if name == near else f"{name} ({near})"


def show_text(shown: Shown) -> str:
    """Return what is known as lines of text, without control characters."""
    lines = [f"{clean(shown.name)}  <{clean(shown.iri)}>"]
    for fact in shown.facts:
        origin = "" if fact.origin == "asserted" else f"  ({fact.origin})"
        lines.append(f"  {clean(fact.property)}: {clean(fact.value)}{origin}")
    return "\n".join(lines) + "\n"


def why_text(reasons: Iterable[Reason]) -> str:
    """Return claims as lines of text: event, then sentence, then one line for each claim.

    A line is `aspect: value · how and by whom · confidence · “quote” start..end`.
    """
    lines: list[str] = []
    event, place = "", ("", "")
    for reason in _together(reasons):
        if reason.event_iri != event:
            lines += [*([""] if lines else []), f"{reason.event}  <{reason.event_iri}>"]
            event, place = reason.event_iri, ("", "")
        if (reason.article, reason.sentence) != place:
            place = (reason.article, reason.sentence)
            lines.append(f"  {reason.article}: “{reason.sentence}”")
        lines.append(f"    {_line(reason)}")
    return "".join(f"{clean(line)}\n" for line in lines)


def _together(reasons: Iterable[Reason]) -> list[Reason]:
    """Bring the claims on one event, and of one sentence, together; else keep their order."""
    events: dict[str, int] = {}
    places: dict[tuple[str, str, str], int] = {}
    given = list(reasons)
    for reason in given:
        events.setdefault(reason.event_iri, len(events))
        places.setdefault((reason.event_iri, reason.article, reason.sentence), len(places))
    return sorted(given, key=lambda r: (events[r.event_iri], places[r.event_iri, r.article, r.sentence]))


def _line(reason: Reason) -> str:
    said = "; ".join((f"“{reason.value}”", *reason.anchors))
    what = f"{reason.detail} ({said})" if reason.detail else reason.value
    plain_basis = reason.basis in ("", "explicit")
    return " · ".join(
        (
            f"{reason.aspect}: {what}",
            f"{reason.factuality} by {', '.join(reason.claimants)}",
            f"confidence {reason.confidence}",
            f"“{reason.quote}” {reason.start}..{reason.end}",
            f"claim:{reason.claim.rsplit('/', 1)[-1]}",
            *(() if plain_basis else (f"basis {reason.basis}",)),
            *(("CONTESTED",) if reason.contested else ()),
            *((reason.decision,) if reason.decision else ()),
        )
    )


def _detail(store: Store, value: NamedNode) -> str:
    """Spell out a time as EDTF, a count as its bounds; nothing for other values."""
    kinds = _values(store, value, TYPE)
    if kg("TimeSpan").value in kinds:
        return next(iter(_values(store, value, kg("edtf"))), "no day that can be told")
    if kg("CasualtyCount").value not in kinds:
        return ""
    least, most = _values(store, value, kg("atLeast")), _values(store, value, kg("atMost"))
    return f"{_bounds(least, most)} {_words(store, value, kg('casualtyKind'))[0]}"


def _bounds(least: list[str], most: list[str]) -> str:
    match least, most:
        case [low], [high]:
            return low if low == high else f"{low} to {high}"
        case [low], []:
            return f"at least {low}"
        case [], [high]:
            return f"at most {high}"
    return "an unknown number"


def claims_on(store: Store, node: NamedNode) -> Iterator[NamedNode]:
    """Yield the claims on a thing: its own, those of its reports, and those that name it."""
    if _values(store, node, kg("aspect")):
        yield node
    for report in (node, *_users(store, kg("reportOf"), node)):
        yield from _users(store, kg("about"), report)
    for value in (node, *_users(store, kg("reportOf"), node)):
        yield from _users(store, kg("value"), value)
    for stated in _users(store, kg("statedIn"), node):
        if _values(store, stated, kg("aspect")):
            yield stated


def reasons_of(store: Store, claim: NamedNode) -> Iterator[Reason]:
    """Yield a claim in words, unless it lacks a part, as one out of a loaded file may."""
    try:
        yield _reason(store, claim)
    except (IndexError, ValueError):
        return


def _reason(store: Store, claim: NamedNode) -> Reason:
    def one(node: NamedNode, predicate: NamedNode) -> NamedNode:
        return NamedNode(_values(store, node, predicate)[0])

    def words(predicate: NamedNode) -> tuple[str, ...]:
        return _words(store, claim, predicate)

    passage, value = one(claim, kg("evidence")), one(claim, kg("value"))
    event, article = one(one(claim, kg("about")), kg("reportOf")), one(claim, kg("statedIn"))
    quote = _values(store, passage, EXACT)[0]
    around = NamedNode(next(iter(_values(store, passage, kg("inSentence"))), passage.value))
    return Reason(
        claim=claim.value,
        event_iri=event.value,
        event=name_of(store, event),
        aspect="type" if one(claim, kg("aspect")) == TYPE else words(kg("aspect"))[0],
        value=name_of(store, value),
        detail=_detail(store, value),
        anchors=tuple(_values(store, value, kg("anchor"))),
        claimants=words(kg("claimant")),
        factuality=words(kg("factuality"))[0],
        basis=", ".join(words(kg("basis"))),
        confidence=_values(store, claim, kg("confidence"))[0],
        quote=quote,
        start=int(_values(store, passage, START)[0]),
        end=int(_values(store, passage, END)[0]),
        sentence=_values(store, around, EXACT)[0],
        article=_values(store, article, schema("headline"))[0],
        contested=bool(_values(store, claim, kg("contradicts"))),
        decision=_decision(store, claim),
        sentence_start=int(_values(store, around, START)[0]),
    )


def _decision(store: Store, claim: NamedNode) -> str:
    for node in _users(store, kg("onClaim"), claim):
        values, reasons = _words(store, node, kg("correctValue")), _values(store, node, kg("reason"))
        made = f"CORRECTED to {values[0]}" if values else "REJECTED"
        return f"{made}: {'; '.join(reasons)}"
    return ""


def _words(store: Store, node: NamedNode, predicate: NamedNode) -> tuple[str, ...]:
    found = store.dataset.quads_for_pattern(node, predicate, None, None)
    return tuple(sorted(name_of(store, quad.object) for quad in found))


def _values(store: Store, node: NamedNode, predicate: NamedNode) -> list[str]:
    found = store.dataset.quads_for_pattern(node, predicate, None, None)
    return sorted(plain(quad.object) for quad in found)


def _users(store: Store, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
    found = store.dataset.quads_for_pattern(None, predicate, value, None)
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


def name_of(store: Store, term: object) -> str:
    """Return the label of a node, or its short form; the words of a literal."""
    if not isinstance(term, NamedNode):
        return plain(term)
    labels = _values(store, term, LABEL)
    if labels:
        return labels[0]
    return "type" if term == TYPE else short(term.value, store.names.base)
