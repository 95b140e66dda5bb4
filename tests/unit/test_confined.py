"""A process that reads what others wrote has no network and no other program, where the kernel can."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

import pytest

from kg.confined import confine

LINUX = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="no filter for this kernel",
)
REACHING = {
    "socket": "import socket; socket.socket()",
    "connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "unix socket": "import socket; socket.socket(socket.AF_UNIX)",
    "program": "import os; os.execv('/bin/true', ['true'])",
    "shell": "import subprocess; subprocess.run('true', shell=True)",
}
HARMLESS = """import os, socket
open("/etc/hostname").close()
socket.socketpair()
os.wait() if os.fork() else os._exit(0)"""


def tried(words: str, front: Connection, before: Callable[[], bool]) -> None:
    """Run some Python after something else; send what became of it."""
    before()
    try:
        exec(words)
    except PermissionError:
        front.send("refused")
    except ConnectionRefusedError:
        front.send("tried")
    else:
        front.send("done")


def outcome(words: str, before: Callable[[], bool]) -> str:
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=tried, args=(words, theirs, before))
    process.start()
    theirs.close()
    try:
        return str(ours.recv())
    except EOFError:
        return "gone"
    finally:
        process.join()


@LINUX
@pytest.mark.parametrize("name", REACHING)
def test_what_reaches_out_is_refused_once_a_process_is_confined(name: str) -> None:
    assert (outcome(REACHING[name], bool), outcome(REACHING[name], confine)) in (
        ("done", "refused"), ("tried", "refused"), ("gone", "refused"),
    )  # fmt: skip


@LINUX
def test_files_pipes_and_forks_are_left() -> None:
    assert outcome(HARMLESS, confine) == "done"


@LINUX
@pytest.mark.parametrize(("network", "printed"), [("False", "refused"), ("True", "made")])
def test_a_command_with_limits_makes_no_connection_unless_its_store_is_on_a_server(
    network: str, printed: str
) -> None:
    words = f"""
import socket
from kg.limited import Limits, within
within(Limits(), network={network})
try:
    socket.socket()
    print("made")
except PermissionError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)

    assert done.stdout == f"{printed}\n"
