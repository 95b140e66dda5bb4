"""Works out what a change of the asserted facts changes in what follows from them (OWL 2 RL).

What rested on a fact that is gone is taken back, as far as nothing else bears it out; then what follows
from the new facts is added. Only facts near the change are looked at, however many there are.

What follows in properties never depends on classes, so classes come last, node by node. Nothing is
concluded about the kind of a node that would be of two disjoint classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from kg.facts import IS_A, SOME, Fact, Facts, Near, Table
from kg.iri import NS
from kg.rules import Chain, Classes, Rules

Look: TypeAlias = Callable[[str | None, str | None, str | None], Iterable[Fact]]

_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Delta:
    """What is to be withdrawn from the inferred facts, and what to be added."""

    withdrawn: frozenset[Fact]
    added: frozenset[Fact]

    def __bool__(self) -> bool:
        return bool(self.withdrawn or self.added)


def update(facts: Facts, rules: Rules, gone: Iterable[Fact], new: Iterable[Fact]) -> Delta:
    """Return what follows from a change: `facts` are those before it, with all that follows from them.

    `gone` are facts that nothing asserts any longer, `new` are facts asserted from now on.
    """
    work = _Work(facts, rules, set(gone), set(new))
    work.withdraw()
    work.derive()
    kinds_gone, kinds_new = work.kinds()
    twins = {fact for fact in work.new if work.is_inferred(fact)}
    risen = set(work.risen)
    return Delta(
        frozenset((work.fallen - risen) | twins | kinds_gone), frozenset((risen - work.fallen) | kinds_new)
    )


def conclusions(rules: Rules, fact: Fact, look: Look) -> Iterator[Fact]:
    """Yield what follows in one step from a fact, together with the others there are."""
    subject, name, value = fact
    for step in rules.steps.get(name, ()):
        one, other = (value, subject) if step.flipped else (subject, value)
        if rules.may_say(one):
            yield one, step.property, other
    for chain, at in rules.links.get(name, ()):
        starts = _walk(chain.body[:at], {subject}, look, back=True)
        ends = _walk(chain.body[at + 1 :], {value}, look, back=False)
        for start in starts:
            if rules.may_say(start):
                yield from ((start, chain.head, end) for end in ends)


def grounds(rules: Rules, fact: Fact, look: Look) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield each rule that concludes a fact (of any property but rdf:type), with its premises."""
    subject, name, value = fact
    if not rules.may_say(subject) or not name.startswith(NS):
        return
    for step in rules.sources.get(name, ()):
        one, other = (value, subject) if step.flipped else (subject, value)
        for found in look(one, step.property, other):
            if found != fact:
                yield step.rule, (found,)
    for chain in rules.chains.get(name, ()):
        yield from ((chain.rule, path) for path in _paths(chain, subject, value, look))


def evidence(rules: Rules, node: str, look: Look) -> set[str]:
    """Return the classes that domains and ranges make of a node. Its number of facts does not matter."""
    found: set[str] = set()

    def out(name: str | None) -> Iterable[Fact]:
        return look(node, name, None)

    def into(name: str | None) -> Iterable[Fact]:
        return look(None, name, node)

    for table, ask in ((rules.subjects, out), (rules.objects, into)):
        some = list(islice(ask(None), SOME))
        for _, name, _ in some:
            found |= table.get(name, _NONE)
        if len(some) == SOME:
            found |= _one_by_one(table, ask, found)
    return found


def _one_by_one(table: Classes, ask: Callable[[str | None], Iterable[Fact]], known: set[str]) -> set[str]:
    found = set(known)
    for name, classes in table.items():
        if not classes <= found and any(True for _ in ask(name)):
            found |= classes
    return found


def _walk(names: tuple[str, ...], nodes: set[str], look: Look, *, back: bool) -> set[str]:
    """Return where a row of properties leads, read from its end where `back`."""
    for name in reversed(names) if back else names:
        if back:
            nodes = {subject for node in nodes for subject, _, _ in look(None, name, node)}
        else:
            nodes = {value for node in nodes for _, _, value in look(node, name, None)}
    return nodes


def _paths(chain: Chain, subject: str, value: str, look: Look) -> Iterator[tuple[Fact, ...]]:
    """Yield each way along a chain from one node to another."""
    waiting: list[tuple[str, tuple[Fact, ...]]] = [(subject, ())]
    while waiting:
        node, path = waiting.pop()
        name = chain.body[len(path)]
        last = len(path) == len(chain.body) - 1
        for fact in look(node, name, value if last else None):
            if last:
                yield (*path, fact)
            else:
                waiting.append((fact[2], (*path, fact)))


class _Work:
    """One change in the making. `fallen` is withdrawn unless it has `risen` again."""

    def __init__(self, facts: Facts, rules: Rules, gone: set[Fact], new: set[Fact]) -> None:
        self.facts = Near(facts)
        self.rules = rules
        self.gone = gone - new
        self.new = Table(new - gone)
        self.fallen: set[Fact] = set()
        self.risen = Table()

    def before(self, subject: str | None, name: str | None, value: str | None) -> Iterator[Fact]:
        return (fact for fact, _ in self.facts.match(subject, name, value))

    def after(self, subject: str | None, name: str | None, value: str | None) -> Iterator[Fact]:
        yield from self.new.find(subject, name, value)
        yield from self.risen.find(subject, name, value)
        for fact, asserted in self.facts.match(subject, name, value):
            if fact not in (self.gone if asserted else self.fallen):
                yield fact

    def is_inferred(self, fact: Fact) -> bool:
        """Tell whether a fact, of any property but rdf:type, was inferred before."""
        return self._may_follow(fact) and any(not asserted for _, asserted in self.facts.match(*fact))

    def _may_follow(self, fact: Fact) -> bool:
        return fact[1] in self.rules.sources or fact[1] in self.rules.chains

    def _leads_on(self, fact: Fact) -> bool:
        return fact[1] in self.rules.steps or fact[1] in self.rules.links

    def _holds(self, fact: Fact) -> bool:
        return fact in self.new or fact in self.risen or any(True for _ in self.after(*fact))

    def withdraw(self) -> None:
        """Take back all inferred facts that a lost one has a part in."""
        waiting = [fact for fact in self.gone if self._leads_on(fact)]
        while waiting:
            for fact in conclusions(self.rules, waiting.pop(), self.before):
                if fact in self.fallen or fact in self.new or fact in self.gone:
                    continue
                known = [asserted for _, asserted in self.facts.match(*fact)]
                if known and not any(known):
                    self.fallen.add(fact)
                    waiting.append(fact)

    def derive(self) -> None:
        """Add what still follows of what was lost, and what follows from what is new."""
        waiting = [fact for fact in self.new if self._leads_on(fact)]
        for fact in (*self.fallen, *self.gone):
            if self._may_follow(fact) and any(True for _ in grounds(self.rules, fact, self.after)):
                self.risen.add(fact)
                waiting.append(fact)
        while waiting:
            for fact in tuple(conclusions(self.rules, waiting.pop(), self.after)):
                if not self._holds(fact):
                    self.risen.add(fact)
                    waiting.append(fact)

    def kinds(self) -> tuple[set[Fact], set[Fact]]:
        """Return the inferred classes to withdraw and to add, of every node near the change."""
        lost, won = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        still = {*self.risen}
        self._note(lost, (fact for fact in self.gone | self.fallen if fact not in still))
        self._note(won, (*self.new, *still))
        withdrawn: set[Fact] = set()
        added: set[Fact] = set()
        for node in {*lost, *won}:
            if not self.rules.may_say(node):
                continue
            old, now = self._kinds_of(node, lost.get(node, set()), won.get(node, set()))
            withdrawn |= {(node, IS_A, kind) for kind in old - now}
            added |= {(node, IS_A, kind) for kind in now - old}
        return withdrawn, added

    def _note(self, changed: defaultdict[str, set[str]], facts: Iterable[Fact]) -> None:
        """Note what facts say about the classes of the nodes at their ends."""
        rules = self.rules
        for subject, name, value in facts:
            if name == IS_A:
                changed[subject] |= rules.over.get(value, {value})
            if found := rules.subjects.get(name):
                changed[subject] |= found
            if found := rules.objects.get(name):
                changed[value] |= found

    def _kinds_of(self, node: str, lost: set[str], won: set[str]) -> tuple[set[str], set[str]]:
        """Return the inferred classes of a node before and after.

        Where some were inferred before, the node was whole, and all its classes are known. Else its
        facts tell, unless it was torn and loses nothing.
        """
        rules = self.rules
        known = tuple(self.facts.match(node, IS_A, None))
        said = {fact[2] for fact, asserted in known if asserted}
        old = {fact[2] for fact, asserted in known if not asserted}
        says = {kind for kind in said if (node, IS_A, kind) not in self.gone}
        says |= {fact[2] for fact in self.new.find(node, IS_A, None)}
        least, most = rules.upwards(says), rules.upwards(said)
        if old and not rules.hidden and lost <= least | won:
            kinds = least | most | old | won
        elif not old and not lost and any(kind.startswith(NS) for kind in most - said):
            return old, set()
        else:
            kinds = least | evidence(rules, node, self.after)
        if rules.torn(kinds):
            return old, set()
        return old, {kind for kind in kinds if kind.startswith(NS)} - says
