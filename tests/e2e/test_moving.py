"""Backup, export and load of whole stores: nothing is lost, and what does not fit is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def decided(built: Path, tmp_path_factory: pytest.TempPathFactory, kg: Run) -> Path:
    """A folder with a store in which somebody decided something and took an article out."""
    folder = tmp_path_factory.mktemp("decided")
    shutil.copytree(built / "store", folder / "store")
    claim = kg("query", "claims", cwd=folder).stdout.splitlines()[1].split("\t")[-1]
    for args in (("reject", claim, "--because", "a rumour"), ("retract", "Finland demands an apology")):
        done = kg(*args, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


def export(kg: Run, folder: Path, store: str, *more: str) -> str:
    done = kg("export", "-", "--format", "nquads", "--store", store, *more, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["all.nq", "all.trig", "all.jsonld"])
def test_a_store_goes_out_and_in_again_quad_by_quad(
    kg: Run, decided: Path, tmp_path: Path, name: str
) -> None:
    kg("export", tmp_path / name, "--provenance", cwd=decided)
    loaded = kg("load", name, cwd=tmp_path)

    assert loaded.returncode == 0, loaded.stderr
    assert export(kg, tmp_path, "store") == export(kg, decided, "store", "--provenance") != ""


def test_what_somebody_decided_is_in_the_file(kg: Run, decided: Path) -> None:
    text = export(kg, decided, "store", "--provenance")

    assert '"a rumour"' in text
    assert "invalidatedAtTime" in text


@pytest.mark.parametrize("kept", [("log", "kg.json"), ("log", "kg.json", "oxigraph", "index.sqlite")])
def test_a_copy_of_the_log_is_a_backup_of_all(
    kg: Run, decided: Path, tmp_path: Path, kept: tuple[str, ...]
) -> None:
    (tmp_path / "store").mkdir()
    for name in kept:
        source = decided / "store" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / "store" / name)
    done = kg("rebuild", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert export(kg, tmp_path, "store", "--provenance") == export(kg, decided, "store", "--provenance")


def test_info_tells_sizes_and_versions(kg: Run, decided: Path) -> None:
    known = dict(line.split("\t") for line in kg("info", cwd=decided).stdout.splitlines())
    parts = [int(known[f"bytes of {part}"]) for part in ("log", "oxigraph", "index.sqlite")]

    assert known["format"] == "2"
    assert len(known["ontology"]) == 16
    assert (known["log admitted"], known["log judged"], known["log retracted"]) == ("2", "1", "1")
    assert min(parts) > 0
    assert sum(parts) < int(known["bytes on disk"])


@pytest.mark.parametrize(
    ("version", "fix"), [(1, "build the articles into a new one"), (3, "upgrade kgnews")]
)
def test_a_store_of_another_version_is_refused_in_one_line(
    kg: Run, decided: Path, tmp_path: Path, version: int, fix: str
) -> None:
    shutil.copytree(decided / "store", tmp_path / "store")
    about = json.loads((tmp_path / "store" / "kg.json").read_text(encoding="utf-8"))
    (tmp_path / "store" / "kg.json").write_text(json.dumps({**about, "format": version}), encoding="utf-8")
    done = kg("info", cwd=tmp_path)

    line = f"kg: {tmp_path}/store: format {version} of the store is not format 2; {fix}\n"
    assert (done.returncode, done.stderr) == (3, line)


def test_a_disk_that_fills_up_leaves_no_half_a_shard(
    command: list[str], environment: dict[str, str], write_articles: Callable[[Path], Path], tmp_path: Path
) -> None:
    write_articles(tmp_path)
    build = [*command, "build", "articles", "--no-cache", "--to", "nquads", "shards"]
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 4; exec "$@"', "bash", *build], cwd=tmp_path, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (
        3, "kg: shards/shard-0001-of-0001: cannot be written: File too large\n",
    )  # fmt: skip
    assert list((tmp_path / "shards").iterdir()) == []
