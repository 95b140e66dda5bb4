from __future__ import annotations

import json
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.address import About
from kg.axioms import read_axioms, vocabulary
from kg.changes import Contribution, neighbourhood
from kg.commit import Knowledge, admit, retract
from kg.errors import StoreError
from kg.iri import Names
from kg.model import Article
from kg.resources import shipped
from kg.store import Store
from kg.terms import LABEL

NAMES = Names()
G = NAMES.graph("x")


def test_a_store_gives_back_what_was_put_in(first: Contribution, knowledge: Knowledge) -> None:
    store = Store.memory()
    admit(store, first, knowledge)

    assert set(first.quads) <= set(store.quads())


def test_a_rebuild_changes_nothing(first: Contribution, knowledge: Knowledge) -> None:
    store = Store.memory()

    assert [admit(store, first, knowledge), admit(store, first, knowledge)] == [True, False]


def test_an_identical_build_is_not_written(tmp_path: Path, first: Contribution, knowledge: Knowledge) -> None:
    with Store.open(tmp_path / "s", create=True) as store:
        admit(store, first, knowledge)
    before = (tmp_path / "s" / "log").read_bytes()
    with Store.open(tmp_path / "s") as store:
        admit(store, first, knowledge)
        after = {p.name: p.stat().st_size for p in (tmp_path / "s" / "oxigraph").glob("*.log")}

    assert not any(after.values())
    assert (tmp_path / "s" / "log").read_bytes() == before


def test_a_closed_store_leaves_no_large_journals(
    tmp_path: Path, first: Contribution, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = {}
    for limit in (1 << 30, 0):
        monkeypatch.setattr("kg.quads.JOURNAL", limit)
        with Store.open(tmp_path / str(limit), create=True) as store:
            admit(store, first, knowledge)
        journals = (tmp_path / str(limit) / "oxigraph").glob("*.log")
        left[limit] = sum(path.stat().st_size for path in journals)

    assert left[0] == 0 < left[1 << 30]


def test_what_was_written_does_not_pile_up_in_memory(
    tmp_path: Path, first: Contribution, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = {}
    for most in (50_000, 0):
        monkeypatch.setattr("kg.embedded.HELD", most)
        with Store.open(tmp_path / str(most), create=True) as store:
            admit(store, first, knowledge)
            tables = (tmp_path / str(most) / "oxigraph").glob("*.sst")
            written[most] = sum(path.stat().st_size for path in tables)

    assert written[0] > written[50_000]


def test_a_newer_build_leaves_nothing_of_the_older_one(
    first: Contribution, fewer: Contribution, knowledge: Knowledge
) -> None:
    store, alone = Store.memory(), Store.memory()
    admit(store, first, knowledge)
    admit(store, fewer, knowledge)
    admit(alone, fewer, knowledge)

    assert set(store.quads()) == set(alone.quads())


def test_removing_an_article_removes_exactly_what_it_supported(
    first: Contribution, second: Contribution, knowledge: Knowledge
) -> None:
    alone, both = Store.memory(), Store.memory()
    admit(alone, second, knowledge)
    admit(both, first, knowledge)
    admit(both, second, knowledge)
    retract(both, first.article, knowledge)

    assert set(both.quads()) == set(alone.quads())


def test_removing_the_only_article_leaves_an_empty_store(first: Contribution, knowledge: Knowledge) -> None:
    store = Store.memory()
    admit(store, first, knowledge)
    retract(store, first.article, knowledge)

    assert len(store) == 0
    assert store.articles() == ()


def test_what_was_never_there_cannot_be_retracted(knowledge: Knowledge) -> None:
    store = Store.memory()

    assert not retract(store, "urn:nothing", knowledge)
    assert store.log.empty


def test_the_order_of_builds_does_not_matter(
    first: Contribution, second: Contribution, knowledge: Knowledge
) -> None:
    one, two = Store.memory(), Store.memory()
    for store, builds in ((one, (first, second)), (two, (second, first))):
        for build in builds:
            admit(store, build, knowledge)

    assert set(one.quads()) == set(two.quads())


def test_no_triple_is_in_two_graphs(filled: Store) -> None:
    assert len({quad.triple for quad in filled.quads()}) == len(filled)


def test_what_is_asserted_later_is_no_longer_inferred(first: Contribution, knowledge: Knowledge) -> None:
    store = Store.memory()
    admit(store, first, knowledge)
    inferred = next(store.quads(NAMES.graph("inferred")))
    asserted = Quad(*inferred.triple, NamedNode(first.graph))
    admit(store, replace(first, quads=(*first.quads, asserted)), knowledge)

    assert asserted in store.oxigraph
    assert inferred not in store.oxigraph


def test_the_neighbourhood_holds_all_but_what_is_inferred(first: Contribution, knowledge: Knowledge) -> None:
    store = Store.memory()
    admit(store, first, knowledge)
    inferred = NamedNode(NAMES.graph("inferred"))
    said = {quad for quad in store.quads() if quad.graph_name != inferred}

    assert set(neighbourhood(store.view(), first.graph, NAMES)) == said


def test_a_store_on_disk_remembers(
    tmp_path: Path, first: Contribution, article: Article, knowledge: Knowledge
) -> None:
    with Store.open(tmp_path / "s", create=True) as store:
        admit(store, first, knowledge)
        before = set(store.quads())
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert set(store.quads()) == before
        assert store.text(first.graph) == article.text


def test_text_is_kept_to_the_byte(tmp_path: Path, knowledge: Knowledge) -> None:
    text = "one\r\ntwo\u2028 \x85 three\n"
    with Store.open(tmp_path / "s", create=True) as store:
        admit(store, Contribution("urn:a", G, (), text), knowledge)

        assert store.text(G) == text


@given(st.text())
def test_any_words_go_in_and_out_unharmed(knowledge: Knowledge, words: str) -> None:
    words = words.encode("utf-8", "ignore").decode("utf-8")
    quad = Quad(NamedNode("urn:s"), LABEL, Literal(words), NamedNode(G))
    store = Store.memory()
    admit(store, Contribution("urn:a", G, (quad,), ""), knowledge)

    assert set(store.quads()) == {quad}


@pytest.mark.parametrize("words", ["\\u0041", "\\", '" } ; DROP ALL #', "\\\\u0022", "a\nb\0"])
def test_words_cannot_break_out_of_an_update(knowledge: Knowledge, words: str) -> None:
    quad = Quad(NamedNode("urn:s"), LABEL, Literal(words), NamedNode(G))
    store = Store.memory()
    admit(store, Contribution("urn:a", G, (quad,), ""), knowledge)

    assert set(store.quads()) == {quad}


def test_a_second_writer_gets_one_clear_line(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), create=True)\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "s")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match=rf"in use by process {process.pid} \(-c\)") as caught:
            Store.open(tmp_path / "s")
        process.communicate()

    assert "\n" not in str(caught.value)


def test_a_closed_store_can_be_opened_again(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    Store.open(tmp_path / "s").close()

    with Store.open(tmp_path / "s") as store:
        assert len(store) == 0


def test_a_closed_store_says_so() -> None:
    store = Store.memory()
    store.close()

    with pytest.raises(StoreError, match="closed"):
        len(store)


def test_the_settings_file_says_format_and_base(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()

    assert json.loads((tmp_path / "s" / "kg.json").read_text()) == {
        "format": 2,
        "base": NAMES.base,
        "sum": f"{zlib.crc32(f'2 {NAMES.base}'.encode()):08x}",
    }


def test_settings_that_were_changed_are_refused(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    settings = tmp_path / "s" / "kg.json"
    for one, other in (("kgnews", "kgnewt"), ('"sum"', '"sun"'), ("{", "[")):
        whole = settings.read_text()
        settings.write_text(whole.replace(one, other, 1))
        with pytest.raises(StoreError, match=r"kg\.json: damaged"):
            Store.open(tmp_path / "s")
        settings.write_text(whole)

    settings.write_text(json.dumps({"format": 2, "base": NAMES.base}))  # as an older kg wrote it
    Store.open(tmp_path / "s").close()


def test_terms_are_learnt_once() -> None:
    terms = list(vocabulary(read_axioms((shipped() / "ontology").glob("*.ttl")), NAMES))
    store = Store.memory()

    assert [store.learn(terms), store.learn(terms), store.learn(terms[1:])] == [True, False, True]
    assert len(store) == len(terms) - 1


def test_rdflib_sees_all_graphs_as_one(filled: Store) -> None:
    seen = {quad[:3] for quad in filled.as_rdflib().triples((None, None, None))}

    assert len(seen) == len(filled.oxigraph)


def test_a_build_with_another_base_is_refused(first: Contribution, knowledge: Knowledge) -> None:
    with pytest.raises(StoreError, match="not below this store's base"):
        admit(Store.memory("https://example.org/"), first, knowledge)


def test_a_store_opened_for_reading_is_not_written(
    tmp_path: Path, first: Contribution, knowledge: Knowledge
) -> None:
    Store.open(tmp_path / "s", create=True).close()
    before = (tmp_path / "s" / "log").read_bytes()
    with Store.open(tmp_path / "s", read_only=True) as store:
        with pytest.raises(StoreError):
            admit(store, first, knowledge)

        assert len(store) == 0
    assert (tmp_path / "s" / "log").read_bytes() == before


def test_a_reader_keeps_writers_out_until_it_closes(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    reader = Store.open(tmp_path / "s", read_only=True)
    with pytest.raises(StoreError, match="in use"):
        Store.open(tmp_path / "s")
    reader.close()

    Store.open(tmp_path / "s").close()


def test_a_store_remembers_its_base(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True, about=About("https://example.org/")).close()

    with Store.open(tmp_path / "s") as store:
        assert store.names.base == "https://example.org/"
