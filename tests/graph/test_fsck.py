"""Damage is told with the file, by whoever opens the store or by fsck, and mended from what is left."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad

from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit, catch_up, retract
from kg.decisions import purge
from kg.errors import StoreError
from kg.iri import Names
from kg.quads import open_quads, put, reopened
from kg.scanning import fsck
from kg.store import Store

Damage = Callable[[Path], object]


@pytest.fixture
def path(tmp_path: Path, first: Contribution, second: Contribution, knowledge: Knowledge) -> Path:
    """A closed store of two articles; an older version of it is beside it."""
    with Store.open(tmp_path / "s", create=True) as store:
        store.learn(vocabulary(knowledge.axioms, Names()))
        admit(store, first, knowledge)
    shutil.copytree(tmp_path / "s", tmp_path / "old")
    with Store.open(tmp_path / "s") as store:
        admit(store, second, knowledge)
    return tmp_path / "s"


def state(path: Path, knowledge: Knowledge) -> set[Quad]:
    with Store.open(path) as store:
        catch_up(store, knowledge)
        return set(store.quads())


def flipped(name: str, place: int) -> Damage:
    def do(path: Path) -> None:
        data = bytearray((path / name).read_bytes())
        data[place] ^= 8
        (path / name).write_bytes(data)

    return do


def cut(name: str, size: int) -> Damage:
    return lambda path: (path / name).write_bytes((path / name).read_bytes()[:size])


def gone(name: str) -> Damage:
    return lambda path: [file.unlink() for file in path.glob(name)]


def older(name: str) -> Damage:
    return lambda path: shutil.copy(path.parent / "old" / name, path / name)


def of_another_store(path: Path) -> None:
    Store.open(path.parent / "other", create=True).close()
    shutil.copy(path.parent / "other" / "log", path / "log")


def row_changed(path: Path) -> None:
    connection = sqlite3.connect(path / "index.sqlite")
    connection.execute("UPDATE article SET published = '2031-05-04'")
    connection.commit()
    connection.close()


def words_changed(path: Path) -> None:
    connection = sqlite3.connect(path / "index.sqlite")
    connection.execute("UPDATE said_data SET block = zeroblob(length(block)) WHERE id > 10")
    connection.commit()
    connection.close()


def quads_changed(graph: str) -> Damage:
    def do(path: Path) -> None:
        quads = pyoxigraph.Store(str(path / "oxigraph"))
        quads.remove(next(iter(quads.quads_for_pattern(None, None, None, NamedNode(Names().graph(graph))))))
        quads.flush()
        (path / "seal.json").unlink()

    return do


AT_ONCE: dict[str, tuple[str, Damage]] = {
    "the log is gone": ("log", gone("log")),
    "the log is empty": ("log", cut("log", 0)),
    "the title of the log": ("log", flipped("log", 15)),
    "the last record": ("log", flipped("log", -20)),
    "the log is cut": ("log", cut("log", 3000)),
    "the log is older": ("log", older("log")),
    "the log is of another store": ("log", of_another_store),
    "the settings": ("kg.json", flipped("kg.json", 30)),
    "the settings are gone": ("kg.json", gone("kg.json")),
    "CURRENT": ("oxigraph", flipped("oxigraph/CURRENT", 3)),
    "tables are gone": ("oxigraph", gone("oxigraph/*.sst")),
    "the index is older": ("index.sqlite", cut("index.sqlite", 8192)),
    "the seal": ("seal.json", cut("seal.json", 10)),
}
LATER: dict[str, tuple[str, Damage]] = {
    "a record in the middle": ("log", flipped("log", 2000)),
    "the copy": ("log.copy", flipped("log.copy", 2000)),
    "the copy is gone": ("log.copy", gone("log.copy")),
    "a row of the index": ("index.sqlite", row_changed),
    "words of the index": ("index.sqlite", words_changed),
    "the index is gone": ("index.sqlite", gone("index.sqlite")),
    "a quad of the events": ("oxigraph", quads_changed("events")),
    "a quad of the ontology": ("oxigraph", quads_changed("ontology")),
}


def test_nothing_is_wrong_with_a_store_that_is_whole(path: Path, knowledge: Knowledge) -> None:
    files = {file: file.read_bytes() for file in path.rglob("*") if file.is_file() and file.name != "LOG"}

    assert fsck(path, knowledge) == ()
    assert {file: file.read_bytes() for file in files} == files


def test_a_store_that_somebody_read_is_as_it_was_left(path: Path) -> None:
    with Store.open(path, read_only=True) as store:
        assert store.catalogue is not None
    (path / "index.sqlite-wal").touch()  # what SQLite may leave behind

    Store.open(path, read_only=True).close()


@pytest.mark.parametrize("name", AT_ONCE)
def test_damage_that_costs_nothing_to_see_is_refused_on_opening(
    name: str, path: Path, knowledge: Knowledge
) -> None:
    file, damage = AT_ONCE[name]
    damage(path)

    with pytest.raises(StoreError, match=f"{file}.*kg fsck"), Store.open(path) as store:
        catch_up(store, knowledge)


@pytest.mark.parametrize("name", [*AT_ONCE, *LATER])
def test_fsck_names_the_file_and_brings_everything_back(name: str, path: Path, knowledge: Knowledge) -> None:
    whole = state(path, knowledge)
    file, damage = {**AT_ONCE, **LATER}[name]
    damage(path)
    found = fsck(path, knowledge, repair=True)

    assert [each for each in found if each.file.startswith(file)]
    assert fsck(path, knowledge) == ()
    assert state(path, knowledge) == whole


def test_without_repair_nothing_is_touched(path: Path, knowledge: Knowledge) -> None:
    flipped("log", 2000)(path)
    before = {file: file.read_bytes() for file in path.rglob("*") if file.is_file() and file.name != "LOG"}

    assert fsck(path, knowledge) == fsck(path, knowledge) != ()
    assert {file: file.read_bytes() for file in before} == before


@pytest.mark.parametrize("damage", [flipped, cut, lambda name, _: gone(name)])
def test_what_both_files_of_the_log_lost_is_told_and_left_alone(
    damage: Callable[[str, int], Damage], path: Path, knowledge: Knowledge
) -> None:
    for name in ("log", "log.copy"):
        damage(name, 2000)(path)
    before = [file.read_bytes() for file in path.glob("log")]
    found = fsck(path, knowledge, repair=True)

    assert any(each.lost and each.file == "log" and "backup" in each.fix for each in found)
    assert [file.read_bytes() for file in path.glob("log")] == before
    with pytest.raises(StoreError, match="log"), Store.open(path) as store:
        catch_up(store, knowledge)
        list(store.records())


def test_words_that_are_not_at_their_place_in_the_text_are_told(
    path: Path, first: Contribution, knowledge: Knowledge
) -> None:
    with Store.open(path) as store:
        admit(store, replace(first, text=f" {first.text}"), knowledge)

    found = fsck(path, knowledge)
    assert found
    assert all("these are not the words at its place" in str(each) for each in found)


def test_what_a_kill_leaves_is_no_damage(
    path: Path, first: Contribution, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path) as store:
        catch_up(store, knowledge)
        monkeypatch.setattr(Store, "write", lambda *_: (_ for _ in ()).throw(StoreError("killed")))
        with pytest.raises(StoreError, match="killed"):
            retract(store, first.article, knowledge)
        monkeypatch.undo()

    assert fsck(path, knowledge) == ()


def test_a_copy_that_is_behind_follows(path: Path, knowledge: Knowledge) -> None:
    older("log.copy")(path)

    assert fsck(path, knowledge) == ()
    Store.open(path).close()
    assert (path / "log.copy").read_bytes() == (path / "log").read_bytes()


def test_a_record_is_in_both_files_when_it_counts(
    path: Path, first: Contribution, knowledge: Knowledge
) -> None:
    with Store.open(path) as store:
        retract(store, first.article, knowledge)

        assert (path / "log.copy").read_bytes() == (path / "log").read_bytes()


def test_a_purge_is_done_in_both_files(path: Path, first: Contribution, knowledge: Knowledge) -> None:
    with Store.open(path) as store:
        purge(store, first.article, knowledge)
        after = set(store.quads())

    assert (path / "log.copy").read_bytes() == (path / "log").read_bytes()
    assert fsck(path, knowledge) == ()
    assert state(path, knowledge) == after


def test_a_purge_that_stops_midway_leaves_the_state_before(
    path: Path, first: Contribution, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = state(path, knowledge)

    def stop(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("kg.store.put_in_place", stop)
    with Store.open(path) as store, pytest.raises(StoreError, match="cannot be written"):
        purge(store, first.article, knowledge)
    monkeypatch.undo()

    assert state(path, knowledge) == whole
    assert fsck(path, knowledge) == ()


def test_writing_goes_on_after_a_refusal(
    path: Path, first: Contribution, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path) as store:
        catch_up(store, knowledge)
        opened: list[Path] = []

        def again(place: Path) -> object:
            opened.append(place)
            return reopened(place)

        monkeypatch.setattr("kg.embedded.reopened", again)
        monkeypatch.setattr("kg.embedded.put", lambda *_: (_ for _ in ()).throw(StoreError("no space")))
        with pytest.raises(StoreError, match="no space"):
            retract(store, first.article, knowledge)
        monkeypatch.setattr("kg.embedded.put", put)
        assert not retract(store, first.article, knowledge)  # the record was safe: it is made up for

        assert opened == [path]
        assert not list(store.quads(first.graph))


def test_reading_goes_on_while_the_disk_refuses(
    path: Path, first: Contribution, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(store: Path, *, read_only: bool) -> pyoxigraph.Store:
        if not read_only:
            raise StoreError("no space")
        return open_quads(store, read_only=True)

    with Store.open(path) as store:
        catch_up(store, knowledge)
        monkeypatch.setattr("kg.embedded.put", lambda *_: (_ for _ in ()).throw(StoreError("no space")))
        monkeypatch.setattr("kg.quads.open_quads", refused)
        for why in ("no space", "the disk refuses; make room"):
            with pytest.raises(StoreError, match=why):
                retract(store, first.article, knowledge)

        assert list(store.quads(first.graph))
