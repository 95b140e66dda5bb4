"""`kg bench coverage`: what fires on one text alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.bench.coverage import coverage, table
from kg.bench.texts import texts
from kg.errors import ReadError
from kg.extraction import Reader


def sentences(folder: Path, name: str, *words: str) -> None:
    rows = [{"text": text} for text in words]
    (folder / name).write_text(json.dumps(rows), encoding="utf-8")


@pytest.fixture
def bare(reader: Reader) -> Reader:
    """A reader whose event types bring no examples, so that the texts given are all there are."""
    types = {name: replace(kind, examples=()) for name, kind in reader.ontology.types.items()}
    return replace(reader, ontology=replace(reader.ontology, types=types))


def test_what_fires_on_one_text_alone_is_listed(tmp_path: Path, bare: Reader) -> None:
    sentences(tmp_path, "one.json", "Police allegedly raided the warehouse.")
    sentences(tmp_path, "two.json", "Soldiers raided the warehouse.")
    found = coverage([tmp_path], bare)

    assert ("word", "allegedly") in found.on("one-0")
    assert all(kind != "pattern" for kind, _ in found.on("two-0"))


def test_what_fires_on_two_texts_is_not_listed(tmp_path: Path, bare: Reader) -> None:
    sentences(tmp_path, "one.json", "Police raided the warehouse.", "Soldiers raided the warehouse.")

    assert not any(kind == "pattern" for kind, _, _ in coverage([tmp_path], bare).alone)


def test_the_examples_of_event_types_are_texts_too(tmp_path: Path, reader: Reader) -> None:
    sentences(tmp_path, "one.json", "Police raided the warehouse.")

    assert not any(kind == "pattern" for kind, _ in coverage([tmp_path], reader).on("one-0"))


def test_a_curated_name_counts(tmp_path: Path, bare: Reader) -> None:
    sentences(tmp_path, "one.json", "Norway raided the warehouse.")

    assert ("name", "Norway") in coverage([tmp_path], bare).on("one-0")


def test_the_same_words_twice_are_one_text(tmp_path: Path) -> None:
    sentences(tmp_path, "one.json", "It  rained.", "It rained.")

    assert len(list(texts([tmp_path]))) == 1


def test_annotated_tokens_are_read_as_a_text(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text("<d><token>It</token><token>rained</token></d>", encoding="utf-8")

    assert [(name, article.text) for name, article in texts([tmp_path])] == [("one", "It rained")]


def test_coded_sentences_in_xml_are_read_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text("<d><Text>It\nrained.</Text><Text>A.</Text></d>", encoding="utf-8")

    assert [article.text for _, article in texts([tmp_path])] == ["It rained.", "A."]


def test_faulty_xml_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text("<d>", encoding="utf-8")

    with pytest.raises(ReadError, match=r"one\.xml: not valid XML"):
        list(texts([tmp_path]))


def test_faulty_json_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text("[", encoding="utf-8")

    with pytest.raises(ReadError, match=r"one\.json: cannot be read as JSON"):
        list(texts([tmp_path]))


def test_the_table_has_a_line_for_each_suspect(tmp_path: Path, bare: Reader) -> None:
    sentences(tmp_path, "one.json", "Norway raided the warehouse.")

    assert "name\tNorway\tone-0" in table(coverage([tmp_path], bare))
