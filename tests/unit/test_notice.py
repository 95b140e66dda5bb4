"""NOTICE and docs/dependencies.md name what is installed."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notice", ROOT / ".ci" / "notice.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["notice"] = module
    spec.loader.exec_module(module)
    return module


def stated(text: str) -> dict[str, str]:
    """Return the packages of a NOTICE with their licences."""
    rows = re.findall(r"^(\S+) \| .+ \| (.+)$", text, re.MULTILINE)
    return {canonicalize_name(name): licence for name, licence in rows}


def missing(text: str, script: ModuleType) -> list[str]:
    """Return what is installed and not in a NOTICE, or stands there with another licence."""
    known = stated(text)
    rows = script.closure("kgnews", "test")
    return sorted(name for name, row in rows.items() if known.get(name) != row.licence)


def test_notice_lists_every_installed_package_with_its_licence(script: ModuleType) -> None:
    assert missing((ROOT / "NOTICE").read_text(encoding="utf-8"), script) == []


def test_a_package_that_is_not_in_notice_is_found(script: ModuleType) -> None:
    text = re.sub(r"(?m)^click .*\n", "", (ROOT / "NOTICE").read_text(encoding="utf-8"))

    assert missing(text, script) == ["click"]


def test_a_licence_that_changed_is_found(script: ModuleType) -> None:
    text = re.sub(
        r"(?m)^(rdflib \|.*\|).*$", r"\1 Proprietary", (ROOT / "NOTICE").read_text(encoding="utf-8")
    )

    assert missing(text, script) == ["rdflib"]


def test_each_direct_dependency_has_its_line_in_the_documentation() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    documented = {canonicalize_name(name) for cell in cells for name in cell.split(", ")}

    assert {canonicalize_name(Requirement(line).name) for line in asked} - documented == set()


def test_each_package_that_is_installed_has_one_exact_version_in_constraints(script: ModuleType) -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==[\w.+!]+$", text, re.MULTILINE)}

    assert set(script.closure("kgnews", "test")) - pinned - {"setuptools"} == set()


def test_constraints_name_packages_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert [x for x in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.+!]+", x)] == []
