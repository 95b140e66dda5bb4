"""`kg build --engine spark`, on a real Spark with two workers: killed in the middle it goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "Police raided a warehouse in Oslo on {} May 2024. Sweden accused Norway of arresting two men."
MASTER = {"PYSPARK_SUBMIT_ARGS": "--master local[2] pyspark-shell"}

spark = pytest.mark.usefixtures("java")


@pytest.fixture(scope="module")
def java() -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("there is no Java")


def corpus(folder: Path, number: int, sentences: int) -> None:
    (folder / "many").mkdir()
    for each in range(number):
        days = (1 + (each + day) % 28 for day in range(sentences))
        text = " ".join(TEXT.format(day) for day in days) + f" It was article {each}."
        (folder / "many" / f"{each:03}.txt").write_text(text, encoding="utf-8")


def export(kg: Run, folder: Path, store: str) -> str:
    return kg("export", "-", "--format", "nquads", "--store", store, cwd=folder).stdout


def arguments(to: str, of: int) -> list[str]:
    given = ["build", "many", "--engine", "spark", "--shard", f"all/{of}", "--to", "nquads", to]
    return [*given, "--no-cache", "--store", "from-spark"]


@spark
@pytest.mark.parametrize("scheme", [False, pytest.param(True, marks=pytest.mark.long)])
def test_spark_builds_the_same_store(kg: Run, tmp_path: Path, scheme: bool) -> None:
    corpus(tmp_path, 3, 2)
    to = (tmp_path / "shards").as_uri() if scheme else "shards"
    done = kg(*arguments(to, 2), cwd=tmp_path, **MASTER)
    kg("build", "many", "--store", "plain", cwd=tmp_path)

    assert "3 articles read, 3 new or changed" in done.stderr, done.stderr
    assert export(kg, tmp_path, "from-spark") == export(kg, tmp_path, "plain") != ""
    assert len(list((tmp_path / "shards").glob("shard-*-of-0002.nq"))) == 2


@pytest.fixture
def killed(
    command: list[str], environment: dict[str, str], tmp_path: Path, java: None
) -> Iterator[dict[Path, int]]:
    """The shards that were there, with their times, when the driver was killed in the middle."""
    corpus(tmp_path, 40, 1)
    process = subprocess.Popen(
        [*command, *arguments("shards", 24)], cwd=tmp_path, env={**environment, **MASTER},
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while not list((tmp_path / "shards").glob("*.nq")) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
        process.wait()
        time.sleep(3)  # until Spark has seen that nobody is there any more
        yield {path: path.stat().st_mtime_ns for path in (tmp_path / "shards").glob("*.nq")}
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


@spark
@pytest.mark.long
def test_a_killed_driver_keeps_finished_shards_and_makes_nothing_twice(
    kg: Run, killed: dict[Path, int], tmp_path: Path
) -> None:
    done = kg(*arguments("shards", 24), cwd=tmp_path, **MASTER)
    kg("build", "many", "--store", "plain", cwd=tmp_path)
    known = dict(
        line.split("\t") for line in kg("info", "--store", "from-spark", cwd=tmp_path).stdout.splitlines()
    )

    assert 0 < len(killed) < 24
    assert {path: path.stat().st_mtime_ns for path in killed} == killed
    assert "40 articles read, 40 new or changed" in done.stderr, done.stderr
    assert known["log admitted"] == "40"
    assert export(kg, tmp_path, "from-spark") == export(kg, tmp_path, "plain")


@spark
@pytest.mark.long
def test_what_a_task_cannot_do_is_one_line(kg: Run, tmp_path: Path) -> None:
    corpus(tmp_path, 1, 1)
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = kg(*arguments("file/shards", 1), cwd=tmp_path, **MASTER)
    name = "shard-0001-of-0001"

    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].endswith(
        f"kg: {name}: {tmp_path}/file/shards/{name}: cannot be written: Not a directory"
    )


def test_without_pyspark_there_is_one_clear_line(kg: Run, tmp_path: Path) -> None:
    corpus(tmp_path, 1, 1)
    (tmp_path / "pyspark.py").write_text("raise ImportError", encoding="utf-8")
    kept = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = kg(*arguments("shards", 1), cwd=tmp_path, PYTHONPATH=kept)

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "kg: --engine spark needs pyspark: pip install 'kgnews[spark]'"


def test_without_java_there_is_one_clear_line(kg: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    corpus(tmp_path, 1, 1)
    done = kg(*arguments("shards", 1), cwd=tmp_path, PATH=str(tmp_path), JAVA_HOME="")

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "kg: --engine spark needs Java 17: install a JRE, or set JAVA_HOME"
