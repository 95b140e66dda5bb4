"""RDF files of others, put into a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.api import load_file
from kg.errors import ReadError
from kg.load import read_rdf
from kg.store import Store

LINE = "<https://example.org/a> <https://example.org/p> <https://example.org/b> .\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.ttl", "a.TTL", "a.trig", "a.nq", "a.nt"])
def test_each_ending_is_read(tmp_path: Path, name: str) -> None:
    assert len(read_rdf(written(tmp_path, name, LINE))) == 1


def test_json_ld_is_read(tmp_path: Path) -> None:
    text = '{"@id": "https://example.org/a", "https://example.org/p": {"@id": "https://example.org/b"}}'

    assert len(read_rdf(written(tmp_path, "a.jsonld", text))) == 1


def test_an_unknown_ending_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.csv: unknown ending; kg loads \.ttl, \.trig"):
        read_rdf(tmp_path / "a.csv")


def test_a_faulty_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a.nt", LINE + "<https://example.org/a> .\n")

    with pytest.raises(ReadError, match=r"a\.nt:2: not valid RDF"):
        read_rdf(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.ttl: cannot be read"):
        read_rdf(tmp_path / "gone.ttl")


def test_triples_without_a_graph_get_one_of_their_own(tmp_path: Path) -> None:
    store = Store.memory()

    assert load_file(written(tmp_path, "a.ttl", LINE), store) == 1
    (quad,) = store.quads()
    assert "graph/loaded-a-" in quad.graph_name.value


def test_what_a_store_notes_of_its_log_is_not_to_be_loaded(tmp_path: Path) -> None:
    store = Store.memory()
    line = LINE.replace(" .", f" <{store.names.graph('log')}> .")

    with pytest.raises(ReadError, match="in this graph a store keeps how far its log is known"):
        load_file(written(tmp_path, "a.nq", line), store)


def test_a_named_graph_keeps_its_name(tmp_path: Path) -> None:
    store = Store.memory()
    load_file(written(tmp_path, "a.trig", f"<https://example.org/g> {{ {LINE} }}"), store)

    (quad,) = store.quads()
    assert quad.graph_name.value == "https://example.org/g"


def test_loading_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    store = Store.memory()
    path = written(tmp_path, "a.ttl", f"_:x <https://example.org/p> _:y .\n{LINE}")
    load_file(path, store)

    assert load_file(path, store) == 0


def test_no_blank_node_enters_a_store(tmp_path: Path) -> None:
    store = Store.memory()
    load_file(written(tmp_path, "a.ttl", "_:x <https://example.org/p> _:y ."), store)

    assert "_:" not in " ".join(str(quad) for quad in store.quads())


def test_a_changed_file_replaces_what_it_gave_before(tmp_path: Path) -> None:
    store = Store.memory()
    load_file(written(tmp_path, "a.ttl", LINE), store)
    load_file(written(tmp_path, "a.ttl", LINE.replace("/b>", "/c>")), store)

    assert [str(quad.object) for quad in store.quads()] == ["<https://example.org/c>"]
