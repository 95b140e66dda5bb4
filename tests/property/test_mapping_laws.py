"""What an article says is spelt in N-Quads as pyoxigraph spells it, whatever its words and addresses are."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.commit import as_nquads, from_nquads
from kg.iri import EDTF, Names
from kg.mapping import to_nquads, to_quads
from kg.model import (
    Article,
    Attribution,
    Basis,
    Claim,
    Count,
    Entity,
    Event,
    Factuality,
    Filler,
    Mention,
    Span,
    When,
    Window,
)  # fmt: skip
from kg.terms import EXACT, LABEL, kg, link, schema

NAMES = Names()
NODE = NamedNode("urn:a")
SPECIAL = '"\\\n\r\t\b\f\0\x1f\x7f\x85\xa0\u2028\u202e\u2066\ufeff\uffff\U0001f693<>{}|^`%'
letters = st.one_of(st.sampled_from(SPECIAL), st.characters(exclude_categories=["Cs"]))
words = st.text(letters, max_size=12)
some = st.text(letters, min_size=1, max_size=12)
addresses = st.one_of(
    words, st.builds("{}{}".format, st.sampled_from(["http://a/", "HTTPS://é.b?", "urn:x:"]), words)
)
days = st.one_of(st.none(), st.dates(date(1, 1, 1)))
windows = st.one_of(st.none(), st.builds(Window, words, days, days))
keys = st.sampled_from(["a", "b-q2", "c-xdef"])
KINDS = {"State": None, "Person": None, "City": None, "Object": None, "Metonym": None, "Raider": "actor"}


def entities(linked: st.SearchStrategy[Entity]) -> st.SearchStrategy[Entity]:
    links = st.tuples(st.sampled_from(["actsFor", "within", "standsFor"]), linked)
    kind, two = st.sampled_from(sorted(KINDS)), st.lists(links, max_size=2).map(tuple)
    matches = st.lists(addresses, max_size=2).map(tuple)
    return st.builds(
        Entity, kind, keys, words, st.booleans(), st.booleans(), st.none(), matches, two
    ).map(lambda made: replace(made, family=KINDS[made.kind]))  # fmt: skip


known = st.recursive(st.builds(Entity, st.just("State"), keys, words), entities, max_leaves=3)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, tuple[Event, ...]]:
    """An article of odd words, with events of every kind of claim; spans lie within its text."""
    text = draw(st.text(letters, min_size=1, max_size=60))
    spans = st.tuples(*[st.integers(0, len(text))] * 2).map(lambda ends: Span(*sorted(ends)))
    maybe = st.one_of(st.none(), spans)
    fillers = st.builds(Filler, spans, known, st.sampled_from(Basis), maybe)
    numbers = st.one_of(st.none(), st.integers(0, 10**30))
    values = st.one_of(
        fillers,
        st.builds(When, windows, maybe, st.lists(words, max_size=2).map(tuple)),
        st.builds(Count, st.sampled_from(["Killed", "Missing"]), numbers, numbers, spans, maybe),
        st.builds(Mention, spans),
        st.sampled_from(["Actual", "Raid"]),
    )
    said = st.builds(
        Attribution, st.sampled_from(Factuality), st.lists(fillers, max_size=2).map(tuple), maybe
    )
    aspects = st.sampled_from(["type", "status", "agent", "when"])
    claims = st.lists(st.builds(Claim, aspects, values, spans, said, st.floats(0, 1)), max_size=4).map(tuple)
    events = st.builds(Event, st.just("Raid"), spans, spans, claims, words, maybe)
    optional = st.one_of(st.none(), some)
    article = Article(
        draw(some), text, (), draw(optional), draw(optional), draw(optional),
        draw(st.one_of(st.none(), addresses)), draw(words), draw(windows), draw(words), draw(windows),
    )  # fmt: skip
    return article, tuple(draw(st.lists(events, max_size=3)))


def values(quads: Iterable[Quad], predicate: NamedNode) -> set[object]:
    return {quad.object for quad in quads if quad.predicate == predicate}


@settings(deadline=None)
@given(articles())
def test_what_is_mapped_is_spelt_and_sorted_as_pyoxigraph_would(
    made: tuple[Article, tuple[Event, ...]],
) -> None:
    lines = to_nquads(*made, NAMES)

    assert as_nquads(from_nquads(lines)) == lines


@settings(deadline=None)
@given(articles())
def test_every_word_is_given_back_as_it_was(made: tuple[Article, tuple[Event, ...]]) -> None:
    article, events = made
    found = list(to_quads(article, events, NAMES))

    assert values(found, schema("headline")) == {Literal(article.title or article.name)}
    assert values(found, EXACT) >= {Literal(event.trigger.of(article.text)) for event in events}
    assert values(found, LABEL) >= {Literal(event.label) for event in events if event.label}


@settings(deadline=None)
@given(addresses)
def test_an_address_is_linked_as_it_is_or_not_at_all(address: str) -> None:
    found = to_quads(Article("a", "b", (), url=address), (), NAMES)
    node = link(address)

    assert values(found, kg("versionOf")) == ({node} if node else set())


def test_every_character_is_spelt_alike_on_its_own_and_in_a_line() -> None:
    every = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    literals = [Literal(f"a{letter}b") for letter in every]
    lines = "".join(f"<urn:a> <urn:a> {literal} .\n" for literal in literals).encode("utf-8")

    assert lines == serialize([Quad(NODE, NODE, each) for each in literals], format=RdfFormat.N_QUADS)
    assert [quad.object for quad in parse(lines, format=RdfFormat.N_QUADS)] == literals


@given(words, st.sampled_from([None, EDTF]))
def test_a_literal_is_spelt_alike_on_its_own_and_in_a_line(text: str, kind: str | None) -> None:
    literal = Literal(text, datatype=NamedNode(kind)) if kind else Literal(text)
    line = f"<urn:a> <urn:a> {literal} .\n".encode()

    assert line == serialize([Quad(NODE, NODE, literal)], format=RdfFormat.N_QUADS)
    assert [quad.object for quad in parse(line, format=RdfFormat.N_QUADS)] == [literal]


@pytest.mark.parametrize("evil", ["a> <urn:b> <urn:c", "a b", "a\n", 'a"', "a\\u003E"])
def test_a_name_that_would_break_out_of_its_iri_is_refused(evil: str) -> None:
    at = Span(0, 1)
    actor = Entity("Person", evil, "A")
    for claim in (
        Claim("agent", Filler(at, actor), at),
        Claim("agent", Filler(at, replace(actor, key="a", kind=evil, family="actor")), at),
        Claim("agent", Filler(at, replace(actor, key="a", links=((evil, replace(actor, key="b")),))), at),
        Claim(evil, "Actual", at),
        Claim("status", evil, at),
    ):
        with pytest.raises(ValueError, match="IRI"):
            to_nquads(Article("a", "b", ()), (Event("Raid", at, at, (claim,)),), NAMES)


def test_a_base_that_makes_no_iri_is_refused() -> None:
    with pytest.raises(ValueError, match="IRI"):
        to_nquads(Article("a", "b", ()), (), Names("https://a b/"))
