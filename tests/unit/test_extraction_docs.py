"""What `docs/` says of phrases, claims, counts and benches is what the code does."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from kg import gate as gate_module
from kg.annotate import annotate
from kg.bench import article, articles, petrarch, sentences
from kg.bench.predictions import status
from kg.examples import sentence_article
from kg.extract.match import Matcher
from kg.extract.numbers import bounds
from kg.extract.resolve import Resolver
from kg.extract.tree import Tree
from kg.extraction import Reader
from kg.model import Factuality, Filler, Status
from kg.ontology import ROLES
from kg.phrases import compile_pattern
from kg.projection import status as status_of

FOLDER = Path(__file__).resolve().parents[2] / "docs"


def rows(name: str, heading: str) -> list[list[str]]:
    """Return the cells of the first table below a heading."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    section = text[text.index(heading) :]
    lines = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert lines is not None
    cells = [[c.strip().strip("`") for c in line.strip("|").split(" | ")] for line in lines[0].splitlines()]
    return cells[2:]


def found_by(phrase: str, text: str, reader: Reader) -> str:
    made = sentence_article(text)
    (sentence,) = annotate(made, reader.parser).sentences
    tree, ontology = Tree.of(sentence), reader.ontology
    resolver = Resolver(ontology, text, made.sha256, {}, {})
    pattern = compile_pattern(phrase)
    table = dict.fromkeys(pattern.head.lemmas, (("Event", pattern),))
    fillers: list[tuple[str, Filler | None]] = [
        (role, resolver.filler(tree, bound.index, role, bound.slot, basis=bound.basis))
        for match in Matcher(table, ontology.lexicon.light, resolver.fits).matches(tree)
        for bound in match.bound
        for role in bound.slot.roles
    ]
    known = sorted(((ROLES.index(role), f.span, role) for role, f in fillers if f))
    return ", ".join(f"{role} {span.of(text)}" for _, span, role in known) or "nothing"


@pytest.mark.parametrize(("phrase", "text", "finds"), rows("patterns.md", "## What follows from one phrase"))
def test_a_phrase_finds_what_the_documentation_says(
    phrase: str, text: str, finds: str, reader: Reader
) -> None:
    assert found_by(phrase, text, reader) == finds


def test_the_documented_mistake_is_told_in_these_words() -> None:
    text = " ".join((FOLDER / "patterns.md").read_text(encoding="utf-8").split())
    with pytest.raises(Exception, match="needs a preposition") as caught:
        compile_pattern("raid {target}")

    assert f"`{caught.value}`" in text


def test_every_role_is_documented() -> None:
    text = (FOLDER / "patterns.md").read_text(encoding="utf-8")

    assert all(role in text for role in (*ROLES, "content"))


@pytest.mark.parametrize(("text", "trigger", "factuality", "wanted"), rows("model.md", "## Factuality"))
def test_a_sentence_is_put_forward_as_documented(
    text: str, trigger: str, factuality: str, wanted: str, reader: Reader
) -> None:
    events = reader.events(sentence_article(text)).events
    (event,) = [e for e in events if e.trigger.of(text) == trigger]

    assert (event.existence.attribution.factuality.value, status(event).value) == (factuality, wanted)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Asserted", "Actual"),
        ("Reported", "Actual"),
        ("Asserted Denied", "Disputed"),
        ("Alleged Denied", "Disputed"),
        ("Alleged", "Unconfirmed"),
        ("Denied", "Unrealised"),
        ("Demanded", "Unrealised"),
        ("Hypothetical", "Unrealised"),
        ("Predicted", "Unrealised"),
    ],
)
def test_the_status_follows_from_the_claims_as_documented(said: str, wanted: str) -> None:
    assert status_of([Factuality(word) for word in said.split()]) is Status(wanted)


@pytest.mark.parametrize(("words", "least", "most"), rows("counts.md", "# Numbers of people"))
def test_words_give_the_documented_bounds(words: str, least: str, most: str) -> None:
    found = bounds(words)
    shown = ("no count", "no count") if found is None else (str(found.least), str(found.most))

    assert tuple(cell.replace("None", "-") for cell in shown) == (least, most)


def test_every_reason_to_refuse_is_documented() -> None:
    given = set(re.findall(r'yield "([a-z-]+)"', inspect.getsource(gate_module)))

    assert {row[0] for row in rows("model.md", "## The gate")} == {*given, "idiom", "figure", "unlikely"}


@pytest.mark.parametrize("heading", ["## article\n", "## articles", "## sentences", "## petrarch2"])
def test_every_figure_of_a_bench_is_documented(heading: str) -> None:
    text = (FOLDER / "bench.md").read_text(encoding="utf-8")
    section = text[text.index(heading) :]
    section = section[: section.index("\n## ", 4)]
    figures = {
        "## article\n": {*article._figures([], [], [], None), *article._grounding((), None, [])},  # type: ignore[arg-type]
        "## articles": set(articles.figures([])),
        "## sentences": set(sentences.figures([])),
        "## petrarch2": set(petrarch.figures([])),
    }

    assert {name for name in figures[heading] if f"`{name}`" not in section} == set()


def test_every_page_that_is_named_is_there() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [p for top in ("kg", "ontology", "shapes", "queries") for p in (root / top).rglob("*.*")]
    texts = [p.read_text("utf-8") for p in files if p.suffix in {".py", ".ttl", ".rq"}]
    named = {name for text in texts for name in re.findall(r"docs/[\w/-]+\.md", text)}

    assert [name for name in sorted(named) if not (root / name).is_file()] == []
