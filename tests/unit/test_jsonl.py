"""Articles out of JSON Lines files, and by patterns of names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.read import find_articles, read
from kg.sidecar import Metadata

TEXT = "Police raided a warehouse in Oslo on Friday. Two men were arrested, the police said."


def written(folder: Path, *lines: str) -> Path:
    path = folder / "wire.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_each_line_is_an_article_with_what_it_says_of_itself(tmp_path: Path) -> None:
    known = {"text": TEXT, "title": "A raid", "published": "2024-05-04", "section": "home"}
    path = written(tmp_path, json.dumps(known), "", json.dumps({"text": TEXT + " Later."}))
    first, second = (read(each) for each in find_articles([path]))

    assert (first.name, first.title, first.published.edtf if first.published else "") == (
        "wire.jsonl:1",
        "A raid",
        "2024-05-04",
    )
    assert (second.name, second.text) == ("wire.jsonl:3", TEXT + " Later.")


def test_an_option_goes_before_the_line(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({"text": TEXT, "publisher": "Wire"}))
    (only,) = find_articles([path])

    assert read(only, Metadata(publisher="Ours")).publisher == "Ours"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{bad", r"wire\.jsonl:1: not JSON"),
        ("[1]", r"wire\.jsonl:1: expected an object with a text"),
        ('{"title": "x"}', r"wire\.jsonl:1: expected an object with a text"),
        ('{"text": "x", "title": 3}', r"wire\.jsonl:1: title: expected text"),
        ('{"text": ""}', r"wire\.jsonl:1: no sentence found"),
        (json.dumps({"text": f"\ud83d {TEXT}"}), r"wire\.jsonl:1: text .* is not UTF-8"),
        (json.dumps({"text": TEXT, "title": "\ud83d"}), r"wire\.jsonl:1: title .* is not UTF-8"),
        (json.dumps({"text": f"{TEXT}\0"}), r"wire\.jsonl:1: text: NUL"),
        (json.dumps({"text": TEXT * 60_000}), r"wire\.jsonl:1: longer than 5 MB"),
    ],
)
def test_a_line_that_is_no_article_is_named(line: str, message: str, tmp_path: Path) -> None:
    (only,) = find_articles([written(tmp_path, line)])

    with pytest.raises(ReadError, match=message):
        read(only)


def test_what_a_line_leaves_blank_is_not_known(tmp_path: Path) -> None:
    (only,) = find_articles([written(tmp_path, json.dumps({"text": TEXT, "publisher": " ", "url": ""}))])
    article = read(only)

    assert (article.publisher, article.url) == (None, None)


def test_a_file_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({"text": TEXT}))
    find_articles([path])
    written(tmp_path, "", json.dumps({"text": TEXT}))

    assert [each.name for each in find_articles([path])] == ["wire.jsonl:2"]


def test_a_line_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({"text": TEXT}))

    with pytest.raises(ReadError, match=r"wire\.jsonl:9: no such line"):
        read(path.with_name("wire.jsonl:9"))


def test_a_pattern_names_the_files_that_fit_it(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b1.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")

    assert [path.name for path in find_articles([tmp_path / "a*.txt"])] == ["a1.txt", "a2.txt"]
    with pytest.raises(ReadError, match="no file fits this pattern"):
        find_articles([tmp_path / "c*.txt"])
