"""RDF files of others, put into a store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.api import load_file, load_knowledge
from kg.commit import Knowledge, catch_up, load, rebuild
from kg.errors import ReadError
from kg.load import read_rdf
from kg.records import Loaded
from kg.store import Store
from kg.view import Change

LINE = "<https://example.org/a> <https://example.org/p> <https://example.org/b> .\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.ttl", "a.TTL", "a.trig", "a.nq", "a.nt"])
def test_each_ending_is_read(tmp_path: Path, name: str) -> None:
    assert len(read_rdf(written(tmp_path, name, LINE))) == 1


def test_json_ld_is_read(tmp_path: Path) -> None:
    text = '{"@id": "https://example.org/a", "https://example.org/p": {"@id": "https://example.org/b"}}'

    assert len(read_rdf(written(tmp_path, "a.jsonld", text))) == 1


def test_an_unknown_ending_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.csv: unknown ending; kg loads \.ttl, \.trig"):
        read_rdf(tmp_path / "a.csv")


def test_a_faulty_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a.nt", LINE + "<https://example.org/a> .\n")

    with pytest.raises(ReadError, match=r"a\.nt:2: not valid RDF"):
        read_rdf(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.ttl: cannot be read"):
        read_rdf(tmp_path / "gone.ttl")


def test_triples_without_a_graph_get_one_of_their_own(tmp_path: Path) -> None:
    store = Store.memory()

    assert load_file(written(tmp_path, "a.ttl", LINE), store) == 1
    (quad,) = store.quads()
    assert "graph/loaded-a-" in quad.graph_name.value


def test_what_a_store_notes_of_its_log_is_not_to_be_loaded(tmp_path: Path) -> None:
    store = Store.memory()
    line = LINE.replace(" .", f" <{store.names.graph('log')}> .")

    with pytest.raises(ReadError, match="in this graph a store keeps how far its log is known"):
        load_file(written(tmp_path, "a.nq", line), store)


def test_a_named_graph_keeps_its_name(tmp_path: Path) -> None:
    store = Store.memory()
    load_file(written(tmp_path, "a.trig", f"<https://example.org/g> {{ {LINE} }}"), store)

    (quad,) = store.quads()
    assert quad.graph_name.value == "https://example.org/g"


def test_loading_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    store = Store.memory()
    path = written(tmp_path, "a.ttl", f"_:x <https://example.org/p> _:y .\n{LINE}")
    load_file(path, store)

    assert load_file(path, store) == 0


def test_no_blank_node_enters_a_store(tmp_path: Path) -> None:
    store = Store.memory()
    load_file(written(tmp_path, "a.ttl", "_:x <https://example.org/p> _:y ."), store)

    assert "_:" not in " ".join(str(quad) for quad in store.quads())


def test_a_changed_file_replaces_what_it_gave_before(tmp_path: Path) -> None:
    store = Store.memory()
    load_file(written(tmp_path, "a.ttl", LINE), store)
    load_file(written(tmp_path, "a.ttl", LINE.replace("/b>", "/c>")), store)

    assert [str(quad.object) for quad in store.quads()] == ["<https://example.org/c>"]


@pytest.fixture
def by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of any size go in by parts of ten quads."""
    monkeypatch.setattr("kg.load.LARGE", 0)
    monkeypatch.setattr("kg.load.PART", 10)
    monkeypatch.setattr("kg.quads.BULK", 5)


def numbered(folder: Path, numbers: Iterable[int]) -> Path:
    return written(folder, "big.nt", "".join(LINE.replace("/a>", f"/{n}>") for n in numbers))


def test_a_large_file_comes_in_by_parts_as_it_would_at_once(by_parts: None, tmp_path: Path) -> None:
    store, knowledge = Store.memory(), load_knowledge()
    path = numbered(tmp_path, range(35))

    assert load_file(path, store, knowledge) == 35
    assert len([quad for quad in store.quads() if "loaded-big" in str(quad.graph_name)]) == 35
    assert len(list(store.records())) == 4
    assert load_file(path, store, knowledge) == 0
    assert len(list(store.records())) == 4


def test_a_load_that_was_stopped_goes_on_after_the_last_whole_part(
    by_parts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, knowledge, parts = Store.memory(), load_knowledge(), list[int]()
    path = numbered(tmp_path, range(35))

    def stopping(target: Store, loaded: Loaded, known: Knowledge) -> int:
        parts.append(loaded.part)
        if len(parts) == 3:
            raise KeyboardInterrupt
        return load(target, loaded, known)

    monkeypatch.setattr("kg.load.load", stopping)
    with pytest.raises(KeyboardInterrupt):
        load_file(path, store, knowledge)
    load_file(path, store, knowledge)

    assert parts == [1, 2, 3, 3, 4]
    assert len([quad for quad in store.quads() if "loaded-big" in str(quad.graph_name)]) == 35


def test_another_version_of_a_large_file_replaces_all_of_the_older(by_parts: None, tmp_path: Path) -> None:
    store, knowledge = Store.memory(), load_knowledge()
    load_file(numbered(tmp_path, range(35)), store, knowledge)
    load_file(numbered(tmp_path, range(30, 45)), store, knowledge)
    loaded = {str(quad.subject) for quad in store.quads() if "loaded-big" in str(quad.graph_name)}
    before = [quad for quad in store.quads() if "example.org" in str(quad)]

    assert loaded == {f"<https://example.org/{n}>" for n in range(30, 45)}
    rebuild(store, knowledge)
    assert {quad for quad in store.quads() if "example.org" in str(quad)} == set(before)


def test_a_fault_at_the_end_of_a_large_file_leaves_the_store_as_it_was(
    by_parts: None, tmp_path: Path
) -> None:
    store = Store.memory()
    path = numbered(tmp_path, range(35))
    path.write_text(path.read_text(encoding="utf-8") + "<a> .\n", encoding="utf-8")

    with pytest.raises(ReadError, match=r"big\.nt:36: not valid RDF"):
        load_file(path, store)
    assert list(store.quads()) == []


def test_a_file_that_changes_while_it_is_loaded_is_told(
    by_parts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = numbered(tmp_path, range(35))

    def changing(target: Store, loaded: Loaded, known: Knowledge) -> int:
        numbered(tmp_path, range(40))
        return load(target, loaded, known)

    monkeypatch.setattr("kg.load.load", changing)
    with pytest.raises(ReadError, match="changed while it was loaded"):
        load_file(path, Store.memory())


def test_quads_that_went_in_before_a_kill_are_there_once_after_it(
    by_parts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge, path = load_knowledge(), numbered(tmp_path, range(35))
    with Store.open(tmp_path / "s", create=True) as store, monkeypatch.context() as patch:
        catch_up(store, knowledge)
        patch.setattr(Change, "update", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            load_file(path, store, knowledge)
    with Store.open(tmp_path / "s") as store:
        load_file(path, store, knowledge)
        numbers = [str(q.subject) for q in store.quads() if "loaded-big" in str(q.graph_name)]

    assert sorted(numbers) == sorted(f"<https://example.org/{n}>" for n in range(35))
