"""Articles out of CSV and WARC files, compressed or not, one at a time."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import packed
from kg.errors import ReadError
from kg.finding import find_articles, find_files, items
from kg.items import Item
from kg.read import read, read_item

TEXT = "Police raided a warehouse in Oslo on Friday. Two men were arrested, the police said."
BODY = f"<body><article><h1>A raid</h1><p>{TEXT}</p></article></body>"
PAGE = f"<html><head><title>A raid</title></head>{BODY}</html>"
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress,
}  # fmt: skip


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def problems(path: Path) -> list[str]:
    return [item.problem for item in items([path]) if item.problem]


def texts(path: Path) -> list[str | None]:
    return [item.text for item in items([path]) if not item.problem]


def answer(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """Return what a server says."""
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields, "", ""]).encode() + body


def record(block: bytes, *, kind: str = "response", length: int | None = None) -> bytes:
    """Return one record of a WARC file."""
    head = [
        "WARC/1.0", f"WARC-Type: {kind}", "WARC-Target-URI: <https://example.org/a>",
        "WARC-Date: 2024-05-04T10:00:00Z", "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block) if length is None else length}", "", "",
    ]  # fmt: skip
    return "\r\n".join(head).encode() + block + b"\r\n\r\n"


CORPORA = {
    "wire.jsonl": json.dumps({"text": TEXT}).encode() + b"\n",
    "wire.csv": f'text,date\n"{TEXT}",2024-05-04\n'.encode(),
    "wire.warc": record(answer(PAGE.encode())),
    "wire.txt": TEXT.encode(),
    "wire.html": PAGE.encode(),
}


@pytest.mark.parametrize("ending", PACK)
@pytest.mark.parametrize("name", CORPORA)
def test_every_kind_of_file_is_read_packed_or_not_in_folders_too(
    name: str, ending: str, tmp_path: Path
) -> None:
    put(tmp_path, name + ending, PACK[ending](CORPORA[name]))
    (item,) = items(find_files([tmp_path]))

    assert TEXT in read_item(item).text


def test_a_packed_text_has_its_yaml_beside_it(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode()))
    put(tmp_path, "a.yaml", "publisher: Wire\n")

    assert read(path).publisher == "Wire"


def test_a_row_gives_all_that_a_yaml_file_gives(tmp_path: Path) -> None:
    rows = f'title,text,date,url\r\n"A ""raid""","{TEXT}\nMore, of it.",2024-05-04T10:00:00Z,\r\n'
    (item,) = items([put(tmp_path, "wire.csv", b"\xef\xbb\xbf" + rows.encode())])
    article = read_item(item)

    assert (article.name, article.title, article.url) == ("wire.csv:2", 'A "raid"', None)
    assert article.text == f"{TEXT}\nMore, of it."
    assert article.published is not None
    assert article.published.edtf == "2024-05-04"


def test_a_date_is_the_day_of_publication_in_json_lines_too(tmp_path: Path) -> None:
    (item,) = items([put(tmp_path, "a.jsonl", json.dumps({"text": TEXT, "date": "2024-05-04 08:00"}))])

    assert item.known.published == "2024-05-04"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("text,section", r"wire\.csv:1: unknown column 'section'; known: text, date"),
        ("title,url", r"wire\.csv:1: no column 'text'"),
        ("text,text", r"wire\.csv:1: column 'text' stands there twice"),
    ],
)
def test_a_header_that_is_none_of_ours_is_refused_with_its_line(
    header: str, message: str, tmp_path: Path
) -> None:
    (item,) = items([put(tmp_path, "wire.csv", f"{header}\n{TEXT},x\n")])

    with pytest.raises(ReadError, match=message):
        read_item(item)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"one,two", "2 cells; the header has 1"),
        (b'"a"b', "not CSV: ',' expected after '\"'"),
        (b'"never closed', "not CSV: "),
        (b"caf\xe9", "not UTF-8: byte 0xe9 at 3 of the row"),
        (b"x" * (packed.LARGEST + 1), "longer than 5 MB"),
        (b'"' + (b"x" * 1023 + b"\n") * (packed.LARGEST // 1024 + 1), "longer than 5 MB"),
    ],
)
def test_a_broken_row_is_told_with_its_line_and_the_rest_goes_on(
    row: bytes, reason: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "wire.csv", b"text\nfirst\n" + row + b"\nlast one\n")

    assert problems(path)[0].startswith(f"{path}:3: {reason}")
    assert [text for text in texts(path) if text.strip("x")] == ["first", "last one"]


def test_a_broken_line_does_not_end_a_json_lines_file(tmp_path: Path) -> None:
    lines = [b'{"text": "one"}', b"{", b"x" * (packed.LARGEST + 1), b'{"text": "two"}']
    path = put(tmp_path, "wire.jsonl", b"\n".join(lines))

    assert texts(path) == ["one", "two"]
    assert [problem.partition(": ")[0] for problem in problems(path)] == [f"{path}:2", f"{path}:3"]


def test_only_pages_that_were_given_are_taken_from_a_warc(tmp_path: Path) -> None:
    page = PAGE.encode()
    blocks = [
        record(b"software: x", kind="warcinfo"), record(b"GET / HTTP/1.1", kind="request"),
        record(answer(page, status="404 Not Found")), record(answer(b"%PDF", kind="application/pdf")),
        record(answer(page)),
    ]  # fmt: skip
    (item,) = items([put(tmp_path, "crawl.warc", b"".join(blocks))])

    assert (item.path.name, item.known.url, item.known.retrieved) == (
        "crawl.warc:5", "https://example.org/a", "2024-05-04",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (PAGE.encode(), ()),
        (gzip.compress(PAGE.encode()), ("Content-Encoding: gzip",)),
        (zlib.compress(PAGE.encode()), ("Content-Encoding: deflate",)),
        (zlib.compress(PAGE.encode(), wbits=-15), ("Content-Encoding: deflate",)),
        (PAGE.encode(), ("Content-Encoding: gzip",)),
        (b"5\r\n" + PAGE.encode()[:5] + b"\r\nfff\r\n" + PAGE.encode()[5:], ("Transfer-Encoding: chunked",)),
        (PAGE.encode(), ("Transfer-Encoding: chunked",)),
    ],
)
def test_a_page_is_unpacked_as_its_fields_say_or_as_it_is(
    body: bytes, fields: tuple[str, ...], tmp_path: Path
) -> None:
    path = put(tmp_path, "crawl.warc", record(answer(body, *fields)))

    assert texts(path) == [PAGE]


def test_the_encoding_of_a_page_is_taken_from_its_head(tmp_path: Path) -> None:
    block = answer("<p>caf\xe9</p>".encode("latin-1"), kind="text/html; charset=ISO-8859-1")

    assert texts(put(tmp_path, "crawl.warc", record(block))) == ["<p>caf\xe9</p>"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (record(answer(b"x")).replace(b"Content-Length", b"Length"), "it has no length"),
        (record(answer(b"x", "Content-Encoding: br")), "packed as 'br', which kg does not read"),
        (record(answer(b"nonsense", "Content-Encoding: gzip")), "damaged: not packed as its field says"),
        (record(answer(b"<p>" + b"x" * packed.LARGEST)), "longer than 5 MB"),
        (record(answer(gzip.compress(bytes(10**8)), "Content-Encoding: gzip")), "longer than 5 MB"),
    ],
)
def test_a_broken_record_is_told_with_its_number_and_the_rest_goes_on(
    broken: bytes, reason: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "crawl.warc", broken + record(answer(PAGE.encode())))

    (problem,) = problems(path)
    assert problem.startswith(f"{path}:1: ")
    assert problem.endswith(reason)
    assert texts(path) == [PAGE]


def test_a_warc_that_ends_too_early_is_told(tmp_path: Path) -> None:
    whole = record(answer(PAGE.encode()))

    assert problems(put(tmp_path, "crawl.warc", whole[:-50]))[0].endswith("bytes before the record does")


@pytest.mark.parametrize("ending", [".gz", ".bz2", ".xz"])
def test_of_a_damaged_file_what_came_before_is_read_and_the_rest_is_told(ending: str, tmp_path: Path) -> None:
    data = PACK[ending](b"".join(json.dumps({"text": f"{n} {TEXT}"}).encode() + b"\n" for n in range(99)))
    path = put(tmp_path, f"wire.jsonl{ending}", data[:-9])

    assert problems(path)[-1].startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz"])
def test_a_small_file_that_unpacks_to_more_than_an_article_is_refused(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, gzip.compress(bytes(30_000_000)))

    with pytest.raises(ReadError, match="what is packed in it is over the limit of 20 MB"):
        read(path)


def test_a_line_without_an_end_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "PASSED", 20_000_000)
    path = put(tmp_path, "bomb.jsonl.gz", gzip.compress(b"x" * 100_000_000))

    (problem,) = problems(path)
    assert problem == f"{path}:1: longer than 20 MB; the rest is not read"


@pytest.mark.parametrize("name", ["big.jsonl", "big.csv.gz", "big.warc"])
def test_no_more_than_a_few_articles_are_in_memory(name: str, tmp_path: Path) -> None:
    row = {
        "big.jsonl": json.dumps({"text": TEXT * 100}).encode() + b"\n",
        "big.csv.gz": f'"{TEXT * 100}"\n'.encode(),
        "big.warc": record(answer(PAGE.encode() * 20)),
    }[name]
    whole = (b"text\n" if "csv" in name else b"") + row * 5000
    path = put(tmp_path, name, gzip.compress(whole, 1) if name.endswith(".gz") else whole)
    tracemalloc.start()
    try:
        number = sum(1 for _ in items([path]))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert number == 5000
    assert most < len(whole) / 20


def test_the_rest_of_a_corpus_is_read_where_one_file_is_not(tmp_path: Path) -> None:
    bad, good = put(tmp_path, "a.csv", "nothing\n"), put(tmp_path, "b.txt", TEXT)

    first, second = items([bad, good])
    assert first.problem
    assert second == Item(good)


def test_pieces_have_names_that_are_read_again(tmp_path: Path) -> None:
    path = put(tmp_path, "wire.csv.gz", gzip.compress(f'text\n"{TEXT}"\n"{TEXT} Later."\n'.encode()))

    assert [each.name for each in find_articles([path])] == ["wire.csv.gz:2", "wire.csv.gz:3"]
    assert read(path.with_name("wire.csv.gz:3")).text == f"{TEXT} Later."
