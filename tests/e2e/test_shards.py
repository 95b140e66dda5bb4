"""A corpus built in parts: the same store comes of it, nothing is lost and nothing is there twice."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "Police raided a warehouse in Oslo on {} May 2024. Sweden accused Norway of arresting two men."
ALL = ("--shard", "all/3", "--to", "nquads", "shards")


def export(kg: Run, folder: Path, store: str = "store") -> str:
    done = kg("export", "-", "--format", "nquads", "--store", store, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def info(kg: Run, folder: Path, store: str = "store") -> dict[str, str]:
    return dict(line.split("\t") for line in kg("info", "--store", store, cwd=folder).stdout.splitlines())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, kg: Run, write_articles: Callable[[Path], Path]) -> Path:
    """A folder with a corpus of several kinds, of which one line is broken, a store of it, and its shards."""
    folder = tmp_path_factory.mktemp("plain")
    place = write_articles(folder)
    rows = [json.dumps({"text": TEXT.format(day), "date": f"2024-05-{day + 3:02}"}) for day in range(1, 7)]
    (place / "wire.jsonl").write_text("\n".join([*rows[:3], "{broken", *rows[3:]]), encoding="utf-8")
    assert kg("build", "articles", cwd=folder).returncode == 3
    assert kg("build", "articles", *ALL, cwd=folder).returncode == 3
    return folder


@pytest.fixture
def folder(plain: Path, tmp_path: Path) -> Path:
    """A folder of one's own with the corpus and its shards."""
    for name in ("articles", "shards", "cache"):
        shutil.copytree(plain / name, tmp_path / name)
    return tmp_path


def test_a_store_filled_from_shards_is_the_one_that_is_built_at_once(
    kg: Run, plain: Path, folder: Path
) -> None:
    done = kg("build", "--from", "nquads", "shards", cwd=folder)
    again = kg("build", "--from", "nquads", "shards", cwd=folder)

    assert export(kg, folder) == export(kg, plain) != ""
    assert done.stderr.startswith("8 articles read, 8 new or changed: ")
    assert again.stderr.startswith("8 articles read, 0 new or changed: ")
    assert info(kg, folder)["log admitted"] == "8"


def test_what_could_not_be_read_is_told_when_the_store_is_filled(kg: Run, folder: Path) -> None:
    done = kg("build", "--from", "nquads", "shards", cwd=folder)

    assert done.returncode == 3
    assert "not read: articles/wire.jsonl:4: not JSON" in done.stderr


def test_shards_are_n_quads_that_any_reader_takes(plain: Path) -> None:
    store = pyoxigraph.Store()
    for path in (plain / "shards").glob("*.nq"):
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)

    assert len(store) > 100
    assert {path.name for path in (plain / "shards").iterdir()} == {
        f"shard-000{n}-of-0003.{ending}" for n in (1, 2, 3) for ending in ("nq", "jsonl")
    }


def test_a_shard_that_is_there_is_not_made_again(kg: Run, folder: Path) -> None:
    (folder / "shards" / "shard-0002-of-0003.nq").unlink()
    kept = folder / "shards" / "shard-0001-of-0003.nq"
    before = kept.stat().st_mtime_ns
    done = kg("build", "articles", *ALL, cwd=folder)

    assert "2 of 3 shards there already" in done.stderr
    assert kept.stat().st_mtime_ns == before


def test_a_part_that_was_stopped_counts_for_nothing(kg: Run, folder: Path) -> None:
    path = folder / "shards" / "shard-0001-of-0003.nq"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    stopped = kg("build", "--from", "nquads", "shards", cwd=folder)
    (folder / "shards" / ".shard-0001-of-0003.nq.x.part").write_bytes(b"half")
    kg("build", "articles", *ALL, cwd=folder)

    assert stopped.returncode == 3
    assert "not whole; remove it, and build this shard again" in stopped.stderr
    assert path.read_bytes() == whole
    assert not list((folder / "shards").glob(".*"))


def test_a_missing_shard_is_named_and_nothing_is_read(kg: Run, folder: Path) -> None:
    (folder / "shards" / "shard-0002-of-0003.nq").unlink()
    done = kg("build", "--from", "nquads", "shards", cwd=folder)

    assert (done.returncode, done.stderr) == (3, "kg: shards: not yet made: 2\n")


def test_a_changed_shard_is_found(kg: Run, folder: Path) -> None:
    path = max((folder / "shards").glob("*.nq"), key=lambda each: each.stat().st_size)
    path.write_bytes(path.read_bytes().replace(b"Oslo", b"Bonn", 1))
    done = kg("build", "--from", "nquads", "shards", cwd=folder)

    assert done.returncode == 3
    assert "are not those that were written" in done.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("articles", *ALL, "--min-confidence", "0.5"), "made of other files, or with another ontology"),
        (("articles/wire.jsonl", *ALL), "made of other files, or with another ontology"),
        (("articles", "--shard", "4/3", "--to", "nquads", "shards"), "expected one such as 3/10"),
        (("articles", "--shard", "1/3"), "--shard and --engine spark go with --to nquads DIR"),
        (("articles", "--from", "nquads", "shards"), "--from goes without PATHS and --to"),
        ((), "missing PATHS"),
    ],
)
def test_what_does_not_go_together_is_refused(
    kg: Run, folder: Path, args: tuple[str, ...], message: str
) -> None:
    done = kg("build", *args, cwd=folder)

    assert done.returncode in (2, 3)
    assert message in done.stderr


def test_another_base_is_refused(kg: Run, folder: Path) -> None:
    (folder / "kg.yaml").write_text("base: https://example.org/\n", encoding="utf-8")
    done = kg("build", "--from", "nquads", "shards", cwd=folder)

    assert done.returncode == 3
    assert "not below this store's base https://example.org/" in done.stderr


def test_strict_stops_at_the_first_broken_line_and_keeps_what_came_before(kg: Run, folder: Path) -> None:
    done = kg("build", "articles/wire.jsonl", "--strict", cwd=folder)
    shard = kg("build", "articles", "--strict", "--shard", "1/1", "--to", "nquads", "one", cwd=folder)

    assert (done.returncode, done.stderr.partition(" not JSON")[0]) == (3, "kg: articles/wire.jsonl:4:")
    assert info(kg, folder)["articles"] == "3"
    assert shard.returncode == 3
    assert list((folder / "one").iterdir()) == []


def test_workers_read_pieces_as_one_process_does(kg: Run, plain: Path, folder: Path) -> None:
    kg("build", "articles", "--jobs", "2", "--no-cache", cwd=folder)

    assert export(kg, folder) == export(kg, plain)
