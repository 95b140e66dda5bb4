"""What follows from a change is what follows from the whole, by our own engine from nothing and by owlrl."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from kg.axioms import Axioms, read_axioms
from kg.commit import Knowledge
from kg.facts import IS_A, Fact, Memory, Stored, fact_of
from kg.infer import inconsistencies, infer, reference
from kg.iri import NS, Names
from kg.pipeline import Kit, contribution
from kg.projection import project
from kg.read import find_articles, read
from kg.reasoning import Delta, update
from kg.rules import Rules, compile_rules
from kg.store import Store as Graph

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
KINDS = ("Crew", "Team", "Body", "Spot", "Port", "Ferry")
SHIPPED_ROLES = (
    "agent", "target", "participant", "actsFor", "after", "partOf", "within", "contradicts", "about",
    "reportOf", "aboutEvent", "place", "claimant", "content",
)  # fmt: skip
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


def test_two_articles_give_what_owlrl_gives(filled: Graph, knowledge: Knowledge) -> None:
    known = [quad for quad in filled.quads() if quad.graph_name != INFERRED]
    found = tuple(sorted(filled.quads(INFERRED.value), key=str))

    assert found == reference(known, knowledge.axioms, NAMES)[0]


EXAMPLES = [path.name for path in find_articles([ROOT / "examples"])]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_what_owlrl_gives(name: str, kit: Kit) -> None:
    article = read(ROOT / "examples" / name)
    said = contribution(article, kit.reader.events(article), NAMES).quads
    known = [*said, *project(said, NAMES)]

    assert tuple(infer(known, kit.axioms, NAMES)) == reference(known, kit.axioms, NAMES)[0]


@pytest.fixture(scope="module")
def contributions(kit: Kit) -> list[set[Fact]]:
    articles = [read(ROOT / "examples" / name) for name in EXAMPLES]
    built = (contribution(a, kit.reader.events(a), NAMES).quads for a in articles)
    return [{found for quad in (*each, *project(each, NAMES)) if (found := fact_of(quad))} for each in built]


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


def test_a_torn_node_gets_its_classes_back_when_it_is_mended() -> None:
    kept = Kept(SMALL, stored=True)
    whole = kept.change(facts("a is Crew"))
    torn = kept.change(facts("a is Crew", "a is Port"))
    mended = kept.change(facts("a is Crew"))

    assert whole.added == facts("a is Team", "a is Body")
    assert torn == Delta(whole.added, frozenset())
    assert mended == Delta(frozenset(), whole.added)


def test_a_class_of_which_nothing_is_kept_tears_a_node_all_the_same() -> None:
    kept = Kept(SMALL, stored=False)
    kept.change(facts("a is Ferry", "a ex:sails b"))
    torn = kept.change(facts("a is Ferry", "a ex:sails b", "c visits a"))

    assert fact("a is Craft") in torn.withdrawn


def test_what_is_said_later_is_no_longer_inferred_and_comes_back_when_it_is_unsaid() -> None:
    kept = Kept(SMALL, stored=True)
    kept.change(facts("a leads b"))
    said = kept.change(facts("a leads b", "a joins b"))
    unsaid = kept.change(facts("a leads b"))

    assert said == Delta(frozenset(facts("a joins b")), frozenset())
    assert unsaid == Delta(frozenset(), frozenset(facts("a joins b")))


def test_what_has_another_reason_stays() -> None:
    kept = Kept(SMALL, stored=True)
    kept.change(facts("a under b", "b under d", "a under c", "c under d"))

    assert fact("a under d") not in kept.change(facts("a under c", "c under d", "b under d")).withdrawn


def test_a_circle_does_not_hold_itself_up() -> None:
    kept = Kept(SMALL, stored=True)
    kept.change(facts("a near b", "b near c"))

    assert not kept.change(facts("b near c")).added
    assert kept.follows == facts("c near b", "b near b", "c near c")


class Counting(Stored):
    """A store's facts, with a count of those that were read."""

    seen = 0

    def match(
        self, subject: str | None, predicate: str | None, value: str | None
    ) -> Iterator[tuple[Fact, bool]]:
        for each in super().match(subject, predicate, value):
            self.seen += 1
            yield each


ONE_MORE = (
    "e agent norland, e is Coerce, e partOf war, e after f, c about r, r reportOf e, c claimant norland"
)


@pytest.mark.parametrize("others", [{"norland agent x"}, {"norland agent x", "norland is City"}])
def test_an_article_costs_the_same_however_often_its_actors_were_named(
    ontology: Axioms, others: set[str]
) -> None:
    looks = []
    for many in (100, 2000):
        kept = Kept(ontology, stored=True)
        crowd = {f"e{n} {role}" for n in range(many) for role in ("agent norland", "partOf war")}
        crowd |= {f"c{n} claimant norland" for n in range(many)}
        known = facts("norland is State", "f after g", "f is Coerce", *crowd, *others)
        kept.change(known)
        more = facts(*ONE_MORE.split(", "))
        assert kept.store is not None
        adding = Counting(kept.store, NAMES)
        update(adding, kept.rules, (), more)
        kept.change(known | more)
        removing = Counting(kept.store, NAMES)
        update(removing, kept.rules, more, ())
        looks.append((adding.seen, removing.seen))

    assert looks[0] == looks[1]
