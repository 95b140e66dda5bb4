"""Options and values that all tests share: the shipped knowledge, the real parser, loaded once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.extraction import Reader
from kg.ontology import Ontology, load_ontology
from kg.pipeline import Kit, load_kit
from kg.resources import resources

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write tests/golden anew; read its diff.")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden", default=False) and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden is refused where CI is set: golden files are read in review")


@pytest.fixture(scope="session")
def knowledge() -> Ontology:
    """All of the shipped `ontology/`."""
    return load_ontology(resources())


@pytest.fixture(scope="session")
def kit() -> Kit:
    """The shipped knowledge with the real parser."""
    return load_kit(resources())


@pytest.fixture(scope="session")
def reader(kit: Kit) -> Reader:
    """Takes events from articles, with the real parser."""
    return kit.reader


@pytest.fixture(scope="session")
def evaluation() -> Path:
    """The folder of measured texts; without it a test is skipped, or fails under KG_REQUIRE_EVAL=1."""
    folder = Path(os.environ.get("KG_EVAL") or ROOT.parent / "shared" / "eval")
    if folder.is_dir():
        return folder
    reason = f"{folder}: the measured texts are not here (set KG_EVAL)"
    if os.environ.get("KG_REQUIRE_EVAL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
