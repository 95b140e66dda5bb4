"""The pages on the model and on counts say what the code does; no page that is named is missing."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path

import pytest

from kg.bench.sentences import load_coded
from kg.extract.numbers import bounds
from kg.model import Basis, Factuality, Status

ROOT = Path(__file__).resolve().parents[2]
MODEL = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
COUNTS = (ROOT / "docs" / "counts.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|`]+?) \| ?(\d*|none) ?\| ?(\d*|none) ?\|$", COUNTS, re.MULTILINE)


def section(title: str) -> list[str]:
    """Return the first cells of the table below a heading."""
    part = MODEL[MODEL.index(f"## {title}") :].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)


@pytest.mark.parametrize(
    ("title", "kinds"), [("Factuality", Factuality), ("Status", Status), ("Basis", Basis)]
)
def test_a_table_of_the_model_lists_all_kinds(title: str, kinds: type[StrEnum]) -> None:
    assert section(title) == [kind.value for kind in kinds]


@pytest.mark.parametrize(("words", "least", "most"), ROWS)
def test_a_count_of_the_documentation_holds(words: str, least: str, most: str) -> None:
    found = bounds(words)

    if least == "none":
        assert found is None
    else:
        assert found is not None
        assert ("" if found.least is None else str(found.least)) == least
        assert ("" if found.most is None else str(found.most)) == most


def test_the_table_of_counts_is_read_whole() -> None:
    assert len(ROWS) == COUNTS.count("\n|") - 2


def test_the_coded_sentence_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    block = re.search(r"```json\n(.*?)```", (ROOT / "docs" / "bench.md").read_text("utf-8"), re.DOTALL)
    assert block is not None
    (tmp_path / "a.json").write_text(block[1], encoding="utf-8")

    (coded,) = load_coded(tmp_path / "a.json")

    assert coded.text == json.loads(block[1])[0]["text"]
    assert (coded.plover, coded.source, coded.target) == ("COERCE", ("Norway",), ("tanker",))


def test_every_page_that_is_named_is_there() -> None:
    files = [p for top in ("kg", "ontology", "shapes", "queries") for p in (ROOT / top).rglob("*.*")]
    texts = [p.read_text("utf-8") for p in files if p.suffix in {".py", ".ttl", ".rq"}]
    named = {name for text in texts for name in re.findall(r"docs/[\w/-]+\.md", text)}

    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
