"""What others wrote costs the command line no more than its limits: a line, exit code 3, no change."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
HEAVY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?a = ?i && ?c = ?d && ?k = ?c) }"
GROWING = (
    "SELECT ?z { BIND ('aaaaaaaaaa' AS ?a) "
    + "".join(
        f"BIND (CONCAT(?{one}, ?{one}, ?{one}, ?{one}, ?{one}, ?{one}, ?{one}, ?{one}) AS ?{other}) "
        for one, other in zip("abcdefghij", "bcdefghijz", strict=True)
    )
    + "}"
)
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:property [ sh:path <urn:p> ; sh:pattern "^(a|a)*$" ] ."""


def refused(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1), done.stderr
    assert done.stderr.startswith(f"kg: {words}")


def test_a_query_that_takes_too_long_is_stopped(kg: Run, built: Path) -> None:
    began = time.monotonic()
    done = kg("query", "--sparql", HEAVY, "--timeout", "1", cwd=built)

    refused(done, "stopped: this took longer than 1 seconds; --timeout allows more")
    assert time.monotonic() - began < 3


def test_a_query_that_takes_too_much_memory_is_stopped_in_one_line(kg: Run, built: Path) -> None:
    done = kg("query", "--sparql", GROWING, cwd=built, KG_MEMORY="300")

    refused(done, "stopped: this needs more than 300 MiB")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * {?s ?p ?o FILTER(" + "!(" * 22, "more than 8 negated brackets"),
        ("SELECT * " + "{" * 2400 + "}" * 2400, "more than 64 brackets"),
        ("SELECT * " + "{#}\n" * 2400 + "}" * 2400, "more than 64 brackets"),
        ("SELECT * {?s ?p ?o FILTER(1<" + "!(')'=" * 30 + ">0", "more than 8 negated brackets"),
    ],
)
@pytest.mark.parametrize("how", ["--sparql", "--explain", "file"])
def test_a_query_that_is_a_bomb_is_not_even_parsed(
    kg: Run, built: Path, tmp_path: Path, text: str, words: str, how: str
) -> None:
    (tmp_path / "bomb.rq").write_text(f"#+ summary: x\n{text}", encoding="utf-8")
    given = ["--sparql", text, *([how] if how == "--explain" else [])]
    done = kg("query", *([tmp_path / "bomb.rq"] if how == "file" else given), cwd=built)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert words in done.stderr


def test_a_pattern_that_never_ends_is_stopped(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "d.ttl").write_text(f'<urn:a> <urn:p> "{"a" * 40}b" .', encoding="utf-8")
    done = kg("validate", "d.ttl", "--shapes", "s.ttl", "--engine", "pyshacl", "--timeout", "3", cwd=tmp_path)

    refused(done, "stopped: this took longer than 3 seconds")


def test_a_load_that_takes_too_long_leaves_the_store_whole(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> <urn:b> .", encoding="utf-8")
    assert kg("load", "a.ttl", cwd=tmp_path).returncode == 0
    before = kg("export", "-", "--format", "nquads", cwd=tmp_path).stdout
    chain = "".join(f"<urn:{n}> <http://purl.org/x> <urn:{n + 1}> .\n" for n in range(200_000))
    (tmp_path / "b.nt").write_text(chain, encoding="utf-8")
    done = kg("load", "b.nt", "--timeout", "1.5", cwd=tmp_path)

    refused(done, "stopped: this took longer than 1.5 seconds")
    assert kg("export", "-", "--format", "nquads", cwd=tmp_path).stdout == before
    assert kg("fsck", cwd=tmp_path).returncode == 0


def test_what_works_keeps_its_exit_code_its_output_and_its_messages(
    kg: Run, built: Path, tmp_path: Path
) -> None:
    asked = kg("query", "--sparql", "ASK { ?s <urn:no> ?o }", "-e", cwd=built)
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> <urn:b> .", encoding="utf-8")
    loaded = kg("load", "a.ttl", cwd=tmp_path)

    assert (asked.returncode, asked.stdout.split()[-1]) == (1, "false")
    assert (loaded.returncode, loaded.stderr) == (0, "a.ttl: 1 new quad\n")


def test_a_query_may_come_from_standard_input(kg: Run, built: Path) -> None:
    done = kg("query", "--sparql", "-", cwd=built, given="ASK {}")

    assert done.stdout.split()[-1] == "true"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_who_stops_the_command_stops_its_work(
    command: list[str], environment: dict[str, str], built: Path, number: signal.Signals
) -> None:
    begun = [*command, "query", "--sparql", HEAVY]
    with subprocess.Popen(begun, cwd=built, env=environment, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(2)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            process.kill()
            pytest.skip("this system does not tell whose child a process is")
        (child,) = children.read_text(encoding="ascii").split()
        os.kill(process.pid, number)
        process.wait(5)

    for _ in range(50):
        if not Path(f"/proc/{child}").exists() or " Z " in Path(f"/proc/{child}/stat").read_text():
            break
        time.sleep(0.1)
    else:
        os.kill(int(child), signal.SIGKILL)
        pytest.fail("it goes on")
