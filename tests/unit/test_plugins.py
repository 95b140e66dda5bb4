"""Extractors of other packages: found by entry point, held to the gate, kept from doing harm.

A small distribution is written to a folder on the path, so that the real machinery finds it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ExtractorError, UsageError
from kg.extraction import Reader
from kg.model import Article, Block, BlockKind, Extraction, Span, Token
from kg.ontology import Ontology
from kg.plugins import check_name, installed, load_extractor

TEXT = "Police raided the warehouse in Oslo in May 2024."
ARTICLE = Article("made.txt", TEXT, (Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),))
HONEST = """
from datetime import date
from kg.extractor import *

TEXT = "Police raided the warehouse in Oslo in May 2024."

def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))

POLICE = Entity("SecurityForce", "police-x1", "Police", described=True)
MAY = Window("2024-05", date(2024, 5, 1), date(2024, 5, 31))
DAY = Window("2024-05-07", date(2024, 5, 7), date(2024, 5, 7))
AGENT = Claim("agent", Filler(span("Police"), POLICE), span("Police"))
WHEN = Claim("when", When(MAY, span("in May 2024"), ("stated",)), span("in May 2024"))
STATUS = Claim("status", "Actual", span("raided"))

class Fake:
    name = "fake-1"
    def extract(self, document):
        return Extraction((event(),))

def make(ontology):
    return Fake()

def event(type="Raid", more=(), when=WHEN, status=STATUS, agent=AGENT):
    return Event(type, span("raided"), Span(0, len(TEXT)), (status, agent, when, *more), "raid")
"""
LIES = {
    "type": ('event(type="Teatime")', "unknown-type"),
    "claimed type": ('event(more=[Claim("type", "Teatime", span("raided"))])', "unknown-type"),
    "quote": ('event(agent=Claim("agent", Filler(Span(80, 90), POLICE), Span(80, 90)))', "quote-outside"),
    "number": (
        'event(more=[Claim("casualties", Count("Killed", 9, 9, span("the warehouse")), span("raided"))])',
        "number-not-in-words",
    ),
    "day": (
        'event(when=Claim("when", When(DAY, span("in May 2024"), ("stated",)), span("in May 2024")))',
        "date-not-in-words",
    ),
    "date without words": (
        'event(when=Claim("when", When(MAY, span("warehouse"), ("stated",)), span("warehouse")))',
        "date-not-in-words",
    ),
    "date without a quote": ('event(when=Claim("when", When(MAY, None, ("guessed",)), span("raided")))',
                             "date-not-in-words"),
    "aspect": ('event(more=[Claim("motive", "greed", span("raided"))])', "wrong-value"),
    "value": ('event(more=[Claim("target", "greed", span("raided"))])', "wrong-value"),
    "confidence": ('event(status=Claim("status", "Actual", span("raided"), confidence=7))',
                   "wrong-confidence"),
    "existence": ('event(status=Claim("type", "Raid", span("raided")))', "no-status"),
}  # fmt: skip


class NoParser:
    """A parser that finds no sentences: the fake extractors need none."""

    name = "none"

    def parse(self, texts: list[str]) -> list[list[list[Token]]]:
        return [[] for _ in texts]


Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return what puts a distribution with one extractor, `fake`, on the path."""

    def put(source: str, target: str = "fake_kg_extractor:make") -> None:
        folder = tmp_path / "fake_kg_extractor-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: fake-kg-extractor\nVersion: 1.0\n")
        (folder / "entry_points.txt").write_text(f"[kgnews.extractors]\nfake = {target}\n")
        (tmp_path / "fake_kg_extractor.py").write_text(source, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(sys.modules, "fake_kg_extractor", raising=False)

    return put


def read(knowledge: Ontology) -> Extraction:
    return Reader.of(knowledge, NoParser(), load_extractor("fake", knowledge)).events(ARTICLE)  # type: ignore[arg-type]


def test_an_extractor_is_found_by_its_entry_point(install: Install, knowledge: Ontology) -> None:
    install(HONEST)

    assert [event.type for event in read(knowledge).events] == ["Raid"]


def test_a_plug_in_is_not_imported_before_it_is_named(install: Install) -> None:
    install("raise SystemError('imported')")

    assert "fake" in installed()
    assert "fake_kg_extractor" not in sys.modules


def test_an_unknown_name_is_answered_with_those_installed(install: Install) -> None:
    install(HONEST)

    names = r"rules, rules\+untyped, rules\+nearby, fake"
    with pytest.raises(UsageError, match=f"no extractor 'tea'; installed are {names}"):
        check_name("tea")


@pytest.mark.parametrize("what", LIES)
def test_the_gate_refuses_what_an_extractor_invents(what: str, install: Install, knowledge: Ontology) -> None:
    made, code = LIES[what]
    install(HONEST.replace("Extraction((event(),))", f"Extraction(({made},))"))

    found = read(knowledge)

    assert ([r.code for r in found.refusals], found.events) == ([code], ())


@pytest.mark.parametrize(
    "source", ["import no_such_module", "raise RuntimeError('no')", "def make(ontology):\n    return 1 / 0"]
)
def test_a_plug_in_that_does_not_load_is_named(source: str, install: Install, knowledge: Ontology) -> None:
    install(source)

    with pytest.raises(ExtractorError, match=r"^extractor fake failed: "):
        load_extractor("fake", knowledge)


def test_a_plug_in_that_fails_on_an_article_is_named_with_it(install: Install, knowledge: Ontology) -> None:
    install(HONEST.replace("return Extraction((event(),))", "raise ValueError('a\\nb')"))

    with pytest.raises(ExtractorError, match=r"^made.txt: extractor fake-1 failed: ValueError: a b"):
        read(knowledge)


def test_what_is_no_extraction_is_refused_whole(install: Install, knowledge: Ontology) -> None:
    install(HONEST.replace("return Extraction((event(),))", "return ['raid']"))

    with pytest.raises(ExtractorError, match="returned list, not an Extraction"):
        read(knowledge)
