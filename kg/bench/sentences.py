"""`kg bench sentences FILE.json`: one coded event a sentence.

Reads kg's own format (docs/bench.md: text, plover, source, target) and PLOVER's GSR (event,
source and target as lists of actorText; codes of 2016 are mapped to those of 2021).

Of the events that kg finds in a sentence the one whose trigger stands highest in the tree is
compared, the first of equals; an event that is only the content of another one comes last.

type_p, type_r     right category / sentences with a prediction; / sentences with a code
source, target     a gold name is found when some filler of the role shares its head word or
                   holds it whole; a predicted filler is right when it does so for some gold
                   name. agent and participant count as source, target and participant as target
all_right          category right, every gold source and target found, as a share of the coded
false_events       sentences coded as no event for which kg predicts one
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.bench.fields import head_word
from kg.bench.predictions import prediction
from kg.errors import ReadError
from kg.examples import sentence_article
from kg.extraction import Reader

CODES_2016 = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
_SOURCE, _TARGET = ("agent", "participant"), ("target", "participant")


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence with its code (None: no event) and the names of source and target."""

    text: str
    plover: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with what kg made of it."""

    coded: Coded
    row: dict[str, Any] | None
    type_right: bool
    source: tuple[int, int, int]
    target: tuple[int, int, int]

    @property
    def all_right(self) -> bool:
        """Whether the category and all names are right."""
        return self.type_right and self.source[0] == self.source[2] and self.target[0] == self.target[2]


def load_coded(path: Path) -> list[Coded]:
    """Read coded sentences; raises ReadError where the file is not of a known form."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [_coded(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(f"{path}: not a list of coded sentences: {error!r}") from error


def _coded(row: dict[str, Any]) -> Coded:
    code = row["plover"] if "plover" in row else row.get("event")
    code = CODES_2016.get(str(code), code) if code else None
    return Coded(row["text"], code, _names(row.get("source")), _names(row.get("target")))


def _names(given: Any) -> tuple[str, ...]:
    if isinstance(given, dict):
        given = [given]
    if not isinstance(given, list):
        return ()
    found = (str(item.get("text", item.get("actorText", ""))).strip() for item in given)
    return tuple(name for name in found if name)


def score_sentences(coded: Iterable[Coded], reader: Reader) -> list[Scored]:
    """Run kg over each sentence and compare."""
    return [_scored(item, _main(item.text, reader)) for item in coded]


def _main(text: str, reader: Reader) -> dict[str, Any] | None:
    """Return the main event of a sentence as a row, or None."""
    article = sentence_article(text)
    events = reader.events(article).events
    contents = {m for e in events for m in e.values("content")}
    rows = [
        (any(getattr(c, "trigger", None) == e.trigger for c in contents), -e.existence.confidence, e)
        for e in events
    ]
    if not rows:
        return None
    best = min(rows, key=lambda item: (item[0], item[1], item[2].trigger))
    return prediction(best[2], article, reader.ontology)


def _scored(coded: Coded, row: dict[str, Any] | None) -> Scored:
    fillers = row["roles"] if row else []
    sources = [f for f in fillers if f["role"] in _SOURCE]
    targets = [f for f in fillers if f["role"] in _TARGET]
    if any(f["role"] == "participant" for f in fillers):
        both = coded.source + coded.target
        return _make(coded, row, _hits(both, sources + targets), (0, 0, 0))
    return _make(coded, row, _hits(coded.source, sources), _hits(coded.target, targets))


def _make(
    coded: Coded, row: dict[str, Any] | None, source: tuple[int, int, int], target: tuple[int, int, int]
) -> Scored:
    return Scored(coded, row, bool(row) and row is not None and row["plover"] == coded.plover, source, target)


def _hits(names: tuple[str, ...], fillers: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Return gold names found, predicted fillers that are right, gold names, as (found, right, gold)."""
    found = sum(any(_same(name, f) for f in fillers) for name in names)
    right = sum(any(_same(name, f) for name in names) for f in fillers)
    return found, right, len(names)


def _same(name: str, filler: dict[str, Any]) -> bool:
    text = filler["text"].lower()
    return (
        head_word(name) == head_word(filler["text"])
        or head_word(name) in text.split()
        or name.lower() in text
    )


def figures(scored: list[Scored]) -> dict[str, float | int]:
    """Return the figures that the module defines."""
    events = [s for s in scored if s.coded.plover]
    found = [s for s in events if s.row]
    right = sum(s.type_right for s in events)
    p, r = _ratio(right, len(found)), _ratio(right, len(events))
    predicted = [(s, [f["role"] for f in s.row["roles"]]) for s in found if s.row]
    n_source = sum(role in _SOURCE for _, roles in predicted for role in roles)
    n_target = sum(role in _TARGET[:1] for _, roles in predicted for role in roles)
    return {
        "type_p": p,
        "type_r": r,
        "type_f1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
        "source_p": _ratio(sum(s.source[1] for s in events), n_source),
        "source_r": _ratio(sum(s.source[0] for s in events), sum(s.source[2] for s in events)),
        "target_p": _ratio(sum(s.target[1] for s in events), n_target),
        "target_r": _ratio(sum(s.target[0] for s in events), sum(s.target[2] for s in events)),
        "all_right": _ratio(sum(s.all_right for s in events), len(events)),
        "false_events": sum(1 for s in scored if not s.coded.plover and s.row),
        "n": len(scored),
    }


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def table(scored: list[Scored]) -> str:
    """Return the figures, then each sentence that is not all right, as plain text."""
    lines = [f"{name:14} {value}" for name, value in figures(scored).items()]
    lines += list(_faults(scored))
    return "".join(f"{line}\n" for line in lines)


def _faults(scored: list[Scored]) -> Iterator[str]:
    for item in scored:
        if item.all_right and item.row:
            continue
        row = item.row
        got = f"{row['plover']} {row['type']} at “{row['trigger']['text']}”" if row else "nothing"
        yield f"{item.coded.plover}\t{got}\t{item.coded.text}"
