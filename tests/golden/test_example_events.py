"""The events of each example article, so that a change of rules shows as a diff.

After a change that is meant: `pytest tests/golden --update-golden`, and read the diff.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.bench.predictions import prediction
from kg.extraction import Reader
from kg.model import Article, Event, Mention, Span
from kg.read import find_articles, read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ARTICLES = find_articles([EXAMPLES])


def shown(path: Path, reader: Reader) -> str:
    article = read(path)
    found = reader.events(article)
    refused = [f"{r.type} {r.trigger.of(article.text)} {r.code}: {r.detail}" for r in found.refusals]
    whole = {
        "published": article.published.edtf if article.published else None,
        "events": [_event(event, article, reader) for event in found.events],
        "refusals": refused,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _event(event: Event, article: Article, reader: Reader) -> dict[str, Any]:
    row = prediction(event, article, reader.ontology)
    when = row["time"]

    def mentioned(aspect: str) -> list[str]:
        return [_at(v.trigger, article) for v in event.values(aspect) if isinstance(v, Mention)]

    fields = {
        "label": event.label,
        "trigger": _at(event.trigger, article),
        "status": f"{row['status']}, {row['factuality']}",
        "claimants": [f"{c['text']} = {c['entity']}" for c in row["claimants"]],
        "roles": [_role(role) for role in row["roles"]],
        "time": f"{when['text']} = {when['edtf']} ({'; '.join(when['anchors'])})" if when else None,
        "counts": [f"{c['kind']} {c['least']}..{c['most']}: {c['text']}" for c in row["counts"]],
        "content": mentioned("content"),
        "after": mentioned("after"),
    }
    return {"type": event.type} | {name: value for name, value in fields.items() if value}


def _role(role: dict[str, Any]) -> str:
    who = f"{role['entity']}, {role['kind']}, {role['basis']}, {role['confidence']}"
    return f"{role['role']} {role['start']}..{role['end']} {role['text']} = {who}"


def _at(span: Span, article: Article) -> str:
    return f"{span.start}..{span.end} {span.of(article.text)}"


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_the_events_of_an_example_are_as_reviewed(
    path: Path, reader: Reader, golden: Callable[[str, str], str]
) -> None:
    found = shown(path, reader)

    assert found == golden(f"{path.stem}.json", found)


def test_no_golden_file_is_left_over() -> None:
    held = {path.stem for path in Path(__file__).parent.glob("*.json")}

    assert held == {path.stem for path in ARTICLES}
