"""Every inferred fact has a reason that ends in asserted ones; every contradiction says what breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.axioms import read_axioms
from kg.derivations import ASSERTED, Clash, Derivation, clashes, explain
from kg.facts import IS_A, Fact, Memory
from kg.iri import NS
from kg.reasoning import Look, conclusions, update
from kg.rules import Rules, compile_rules

SMALL = compile_rules(read_axioms([Path(__file__).with_name("reasoning.ttl")]))
ROLES = ("leads", "hires", "servesIn", "before", "under", "beside", "near", "answers", "at", "visits")
KINDS = ("Crew", "Body", "Spot", "Port")


def fact(text: str) -> Fact:
    subject, name, value = text.split()
    if name == "is":
        return f"http://example.org/{subject}", IS_A, NS + value
    return f"http://example.org/{subject}", NS + name, f"http://example.org/{value}"


def closed(*texts: str) -> Memory:
    told = {fact(text) for text in texts}
    return Memory(told, update(Memory(), SMALL, (), told).added)


def name(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def said(*texts: str) -> tuple[str, ...]:
    nodes = {f"http://example.org/{node}" for text in texts for node in (text.split()[0], text.split()[2])}
    return tuple(clash.say(name) for clash in clashes(closed(*texts), SMALL, nodes))


def steps(found: Derivation) -> Iterator[Derivation]:
    yield found
    for premise in found.premises:
        yield from steps(premise)


def is_sound(found: Derivation, known: Memory, rules: Rules) -> bool:
    """Tell whether one step really is a step of the rules, or an asserted fact."""
    premises = [premise.fact for premise in found.premises]
    if found.rule == ASSERTED:
        return list(known.match(*found.fact)) == [(found.fact, True)]
    if found.fact[1] == IS_A:
        (premise,) = premises
        return found.fact in update(Memory(), rules, (), [premise]).added
    return found.fact in set(conclusions(rules, premises[0], _look(known)))


def _look(known: Memory) -> Look:
    return lambda subject, name, value: (found for found, _ in known.match(subject, name, value))


def facts() -> st.SearchStrategy[list[str]]:
    nodes = st.sampled_from("abcd")
    role = st.builds("{} {} {}".format, nodes, st.sampled_from(ROLES), nodes)
    return st.lists(st.one_of(role, st.builds("{} is {}".format, nodes, st.sampled_from(KINDS))), max_size=10)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(told=facts())
def test_every_inferred_fact_has_a_sound_reason_that_ends_in_asserted_facts(told: list[str]) -> None:
    known = closed(*told)
    follows = update(Memory(), SMALL, (), {fact(text) for text in told}).added
    for each in follows:
        found = explain(known, SMALL, each)

        assert found
        assert all(is_sound(step, known, SMALL) for step in steps(found))
        assert set(found.asserted()) <= {fact(text) for text in told}


@pytest.mark.parametrize(
    ("told", "follows", "rule"),
    [
        ("a leads b", "a joins b", "sub-property"),
        ("a hires b", "b servesIn a", "inverse"),
        ("a near b", "b near a", "symmetric"),
        ("a under b, b under c", "a under c", "transitive"),
        ("a joins b, b under c", "a answers c", "chain"),
        ("a is Crew", "a is Body", "sub-class"),
        ("a joins b", "a is Body", "domain"),
        ("a leads b", "b is Team", "range"),
        ("a leads b", "a leads b", "asserted"),
    ],
)
def test_a_rule_is_called_by_its_name(told: str, follows: str, rule: str) -> None:
    found = explain(closed(*told.split(", ")), SMALL, fact(follows))

    assert found
    assert found.rule == rule


def test_what_does_not_follow_has_no_reason() -> None:
    assert explain(closed("a leads b"), SMALL, fact("b leads a")) is None


def test_a_circle_is_no_reason() -> None:
    alone = Memory((), [fact("a near b"), fact("b near a")])

    assert explain(alone, SMALL, fact("a near b")) is None


def test_the_shortest_reason_is_given() -> None:
    found = explain(closed("a under b", "b under c", "c under d", "a under c"), SMALL, fact("a under d"))

    assert found
    assert found.asserted() == (fact("a under c"), fact("c under d"))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("a is Team, a is Port", "a is used both as Body and as Spot; nothing is both."),
        ("b leads a, a is Spot", "a is used both as Body and as Spot; nothing is both."),
        ("a before b, b before a", "“before” leads from a to b and back; it never does both."),
        ("a beside a", "“beside” leads from a to itself; it never does."),
    ],
)
def test_a_contradiction_is_said_in_words(told: str, sentence: str) -> None:
    assert sentence in said(*told.split(", "))


def test_a_contradiction_names_the_asserted_facts_it_rests_on() -> None:
    known = closed("c leads a", "a is Port", "c before d")

    assert clashes(known, SMALL, ["http://example.org/a"]) == (
        Clash(
            "disjoint",
            ("http://example.org/a",),
            (f"{NS}Body", f"{NS}Spot"),
            (fact("a is Port"), fact("c leads a")),
        ),
    )


def test_a_circle_of_three_breaks_what_never_goes_both_ways_with_the_facts_that_close_it() -> None:
    told = ("a before b", "b before c", "c before a")
    found = clashes(closed(*told), SMALL, ["http://example.org/a", "http://example.org/b"])

    assert {len(clash.premises) for clash in found} == {3}


def test_what_is_consistent_gives_nothing() -> None:
    assert said("a leads b", "b is Team", "a before b", "a beside b") == ()
