from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import read_axioms, vocabulary
from kg.changes import Contribution
from kg.errors import StoreError
from kg.infer import infer
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import Article, Event
from kg.naming import article_graph, article_iri
from kg.projection import project
from kg.resources import shipped
from kg.store import Store
from kg.terms import LABEL, TYPE, kg

NAMES = Names()
G = NAMES.graph("x")
Events = tuple[Event, ...]


def contribution(article: Article, events: Events) -> Contribution:
    mapped = list(to_quads(article, events, NAMES))
    facts = [*mapped, *project(mapped, NAMES)]
    axioms = read_axioms((shipped() / "ontology").glob("*.ttl"))
    return Contribution(
        article_iri(article, NAMES).value,
        article_graph(article, NAMES).value,
        (*facts, *infer(facts, axioms, NAMES)),
        article.text,
    )


@pytest.fixture
def first(article: Article, events: Events) -> Contribution:
    return contribution(article, events)


@pytest.fixture
def fewer(article: Article, events: Events) -> Contribution:
    return contribution(article, events[1:2])


@pytest.fixture
def second(other: tuple[Article, Events]) -> Contribution:
    return contribution(*other)


def test_a_store_gives_back_what_was_put_in(first: Contribution) -> None:
    store = Store.memory()
    store.replace(first)

    assert set(store.oxigraph) == set(first.quads)


def test_a_rebuild_changes_nothing(first: Contribution) -> None:
    store = Store.memory()

    assert [store.replace(first), store.replace(first)] == [True, False]


def test_an_identical_build_is_not_written(tmp_path: Path, first: Contribution) -> None:
    with Store.open(tmp_path / "s", create=True) as store:
        store.replace(first)
    before = {p.name: p.read_bytes() for p in (tmp_path / "s" / "oxigraph").glob("*.log")}
    with Store.open(tmp_path / "s") as store:
        store.replace(first)
        after = {p.name: p.stat().st_size for p in (tmp_path / "s" / "oxigraph").glob("*.log")}

    assert before and not any(after.values())


def test_a_newer_build_leaves_nothing_of_the_older_one(first: Contribution, fewer: Contribution) -> None:
    store = Store.memory()
    store.replace(first)
    store.replace(fewer)

    assert set(store.oxigraph) == set(fewer.quads)


def test_removing_an_article_removes_exactly_what_it_supported(
    first: Contribution, second: Contribution
) -> None:
    alone, both = Store.memory(), Store.memory()
    alone.replace(second)
    both.replace(first)
    both.replace(second)
    both.remove(first.article)

    assert set(both.oxigraph) == set(alone.oxigraph)


def test_removing_the_only_article_leaves_an_empty_store(first: Contribution) -> None:
    store = Store.memory()
    store.replace(first)
    store.remove(first.article)

    assert len(store) == 0
    assert store.articles() == ()


def test_the_order_of_builds_does_not_matter(first: Contribution, second: Contribution) -> None:
    one, two = Store.memory(), Store.memory()
    for store, builds in ((one, (first, second)), (two, (second, first))):
        for build in builds:
            store.replace(build)

    assert set(one.oxigraph) == set(two.oxigraph)


def test_no_triple_is_in_two_graphs(first: Contribution, second: Contribution) -> None:
    store = Store.memory()
    store.replace(first)
    store.replace(second)

    assert len({quad.triple for quad in store.oxigraph}) == len(store)


def test_what_is_asserted_later_is_no_longer_inferred(first: Contribution) -> None:
    inferred = next(q for q in first.quads if q.graph_name.value.endswith("/inferred"))
    asserted = Quad(*inferred.triple, NamedNode(first.graph))
    store = Store.memory()
    store.replace(first)
    store.replace(Contribution(first.article, first.graph, (*first.quads, asserted), first.text))

    assert asserted in store.oxigraph
    assert inferred not in store.oxigraph


def test_an_event_that_others_report_too_stays(first: Contribution, second: Contribution) -> None:
    event = next(q.object for q in first.quads if q.predicate == kg("reportOf"))
    report = next(q for q in second.quads if q.predicate == kg("reportOf"))
    link = Quad(report.subject, report.predicate, event, report.graph_name)
    store = Store.memory()
    store.replace(first)
    store.replace(Contribution(second.article, second.graph, (*second.quads, link), second.text))
    store.remove(second.article)
    store.replace(Contribution(second.article, second.graph, (*second.quads, link), second.text))
    store.remove(first.article)

    assert list(store.oxigraph.quads_for_pattern(event, TYPE, kg("Event"), None))


def test_the_neighbourhood_holds_all_but_what_is_inferred(first: Contribution, second: Contribution) -> None:
    store = Store.memory()
    store.replace(first)
    store.replace(second)
    asserted = {q for q in first.quads if not q.graph_name.value.endswith("/inferred")}

    assert set(store.neighbourhood(first.article)) == asserted


def test_a_store_on_disk_remembers(tmp_path: Path, first: Contribution, article: Article) -> None:
    with Store.open(tmp_path / "s", create=True) as store:
        store.replace(first)
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert set(store.oxigraph) == set(first.quads)
        assert store.text(article.sha256) == article.text


def test_text_is_kept_to_the_byte(tmp_path: Path) -> None:
    text = "one\r\ntwo\u2028 \x85 three\n"
    with Store.open(tmp_path / "s", create=True) as store:
        store.replace(Contribution("urn:a", G, (), text))
        files = [path.read_bytes() for path in (tmp_path / "s" / "texts").iterdir()]

    assert files == [text.encode()]


@given(st.text())
def test_any_words_go_in_and_out_unharmed(words: str) -> None:
    words = words.encode("utf-8", "ignore").decode("utf-8")
    quad = Quad(NamedNode("urn:s"), LABEL, Literal(words), NamedNode(G))
    store = Store.memory()
    store.replace(Contribution("urn:a", G, (quad,), ""))

    assert set(store.oxigraph) == {quad}


@pytest.mark.parametrize("words", ["\\u0041", "\\", '" } ; DROP ALL #', "\\\\u0022", "a\nb\0"])
def test_words_cannot_break_out_of_an_update(words: str) -> None:
    quad = Quad(NamedNode("urn:s"), LABEL, Literal(words), NamedNode(G))
    store = Store.memory()
    store.replace(Contribution("urn:a", G, (quad,), ""))

    assert set(store.oxigraph) == {quad}


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
        "format": 1,
        "base": NAMES.base,
    }


def test_terms_are_learnt_once() -> None:
    terms = list(vocabulary(read_axioms((shipped() / "ontology").glob("*.ttl")), NAMES))
    store = Store.memory()

    assert [store.learn(terms), store.learn(terms), store.learn(terms[1:])] == [True, False, True]
    assert len(store) == len(terms) - 1


def test_rdflib_sees_all_graphs_as_one(first: Contribution) -> None:
    store = Store.memory()
    store.replace(first)

    assert len({quad[:3] for quad in store.as_rdflib().triples((None, None, None))}) == len(store)


def test_a_build_with_another_base_is_refused(first: Contribution) -> None:
    with pytest.raises(StoreError, match="not below this store's base"):
        Store.memory("https://example.org/").replace(first)


def test_a_store_opened_for_reading_is_not_written(tmp_path: Path, first: Contribution) -> None:
    Store.open(tmp_path / "s", create=True).close()
    empty_text = Contribution(first.article, first.graph, first.quads, "")
    with Store.open(tmp_path / "s", read_only=True) as store:
        for build in (first, empty_text):
            with pytest.raises(StoreError):
                store.replace(build)

        assert len(store) == 0


def test_a_reader_keeps_writers_out_until_it_closes(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    reader = Store.open(tmp_path / "s", read_only=True)
    with pytest.raises(StoreError, match="in use"):
        Store.open(tmp_path / "s")
    reader.close()

    Store.open(tmp_path / "s").close()


def test_a_store_remembers_its_base(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True, base="https://example.org/").close()

    with Store.open(tmp_path / "s") as store:
        assert store.names.base == "https://example.org/"
