"""Tells why an inferred fact follows, down to what is asserted, and finds what cannot be true together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.facts import IS_A, SOME, Fact, Facts
from kg.reasoning import Look, evidence, grounds
from kg.rules import Rules

ASSERTED = "asserted"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A fact, the rule that concludes it (in words), and the derivations of what it rests on."""

    fact: Fact
    rule: str
    premises: tuple[Derivation, ...] = ()

    def asserted(self) -> tuple[Fact, ...]:
        """Return the asserted facts at the bottom, sorted."""
        if self.rule == ASSERTED:
            return (self.fact,)
        return tuple(sorted({fact for premise in self.premises for fact in premise.asserted()}))


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction: `rule` is the axiom broken, `premises` are the asserted facts that break it.

    Two disjoint classes in `terms` and the node of both; or one property, and its two ends in `nodes`.
    """

    rule: str
    nodes: tuple[str, ...]
    terms: tuple[str, ...]
    premises: tuple[Fact, ...]

    def say(self, name: Callable[[str], str]) -> str:
        """Say it as a sentence, with what `name` calls nodes and terms."""
        nodes, terms = [name(node) for node in self.nodes], sorted(name(term) for term in self.terms)
        if self.rule == "disjoint":
            return f"{nodes[0]} is used both as {terms[0]} and as {terms[1]}; nothing is both."
        if self.rule == "irreflexive" or nodes[0] == nodes[-1]:
            return f"“{terms[0]}” leads from {nodes[0]} to itself; it never does."
        return f"“{terms[0]}” leads from {nodes[0]} to {nodes[1]} and back; it never does both."


def explain(facts: Facts, rules: Rules, fact: Fact) -> Derivation | None:
    """Return the shortest derivation of a fact, by sorted order among equals; None if it does not follow.

    Of the many facts of one property that can give a node its class, the first few of the store count.
    """
    ways: dict[Fact, tuple[tuple[str, tuple[Fact, ...]], ...]] = {}
    waiting = [fact]
    for each in waiting:
        if each not in ways:
            ways[each] = tuple(sorted(_ways(facts, rules, each)))
            waiting += [premise for _, premises in ways[each] for premise in premises]
    proved: dict[Fact, Derivation] = {}
    while fact not in proved:
        fresh = {each: found for each in ways if each not in proved if (found := _proof(each, ways, proved))}
        if not fresh:
            return None
        proved |= fresh
    return proved[fact]


def clashes(facts: Facts, rules: Rules, nodes: Iterable[str]) -> tuple[Clash, ...]:
    """Return the contradictions that nodes are caught in, sorted; `facts` are closed under the rules."""
    found = {clash for node in {*nodes} for clash in _clashes(facts, rules, node)}
    return tuple(sorted(found, key=lambda clash: (clash.rule, clash.nodes, clash.terms)))


def _proof(
    fact: Fact, ways: dict[Fact, tuple[tuple[str, tuple[Fact, ...]], ...]], proved: dict[Fact, Derivation]
) -> Derivation | None:
    for rule, premises in ways[fact]:
        if all(premise in proved for premise in premises):
            return Derivation(fact, rule, tuple(proved[premise] for premise in premises))
    return None


def _look(facts: Facts) -> Look:
    return lambda subject, name, value: (fact for fact, _ in facts.match(subject, name, value))


def _ways(facts: Facts, rules: Rules, fact: Fact) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield the rules and premises of all that concludes a fact in one step."""
    if any(asserted for _, asserted in facts.match(*fact)):
        yield ASSERTED, ()
    elif fact[1] == IS_A:
        yield from _kinds(facts, rules, fact[0], fact[2])
    else:
        yield from grounds(rules, fact, _look(facts))


def _kinds(facts: Facts, rules: Rules, node: str, kind: str) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield what makes a node one of a class; by its asserted classes alone, if they do."""
    said = [fact for fact, asserted in facts.match(node, IS_A, None) if asserted]
    under = [fact for fact in said if kind in rules.over.get(fact[2], ())]
    if under:
        yield "sub-class", (min(under),)
        return
    look = _look(facts)
    for table, rule in ((rules.subjects, "domain"), (rules.objects, "range")):
        for name in sorted(name for name, classes in table.items() if kind in classes):
            ends = (node, name, None) if rule == "domain" else (None, name, node)
            yield from ((rule, (fact,)) for fact in sorted(islice(look(*ends), SOME))[:1])


def _clashes(facts: Facts, rules: Rules, node: str) -> Iterator[Clash]:
    for one, other in _torn(facts, rules, node):
        both = (explain(facts, rules, (node, IS_A, kind)) for kind in (one, other))
        premises = {fact for found in both if found for fact in found.asserted()}
        yield Clash("disjoint", (node,), (one, other), tuple(sorted(premises)))
    for name in rules.irreflexive:
        if said := _said(facts, rules, (node, name, node)):
            yield Clash("irreflexive", (node, node), (name,), said)
    for name in rules.asymmetric:
        for other in sorted(_led_to(facts, rules, node, name)):
            back = _said(facts, rules, (other, name, node))
            if back:
                one, two = sorted((node, other))
                premises = {*back, *_said(facts, rules, (node, name, other))}
                yield Clash("asymmetric", (one, two), (name,), tuple(sorted(premises)))


def _torn(facts: Facts, rules: Rules, node: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of disjoint classes that a node is of; of a torn node no class is inferred."""
    known = tuple(facts.match(node, IS_A, None))
    if rules.hidden or all(asserted for _, asserted in known):
        said = (fact[2] for fact, asserted in known if asserted)
        kinds = rules.upwards(said) | evidence(rules, node, _look(facts))
        yield from (pair for pair in rules.disjoint if kinds.issuperset(pair))


def _led_to(facts: Facts, rules: Rules, node: str, name: str) -> set[str]:
    """Return where a property leads from a node, in its own words or others that make it true."""
    found = {fact[2] for fact, _ in facts.match(node, name, None)}
    for step in rules.sources.get(name, ()):
        if step.flipped:
            found |= {fact[0] for fact, _ in facts.match(None, step.property, node)}
        else:
            found |= {fact[2] for fact, _ in facts.match(node, step.property, None)}
    return found


def _said(facts: Facts, rules: Rules, fact: Fact) -> tuple[Fact, ...]:
    """Return the asserted facts that a fact rests on; none where it does not hold."""
    subject, name, value = fact
    ways = [fact]
    for step in rules.sources.get(name, ()):
        ways.append((value, step.property, subject) if step.flipped else (subject, step.property, value))
    for way in ways:
        if any(True for _ in facts.match(*way)) and (found := explain(facts, rules, way)):
            return found.asserted()
    return ()
