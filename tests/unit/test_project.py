"""A user's own project: where it is found, what its settings may be, how it is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError, UsageError
from kg.iri import BASE
from kg.project import find_project, init_project


def settings(folder: Path, text: str) -> Path:
    (folder / "kg.yaml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_project_the_store_lies_in_the_folder(tmp_path: Path) -> None:
    found = find_project(tmp_path)

    assert (found.root, found.store, found.base) == (None, tmp_path / "store", BASE)


def test_a_project_is_found_from_a_folder_below(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    settings(tmp_path, "store: graph\n")

    assert find_project(below).store == tmp_path / "graph"


def test_a_store_that_is_given_goes_before_the_setting(tmp_path: Path) -> None:
    settings(tmp_path, "store: graph\n")

    assert find_project(tmp_path, store=Path("other")).store == Path("other")


def test_the_base_is_a_setting(tmp_path: Path) -> None:
    settings(tmp_path, "base: https://example.org/news/\n")

    assert find_project(tmp_path).base == "https://example.org/news/"


def test_an_empty_settings_file_is_fine(tmp_path: Path) -> None:
    assert find_project(settings(tmp_path, "")).store == tmp_path / "store"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("stores: x\n", "unknown key stores"),
        ("- a\n", "expected 'key: value' lines"),
        ("base: [\n", "cannot be read"),
        ("base: example.org/\n", "must be an http(s) or urn IRI"),
        ("base: https://example.org\n", "that ends in / or # or :"),
        ("base: javascript:alert/\n", "must be an http(s) or urn IRI"),
    ],
)
def test_a_faulty_setting_is_named_with_its_file(tmp_path: Path, text: str, why: str) -> None:
    settings(tmp_path, text)

    with pytest.raises(KgError) as caught:
        find_project(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'kg.yaml'}: ")
    assert why in str(caught.value)


def test_a_new_project_is_found_and_lays_its_files_over_ours(tmp_path: Path) -> None:
    written = init_project(tmp_path / "mine")

    found = find_project(tmp_path / "mine")
    types = found.resources.files("ontology/events", ".ttl")
    assert {path for path in written if path.suffix == ".ttl"} <= set(types.values())


def test_a_second_init_is_refused(tmp_path: Path) -> None:
    init_project(tmp_path)

    with pytest.raises(UsageError, match="already a kg project"):
        init_project(tmp_path)


def test_init_keeps_a_file_that_is_there(tmp_path: Path) -> None:
    own = tmp_path / "ontology" / "events" / "border-closure.ttl"
    own.parent.mkdir(parents=True)
    own.write_text("# mine\n", encoding="utf-8")
    init_project(tmp_path)

    assert own.read_text(encoding="utf-8") == "# mine\n"


def test_a_place_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("", encoding="utf-8")

    with pytest.raises(KgError, match="cannot make a project here"):
        init_project(tmp_path / "mine")
