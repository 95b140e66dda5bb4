"""What a change can make right or wrong, and what shapes see, is enough: the verdicts are the same."""

from __future__ import annotations

import random
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms
from kg.changes import Contribution
from kg.commit import Knowledge, take_in
from kg.engines import FAST, PYSHACL
from kg.iri import Names
from kg.pipeline import validate_store
from kg.reach import HIDDEN, LIMIT, UNDER, Reach
from kg.report import Report, Result
from kg.resources import shipped
from kg.store import Store
from kg.terms import LABEL, TYPE, integer, kg
from kg.validate import Checker, check, validate_change

ENGINES = [PYSHACL, *([FAST] if find_spec(FAST) else [])]
SHAPES = tuple(shipped() / "shapes" / name for name in ("core.ttl", "whole.ttl"))
NAMES = Names()
ROLES = (
    "@prefix kg: <https://w3id.org/kgnews/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> ."
    "kg:ToldShape a sh:NodeShape ; sh:targetClass kg:Event ; sh:property "
    '[ sh:path kg:target ; sh:class kg:Actor ; sh:message "A target acts."@en ] .'
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The shipped shapes, and one of a role that events may have only as claimed."""
    own = tmp_path_factory.mktemp("shapes") / "roles.ttl"
    own.write_text(ROLES)
    return (*SHAPES, own)


@pytest.fixture(scope="module", params=ENGINES)
def checker(request: pytest.FixtureRequest, files: tuple[Path, ...], ontology: Axioms) -> Checker:
    return Checker.of(files, ontology, engine=request.param)


@pytest.fixture(scope="module")
def reference(files: tuple[Path, ...], ontology: Axioms) -> Checker:
    return Checker.of(files, ontology, engine=PYSHACL)


def seen(store: Store) -> list[Quad]:
    """Return all that shapes may see of a store."""
    hidden = {NamedNode(NAMES.graph(name)) for name in HIDDEN}
    return [q for q in store.quads() if q.graph_name not in hidden and q.predicate.value not in UNDER]


def keys(report: Report) -> set[tuple[str, ...]]:
    return {(r.focus, r.path, r.value, r.severity, r.message, r.shape, r.words) for r in report.results}


def damage(store: Store, chance: random.Random, number: int) -> list[Quad]:
    """Take out, turn round and copy quads at random; return what came and went."""
    quads = sorted(seen(store), key=str)
    changed = []
    for quad in chance.sample(quads, number):
        other = chance.choice(quads)
        way = chance.randrange(4)
        if way < 3:
            store.oxigraph.remove(quad)
            changed.append(quad)
        if way:
            value = other.object if way < 3 else chance.choice((Literal("x"), integer(-3), other.subject))
            new = Quad(quad.subject, quad.predicate, value, quad.graph_name)
            store.oxigraph.add(new)
            changed.append(new)
    return changed


@pytest.mark.parametrize("seed", range(12))
def test_a_store_in_pieces_gives_what_pyshacl_finds_in_the_whole(
    filled: Store, checker: Checker, reference: Checker, seed: int
) -> None:
    damage(filled, random.Random(seed), 12)

    assert keys(validate_store(filled, checker)) == keys(check(seen(filled), reference))


@pytest.mark.parametrize("seed", range(12))
def test_all_that_a_change_makes_wrong_is_found(
    filled: Store, checker: Checker, reference: Checker, seed: int
) -> None:
    before = keys(check(seen(filled), reference))
    changed = damage(filled, random.Random(seed + 100), 3)
    after = keys(check(seen(filled), reference))
    found = keys(validate_change(filled.view(), changed, checker, NAMES))

    named = {row[:6] for row in found}  # the words may tell of what lies further off
    assert {row[:6] for row in after} - {row[:6] for row in before} <= named
    assert named <= {row[:6] for row in after}


def test_an_article_is_checked_as_in_a_store_of_its_own(
    knowledge: Knowledge, first: Contribution, checker: Checker
) -> None:
    store = Store.memory()
    change = take_in(store, first, knowledge)
    assert change is not None

    assert keys(validate_change(store.view(), change.new, checker, NAMES)) == keys(
        validate_store(store, checker)
    )


def test_what_the_store_knew_before_has_not_changed(knowledge: Knowledge, first: Contribution) -> None:
    store = Store.memory()
    take_in(store, first, knowledge)
    again = f"{first.graph}-again"
    quads = frozenset(
        Quad(*q.triple, NamedNode(again) if q.graph_name == NamedNode(first.graph) else q.graph_name)
        for q in first.quads
    )
    known = set(store.quads())
    change = take_in(store, replace(first, graph=again, article=f"{first.article}-x", quads=quads), knowledge)

    assert change is not None
    assert change.new.isdisjoint(known)


def test_what_is_not_touched_is_not_looked_at(filled: Store, checker: Checker) -> None:
    label = next(q for q in seen(filled) if q.predicate == LABEL and "raid" in q.object.value)
    reach = Reach.into(filled.view(), checker.field, NAMES)

    assert reach.affected([label]) == {label.subject}


def test_a_new_claim_on_a_well_known_actor_leads_to_no_other_claim(filled: Store, checker: Checker) -> None:
    actor = next(q.subject for q in seen(filled) if q.object == kg("State"))
    graph = NamedNode(NAMES.graph("x"))
    claims = [NamedNode(f"http://example.org/claim/{n}") for n in range(LIMIT + 1)]
    for claim in claims:
        filled.oxigraph.add(Quad(claim, TYPE, kg("Claim"), graph))
        filled.oxigraph.add(Quad(claim, kg("claimant"), actor, graph))
    reach = Reach.into(filled.view(), checker.field, NAMES)
    new = Quad(claims[0], kg("claimant"), actor, graph)

    assert reach.affected([new]) == {claims[0]}
    assert not reach.crowded
    assert len(reach.visible([claims[0]])) < 20


def test_where_too_many_lead_to_what_changed_it_is_said(filled: Store, checker: Checker) -> None:
    kind = next(q for q in seen(filled) if q.object == kg("State"))
    graph = NamedNode(NAMES.graph("x"))
    for n in range(LIMIT + 1):
        claim = NamedNode(f"http://example.org/claim/{n}")
        filled.oxigraph.add(Quad(claim, kg("claimant"), kind.subject, graph))

    assert "very many nodes" in " ".join(validate_change(filled.view(), [kind], checker, NAMES).notes)


def test_a_class_that_changes_is_seen_by_those_who_name_the_actor(filled: Store, checker: Checker) -> None:
    kind = next(q for q in seen(filled) if q.object == kg("State"))
    filled.oxigraph.remove(kind)
    report = validate_change(filled.view(), [kind], checker, NAMES)

    assert any("Somebody makes each claim" in result.message for result in report.violations)


def test_a_class_that_changes_is_seen_by_events_that_have_the_actor_only_as_claimed(
    filled: Store, checker: Checker
) -> None:
    view = filled.view()
    event, claim = next(
        (event, about.subject)
        for event in sorted({q.subject for q in seen(filled) if q.predicate == kg("status")}, key=str)
        for link in view.match(None, kg("reportOf"), event)
        for about in view.match(None, kg("about"), link.subject)
        if any(view.match(about.subject, kg("aspect"), kg("target")))
        and not any(view.match(event, kg("target")))
    )
    actor = next(view.match(claim, kg("value"))).object
    kinds = [quad for quad in view.match(actor, TYPE) if quad in seen(filled)]
    reach = Reach.into(view, checker.field, NAMES)

    assert event in reach.affected(kinds)


def test_what_another_graph_says_too_has_not_changed(filled: Store, checker: Checker) -> None:
    kind = next(q for q in seen(filled) if q.object == kg("State"))
    twin = Quad(*kind.triple, NamedNode(NAMES.graph("x")))
    filled.oxigraph.add(twin)

    assert not Reach.into(filled.view(), checker.field, NAMES).affected([twin])
    assert Reach.into(filled.view(), checker.field, NAMES).affected([kind, twin])


def test_results_come_in_the_same_order_from_several_processes(
    tmp_path: Path,
    knowledge: Knowledge,
    first: Contribution,
    checker: Checker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.sweep.SIZE", 50)
    with Store.open(tmp_path / "store", create=True) as store:
        take_in(store, first, knowledge)
        damage(store, random.Random(5), 20)
    orders: list[list[Result]] = []
    for processes in (1, 2):
        orders.append([])
        with Store.open(tmp_path / "store", read_only=True) as store:
            validate_store(store, checker, processes=processes, on_result=orders[-1].append)

    assert orders[0] == orders[1] != []
