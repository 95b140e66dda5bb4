"""One store, wherever its quads are: the same tests for memory, disk and two kinds of server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

import pytest
from pyoxigraph import NamedNode, Quad

from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit, now, rebuild, retract
from kg.commit import load as load_record
from kg.decisions import merge, purge, reject, split
from kg.errors import QueryError
from kg.export import export
from kg.pipeline import Kit, validate_store
from kg.query import ask, run
from kg.questions import saved_queries
from kg.records import Loaded
from kg.store import Store
from kg.terms import kg, plain
from kg.validate import Checker

Opener = Callable[[], AbstractContextManager[Store]]
Stories = dict[str, Contribution]
FIRST = ("01", "04", "05", "06", "08", "27")  # the fourth is a newer version of the first
# What Virtuoso 7.2.5 answers with an error or with other rows (docs/servers.md).
WRONG_IN_VIRTUOSO = {"claims", "dyads", "harm", "held", "plover", "schema-org", "sem", "web-annotation"}


@pytest.fixture
def some(stories: Stories) -> list[Contribution]:
    return [story for name, story in stories.items() if name[:2] in FIRST]


def put(store: Store, given: Iterable[Contribution], knowing: Knowledge) -> Store:
    store.learn(vocabulary(knowing.axioms, store.names))
    for each in given:
        admit(store, each, knowing)
    return store


@pytest.fixture
def reference(some: list[Contribution], knowing: Knowledge) -> Store:
    """The same articles in memory."""
    return put(Store.memory(), some, knowing)


@pytest.fixture
def filled(opener: Opener, some: list[Contribution], knowing: Knowledge) -> Opener:
    """Return what opens a store with some articles."""
    with opener() as store:
        put(store, some, knowing)
    return opener


def quads(store: Store) -> frozenset[Quad]:
    return frozenset(store.quads())


def test_a_store_holds_the_same_quads_wherever_they_are(filled: Opener, reference: Store) -> None:
    with filled() as store:
        found, number = quads(store), len(store)

    assert found == quads(reference)
    assert number == len(reference)


def test_a_store_that_is_opened_again_knows_what_it_knew(
    filled: Opener, some: list[Contribution], knowing: Knowledge
) -> None:
    with filled() as store:
        before = store.log.end
        changed = [admit(store, each, knowing) for each in some[1:]]

        assert not any(changed)
        assert not store.behind
        assert store.log.end == before


def test_what_a_withdrawn_article_said_is_gone(
    filled: Opener, some: list[Contribution], knowing: Knowledge
) -> None:
    with filled() as store:
        retract(store, some[2].article, knowing)
        found = {kept for kept in quads(store) if kept.predicate != kg("mergedInto")}
    without = put(Store.memory(), [*some[:2], *some[3:]], knowing)

    assert len(found) == len(quads(without))
    assert not any(str(quad.graph_name) == f"<{some[2].graph}>" for quad in found)


def test_a_merge_that_is_split_again_leaves_nothing(filled: Opener, knowing: Knowledge) -> None:
    with filled() as store:
        before = quads(store)
        one, other = _events(store, "Raid")[0], _events(store, "Detention")[0]
        kept = merge(store, one, other, knowing)
        joined = quads(store)
        split(store, kept, knowing)

        assert joined != before
        assert _facts(quads(store)) == _facts(before)


def test_a_rejected_claim_is_no_fact_and_one_again_when_that_is_undone(
    filled: Opener, knowing: Knowledge
) -> None:
    with filled() as store:
        before = quads(store)
        claim = min(plain(quad.subject) for quad in before if quad.object == kg("target"))
        reject(store, claim, knowing, because="a test")
        rejected = quads(store)
        reject(store, claim, knowing, because="a test", undo=True)

        assert rejected != before
        assert quads(store) == before


def test_a_purged_article_is_nowhere(filled: Opener, some: list[Contribution], knowing: Knowledge) -> None:
    with filled() as store:
        purge(store, some[2].article, knowing)
        left = "\n".join(map(str, quads(store)))

    assert some[2].graph not in left


def test_a_store_made_anew_from_its_log_is_the_same(filled: Opener, knowing: Knowledge) -> None:
    with filled() as store:
        before = quads(store)
        rebuild(store, knowing)

        assert quads(store) == before


def test_a_change_goes_in_parts_where_it_is_large(
    opener: Opener,
    some: list[Contribution],
    knowing: Knowledge,
    reference: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.served.SIZE", 50)
    with opener() as store:
        put(store, some, knowing)

        assert quads(store) == quads(reference)


def test_loaded_quads_take_the_place_of_what_their_graph_held(opener: Opener, knowing: Knowledge) -> None:
    graph = "https://example.org/g"
    line = f'<https://example.org/{{}}> <https://example.org/p> "ö “x”\\n" <{graph}> .\n'
    with opener() as store:
        store.learn(vocabulary(knowing.axioms, store.names))
        for name in ("a", "b"):
            load_record(store, Loaded(now(), graph, line.format(name)), knowing)
        found = [quad.subject for quad in store.quads(graph)]

    assert found == [NamedNode("https://example.org/b")]


def test_every_saved_question_has_the_same_rows(
    filled: Opener, reference: Store, kit: Kit, request: pytest.FixtureRequest
) -> None:
    wrong = WRONG_IN_VIRTUOSO if "virtuoso" in request.node.name else set()
    with filled() as store:
        for saved in saved_queries():
            if any(param.required for param in saved.params) or saved.name in wrong:
                continue
            assert run(store, saved) == run(reference, saved), saved.name


def test_an_export_is_the_same_file(filled: Opener, reference: Store) -> None:
    with filled() as store:
        assert export(store, "trig") == export(reference, "trig")


def test_the_whole_store_is_validated_with_the_same_results(
    filled: Opener, reference: Store, kit: Kit
) -> None:
    checker = Checker.of(kit.shapes, kit.axioms)
    with filled() as store:
        found = validate_store(store, checker)

    assert found == validate_store(reference, checker)


def test_a_malformed_question_is_told_as_such(filled: Opener) -> None:
    with filled() as store, pytest.raises(QueryError):
        ask(store, "SELECT ?x WHERE { ?x")


def _events(store: Store, kind: str) -> list[str]:
    found = store.dataset.quads_for_pattern(None, None, kg(kind), NamedNode(store.names.graph("events")))
    return sorted(quad.subject.value for quad in found if isinstance(quad.subject, NamedNode))


def _facts(given: Iterable[Quad]) -> frozenset[Quad]:
    return frozenset(quad for quad in given if quad.predicate != kg("mergedInto"))
