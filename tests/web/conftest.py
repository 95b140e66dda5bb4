"""A served store, through the real command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
KG = [sys.executable, "-m", "kg"]


@contextmanager
def served(store: Path | None, *options: str) -> Iterator[str]:
    """Run kg serve on any free port, --scratch without a store; yield its address, no slash at its end."""
    what = ["--scratch"] if store is None else ["--store", str(store)]
    command = [*KG, "serve", *what, "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\n", line), line
            yield line.strip().rstrip("/")
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the examples."""
    store = tmp_path_factory.mktemp("story") / "store"
    subprocess.run([*KG, "build", str(ROOT / "examples"), "--store", str(store)], check=True)
    return store


@pytest.fixture(scope="session")
def site(story: Path) -> Iterator[str]:
    """The address of the examples, served."""
    with served(story) as address:
        yield address


@pytest.fixture(scope="module")
def scratch() -> Iterator[str]:
    """The address of a data set in memory."""
    with served(None) as address:
        yield address


@pytest.fixture(scope="session")
def make_site() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Write a site of files from a store into a folder."""

    def make(store: Path, folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
        command = [*KG, "export", "site", str(folder), "--store", str(store)]
        return subprocess.run(
            command, env={**os.environ, **extra}, capture_output=True, text=True, check=False
        )

    return make


@pytest.fixture(scope="session")
def files(
    story: Path,
    make_site: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder of the examples' site of files."""
    folder = tmp_path_factory.mktemp("files") / "site"
    done = make_site(story, folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Serve a store with options."""
    return served


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    """A client of the served examples."""
    with httpx.Client(base_url=site, timeout=60) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("KG_REQUIRE_EVAL") == "1":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()
