"""A run may stop between any two steps: the store is at the state before a record or after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg import commit
from kg.axioms import read_axioms
from kg.changes import Contribution
from kg.commit import Knowledge, admit, catch_up, rebuild, retract
from kg.decisions import reject
from kg.index import Index
from kg.link.kin import Kin
from kg.load import load_file
from kg.log import Log
from kg.resources import shipped
from kg.show import why
from kg.store import Store
from kg.terms import kg, plain

Step = Callable[[Store], object]


class KilledError(Exception):
    """Stands for a kill."""


def stop(*_: object, **__: object) -> None:
    raise KilledError


def state(path: Path) -> set[object]:
    with Store.open(path) as store:
        return set(store.quads())


STEPS = [
    (commit, "plan"),
    (commit, "consequences"),
    (Log, "append"),
    (Store, "write"),
    (Index, "apply"),
    (Index, "commit"),
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
@pytest.mark.parametrize("work", ["admit", "retract"])
def test_a_stop_at_any_step_leaves_the_state_before_or_after(
    step: tuple[object, str],
    work: str,
    tmp_path: Path,
    first: Contribution,
    second: Contribution,
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def do(store: Store) -> None:
        if work == "admit":
            admit(store, second, knowledge)
        else:
            retract(store, first.article, knowledge)

    with Store.open(tmp_path / "s", create=True) as store:
        admit(store, first, knowledge)
    with Store.memory() as after:
        admit(after, first, knowledge)
        before = set(after.quads())
        do(after)
        wanted = set(after.quads())
    with Store.open(tmp_path / "s") as store:
        catch_up(store, knowledge)
        monkeypatch.setattr(step[0], step[1], stop)
        with pytest.raises(KilledError):
            do(store)
        monkeypatch.undo()

    assert state(tmp_path / "s") in (before, wanted)
    with Store.open(tmp_path / "s") as store:
        logged = len(list(store.records()))
        catch_up(store, knowledge)
        assert set(store.quads()) == (wanted if logged == 2 else before)
        do(store)
        assert set(store.quads()) == wanted


@pytest.mark.parametrize("step", ["plan", "consequences", "reasoned"])
def test_what_cannot_be_worked_out_is_no_record(
    step: str,
    first: Contribution,
    second: Contribution,
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Store.memory()
    admit(store, first, knowledge)
    monkeypatch.setattr(commit, step, stop)
    with pytest.raises(KilledError):
        admit(store, second, knowledge)
    monkeypatch.undo()

    assert len(list(store.records())) == 1
    assert admit(store, second, knowledge)


CLAIM = "<http://example.org/c> kg:aspect kg:{} ; kg:about <{}> ; kg:value {} ; kg:factuality {} ."


@pytest.mark.parametrize(
    "words",
    [
        "<http://example.org/c> kg:aspect kg:agent ; kg:about <{report}> .",
        CLAIM.format("agent", "{report}", "<http://example.org/v>", "kg:Certain"),
        CLAIM.format("agent", "{report}", "'Norland'", "kg:Asserted"),
        CLAIM.format("when", "{report}", "<http://example.org/t>", "kg:Asserted")
        + "<http://example.org/t> kg:earliest 'May' .",
        CLAIM.format("casualties", "{report}", "<http://example.org/n>", "kg:Asserted")
        + CLAIM.format("casualties", "{report}", "<http://example.org/m>", "kg:Asserted").replace(
            "/c>", "/b>"
        )
        + "<http://example.org/n> kg:atLeast 'many' . <http://example.org/m> kg:atMost 'few' .",
        "<http://example.org/d> kg:onClaim <{claim}> ; kg:correctValue 'Norland' .",
        "<http://example.org/d> kg:describes 'Norland', <http://example.org/e> .",
        "<{report}> kg:reportOf 'raid' .",
    ],
)
def test_a_loaded_file_with_half_a_claim_stops_nothing(
    words: str, tmp_path: Path, first: Contribution, second: Contribution, knowledge: Knowledge
) -> None:
    store = Store.memory()
    admit(store, first, knowledge)
    claim = max(plain(q.subject) for q in first.quads if q.predicate == kg("aspect"))
    reports = {plain(q.subject): plain(q.object) for q in first.quads if q.predicate == kg("about")}
    file = tmp_path / "half.ttl"
    text = words.format(report=reports[claim], claim=claim)
    file.write_text(f"@prefix kg: <https://w3id.org/kgnews/ns#> . {text}", encoding="utf-8")
    load_file(file, store, knowledge)

    assert why(store, claim)
    reject(store, claim, knowledge, because="it is wrong")
    assert admit(store, second, knowledge)
    assert retract(store, first.article, knowledge)
    assert rebuild(store, knowledge)


def test_a_reader_is_told_that_the_quads_are_behind(
    tmp_path: Path, first: Contribution, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "s", create=True) as store:
        catch_up(store, knowledge)
        monkeypatch.setattr(Store, "write", stop)
        with pytest.raises(KilledError):
            admit(store, first, knowledge)
        monkeypatch.undo()

    with Store.open(tmp_path / "s", read_only=True) as store:
        assert store.behind


@pytest.mark.parametrize("lost", ["oxigraph", "index.sqlite"])
def test_what_is_computed_can_be_lost(
    lost: str, tmp_path: Path, first: Contribution, second: Contribution, knowledge: Knowledge
) -> None:
    with Store.open(tmp_path / "s", create=True) as store:
        admit(store, first, knowledge)
        admit(store, second, knowledge)
        rebuild(store, knowledge)
        whole = set(store.quads())
    for path in sorted((tmp_path / "s").glob(f"{lost}*")):
        for each in sorted(path.rglob("*"), reverse=True):
            each.unlink()
        if path.is_file():
            path.unlink()
    with Store.open(tmp_path / "s") as store:
        catch_up(store, knowledge)

        assert set(store.quads()) == whole
        assert store.index.held(graph=first.graph)


def test_the_same_axioms_are_known_again_whenever_they_are_read(knowledge: Knowledge) -> None:
    files = [*(shipped() / "ontology").glob("*.ttl"), Path(__file__).with_name("revocation.ttl")]

    assert Knowledge.of(read_axioms(files), Kin({})).digest == knowledge.digest


def test_other_axioms_are_derived_from_again(first: Contribution, knowledge: Knowledge) -> None:
    from dataclasses import replace

    from kg.rules import compile_rules

    bare = replace(knowledge.axioms, axioms=frozenset())
    fewer = replace(knowledge, axioms=bare, rules=compile_rules(bare), digest="other")
    store = Store.memory()
    admit(store, first, knowledge)
    catch_up(store, fewer)

    assert not list(store.quads(store.names.graph("inferred")))
    catch_up(store, knowledge)
    assert list(store.quads(store.names.graph("inferred")))
