"""What must hold whatever happens: same bytes, no half-written file, a clean stop, a clean terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.options import write_out
from kg.errors import KgError

Run = Callable[..., subprocess.CompletedProcess[str]]
BLOCKS = 10_000  # bytes from which a file holds quads, not what is read when the store is opened
TEXT = "Police raided a warehouse in Oslo on {} May 2024. Sweden accused Norway of arresting two men."


@pytest.fixture(scope="module")
def twice(
    tmp_path_factory: pytest.TempPathFactory, kg: Run, write_articles: Callable[[Path], Path]
) -> tuple[Path, Path]:
    """Two stores of the same articles in the same order, made with other hash seeds."""
    folders = []
    for seed in ("0", "4242"):
        folder = tmp_path_factory.mktemp("seed")
        write_articles(folder)
        done = kg("build", "articles", cwd=folder, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        folders.append(folder)
    return folders[0], folders[1]


@pytest.mark.parametrize("how", ["turtle", "trig", "nquads", "jsonld"])
def test_exports_are_the_same_bytes_for_other_hash_seeds(kg: Run, twice: tuple[Path, Path], how: str) -> None:
    first, second = (
        kg("export", "-", "--format", how, cwd=folder, PYTHONHASHSEED=seed).stdout
        for folder, seed in zip(twice, ("1", "77"), strict=True)
    )

    assert first
    assert first == second


@pytest.mark.parametrize("name", ["timeline", "claims", "who-did-what-to-whom", "casualties"])
def test_answers_are_the_same_bytes_too(kg: Run, twice: tuple[Path, Path], name: str) -> None:
    first, second = (kg("query", name, cwd=folder).stdout for folder in twice)

    assert first.count("\n") > 1
    assert first == second


def heeding() -> None:
    """Take interrupts as a terminal's processes do: what a shell starts in the background ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(command: list[str], environment: dict[str, str], folder: Path) -> subprocess.Popen[str]:
    """Start a build of many articles, and return once it holds the store."""
    (folder / "many").mkdir()
    for each in range(200):
        text = " ".join(TEXT.format(day) for day in range(1, 29)) + f" It was article {each}."
        (folder / "many" / f"{each:03}.txt").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [*command, "build", "many"], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True,
        preexec_fn=heeding,  # noqa: PLW1509  # the child runs nothing else
    )  # fmt: skip
    deadline = time.monotonic() + 60
    log = folder / "store" / "log"
    while not (log.exists() and log.stat().st_size > 1000) and time.monotonic() < deadline:
        time.sleep(0.02)
    return process


def test_a_stop_by_hand_exits_with_130_and_leaves_whole_articles(
    kg: Run, command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    process = started(command, environment, tmp_path)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    after = kg("validate", cwd=tmp_path)

    assert (process.returncode, said.splitlines()) == (130, ["", "kg: stopped"])
    assert after.returncode == 0, after.stderr


def test_a_kill_leaves_whole_articles_that_the_next_run_goes_on_from(
    kg: Run, command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    process = started(command, environment, tmp_path)
    time.sleep(0.7)
    process.kill()
    process.communicate(timeout=60)
    known = dict(line.split("\t") for line in kg("info", cwd=tmp_path).stdout.splitlines())

    assert process.returncode == -signal.SIGKILL
    assert int(known["articles"]) == int(known["log admitted"]) > 0
    assert kg("query", "timeline", cwd=tmp_path).returncode == 0


def test_a_second_build_while_another_runs_is_refused(
    kg: Run, command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    process = started(command, environment, tmp_path)
    try:
        done = kg("build", "many/000.txt", cwd=tmp_path)
        still = process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

    assert still
    assert done.returncode == 3
    assert f"in use by process {process.pid}" in done.stderr


def test_a_reader_while_a_build_runs_is_told_so(
    kg: Run, command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    process = started(command, environment, tmp_path)
    try:
        done = kg("query", "timeline", cwd=tmp_path)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

    assert done.returncode == 3
    assert "in use by process" in done.stderr


def test_an_output_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "out.ttl"
    output.write_text("old", encoding="utf-8")

    def half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)

    with pytest.raises(KgError, match=r"out\.ttl: cannot be written: No space left"):
        write_out(b"all of it", output)
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("out.ttl", "old")]


def test_a_question_that_fails_leaves_the_output_file_as_it_was(kg: Run, built: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("old", encoding="utf-8")
    done = kg("query", "timeline", "actor=Atlantis", "-o", output, cwd=built)

    assert done.returncode == 3
    assert output.read_text(encoding="utf-8") == "old"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, kg: Run) -> Path:
    """A store of an article whose title, publisher and text carry terminal escapes."""
    folder = tmp_path_factory.mktemp("hostile")
    text = 'Police of Norway raided the "red\x1b[31m\x07 \x9b31m house" office in Oslo on 2 May 2024.\n'
    (folder / "a.txt").write_text(text, encoding="utf-8")
    title, publisher = "\x1b]0;owned\x07Title\u202e", "\x9b31mPaper"
    done = kg("build", "a.txt", "--title", title, "--publisher", publisher, "--explain", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert steering(done.stdout + done.stderr) == set()
    return folder


def steering(text: str) -> set[str]:
    """Return the characters of a text that can steer a terminal."""
    return {c for c in text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c == "\u202e"}


@pytest.mark.parametrize(
    "args",
    [
        ("query", "timeline"), ("query", "claims"), ("query", "claims", "--format", "table"),
        ("query", "claims", "--format", "csv"), ("query", "claims", "--format", "json"),
        ("query", "claims", "--format", "markdown"), ("why", "EVENT"), ("show", "EVENT"), ("show", "ARTICLE"),
        ("info",), ("validate", "--warnings"),
    ],
)  # fmt: skip
def test_control_characters_never_reach_the_terminal(kg: Run, hostile: Path, args: tuple[str, ...]) -> None:
    ask = "PREFIX kg: <https://w3id.org/kgnews/ns#> SELECT ?x { ?x a kg:%s } ORDER BY ?x"
    names = {
        word: kg("query", "--sparql", ask % word.capitalize(), cwd=hostile).stdout.splitlines()[1]
        for word in ("EVENT", "ARTICLE")
    }
    done = kg(*(names.get(arg, arg) for arg in args), cwd=hostile)

    assert done.returncode == 0, done.stderr
    assert steering(done.stdout + done.stderr) == set()


def on_terminal(command: list[str], folder: Path, *args: str) -> tuple[str, str]:
    """Run a command with output and messages on a terminal; return what that shows, and the exit code."""
    outer, inner = pty.openpty()
    process = subprocess.Popen([*command, *args], cwd=folder, stdout=inner, stderr=inner, stdin=inner)
    os.close(inner)
    shown = b""
    while select.select([outer], [], [], 60)[0]:
        try:
            data = os.read(outer, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(outer)
    return shown.decode("utf-8"), str(process.wait(60))


def test_a_terminal_gets_a_table(command: list[str], built: Path) -> None:
    shown, code = on_terminal(command, built, "query", "timeline")

    assert code == "0"
    assert "┃ earliest" in shown


def test_a_terminal_gets_progress_and_a_pipe_does_not(command: list[str], kg: Run, built: Path) -> None:
    shown, _ = on_terminal(command, built, "build", "articles")
    piped = kg("build", "articles", cwd=built)

    assert ": harbour.txt" in shown
    assert " of 2: " not in piped.stderr


def test_a_file_name_cannot_steer_the_terminal(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "a\x1b]0;owned\x07.txt").write_text("Police raided a warehouse.", encoding="utf-8")
    shown, _ = on_terminal(command, tmp_path, "build", ".")

    assert "done: a]0;owned.txt" in shown
    assert steering(re.sub(r"\r|\x1b\[K", "", shown)) == set()


@pytest.mark.parametrize("how", ["turtle", "nquads", "jsonld"])
def test_an_export_on_a_terminal_cannot_steer_it(command: list[str], hostile: Path, how: str) -> None:
    shown, code = on_terminal(command, hostile, "export", "-", "--format", how)

    assert code == "0"
    assert "Title" in shown
    assert steering(shown.replace("\r\n", "\n")) == set()


def test_an_export_into_a_pipe_keeps_the_words_of_the_text(kg: Run, hostile: Path) -> None:
    done = kg("export", "-", "--format", "nquads", cwd=hostile)

    assert "\x9b31m house" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        "export --format nquads",
        "query timeline",
        "why Moscow",
        "build articles",
        "query --sparql ASK{?s?p?o}",
    ],
)
def test_damaged_quads_are_told_in_one_line(words: str, tmp_path: Path, kg: Run, built: Path) -> None:
    shutil.copytree(built, tmp_path / "b")
    for path in (tmp_path / "b" / "store" / "oxigraph").glob("*.sst"):
        data = bytearray(path.read_bytes())
        if len(data) > BLOCKS:
            data[len(data) // 8 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 8)
            path.write_bytes(data)

    done = kg(*words.split(), cwd=tmp_path / "b")

    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "kg fsck tells what is damaged" in done.stderr
