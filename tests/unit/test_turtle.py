"""Turtle files become look-ups; a fault is told with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.turtle import read_turtle

A, P, B = (f"https://example.org/{name}" for name in "apb")


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_values_are_kept_in_the_order_of_the_files(tmp_path: Path) -> None:
    one = written(tmp_path, "1.ttl", f'<{A}> <{P}> "x", "y" .')
    two = written(tmp_path, "2.ttl", f'<{A}> <{P}> "z" .')

    assert read_turtle([one, two]).texts(A, P) == ("x", "y", "z")


def test_each_subject_knows_the_file_that_named_it_first(tmp_path: Path) -> None:
    one = written(tmp_path, "1.ttl", f'<{A}> <{P}> "x" .')
    two = written(tmp_path, "2.ttl", f'<{A}> <{P}> "z" . <{B}> <{P}> "z" .')

    assert read_turtle([one, two]).source == {A: one, B: two}


def test_what_is_not_said_is_none(tmp_path: Path) -> None:
    facts = read_turtle([written(tmp_path, "1.ttl", f'<{A}> <{P}> "x" .')])

    assert (facts.text(B, P), facts.texts(A, B)) == (None, ())


def test_subjects_of_a_class_are_sorted(tmp_path: Path) -> None:
    facts = read_turtle([written(tmp_path, "1.ttl", f"<{B}> a <{P}> . <{A}> a <{P}> .")])

    assert facts.subjects(P) == (A, B)


def test_blank_nodes_of_two_files_are_two_nodes(tmp_path: Path) -> None:
    files = [written(tmp_path, f"{n}.ttl", f'_:x <{P}> "{n}" .') for n in "12"]

    assert len(read_turtle(files).of) == 2


def test_a_syntax_error_is_told_with_file_and_line(tmp_path: Path) -> None:
    path = written(tmp_path, "1.ttl", f'<{A}> <{P}> "x" .\n<{A}> "x" .\n')

    with pytest.raises(OntologyError, match=r"1\.ttl:2: not valid Turtle: "):
        read_turtle([path])


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "1.ttl"
    path.write_bytes(f'<{A}> <{P}> "é" .'.encode("latin-1"))

    with pytest.raises(OntologyError, match=r"1\.ttl"):
        read_turtle([path])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"gone\.ttl: cannot be read as Turtle"):
        read_turtle([tmp_path / "gone.ttl"])
