"""The site of files: every link leads to a file of it, the same bytes each time, nothing half-written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from urllib.parse import unquote

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.resources import resources
from kg.store import Store
from kg.terms import LABEL, TYPE, kg
from kg.web.site import Site
from kg.web.static import _file, site_files

Make = Callable[..., CompletedProcess[str]]


class Links(HTMLParser):
    """The addresses and the ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.found += [value for name in ("href", "src", "action") if (value := known.get(name)) is not None]
        self.ids.add(known.get("id") or "")


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_there_is_a_page_of_each_kind(files: Path) -> None:
    names = {re.sub(r"-\d+\.html$", ".html", path.name) for path in files.iterdir()}  # a list may have pages

    assert names == {
        "actor", "actors.html", "article", "articles.html", "event", "index.html", "place", "places.html",
        "q", "quality.html", "questions.html", "style.css", "vocabulary.html",
    }  # fmt: skip


def test_every_link_leads_to_a_file_of_the_site(files: Path) -> None:
    pages = {path: Links(path.read_text("utf-8")) for path in files.rglob("*.html")}
    wrong = set()
    for path, page in pages.items():
        for address in page.found:
            if address.startswith(("http://", "https://")):
                continue
            name, _, part = address.partition("#")
            target = (path.parent / unquote(name)).resolve() if name else path
            inside = target.is_relative_to(files.resolve()) and target.is_file()
            if not inside or (part and target in pages and part not in pages[target].ids):
                wrong.add((path.name, address))

    assert len(pages) > 100
    assert wrong == set()


def test_each_event_of_the_store_has_its_page(files: Path, story: Path) -> None:
    with Store.open(story, read_only=True) as store:
        events = {quad.subject for quad in store.view().match(None, TYPE, kg("Event"))}
        events -= {quad.subject for quad in store.view().match(None, kg("mergedInto"))}

    assert len(list((files / "event").iterdir())) == len(events) > 20


def test_all_rows_of_a_long_list_are_on_its_parts(files: Path) -> None:
    first = (files / "q" / "plover.html").read_text("utf-8")
    found = re.search(r"1 to 50 of (\d+)", first)
    assert found is not None
    parts = [path.read_text("utf-8") for path in files.glob("q/plover*.html")]
    rows = sum(text.count("<tr><td>") for text in parts)

    assert rows == int(found[1])


def test_two_sites_of_one_store_are_the_same_bytes(
    make_site: Make, files: Path, story: Path, tmp_path: Path
) -> None:
    done = make_site(story, tmp_path / "other", PYTHONHASHSEED="7")

    assert done.returncode == 0
    assert content(tmp_path / "other") == content(files)


def test_a_folder_with_something_in_it_is_left_alone(make_site: Make, story: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    done = make_site(story, tmp_path)

    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert content(tmp_path) == {"mine": b"mine"}


def test_an_empty_folder_is_taken(make_site: Make, story: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()

    assert make_site(story, tmp_path / "site").returncode == 0
    assert (tmp_path / "site" / "index.html").is_file()


def test_nothing_is_left_behind_where_writing_fails(make_site: Make, story: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    shutil.copytree(story, copy)
    done = make_site(copy, tmp_path / "none" / "site")

    assert done.returncode == 3 and "cannot be written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


@pytest.mark.parametrize("name", ["..", ".", "a/../..", "%2e%2e", "é" * 200, "x" * 300, ".b", "a\\b"])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    path = _file(f"/event/{name}")

    assert re.fullmatch(r"[a-z0-9_-]{1,110}(/[a-z0-9_-]{1,110})*\.html", path)


def test_hostile_labels_are_words_on_every_page() -> None:
    store = Store.memory()
    event = NamedNode(f"{store.names.base}id/event/x%22onload")
    words = '<script>alert(1)</script>"\u202e'
    graph = NamedNode(store.names.graph("events"))
    facts: list[tuple[NamedNode, Any]] = [(TYPE, kg("Event")), (LABEL, Literal(words))]
    store.learn([Quad(event, name, value, graph) for name, value in facts])
    pages = dict(site_files(Site.of(store, resources(), 2**31)))

    assert any(name.startswith("event/_") for name in pages)
    assert not any(b"<script" in page or "\u202e".encode() in page for page in pages.values())
