"""What is wrong is said with the sentence it rests on, and with what to do about it."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from kg.changes import Contribution
from kg.commit import Knowledge, admit
from kg.iri import Names
from kg.lookup import find
from kg.mending import concerning, proposal
from kg.pipeline import examine
from kg.report import Result
from kg.resources import shipped
from kg.store import Store
from kg.terms import TYPE, kg, typed
from kg.validate import Checker

NAMES = Names()


def checker(knowledge: Knowledge) -> Checker:
    return Checker.of([shipped() / "shapes" / "core.ttl"], knowledge.axioms)


def test_a_place_that_acts_is_a_violation_with_the_sentence(
    filled: Store, first: Contribution, knowledge: Knowledge
) -> None:
    town, raid = find(filled, "Port Vell"), find(filled, "police raid the harbour office")
    acting = Quad(raid, kg("agent"), town, NamedNode(first.graph))
    admit(filled, replace(first, quads=(*first.quads, acting)), knowledge)
    report = examine(filled, first.graph, knowledge, checker(knowledge))
    (torn,) = [result for result in report.violations if "nothing is both" in result.message]

    assert torn.message == "Port Vell is used both as actor and as place; nothing is both."
    assert "raided the harbour office" in torn.sentence
    assert proposal(filled, torn).startswith("kg reject claim:")


def test_a_faulty_claim_is_told_of_its_event_with_the_command(
    filled: Store, first: Contribution, knowledge: Knowledge
) -> None:
    claim = next(q.subject for q in first.quads if q.predicate == TYPE and q.object == kg("Claim"))
    assert isinstance(claim, NamedNode)
    filled.oxigraph.add(Quad(claim, kg("confidence"), typed("1.5", "decimal"), NamedNode(first.graph)))
    report = examine(filled, first.graph, knowledge, checker(knowledge))
    event = next(
        q.object
        for about in filled.view().match(claim, kg("about"))
        for q in filled.view().match(about.object, kg("reportOf"))  # type: ignore[arg-type]
    )
    assert isinstance(event, NamedNode)
    found = [r for r in concerning(filled, event, report.results) if "confidence" in r.message]

    assert found
    assert proposal(filled, found[0]).startswith(
        f"kg reject claim:{claim.value.rsplit('/', 1)[-1]} --because"
    )


def test_what_is_well_has_nothing_to_mend(filled: Store, second: Contribution, knowledge: Knowledge) -> None:
    assert not examine(filled, second.graph, knowledge, checker(knowledge)).violations


def test_the_command_is_of_the_kind_of_thing_that_is_faulty(filled: Store, first: Contribution) -> None:
    event = find(filled, "police raid the harbour office").value
    link = f"{NAMES.base}id/link/x"
    filled.oxigraph.add(Quad(NamedNode(link), TYPE, kg("Link"), NamedNode(NAMES.graph("links"))))

    def told(focus: str, severity: str = "Violation") -> str:
        return proposal(filled, Result(focus, "", "", severity, "", "", "", ""))

    assert told(first.article).startswith("kg retract article:")
    assert told(event).startswith("kg why event:")
    assert told(link).startswith("kg why link:")
    assert (told(event, "Warning"), told("")) == ("", "")
