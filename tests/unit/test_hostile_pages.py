"""Pages that are made to cost a parser its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.read import read

STORY = "<p>Police in Oslo raided the offices of a shipping firm on 2 May 2024, and detained two clerks.</p>"


@pytest.mark.parametrize("attribute", ["a{}=1 ", "a{}/", 'a{}="x y"\n'])
def test_a_tag_with_very_many_attributes_is_refused_before_it_is_parsed(
    tmp_path: Path, attribute: str
) -> None:
    tag = "".join(attribute.format(number) for number in range(100_000))
    (tmp_path / "a.html").write_text(f"<html><body><article><div {tag}>{STORY}</div></article>")

    with pytest.raises(ReadError, match=r"a\.html: a tag with more than 1000 attributes"):
        read(tmp_path / "a.html")


def test_a_picture_within_a_page_may_be_long(tmp_path: Path) -> None:
    picture = f'<img alt="a b c" src="data:image/png;base64,{"ab/ " * 100_000}">'
    (tmp_path / "a.html").write_text(f"<html><body><article><h1>Raid</h1>{picture}{STORY}</article>")

    assert "raided the offices" in read(tmp_path / "a.html").text
