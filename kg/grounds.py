"""Shows why a fact is in a store: the rule and its premises, down to claims with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.derivations import Derivation, explain
from kg.errors import QueryError
from kg.facts import Fact, Stored
from kg.iri import NS
from kg.lookup import candidates, find
from kg.rules import Rules
from kg.show import Reason, claims_on, name_of, reasons_of
from kg.store import Store
from kg.terms import LABEL, TYPE, kg, plain
from kg.words import clean


@dataclass(frozen=True, slots=True)
class Ground:
    """One step of why a fact holds: its words, the rule or the graph it comes from, what it rests on.

    `claims` are those that the articles make of it, where the fact is theirs.
    """

    words: str
    rule: str
    premises: tuple[Ground, ...] = ()
    claims: tuple[Reason, ...] = ()


def why_fact(store: Store, rules: Rules, subject: str, name: str, value: str) -> Ground:
    """Return why a fact holds, given by labels, CURIEs or IRIs.

    Raises QueryError where something is not known, or the fact does not hold.
    """
    known, term = Stored(store.dataset, store.names), _property(store, name)
    for node in candidates(store, subject) or [find(store, subject)]:
        for other in candidates(store, value) or [find(store, value)]:
            found = explain(known, rules, (node.value, term.value, other.value))
            if found is not None:
                return _ground(store, found)
    raise QueryError(f"{subject} · {name} · {value}: nothing in the store says so")


def why_fact_text(ground: Ground, depth: int = 0) -> str:
    """Return a ground as lines of text, what it rests on indented below it."""
    lines = [f"{'  ' * depth}{clean(ground.words)}  ({clean(ground.rule)})\n"]
    for claim in ground.claims:
        said = f"{claim.factuality} by {', '.join(claim.claimants)} in {claim.article}"
        lines.append(f"{'  ' * depth}  “{clean(claim.quote)}” {claim.start}..{claim.end} · {clean(said)}\n")
    return "".join((*lines, *(why_fact_text(premise, depth + 1) for premise in ground.premises)))


def links_of(store: Store, event: NamedNode) -> list[tuple[str, str]]:
    """Return why the reports of an event were taken to be of one: what each link joins, and why; sorted."""
    reports = [q.subject for q in store.view().match(None, kg("reportOf"), event)]
    links = {q.subject for report in reports for q in store.view().match(None, kg("joins"), report)}
    return sorted(link_words(store, link) for link in links if isinstance(link, NamedNode))


def links_text(store: Store, thing: str) -> str:
    """Return why the reports of an event were taken to be of one, as lines of text; nothing for others."""
    found = links_of(store, find(store, thing))
    lines = [f"  {clean(words)}  ({clean(rule)})\n" for words, rule in found]
    return "".join(("\nOne event, because:\n", *lines)) if lines else ""


def _property(store: Store, name: str) -> NamedNode:
    """Return a property by its label, its local name or an IRI. Raises QueryError for what is none."""
    if name in ("type", "a"):
        return TYPE
    for kind in ("ObjectProperty", "DatatypeProperty"):
        wanted = NamedNode(f"http://www.w3.org/2002/07/owl#{kind}")
        for quad in store.view().match(None, TYPE, wanted):
            labels = {plain(q.object) for q in store.view().match(quad.subject, LABEL)}
            if isinstance(quad.subject, NamedNode) and (name in labels or quad.subject.value == NS + name):
                return quad.subject
    return find(store, name)


def _ground(store: Store, found: Derivation) -> Ground:
    words = _words(store, found.fact)
    if found.premises:
        return Ground(words, found.rule, tuple(_ground(store, premise) for premise in found.premises))
    return Ground(words, *_asserted(store, found.fact))


def _asserted(store: Store, fact: Fact) -> tuple[str, tuple[Ground, ...], tuple[Reason, ...]]:
    """Say where an asserted fact stands, and for one of an event, which claims make it."""
    subject, name, value = (NamedNode(term) for term in fact)
    graphs = sorted({plain(q.graph_name) for q in store.view().match(subject, name, value)})
    graph = graphs[0] if graphs else ""
    short = graph.removeprefix(store.names.graph(""))
    if short == "events":
        return "computed from claims", (), tuple(_claims(store, subject, name, value))
    if short == "links":
        return "linked", tuple(_links(store, subject)), ()
    if short == "entities":
        return "known of the actor or place", tuple(_descriptions(store, subject)), ()
    if short.startswith("article-"):
        return f"said in {_article(store, graph)}", (), tuple(_own(store, subject))
    return f"in {short}", (), ()


def _claims(store: Store, event: NamedNode, name: NamedNode, value: NamedNode) -> Iterator[Reason]:
    for claim in claims_on(store, event):
        view = store.view()
        aspects = {q.object for q in view.match(claim, kg("aspect"))}
        values = {q.object for q in view.match(claim, kg("value"))}
        meant = {
            q.object
            for given in values
            if isinstance(given, NamedNode)
            for q in view.match(given, kg("reportOf"))
        }
        if name in aspects and value in (values | meant):
            yield from reasons_of(store, claim)


def _links(store: Store, report: NamedNode) -> Iterator[Ground]:
    for quad in store.view().match(None, kg("joins"), report):
        if isinstance(quad.subject, NamedNode):
            yield Ground(*link_words(store, quad.subject))


def link_words(store: Store, link: NamedNode) -> tuple[str, str]:
    """Say what a link joins, and by which rule and for which reasons."""
    view = store.view()
    ends = sorted(name_of(store, q.object) for q in view.match(link, kg("joins")))
    reasons = sorted(plain(q.object) for q in view.match(link, kg("reason")))
    score = next((plain(q.object) for q in view.match(link, kg("score"))), "")
    rule = next((plain(q.object) for q in view.match(link, kg("rule"))), "")
    return f"{' = '.join(ends)}", f"rule {rule}, score {score}: {', '.join(reasons)}"


def _descriptions(store: Store, entity: NamedNode) -> Iterator[Ground]:
    for quad in store.view().match(None, kg("describes"), entity):
        where = {plain(q.graph_name) for q in store.view().match(quad.subject, TYPE)}
        names = sorted(plain(q.object) for q in store.view().match(quad.subject, LABEL))
        for graph in sorted(where):
            yield Ground(f"described as {', '.join(names)}", f"said in {_article(store, graph)}")


def _own(store: Store, node: NamedNode) -> Iterator[Reason]:
    """Yield the claim itself, where a fact is on a claim."""
    if any(True for _ in store.view().match(node, kg("aspect"))):
        yield from reasons_of(store, node)


def _article(store: Store, graph: str) -> str:
    for quad in store.view().match(None, TYPE, kg("Article"), NamedNode(graph)):
        return name_of(store, quad.subject)
    return graph


def _words(store: Store, fact: Fact) -> str:
    subject, name, value = (name_of(store, NamedNode(term)) for term in fact)
    return f"{subject} · {name} · {value}"
