from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import Store


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ('{"format": 99, "base": "x"}', "upgrade kgnews"),
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"format": 2}', "damaged"),
        ('{"format": 1, "base": "x"}', "build the articles into a new one"),
    ],
)
def test_a_store_that_is_not_ours_is_refused(tmp_path: Path, about: str, message: str) -> None:
    (tmp_path / "kg.json").write_text(about)

    with pytest.raises(StoreError, match=message):
        Store.open(tmp_path)


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        Store.open(tmp_path / "nothing")


def test_a_folder_with_something_else_is_not_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")

    with pytest.raises(StoreError, match="not empty"):
        Store.open(tmp_path, create=True)


def test_a_file_is_not_a_store(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")

    with pytest.raises(StoreError):
        Store.open(tmp_path / "f", create=True)


def test_a_damaged_store_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    (tmp_path / "s" / "oxigraph" / "CURRENT").write_text("nonsense")

    with pytest.raises(StoreError, match="CURRENT: has 8 bytes, not 16; kg fsck --repair"):
        Store.open(tmp_path / "s")
    (tmp_path / "s" / "seal.json").unlink()
    with pytest.raises(StoreError, match="does not open"):
        Store.open(tmp_path / "s")


def test_a_store_whose_making_was_stopped_is_made_again(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    for file in [*(tmp_path / "s").rglob("*")]:
        if file.is_file() and file.name != "log":
            file.unlink()
    (tmp_path / "s" / "oxigraph").rmdir()

    Store.open(tmp_path / "s", create=True).close()


def test_a_store_without_its_settings_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "s"
    Store.open(path, create=True).close()
    (path / "kg.json").unlink()

    with pytest.raises(StoreError, match="not empty"):
        Store.open(path, create=True)
