"""`docs/servers.md` is true: its commands run against a real server and print what they show."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "servers.md").read_text(encoding="utf-8")
SHOWN = "http://127.0.0.1:7878"
Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with nothing in it."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("server"), stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, kg: Run, server: str) -> list[tuple[str, str, str]]:
    """Run all commands of the page in turn; return each with what is shown and what it printed."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(ROOT / "examples", folder / "examples")
    found = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
        for command, shown in zip(parts[::2], parts[1::2], strict=True):
            name, *words = shlex.split(command.replace(SHOWN, server))
            if name == "cd":
                folder = folder / words[0]
                folder.mkdir()
                continue
            if name == "ls":
                out = "".join(f"{path.name}\n" for path in sorted(folder.iterdir()) if path.name != "cache")
            else:
                done = kg(*words, cwd=folder)
                assert done.returncode == 0, done.stderr
                out = done.stdout + done.stderr
            found.append((command, shown, out.replace(server.rpartition(":")[2], "7878")))
    return found


def test_the_commands_of_the_page_print_what_it_shows(printed: list[tuple[str, str, str]]) -> None:
    lists = [(shown, out) for command, shown, out in printed if command == "ls"]

    assert lists == [("examples\nstore-127-0-0-1-7878\n", "examples\nstore-127-0-0-1-7878\n")]
    assert all(out for command, _, out in printed if "export" not in command)


def test_what_is_read_from_elsewhere_is_the_same(printed: list[tuple[str, str, str]]) -> None:
    rows = {out.count("\n") for command, _, out in printed if "query timeline --store" in command}

    assert len(rows) == 1
    assert rows.pop() > 2


@pytest.mark.parametrize("name", ["serve", "fsck"])
def test_what_needs_a_folder_says_so(kg: Run, server: str, tmp_path: Path, name: str) -> None:
    kg("build", ROOT / "examples" / "ural-post-raid.txt", "--store", server, cwd=tmp_path)
    done = kg(name, "--store", server, cwd=tmp_path)

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


def test_a_server_that_is_not_there_costs_one_line(kg: Run, tmp_path: Path) -> None:
    done = kg("query", "timeline", "--store", "http://127.0.0.1:9", cwd=tmp_path, KG_STORE_TIMEOUT="2")

    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1), done.stderr
    assert "is the server running?" in done.stderr
    assert list(tmp_path.iterdir()) == []
