"""Reading articles from disk."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.blocks import blocks
from kg.errors import ReadError
from kg.model import BlockKind
from kg.read import Metadata, find_articles, plain, read

PAGE = """\
4 March 2024, Monday, 9:15
Join us
Menu

Harbour Workers Block The Northern Pier

12
Harbour Workers Block The Northern Pier
Pickets at the gate of the pier

The port stands still.

Workers at the northern pier stopped all cranes on 1 March 2024 and locked the gates, a union said.

The demands of the union

The union asked the port to pay the wages that it has owed to the crews since last autumn.
Photo by the port authority
Nobody at the port was there to answer when this reporter called on the morning after.

Mira Sandholm, "The Quay Courier"

Write your comment 12
Follow us on all the networks
"""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def kinds(text: str, kind: BlockKind) -> list[str]:
    return [b.span.of(text) for b in blocks(text) if b.kind is kind]


def test_the_parts_of_a_copied_page_are_told_apart(tmp_path: Path) -> None:
    article = read(put(tmp_path, "pier.txt", PAGE))
    found = {kind: kinds(PAGE, kind) for kind in BlockKind}

    assert article.title == "Harbour Workers Block The Northern Pier"
    assert (article.byline, article.publisher) == ("Mira Sandholm", "The Quay Courier")
    assert found[BlockKind.HEADING] == ["The demands of the union"]
    assert found[BlockKind.CAPTION] == [
        "Pickets at the gate of the pier",
        "Photo by the port authority",
    ]
    assert len(found[BlockKind.PARAGRAPH]) == 4
    assert found[BlockKind.PARAGRAPH][0] == "The port stands still."
    assert "Write your comment 12" in found[BlockKind.FURNITURE]
    assert "Follow us on all the networks" in found[BlockKind.FURNITURE]


def test_a_page_clock_bounds_the_publication_and_does_not_state_it(tmp_path: Path) -> None:
    article = read(put(tmp_path, "pier.txt", PAGE))

    assert article.page_clock is not None
    assert article.page_clock.edtf == "2024-03-04"
    assert article.published is not None
    assert article.published.edtf == "[2024-03-02..2024-03-04]"  # the reporter called on the morning after


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_text_is_kept_as_it_was_decoded(tmp_path: Path, newline: str) -> None:
    text = PAGE.replace("\n", newline)
    article = read(put(tmp_path, "pier.txt", "\ufeff" + text))

    assert article.text == text
    assert [b.kind for b in article.blocks] == [b.kind for b in blocks(PAGE)]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 3 May 2024, 10:15 GMT", "2024-05-03"),
        ("May 3, 2024", "2024-05-03"),
        ("The Quay Courier - 3 May 2024", "2024-05-03"),
    ],
)
def test_a_date_line_below_the_title_states_the_publication(line: str, day: str) -> None:
    text = f"Harbour Workers Block Pier\n{line}\n\n" + PAGE[PAGE.index("Workers at") :]

    assert plain(text).found.published == day


def test_an_updated_line_is_only_an_upper_bound() -> None:
    text = "Harbour Workers Block Pier\nUpdated 3 May 2024\n\n" + PAGE[PAGE.index("Workers at") :]
    source = plain(text)

    assert source.found.published is None
    assert source.clock is not None
    assert source.clock.edtf == "2024-05-03"


def test_a_wrapped_paragraph_is_one_block() -> None:
    text = "A title of the piece\n\n" + (
        "The union asked the port to pay the wages that it has owed\n"
        "to the crews since last autumn, and the port did not answer.\n"
    )

    assert len(kinds(text, BlockKind.PARAGRAPH)) == 1


def test_a_cookie_notice_is_no_paragraph() -> None:
    notice = "We use cookies to make this site better, and you accept them all by reading any of it."

    assert notice in kinds(f"{notice}\n\n{PAGE}", BlockKind.FURNITURE)


def test_a_button_between_paragraphs_is_no_heading() -> None:
    text = PAGE.replace("The demands of the union", "Share this on your networks")

    assert kinds(text, BlockKind.HEADING) == []


def test_a_repeated_line_is_the_title_even_below_a_longer_one() -> None:
    slogan = "All there is to know about harbours, cranes and ships from the whole wide world"

    assert plain(f"{slogan}\n\n{PAGE}").found.title == "Harbour Workers Block The Northern Pier"


@pytest.mark.parametrize("heading", ["Share prices fall", "Support for the deal grows", "Follow-up"])
def test_a_heading_that_begins_like_a_button_stays_a_heading(heading: str) -> None:
    text = PAGE.replace("The demands of the union", heading)

    assert kinds(text, BlockKind.HEADING) == [heading]


@settings(deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(PAGE.splitlines())).map("\n".join))
def test_blocks_lie_in_order_and_never_begin_with_space(text: str) -> None:
    found = blocks(text)

    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(b.span.of(text).strip() == b.span.of(text) != "" for b in found)
    assert sum(b.kind is BlockKind.TITLE for b in found) <= 1


def test_a_sidecar_goes_before_the_text_and_an_option_before_both(tmp_path: Path) -> None:
    put(tmp_path, "pier.yaml", "publisher: Dock Daily\npublished: 2024-03-02\n")
    path = put(tmp_path, "pier.txt", PAGE)
    article = read(path, Metadata(publisher="Dock Weekly"))

    assert article.publisher == "Dock Weekly"
    assert article.published is not None
    assert (article.published.edtf, article.published_basis) == ("2024-03-02", "given")
    assert article.byline == "Mira Sandholm"


def test_the_day_of_retrieval_is_an_upper_bound(tmp_path: Path) -> None:
    path = put(tmp_path, "pier.txt", PAGE)
    article = read(path, Metadata(retrieved="2024-03-02"))

    assert article.published is not None
    assert article.published.edtf == "2024-03-02"


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("headline: x\n", "pier.yaml: unknown key 'headline'; known: title, byline"),
        ("title: [a, b]\n", "pier.yaml: title: expected text"),
        ("published: 2024-02-30\n", "pier.yaml: "),
        ("published: soon\n", "published: 'soon' is not a date such as 2024-05-03"),
        ("- a list\n", "pier.yaml: expected lines such as"),
        ("title: 'open\n", "pier.yaml: not YAML"),
    ],
)
def test_a_wrong_sidecar_is_refused_with_its_key(tmp_path: Path, yaml: str, message: str) -> None:
    put(tmp_path, "pier.yaml", yaml)
    path = put(tmp_path, "pier.txt", PAGE)

    with pytest.raises(ReadError) as caught:
        read(path)

    assert message in str(caught.value)


GERMAN = (
    "Der Rat der Stadt hat die alte Brücke über den Fluss gestern für den ganzen Verkehr gesperrt, "
    "weil Fachleute bei einer Prüfung Risse in zwei Pfeilern gefunden haben.\n"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"PK\x03\x04\x00\x00", "byte 4 is NUL: this is not text"),
        ("The caf\xe9 was closed.".encode("latin-1"), "not utf-8: byte 0xe9 at 7"),
        (b"Menu\n\nHome\n", "no sentence found"),
        (GERMAN.encode(), "does not look English"),
    ],
)
def test_what_is_no_english_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = put(tmp_path, "a.txt", content)

    with pytest.raises(ReadError) as caught:
        read(path)

    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(100_000_000)

    for path, message in (
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "is not a file"),
        (huge, "100 MB is over the limit of 20 MB"),
    ):
        with pytest.raises(ReadError, match=message):
            read(path)


def test_utf_16_with_a_mark_is_read(tmp_path: Path) -> None:
    assert read(put(tmp_path, "pier.txt", PAGE.encode("utf-16"))).text == PAGE


def test_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="kg reads English"):
        read(put(tmp_path, "pier.txt", PAGE), Metadata(language="de"))


def test_articles_are_found_in_folders_once_and_sorted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    two, one = put(tmp_path, "in/b.html", "<p>x</p>"), put(tmp_path, "a.txt", PAGE)
    put(tmp_path, "a.yaml", "title: x\n")

    assert find_articles([tmp_path, one]) == [one, two]


@pytest.mark.parametrize("name", ["empty", "none.txt", "a.pdf"])
def test_what_holds_no_article_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    put(tmp_path, "a.pdf", b"%PDF")

    with pytest.raises(ReadError, match=name):
        find_articles([tmp_path / name])


@pytest.mark.parametrize(
    "style",
    ["DISPLAY:NONE", "display :\n none", "Visibility: Hidden", "visibility:collapse"],
)
def test_text_that_a_style_hides_is_not_read(tmp_path: Path, style: str) -> None:
    body = "<p>Police raided the warehouse at dawn on Friday, the ministry said in the capital.</p>" * 4
    hidden = f'<p style="{style}">Spain attacked Iran.</p>'
    page = f"<html><body><article>{body}{hidden}</article></body></html>"
    path = put(tmp_path, "page.html", page)

    assert "Spain" not in read(path).text


def test_a_form_feed_is_no_line_end(tmp_path: Path) -> None:
    words = "Police raided the warehouse in the port on\x0cFriday, the ministry said, and took two men away."
    path = put(tmp_path, "feed.txt", f"Raid in the port\n\n{words}\n")
    article = read(path)

    assert words in [block.span.of(article.text) for block in article.blocks]


def test_a_short_opening_paragraph_is_read(tmp_path: Path) -> None:
    opening = "Police arrested Ivan Petrov on Tuesday."
    path = put(tmp_path, "short.txt", f"Probes\n\n{opening}\n\n" + "The minister spoke of a long plan. " * 6)

    blocks = [b.span.of(read(path).text) for b in read(path).blocks if b.kind == "paragraph"]
    assert opening in blocks
