"""A wheel, an sdist and an editable install all find their data files."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import resources
from kg.errors import KgError

ROOT = Path(__file__).resolve().parents[2]
DATA = ("ontology/kg.ttl", "ontology/events/raid.ttl", "shapes/core.ttl", "queries/timeline.rq")
OTHERS = ("py.typed", "skeleton/kg.yaml", "skeleton/ontology/events/border-closure.ttl")


@pytest.fixture
def installed_as(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Lay out an empty installation whose data is in the folder named, and make kg believe in it."""

    def lay_out(where: str) -> Path:
        (tmp_path / "kg").mkdir()
        (tmp_path / where / "ontology").mkdir(parents=True)
        (tmp_path / where / "ontology" / "kg.ttl").touch()
        monkeypatch.setattr(resources, "__file__", str(tmp_path / "kg" / "resources.py"))
        return (tmp_path / where).resolve()

    return lay_out


@pytest.mark.parametrize("where", ["kg/_data", "."])
def test_data_is_found_in_a_wheel_and_beside_the_package(
    installed_as: Callable[[str], Path], where: str
) -> None:
    place = installed_as(where)

    assert resources.shipped() == place


def test_missing_data_is_one_clear_line(installed_as: Callable[[str], Path]) -> None:
    installed_as("elsewhere")

    with pytest.raises(KgError, match="are missing; reinstall kgnews"):
        resources.shipped()


def test_this_installation_holds_its_data() -> None:
    root = resources.shipped()

    assert [name for name in DATA if not (root / name).is_file()] == []


def test_a_project_of_ones_own_adds_files_and_replaces_those_of_the_same_name(tmp_path: Path) -> None:
    for name in ("timeline.rq", "mine.rq"):
        (tmp_path / "queries").mkdir(exist_ok=True)
        (tmp_path / "queries" / name).touch()
    files = resources.resources(tmp_path).files("queries", ".rq")

    assert {name for name, path in files.items() if path.is_relative_to(tmp_path.resolve())} == {
        "timeline.rq", "mine.rq",
    }  # fmt: skip
    assert "claims.rq" in files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an sdist, and a wheel from it."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)], check=True, capture_output=True
    )
    return out


ROOTS = ("NOTICE", "LICENSE", "SECURITY.md", "THREAT_MODEL.md", ".ci/run")


@pytest.mark.long
def test_the_wheel_holds_all_that_kg_reads(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())

    assert {*(f"kg/_data/{name}" for name in DATA), *(f"kg/{name}" for name in OTHERS)} - names == set()


@pytest.mark.long
def test_the_sdist_holds_all_that_a_build_needs(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    assert {*DATA, *(f"kg/{name}" for name in OTHERS), *ROOTS} - names == set()
    assert {name.partition("/")[0] for name in names} <= {path.name for path in ROOT.iterdir()} | {
        "",
        "PKG-INFO",
    }
    assert not any("site-packages" in name for name in names)


@pytest.mark.long
@pytest.mark.parametrize("how", ["wheel", "editable"])
def test_an_installation_finds_its_data(how: str, built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "v", with_pip=True)
    python = str(tmp_path / "v" / "bin" / "python")
    what = [str(next(built.glob("*.whl")))] if how == "wheel" else ["--editable", str(ROOT)]
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", *what], check=True, capture_output=True
    )
    code = "from kg.resources import shipped; print(shipped().name)"
    done = subprocess.run(
        [python, "-I", "-c", code], capture_output=True, check=True, text=True, cwd=tmp_path
    )

    assert done.stdout.strip() == ("_data" if how == "wheel" else ROOT.name)
