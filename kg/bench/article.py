"""`kg bench article DIR`: a build of one article against its hand-made gold.

DIR holds `article.txt`, `gold.json` and `mapping.json`. The article goes through the code and
options of `kg build`. A predicted event matches a gold event when its trigger overlaps the
gold's trigger or lies in the gold's evidence, and its category is of the gold type's family;
the smallest evidence wins, and each prediction matches one gold event. A death that the gold
gives on its own also counts as found where its cause carries the same count. The fields are
defined in `kg.bench.fields`.

main_all_right, requested_all_right   gold events of that kind with every field right
found_typed, events                   main and secondary gold events found with the right type
asserted_precision                    of the predicted events that come out as Actual, the share
                                      that match a gold event which may be Actual
filler_precision                      of their agents, targets, participants and places, the
                                      share that is right
context_as_actual                     gold events that must not be Actual whose trigger a
                                      predicted Actual event shares
ungrounded                            fillers, dates, counts without words or an anchor
quotes_exact                          share of the claims whose offsets give exactly the quote
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.bench.fields import Gold, Mapping, Row, fields, match_fillers, place_right
from kg.bench.predictions import prediction
from kg.errors import ReadError
from kg.extraction import Reader
from kg.model import Article, Event, Filler, When


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold event with the prediction that matches it, if any, and its fields."""

    gold: Gold
    row: Row | None
    right: dict[str, bool]

    @property
    def all_right(self) -> bool:
        """Whether it was found and every field is right."""
        return self.row is not None and all(self.right.values())


@dataclass(frozen=True, slots=True)
class Score:
    """The figures, and the pairs behind them."""

    figures: dict[str, float | int]
    pairs: tuple[Pair, ...]
    spurious: tuple[Row, ...]


def load_gold(folder: Path) -> tuple[list[Gold], Mapping]:
    """Read gold and mapping; raises ReadError where a file is missing or is no JSON."""
    gold, mapping = (_json(folder / name) for name in ("gold.json", "mapping.json"))
    names = {
        key: {
            n.lower().removeprefix("the ")
            for n in [*e.get("names", []), *e.get("metonyms", []), key.replace("_", " ")]
        }
        for key, e in gold["entities"].items()
    }
    _label_governments(names, gold["entities"])
    states = frozenset(k for k, e in gold["entities"].items() if e["type"] in {"Country", "Government"})
    return gold["events"], Mapping(mapping["roles"], mapping["types"], mapping["factuality"], names, states)


def _label_governments(names: dict[str, set[str]], entities: dict[str, Any]) -> None:
    """A government that is named by its seat is the state of that seat."""
    for key, entity in entities.items():
        country = entity.get("country")
        if entity["type"] == "Government" and entity.get("names") and country in names:
            names[key] |= names[country]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as JSON: {error}") from error


def score(article: Article, folder: Path, reader: Reader) -> tuple[Score, list[Row]]:
    """Build the article and compare it with the gold of its folder."""
    gold, mapping = load_gold(folder)
    events = reader.events(article).events
    rows = [prediction(event, article, reader.ontology) for event in events]
    pairs, spurious = pair(gold, rows, mapping)
    figures = _figures(pairs, spurious, rows, mapping) | _grounding(events, article, rows)
    return Score(figures, tuple(pairs), tuple(spurious)), rows


def pair(gold: list[Gold], rows: list[Row], mapping: Mapping) -> tuple[list[Pair], list[Row]]:
    """Match predictions to gold events one to one; return the pairs and the unmatched rows."""
    options = sorted(
        (not _overlap(g["trigger"], r["trigger"]), _length(g), i, j)
        for i, g in enumerate(gold)
        for j, r in enumerate(rows)
        if _touches(g, r) and _same_family(g, r, mapping)
    )
    taken: dict[int, int] = {}
    for _, _, i, j in options:
        if i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [_pair(g, rows[taken[i]] if i in taken else None, mapping) for i, g in enumerate(gold)]
    return pairs, [r for j, r in enumerate(rows) if j not in taken.values()]


def _pair(gold: Gold, row: Row | None, mapping: Mapping) -> Pair:
    return Pair(gold, row, fields(gold, row, mapping) if row else {})


def _length(gold: Gold) -> int:
    return int(gold["evidence"]["end"] - gold["evidence"]["start"])


def _overlap(a: Gold, b: Gold) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _touches(gold: Gold, row: Row) -> bool:
    trigger, evidence = row["trigger"], gold["evidence"]
    inside = evidence["start"] <= trigger["start"] and trigger["end"] <= evidence["end"]
    return _overlap(gold["trigger"], trigger) or inside


def _same_family(gold: Gold, row: Row, mapping: Mapping) -> bool:
    family = mapping.family(gold["type"])
    situation = "situation" in mapping.types.get(gold["type"], "") or "conflict" in mapping.types.get(
        gold["type"], ""
    )
    return row["plover"] in family or (situation and row["plover"] is None)


def _found(item: Pair, pairs: list[Pair]) -> bool:
    """Found by itself, or, for a death, as the count of the event that caused it."""
    if item.row is not None:
        return True
    if item.gold["type"] != "death":
        return False
    causes = {r["target"] for r in item.gold["relations"] if r["type"] == "caused_by"}
    return any(p.gold["id"] in causes and p.gold["counts"] and p.right.get("count") for p in pairs)


def _figures(
    pairs: list[Pair], spurious: list[Row], rows: list[Row], mapping: Mapping
) -> dict[str, float | int]:
    wanted = [p for p in pairs if p.gold["tier"] != "context"]
    main = [p for p in pairs if p.gold["tier"] == "main"]
    requested = [p for p in pairs if p.gold["requested"]]
    actual = [r for r in rows if r["status"] == "Actual"]
    good = [
        p for p in pairs if p.row and p.row["status"] == "Actual" and p.gold["status_check"] != "not Actual"
    ]
    right, total = _fillers(good, [r for r in actual if r not in [p.row for p in good]], mapping)
    bad = [
        p
        for p in pairs
        if p.gold["status_check"] == "not Actual"
        and any(_overlap(p.gold["trigger"], r["trigger"]) for r in actual)
    ]
    return {
        "main_all_right": sum(p.all_right for p in main),
        "main": len(main),
        "requested_all_right": sum(p.all_right for p in requested),
        "requested": len(requested),
        "found_typed": sum(_found(p, pairs) for p in wanted),
        "events": len(wanted),
        "asserted_precision": round(len(good) / len(actual), 3) if actual else 0.0,
        "filler_precision": round(right / total, 3) if total else 0.0,
        "context_as_actual": len(bad),
    }


def _fillers(good: list[Pair], others: list[Row], mapping: Mapping) -> tuple[int, int]:
    """Count right and all fillers of the predicted Actual events."""
    right = total = 0
    for item in good:
        assert item.row is not None
        _, wrong = match_fillers(item.gold, item.row, mapping)
        places = [f for f in item.row["roles"] if f["role"] == "place"]
        missed = len(places) if places and not place_right(item.gold, item.row, mapping) else 0
        total += len(item.row["roles"])
        right += len(item.row["roles"]) - len(wrong) - missed
    return right, total + sum(len(r["roles"]) for r in others)


def _grounding(events: tuple[Event, ...], article: Article, rows: list[Row]) -> dict[str, float | int]:
    claims = [claim for event in events for claim in event.claims]
    quoted = [row[key] for row in rows for key in ("trigger", "evidence")] + [
        f for row in rows for f in row["roles"]
    ]
    exact = [article.text[q["start"] : q["end"]] == q["text"] for q in quoted]
    ungrounded = [
        c
        for c in claims
        if not c.evidence.of(article.text).strip()
        or (isinstance(c.value, When) and c.value.window is not None and not c.value.anchors)
        or (isinstance(c.value, Filler) and not c.value.span.of(article.text).strip())
    ]
    return {
        "ungrounded": len(ungrounded),
        "quotes_exact": round(sum(exact) / len(exact), 3) if exact else 1.0,
    }


def table(found: Score) -> str:
    """Return the figures, then each gold event with what was wrong with it, as plain text."""
    lines = [f"{name:22} {value}" for name, value in found.figures.items()]
    for item in found.pairs:
        gold = item.gold
        if gold["tier"] == "context" and item.row is None:
            continue
        faults = [name for name, right in item.right.items() if not right]
        verdict = (
            "not found" if item.row is None else "all right" if not faults else f"wrong: {', '.join(faults)}"
        )
        lines.append(f"{gold['id']:6} {gold['tier']:10} {gold['type']:24} {verdict}")
    lines += [
        f"extra  {row['status']:10} {row['type']:24} at {row['trigger']['text']}" for row in found.spurious
    ]
    return "".join(f"{line}\n" for line in lines)
