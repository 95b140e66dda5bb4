"""Every shape catches what it is there to catch, on two engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.axioms import Axioms, read_triples
from kg.iri import NS, Names
from kg.model import Article, Event
from kg.naming import event_iri
from kg.report import Report
from kg.resources import shipped
from kg.terms import (
    END,
    EXACT,
    EXACT_MATCH,
    LABEL,
    RDFS,
    SAME_AS,
    START,
    TYPE,
    edtf,
    integer,
    kg,
    schema,
    typed,
)
from kg.validate import validate

NAMES = Names()
Events = tuple[Event, ...]
Quads = list[Quad]
X = NamedNode("http://example.org/x")
CORE, WHOLE = (shipped() / "shapes" / name for name in ("core.ttl", "whole.ttl"))


def subject_of(quads: Quads, kind: str, aspect: NamedNode | None = None) -> NamedNode:
    """Return the first node of a class, or the first claim on an aspect."""
    wanted = (TYPE, kg(kind)) if aspect is None else (kg("aspect"), aspect)
    return next(q.subject for q in quads if (q.predicate, q.object) == wanted)


def put(quads: Quads, node: NamedNode, predicate: NamedNode, *values: NamedNode | Literal) -> Quads:
    """Give a node exactly these values of a property."""
    graph = next(q.graph_name for q in quads if q.subject == node)
    kept = [q for q in quads if (q.subject, q.predicate) != (node, predicate)]
    return [*kept, *(Quad(node, predicate, value, graph) for value in values)]


def add(quads: Quads, node: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quads:
    return [*quads, Quad(node, predicate, value, quads[0].graph_name)]


def claim(predicate: str, *values: NamedNode | Literal) -> Callable[[Quads], Quads]:
    return of("Claim", kg(predicate), *values)


def of(kind: str, predicate: NamedNode, *values: NamedNode | Literal) -> Callable[[Quads], Quads]:
    return lambda quads: put(quads, subject_of(quads, kind), predicate, *values)


def value(aspect: NamedNode, wrong: NamedNode = X) -> Callable[[Quads], Quads]:
    return lambda quads: put(quads, subject_of(quads, "", aspect), kg("value"), wrong)


def stray_event(quads: Quads) -> Quads:
    """Add an event that no report is of."""
    for predicate, what in (
        (TYPE, kg("Event")),
        (LABEL, Literal("x")),
        (kg("status"), kg("Actual")),
    ):
        quads = add(quads, X, predicate, what)
    return quads


def metonym(quads: Quads) -> Quads:
    """Let an actor be a metonym as well."""
    return add(quads, subject_of(quads, "State"), TYPE, kg("Metonym"))


def elsewhere(quads: Quads) -> Quads:
    """Put one piece of evidence into another article."""
    passage = next(q.object for q in quads if q.predicate == kg("evidence"))
    assert isinstance(passage, NamedNode)
    return put(quads, passage, kg("statedIn"), X)


def recast(aspect: NamedNode) -> Callable[[Quads], Quads]:
    """Turn a claim on the agent into one on another aspect, with a value that is nothing known."""

    def broken(quads: Quads) -> Quads:
        node = subject_of(quads, "", kg("agent"))
        return put(put(quads, node, kg("aspect"), aspect), node, kg("value"), X)

    return broken


def linked(*changes: Callable[[Quads], Quads]) -> Callable[[Quads], Quads]:
    """Add a link between two reports of one event, a description and a decision; then break them."""

    def broken(quads: Quads) -> Quads:
        one, other = sorted({q.subject for q in quads if q.object == kg("EventReport")}, key=str)[:2]
        event = next(q.object for q in quads if q.subject == one and q.predicate == kg("reportOf"))
        lone = next(q.object for q in quads if q.subject == other and q.predicate == kg("reportOf"))
        quads = [q for q in put(quads, other, kg("reportOf"), event) if q.subject != lone]
        for node, predicate, value in _added(one, other, quads):
            quads = add(quads, node, predicate, value)
        for change in changes:
            quads = change(quads)
        return quads

    return broken


def _added(
    one: NamedNode, other: NamedNode, quads: Quads
) -> list[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    link, told, decision = (NamedNode(f"http://example.org/{name}") for name in ("link", "told", "decision"))
    return [
        (link, TYPE, kg("Link")), (link, kg("joins"), one), (link, kg("joins"), other),
        (link, kg("score"), typed("0.7", "decimal")), (link, kg("reason"), Literal("same day")),
        (link, kg("rule"), Literal("articles")),
        (told, TYPE, kg("Description")), (told, kg("describes"), subject_of(quads, "State")),
        (told, LABEL, Literal("Norland")), (told, kg("statedIn"), subject_of(quads, "Article")),
        (decision, TYPE, kg("ClaimRejection")), (decision, kg("onClaim"), subject_of(quads, "Claim")),
        (decision, kg("reason"), Literal("misread")),
    ]  # fmt: skip


def parted(quads: Quads) -> Quads:
    """Let one of two linked reports be of another event."""
    event = next(q.subject for q in reversed(quads) if q.object == kg("Event"))
    report = next(q.object for q in quads if q.predicate == kg("joins"))
    other = next(q.object for q in quads if q.predicate == kg("reportOf") and q.object != event)
    assert isinstance(report, NamedNode) and isinstance(other, NamedNode)
    return put(quads, report, kg("reportOf"), event if other != event else other)


NUMBER, NEGATIVE = integer(7), integer(-1)
MAY = edtf("May")
BAD_DAY = Literal("2031-05-03")
BROKEN: dict[str, Callable[[Quads], Quads]] = {
    "describes one event report": claim("about"),
    "one aspect": claim("aspect", kg("confidence")),
    "one value, and it is a node": claim("value", Literal("x")),
    "metonym takes no part": metonym,
    "one factuality": claim("factuality", kg("Doubtful")),
    "Somebody makes each claim": claim("claimant"),
    "without a passage": claim("evidence"),
    "evidence must be in the article": elsewhere,
    "stated in one article": claim("statedIn"),
    "at most one basis": claim("basis", kg("Guessed")),
    "one decimal between 0 and 1": claim("confidence", typed("1.5", "decimal")),
    "must be a class of events": value(TYPE, kg("Person")),
    "must be Actual": value(kg("status"), kg("Disputed")),
    "agent must be an actor": value(kg("agent")),
    "happens must be a place": value(kg("place")),
    "happens must be a time span": value(kg("when")),
    "given as a count": value(kg("casualties")),
    "content of an event must be": value(kg("content")),
    "comes after must be a report": value(kg("after")),
    "beneficiary must be an actor": recast(kg("beneficiary")),
    "part of must be a report": recast(kg("partOf")),
    "A report needs a label": of("EventReport", LABEL),
    "A report is of one event": of("EventReport", kg("reportOf")),
    "A report is stated in one": of("EventReport", kg("statedIn")),
    "claim on whether": lambda q: [x for x in q if x.object != kg("status")],
    "claim on the type": lambda q: [x for x in q if x.object != TYPE],
    "quotes one string": of("Passage", EXACT, Literal("")),
    "starts at one offset": of("Passage", START, NEGATIVE),
    "ends at one offset": of("Passage", END),
    "passage is of one article": of("Passage", kg("statedIn")),
    "in at most one sentence": of("Passage", kg("inSentence"), X),
    "A date is one EDTF string": of("TimeSpan", kg("edtf"), MAY),
    "earliest day is one": of("TimeSpan", kg("earliest"), typed("2032-01-01", "date")),
    "latest day is one": of("TimeSpan", kg("latest"), BAD_DAY),
    "keeps its words": of("TimeSpan", LABEL),
    "one kind, such as": of("CasualtyCount", kg("casualtyKind"), X),
    "lower bound is one integer": of("CasualtyCount", kg("atLeast"), NUMBER),
    "upper bound is one integer": of("CasualtyCount", kg("atMost"), NEGATIVE),
    "lower or an upper bound": lambda q: [x for x in q if "#at" not in x.predicate.value],
    "An event has one label": of("Event", LABEL),
    "An event has one status": of("Event", kg("status")),
    "no article reports": stray_event,
    "merge by kg:reportOf": lambda q: add(q, subject_of(q, "Event"), SAME_AS, X),
    "named needs a label": of("State", LABEL),
    "match elsewhere is an IRI": of("State", EXACT_MATCH, Literal("Q1")),
    "cannot be a place": lambda q: add(q, subject_of(q, "State"), TYPE, kg("City")),
    "One acts for an actor": of("SecurityForce", kg("actsFor"), X),
    "territory of a state": of("State", kg("territory"), X),
    "lies within a place": of("City", kg("within"), X),
    "stands for an actor": lambda q: add(add(q, X, TYPE, kg("Metonym")), X, LABEL, Literal("x")),
    "known by one SHA-256": of("Article", schema("sha256"), Literal("abc")),
    "article's own voice": of("Article", schema("author")),
    "A link joins two reports": linked(of("Link", kg("joins"))),
    "linked are of one event": linked(parted),
    "A score is one decimal": linked(of("Link", kg("score"), typed("1.5", "decimal"))),
    "A link has a reason": linked(of("Link", kg("reason"))),
    "made by one rule": linked(of("Link", kg("rule"))),
    "description is of one actor": linked(of("Description", kg("describes"), X)),
    "description gives one name": linked(of("Description", LABEL)),
    "description is stated in one": linked(of("Description", kg("statedIn"))),
    "decision is on one claim": linked(of("ClaimRejection", kg("onClaim"), X)),
    "decision gives its reason": linked(of("ClaimRejection", kg("reason"))),
    "address is one http": of("Article", kg("versionOf"), NamedNode("ftp://example.org/")),
}  # fmt: skip
WHOLE_BROKEN: dict[str, Callable[[Quads], Quads]] = {
    "differ in length": of("Passage", EXACT, Literal("x")),
    "does not lie in its sentence": of("Passage", START, integer(0)),
    "leads back to itself": lambda q: add(q, subject_of(q, "City"), kg("within"), subject_of(q, "City")),
}


def messages(report: Report, severity: str = "Violation") -> str:
    return "\n".join(r.message for r in report.results if r.severity == severity)


def test_what_the_mapping_makes_is_valid(valid: Quads, ontology: Axioms) -> None:
    assert messages(validate(valid, [CORE, WHOLE], ontology)) == ""


def test_a_link_a_description_and_a_decision_are_valid(valid: Quads, ontology: Axioms) -> None:
    assert messages(validate(linked()(valid), [CORE], ontology)) == ""


@pytest.mark.parametrize("fragment", BROKEN)
def test_a_broken_graph_is_caught(fragment: str, valid: Quads, ontology: Axioms) -> None:
    report = validate(BROKEN[fragment](valid), [CORE], ontology)

    assert not report
    assert fragment in messages(report)


@pytest.mark.parametrize("fragment", WHOLE_BROKEN)
def test_a_graph_broken_as_a_whole_is_caught(fragment: str, valid: Quads, ontology: Axioms) -> None:
    assert fragment in messages(validate(WHOLE_BROKEN[fragment](valid), [WHOLE], ontology))


def test_every_message_of_the_core_shapes_is_tried() -> None:
    stated = {
        triple.object.value for triple in read_triples(CORE) if triple.predicate.value.endswith("#message")
    }

    assert {text for text in stated if not any(fragment in text for fragment in BROKEN)} == {
        "Undated, so no timeline shows it.",
        "These words could not be anchored to a date.",
        "A word of the name mixes Latin letters with Greek or Cyrillic ones, which may look the same.",
    }


def rudof_conforms(quads: Quads, ontology: Axioms) -> bool:
    import pyrudof

    under = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")
    lent = [
        triple
        for triple in ontology.triples
        if triple.predicate.value in under or (triple.predicate == TYPE and NS in str(triple.object))
    ]
    triples = {quad.triple for quad in quads} | set(lent)
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(serialize(triples, format=RdfFormat.TURTLE).decode())
    rudof.read_shacl(CORE.read_text(encoding="utf-8"))
    report = rudof.validate_shacl()
    return not [v for v in report.violations if "Violation" in str(v.severity)]


def test_a_second_engine_finds_the_mapping_valid_too(valid: Quads, ontology: Axioms) -> None:
    assert rudof_conforms(valid, ontology)


@pytest.mark.parametrize("fragment", BROKEN)
def test_a_second_engine_catches_a_broken_graph_too(fragment: str, valid: Quads, ontology: Axioms) -> None:
    assert not rudof_conforms(BROKEN[fragment](valid), ontology)


def test_an_undated_event_is_a_warning_and_no_violation(valid: Quads, ontology: Axioms) -> None:
    report = validate(valid, [CORE], ontology)

    assert report
    assert "Undated" in messages(report, "Warning")


def test_an_event_that_did_not_take_place_is_not_expected_to_have_a_date(
    article: Article, events: Events, valid: Quads, ontology: Axioms
) -> None:
    leaving = event_iri(article, events[4].trigger, NAMES).value

    assert leaving not in {r.focus for r in validate(valid, [CORE], ontology).results}


def test_words_that_could_not_be_anchored_are_a_warning(valid: Quads, ontology: Axioms) -> None:
    report = validate(of("TimeSpan", kg("edtf"))(valid), [CORE], ontology)

    assert report
    assert "could not be anchored" in messages(report, "Warning")
