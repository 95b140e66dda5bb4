from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.errors import OntologyError
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import Article, Basis, Claim, Entity, Event, Filler, Mention, Span
from kg.naming import article_graph, article_iri, entity_iri, report_iri
from kg.terms import EXACT, LABEL, TYPE, kg, link, schema

Events = tuple[Event, ...]


def quads(article: Article, events: Events) -> list[Quad]:
    return list(to_quads(article, events, Names()))


def objects(found: list[Quad], predicate: NamedNode) -> list[str]:
    return [quad.object.value for quad in found if quad.predicate == predicate]


def test_every_passage_is_the_text_at_its_offsets(article: Article, events: Events) -> None:
    found = [q for q in quads(article, events) if q.predicate == EXACT]
    assert found

    for quad in found:
        start, end = map(int, re.findall(r"\d+", quad.subject.value.rsplit("#char=")[1]))
        assert article.text[start:end] == quad.object.value


def test_the_same_input_gives_the_same_quads_in_the_same_order(article: Article, events: Events) -> None:
    assert quads(article, events) == quads(article, events)


def test_no_quad_comes_twice(article: Article, events: Events) -> None:
    found = quads(article, events)

    assert len(found) == len(set(found))


def test_no_triple_is_in_two_graphs(article: Article, events: Events, other: tuple) -> None:  # type: ignore[type-arg]
    found = set(quads(article, events)) | set(quads(*other))

    assert len({quad.triple for quad in found}) == len(found)


def test_there_are_no_blank_nodes(article: Article, events: Events) -> None:
    terms = [term for quad in quads(article, events) for term in (quad.subject, quad.object)]

    assert not any(isinstance(term, BlankNode) for term in terms)


def test_every_literal_survives_the_store(article: Article, events: Events) -> None:
    store = Store()
    store.extend(quads(article, events))

    assert set(store) == set(quads(article, events))


def test_curated_entities_are_in_the_shared_graph_and_described_ones_in_the_articles(
    article: Article, events: Events, names: Names
) -> None:
    graphs = {
        quad.subject.value.rsplit("/", 1)[1]: quad.graph_name
        for quad in quads(article, events)
        if quad.predicate == LABEL
    }

    assert graphs["norland-q1"] == NamedNode(names.graph("entities"))
    assert graphs["ferry-xghi"] == article_graph(article, names)


def test_what_an_article_says_of_itself_names_its_address_and_window(
    article: Article, events: Events
) -> None:
    found = quads(article, events)

    assert objects(found, kg("versionOf")) == ["https://example.org/vell"]
    assert "stated on the page" in objects(found, kg("anchor"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///x", "http://a b", "", None])
def test_an_address_that_is_not_http_is_not_linked(article: Article, url: str | None) -> None:
    assert not objects(quads(replace(article, url=url), ()), kg("versionOf"))


@pytest.mark.parametrize(
    ("byline", "publisher", "author"),
    [
        ("Mo Tern", "The Vell Post", "Mo Tern"),
        (None, "The Vell Post", "The Vell Post"),
        (None, None, "author of Trouble at Port Vell"),
    ],
)
def test_the_authors_own_voice_has_a_name(
    article: Article, events: Events, byline: str | None, publisher: str | None, author: str
) -> None:
    found = quads(replace(article, byline=byline, publisher=publisher), events)
    (node,) = (quad.object for quad in found if quad.predicate == schema("author"))

    assert node.value in objects(found, kg("claimant"))
    assert Literal(author) in [q.object for q in found if (q.subject, q.predicate) == (node, LABEL)]


def test_a_claim_on_the_type_has_the_class_as_its_value(article: Article, events: Events) -> None:
    found = quads(article, events[:1])
    claims = [q.subject for q in found if q.predicate == kg("aspect") and q.object == TYPE]

    assert [q.object for q in found if q.subject in claims and q.predicate == kg("value")] == [kg("Coerce")]


def test_a_mention_becomes_the_report_with_that_trigger(
    article: Article, events: Events, names: Names
) -> None:
    burning = report_iri(article, events[2].trigger, names)

    assert burning.value in objects(quads(article, events), kg("value"))


def test_a_mention_of_an_event_that_is_not_there_is_left_out(
    article: Article, events: Events, with_claim: Callable[[Event, Claim], Event]
) -> None:
    stray = Claim("after", Mention(Span(0, 3)), events[0].sentence)

    assert quads(article, (with_claim(events[0], stray),)) == quads(article, events[:1])


def test_a_report_is_named_after_its_trigger_alone(article: Article, events: Events, names: Names) -> None:
    renamed = replace(events[0], label="another", type="Assault", claims=())
    links = [q for q in quads(article, (renamed,)) if q.predicate == kg("reportOf")]

    assert [q.subject for q in links] == [report_iri(article, events[0].trigger, names)]


def test_a_passage_knows_its_sentence(article: Article, events: Events, names: Names) -> None:
    node = article_iri(article, names).value
    found = {
        (q.subject.value, q.object.value) for q in quads(article, events) if q.predicate == kg("inSentence")
    }
    trigger, around = events[0].trigger, events[0].sentence

    assert (
        f"{node}#char={trigger.start},{trigger.end}",
        f"{node}#char={around.start},{around.end}",
    ) in found


def test_how_the_text_gives_a_filler_is_kept(article: Article, events: Events) -> None:
    agent = replace(events[0].fillers("agent")[0], basis=Basis.METONYM)
    event = replace(events[0], claims=(Claim("agent", agent, events[0].sentence),))

    assert objects(quads(article, (event,)), kg("basis")) == [kg("MetonymBasis").value]


def test_the_same_filler_given_in_two_ways_makes_two_claims(article: Article, events: Events) -> None:
    agent = events[0].fillers("agent")[0]
    both = (agent, replace(agent, basis=Basis.COREFERENCE))
    event = replace(events[0], claims=tuple(Claim("agent", each, events[0].sentence) for each in both))

    assert len(objects(quads(article, (event,)), kg("factuality"))) == 2


def test_an_unknown_kind_of_entity_is_refused(names: Names) -> None:
    with pytest.raises(OntologyError, match="Spaceship"):
        entity_iri(Entity("Spaceship", "x", "x"), names)


@given(st.text(min_size=1, max_size=40), st.data())
def test_any_text_maps_to_quads_that_the_store_gives_back(text: str, data: st.DataObject) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    end = data.draw(st.integers(0, len(text)))
    at = Span(0, end)
    actor = Entity("Person", "p", text or "p", described=True)
    claims = (Claim("status", "Actual", at), Claim("agent", Filler(at, actor), at))
    event = Event("Aid", at, at, claims)
    found = quads(Article("t", text, (), title=text), (event,))
    store = Store()
    store.extend(found)

    assert set(store) == set(found)


def test_links_are_only_for_addresses_that_a_browser_may_follow() -> None:
    assert link("urn:isbn:1") == NamedNode("urn:isbn:1")
    assert link("data:text/html,x") is None
