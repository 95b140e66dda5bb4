"""What follows from a change is what follows from the whole, by our own engine from nothing and by owlrl."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from kg.axioms import Axioms, read_axioms
from kg.changes import Contribution
from kg.facts import IS_A, Fact, Memory, Stored, fact_of
from kg.infer import inconsistencies, infer, reason, reference
from kg.iri import NS, Names
from kg.pipeline import Kit, prepare
from kg.read import find_articles, read
from kg.reasoning import Delta, update
from kg.rules import Rules, compile_rules

ROOT = Path(__file__).resolve().parents[2]
NAMES = Names()
PLACE = NamedNode(NAMES.graph("events"))
INFERRED = NamedNode(NAMES.graph("inferred"))
SMALL = read_axioms([Path(__file__).with_name("reasoning.ttl")])
EX = "http://example.org/words#"
NODES = ("a", "b", "c", "d")
ROLES = (
    "leads",
    "joins",
    "hires",
    "servesIn",
    "before",
    "under",
    "beside",
    "near",
    "answers",
    "at",
    "visits",
)
KINDS = ("Crew", "Team", "Body", "Spot", "Port")
SHIPPED_ROLES = ("agent", "target", "participant", "actsFor", "after", "partOf", "within", "contradicts", "about",
                 "reportOf", "aboutEvent", "place", "claimant", "content")  # fmt: skip
SHIPPED_KINDS = ("State", "Person", "City", "Event", "Claim", "EventReport", "Object", "Coerce")


def fact(text: str) -> Fact:
    """Read 'a leads b' or 'a is Crew' as a fact."""
    subject, name, value = text.split()
    one = f"http://example.org/{subject}"
    return (one, IS_A, term(value)) if name == "is" else (one, term(name), f"http://example.org/{value}")


def term(name: str) -> str:
    return EX + name.removeprefix("ex:") if name.startswith("ex:") else NS + name


def facts(*texts: str) -> set[Fact]:
    return {fact(text) for text in texts}


def quads(found: Iterable[Fact], graph: NamedNode = PLACE) -> list[Quad]:
    return [Quad(NamedNode(s), NamedNode(p), NamedNode(o), graph) for s, p, o in sorted(found)]


def from_zero(told: Iterable[Fact], axioms: Axioms) -> frozenset[Fact]:
    return update(Memory(), compile_rules(axioms), (), told).added


def by_owlrl(told: Iterable[Fact], axioms: Axioms) -> set[Fact]:
    return {found for quad in reference(quads(told), axioms, NAMES)[0] if (found := fact_of(quad))}


def random_facts(roles: tuple[str, ...], kinds: tuple[str, ...]) -> st.SearchStrategy[frozenset[Fact]]:
    role = st.builds(
        "{} {} {}".format, st.sampled_from(NODES), st.sampled_from(roles), st.sampled_from(NODES)
    )
    kind = st.builds("{} is {}".format, st.sampled_from(NODES), st.sampled_from(kinds))
    return st.frozensets(st.one_of(role, role, kind).map(fact), max_size=12)


small = random_facts((*ROLES, "ex:sails", "ex:seenAt"), (*KINDS, "ex:Ship"))
shipped = random_facts(SHIPPED_ROLES, SHIPPED_KINDS)


class Kept:
    """Facts in memory, or in a store, that are changed again and again."""

    def __init__(self, axioms: Axioms, *, stored: bool) -> None:
        self.rules: Rules = compile_rules(axioms)
        self.told: set[Fact] = set()
        self.follows: set[Fact] = set()
        self.store = Store() if stored else None

    def change(self, told: Iterable[Fact]) -> Delta:
        gone, new = self.told - set(told), set(told) - self.told
        looked = Stored(self.store, NAMES) if self.store is not None else Memory(self.told, self.follows)
        delta = update(looked, self.rules, gone, new)
        if self.store is not None:
            for graph, less, more in ((PLACE, gone, new), (INFERRED, delta.withdrawn, delta.added)):
                for quad in quads(less, graph):
                    self.store.remove(quad)
                self.store.extend(quads(more, graph))
        self.told = set(told)
        assert delta.withdrawn <= self.follows
        assert not delta.added & self.follows
        self.follows = (self.follows - delta.withdrawn) | delta.added
        return delta


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(series=st.lists(small, min_size=2, max_size=6), stored=st.booleans())
def test_after_any_series_of_changes_what_follows_is_as_from_nothing(
    series: list[frozenset[Fact]], stored: bool
) -> None:
    kept = Kept(SMALL, stored=stored)
    for told in series:
        kept.change(told)

        assert kept.follows == from_zero(told, SMALL)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(first=shipped, later=st.lists(st.tuples(st.booleans(), shipped), max_size=5))
def test_articles_come_and_go_and_what_follows_is_as_from_nothing(
    ontology: Axioms, first: frozenset[Fact], later: list[tuple[bool, frozenset[Fact]]]
) -> None:
    kept = Kept(ontology, stored=True)
    told = first
    kept.change(told)
    for comes, others in later:
        told = told | others if comes else told - others
        kept.change(told)

        assert kept.follows == from_zero(told, ontology)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(told=small)
def test_random_facts_give_what_owlrl_gives(told: frozenset[Fact]) -> None:
    assert from_zero(told, SMALL) == by_owlrl(told, SMALL)


@settings(deadline=None, max_examples=4)
@given(told=shipped)
def test_random_facts_in_the_shipped_words_give_what_owlrl_gives(
    ontology: Axioms, told: frozenset[Fact]
) -> None:
    assert from_zero(told, ontology) == by_owlrl(told, ontology)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(told=small)
def test_there_are_contradictions_where_owlrl_finds_some(told: frozenset[Fact]) -> None:
    found = inconsistencies(quads(told), SMALL, NAMES)

    assert bool(found) == bool(reference(quads(told), SMALL, NAMES)[1])


def test_the_two_articles_give_what_owlrl_gives(
    builds: tuple[Contribution, Contribution, tuple[Quad, ...]], ontology: Axioms
) -> None:
    files = [*(ROOT / "ontology").glob("*.ttl"), Path(__file__).with_name("revocation.ttl")]
    axioms = read_axioms(files)
    known = [q for build in builds[:2] for q in build.quads if q.graph_name != INFERRED]

    assert reason(known, axioms, NAMES).quads == reference(known, axioms, NAMES)[0]


EXAMPLES = [path.name for path in find_articles([ROOT / "examples"])]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_what_owlrl_gives(name: str, kit: Kit) -> None:
    article = read(ROOT / "examples" / name)
    built = prepare(article, kit.reader.events(article), kit, NAMES).contribution.quads
    known = [quad for quad in built if quad.graph_name != INFERRED]

    assert tuple(infer(known, kit.axioms, NAMES)) == reference(known, kit.axioms, NAMES)[0]


@pytest.fixture(scope="module")
def contributions(kit: Kit) -> list[set[Fact]]:
    articles = [read(ROOT / "examples" / name) for name in EXAMPLES]
    built = (prepare(a, kit.reader.events(a), kit, NAMES).contribution for a in articles)
    return [
        {found for quad in each.quads if quad.graph_name != INFERRED and (found := fact_of(quad))}
        for each in built
    ]


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_examples_come_and_go_in_any_order(
    contributions: list[set[Fact]], kit: Kit, data: st.DataObject
) -> None:
    kept = Kept(kit.axioms, stored=True)
    there: set[int] = set()
    for number in data.draw(st.lists(st.sampled_from(range(len(contributions))), max_size=6)):
        there ^= {number}
        told = {fact for each in there for fact in contributions[each]}
        kept.change(told)

        assert kept.follows == from_zero(told, kit.axioms)
