"""What was proposed comes back as it was, and nothing else comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cache import Cache
from kg.errors import KgError
from kg.extraction import Reader
from kg.model import Article, Block, BlockKind, Extraction, Span
from kg.resources import resources
from kg.values import decode, encode

TEXT = "Police raided the port in Oslo on 2 May 2024. Norway denied that ten men were killed."
ARTICLE = Article("made.txt", TEXT, (Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),))


class Broken:
    """Fails where it is asked, so that only the cache can answer."""

    name = "rules"

    def extract(self, document: object) -> Extraction:
        raise AssertionError("asked again")


@pytest.fixture
def cache(tmp_path: Path, reader: Reader) -> Cache:
    return Cache.of(tmp_path / "cache", resources(), reader)


def test_what_was_proposed_comes_back_equal(reader: Reader) -> None:
    proposed = reader.propose(ARTICLE)

    assert proposed.events
    assert decode(Extraction, json.loads(json.dumps(encode(proposed)))) == proposed


def test_the_second_time_nothing_is_extracted(cache: Cache, reader: Reader) -> None:
    first = cache.events(ARTICLE, reader)

    assert cache.events(ARTICLE, replace(reader, extractor=Broken())) == first == reader.events(ARTICLE)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"[]",
        lambda data: b"[" * 100_000,
        lambda data: b"\xff\xfe",
        lambda data: data.replace(b'"trigger"', b'"tigger"', 1),
        lambda data: data.replace(b'"Asserted"', b'"Certain"', 1),
        lambda data: data.replace(b'"start": 0', b'"start": "0"', 1),
        lambda data: data.replace(b'"start": 0', b'"start": true', 1),
        lambda data: data.replace(b'"": "Span"', b'"": "Path"', 1),
        lambda data: data.replace(b'"events": [', b'"events": [null, ', 1),
    ],
)  # fmt: skip
def test_a_damaged_file_is_written_anew(
    damage: Callable[[bytes], bytes], cache: Cache, reader: Reader
) -> None:
    first = cache.events(ARTICLE, reader)
    path = cache.path(ARTICLE)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert path.read_bytes() != whole

    assert cache.events(ARTICLE, reader) == first
    assert path.read_bytes() == whole


def test_a_cached_event_passes_the_gate_again(cache: Cache, reader: Reader) -> None:
    kind = cache.events(ARTICLE, reader).events[0].type
    path = cache.path(ARTICLE)
    path.write_bytes(path.read_bytes().replace(f'"{kind}"'.encode(), b'"Teatime"'))

    assert "unknown-type" in {r.code for r in cache.events(ARTICLE, reader).refusals}


@pytest.mark.parametrize("change", [{"text": TEXT + " "}, {"blocks": ()}, {"url": "https://example.org"}])
def test_another_article_has_another_file(change: dict[str, object], cache: Cache) -> None:
    assert cache.path(replace(ARTICLE, **change)) != cache.path(ARTICLE)  # type: ignore[arg-type]


def test_the_name_of_the_file_does_not_matter(cache: Cache) -> None:
    assert cache.path(replace(ARTICLE, name="other.txt")) == cache.path(ARTICLE)


def test_another_extractor_has_other_files(cache: Cache, reader: Reader) -> None:
    class Other(Broken):
        name = "other"

    other = Cache.of(cache.folder, resources(), replace(reader, extractor=Other()))

    assert other.path(ARTICLE) != cache.path(ARTICLE)


def test_another_ontology_has_other_files(cache: Cache, reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "mine" / "ontology").mkdir(parents=True)
    (tmp_path / "mine" / "ontology" / "mine.ttl").write_text("# nothing\n", encoding="utf-8")

    other = Cache.of(cache.folder, resources(tmp_path / "mine"), reader)

    assert other.path(ARTICLE) != cache.path(ARTICLE)


def test_a_folder_that_cannot_be_written_is_named_with_the_fix(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    cache = Cache.of(tmp_path / "cache", resources(), reader)

    with pytest.raises(KgError, match="build with --no-cache"):
        cache.events(ARTICLE, reader)
