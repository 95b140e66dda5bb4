"""`kg build` keeps what it extracted beside the store, and an emptied store is built the same."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def export(kg: Run, folder: Path) -> str:
    return kg("export", "-", "--format", "nquads", cwd=folder).stdout


def test_an_emptied_store_is_built_the_same_from_the_cache(
    kg: Run, write_articles: Callable[[Path], Path], tmp_path: Path
) -> None:
    write_articles(tmp_path)
    kg("build", "articles", cwd=tmp_path)
    first = export(kg, tmp_path)
    shutil.rmtree(tmp_path / "store")
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("*.json")}

    kg("build", "articles", cwd=tmp_path)

    assert first
    assert export(kg, tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("*.json")} == kept


def test_no_cache_keeps_nothing(kg: Run, write_articles: Callable[[Path], Path], tmp_path: Path) -> None:
    write_articles(tmp_path)

    done = kg("build", "--no-cache", "articles", cwd=tmp_path)

    assert (done.returncode, (tmp_path / "cache").exists()) == (0, False)


def test_the_environment_names_the_folder(
    kg: Run, write_articles: Callable[[Path], Path], tmp_path: Path
) -> None:
    write_articles(tmp_path)

    kg("build", "articles", cwd=tmp_path, KG_CACHE="elsewhere")

    assert len([*(tmp_path / "elsewhere").rglob("*.json")]) == 2
