"""Compiles the ontology's axioms, once, into the look-up tables that reasoning works on.

What is under what is followed to its end here, so that no step of reasoning has to. Nothing is kept
of what follows in words other than kg's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import NamedNode, Triple

from kg.axioms import Axioms
from kg.constructs import Schema, grouped, read_schema
from kg.errors import OntologyError
from kg.facts import MEANING
from kg.iri import NS

Edges: TypeAlias = Mapping[str, tuple["Step", ...]]
Classes: TypeAlias = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """From one property to another, `flipped` where subject and object change places."""

    property: str
    flipped: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Properties that, one after the other, make up another; two of the same where it is transitive."""

    body: tuple[str, ...]
    head: str
    rule: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The axioms as tables, by property or by class, each followed to its end.

    `steps` leads from a property to kg's own that it makes true, `sources` from any property to those
    that make it true, `links` to the chains it stands in (and where), `chains` to those that end in it.
    `subjects` and `objects` say what domains and ranges make of the ends of a property, `over` what a
    class is under, itself included. `hidden` tells that classes matter of which nothing is kept.
    """

    steps: Edges
    sources: Edges
    links: Mapping[str, tuple[tuple[Chain, int], ...]]
    chains: Mapping[str, tuple[Chain, ...]]
    over: Classes
    subjects: Classes
    objects: Classes
    disjoint: tuple[tuple[str, str], ...]
    asymmetric: tuple[str, ...]
    irreflexive: tuple[str, ...]
    terms: frozenset[str]
    hidden: bool

    def upwards(self, classes: Iterable[str]) -> set[str]:
        """Return classes with everything that they are under."""
        found: set[str] = set()
        for name in classes:
            found |= self.over.get(name, {name})
        return found

    def torn(self, classes: set[str]) -> bool:
        """Tell whether nothing can be of all these classes."""
        return any(one in classes and other in classes for one, other in self.disjoint)

    def may_say(self, node: str) -> bool:
        """Tell whether anything is concluded about a node: never about a word of the ontology."""
        return node not in self.terms and not node.startswith(MEANING)


def compile_rules(axioms: Axioms) -> Rules:
    """Compile axioms; the same ones are compiled once.

    Raises OntologyError for what reasoning does not support, with the term and the fix.
    """
    return _compile(axioms.axioms, axioms.triples)


@lru_cache(maxsize=8)
def _compile(axioms: frozenset[Triple], triples: frozenset[Triple]) -> Rules:
    schema = read_schema(axioms, triples)
    sources = {name: tuple(_reach(name, _edges(schema, back=True))) for name in _properties(schema)}
    reached = {name: tuple(_reach(name, _edges(schema, back=False))) for name in sources}
    over = {name: frozenset(_over(name, grouped(schema.classes))) for name in _class_names(schema)}
    subjects = _ends(schema, reached, over, ends=(schema.domains, schema.ranges))
    objects = _ends(schema, reached, over, ends=(schema.ranges, schema.domains))
    chains = _chains(schema, reached, sources, {*subjects, *objects})
    kinds = {kind for table in (subjects, objects) for found in table.values() for kind in found}
    return Rules(
        steps={name: _kept(name, steps) for name, steps in reached.items() if _kept(name, steps)},
        sources={name: steps for name, steps in sources.items() if steps},
        links=grouped((name, (c, at)) for c in chains for at, name in enumerate(c.body)),
        chains=grouped((c.head, c) for c in chains),
        over=over, subjects=subjects, objects=objects,
        disjoint=tuple(sorted({(min(pair), max(pair)) for pair in schema.disjoint})),
        asymmetric=tuple(sorted(schema.asymmetric)),
        irreflexive=tuple(sorted(schema.irreflexive)),
        terms=frozenset(t.subject.value for t in triples if isinstance(t.subject, NamedNode)),
        hidden=any(not kind.startswith(NS) for pair in schema.disjoint for kind in {*pair} & kinds),
    )  # fmt: skip


def _properties(schema: Schema) -> list[str]:
    edges = {name for pair in (*schema.properties, *schema.inverses) for name in pair}
    ends = {name for name, _ in (*schema.domains, *schema.ranges)}
    bodies = {name for body, head in schema.chains for name in (*body, head)}
    kinds = schema.symmetric | schema.transitive | schema.asymmetric | schema.irreflexive
    return sorted(edges | ends | bodies | kinds)


def _class_names(schema: Schema) -> list[str]:
    return sorted({name for pair in schema.classes for name in pair})


def _edges(schema: Schema, *, back: bool) -> Edges:
    """Return what each property leads to in one axiom, or (`back`) what leads to it."""
    forth = [
        *((one, Step(other, False, "sub-property")) for one, other in schema.properties),
        *((one, Step(other, True, "inverse")) for one, other in schema.inverses),
        *((other, Step(one, True, "inverse")) for one, other in schema.inverses),
        *((name, Step(name, True, "symmetric")) for name in schema.symmetric),
    ]
    if back:
        forth = [(s.property, Step(name, s.flipped, s.rule)) for name, s in forth]
    return grouped(sorted(forth, key=lambda edge: (edge[0], _order(edge[1]))))


def _order(step: Step) -> tuple[str, bool, str]:
    return step.property, step.flipped, step.rule


def _reach(name: str, edges: Edges) -> list[Step]:
    """Return all that a property leads to by any number of edges, on the shortest ways."""
    start = (name, False)
    ways: dict[tuple[str, bool], tuple[str, ...]] = {start: ()}
    waiting = [start]
    for at, flipped in waiting:
        for step in edges.get(at, ()):
            there = (step.property, flipped != step.flipped)
            if there not in ways:
                ways[there] = (*ways[at, flipped], step.rule)
                waiting.append(there)
    found = [Step(*there, " of ".join(dict.fromkeys(way))) for there, way in ways.items() if way]
    return sorted(found, key=_order)


def _kept(name: str, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(s for s in steps if s.property.startswith(NS) and (s.property, s.flipped) != (name, False))


def _over(name: str, above: Mapping[str, tuple[str, ...]]) -> list[str]:
    found = [name]
    for each in found:
        found += [other for other in above.get(each, ()) if other not in found]
    return found


def _ends(
    schema: Schema, reached: Edges, over: Classes, *, ends: tuple[frozenset[tuple[str, str]], ...]
) -> Classes:
    """Return the classes of one end of each property, by all that the property leads to."""
    here, there = (grouped(each) for each in ends)
    found: dict[str, frozenset[str]] = {}
    for name in _properties(schema):
        kinds = {*here.get(name, ())}
        for step in reached[name]:
            kinds |= {*(there if step.flipped else here).get(step.property, ())}
        if kinds:
            found[name] = frozenset(kind for each in kinds for kind in over.get(each, {each}))
    return found


def _chains(schema: Schema, reached: Edges, sources: Edges, ended: set[str]) -> list[Chain]:
    """Return the chains that conclude something in kg's own words.

    Raises OntologyError where one would need what follows in other words.
    """
    made = [
        *(Chain((name, name), name, "transitive") for name in sorted(schema.transitive)),
        *(Chain(body, head, "chain") for body, head in sorted(schema.chains)),
    ]
    used = {name for c in made for name in c.body if name != c.head}

    def leads_on(c: Chain) -> bool:
        further = {step.property for step in reached.get(c.head, ())} - {c.head}
        return bool(further) or c.head in used or (c.rule == "chain" and c.head in ended)

    told = [c for c in made if c.head.startswith(NS) or leads_on(c)]
    follows = {c.head for c in told} | {
        name for name, steps in sources.items() if {s.property for s in steps} - {name}
    }
    for c in told:
        for name in sorted({*c.body, c.head} & follows):
            if not name.startswith(NS):
                raise OntologyError(
                    f"{name}: follows from other properties and stands in the {c.rule} of {c.head}, but kg "
                    f"keeps nothing that follows in other words than its own; use a property of {NS}"
                )
    return told
