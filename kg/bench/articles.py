"""`kg bench articles DIR`: whole articles in kg's own format (docs/bench.md), each NAME.txt or
NAME.html with NAME.json. Other files are passed over.

A prediction matches a gold event when the triggers overlap, or when it lies in the gold's
evidence and has its category; one to one, overlapping triggers first. In HTML, where offsets
differ, triggers match by their words. Gold events with `plover` null are no events.

type_p, type_r        right categories / predictions; / gold events
source_*, target_*    names by head word, over the matched pairs (agent; target)
place_r               gold places found, over the matched pairs
time_right            share of matched pairs with the same window, or no window in both
*_right               share of matched pairs where claimant, factuality, status, counts agree
asserted_precision    predicted Actual events that match a gold event that is Actual or Disputed
filler_precision      right fillers / fillers, over predicted Actual events
context_as_actual     context events whose trigger a predicted Actual event shares
all_right             gold main and secondary events with every field right, as a share
merge_p, merge_r      pairs of matched events that kg takes for one and that are one / pairs of one
                      event in gold (`same_event_as`, in one article or two)
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.bench.fields import head_word
from kg.bench.predictions import prediction
from kg.changes import Contribution
from kg.commit import admit
from kg.errors import ReadError
from kg.extraction import Reader
from kg.iri import Names
from kg.naming import report_iri
from kg.pipeline import contribution, load_knowledge
from kg.read import read
from kg.resources import resources
from kg.store import Store
from kg.terms import kg, plain

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """One article: its gold events, what kg predicted, and which prediction matches which."""

    name: str
    gold: tuple[Row, ...]
    rows: tuple[Row, ...]
    pairs: dict[int, int]
    reports: tuple[str, ...] = ()
    said: Contribution | None = None


def score_articles(folder: Path, reader: Reader) -> list[Scored]:
    """Run kg over every annotated article of a folder; raises ReadError for a broken file."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".html"})
    both = ((path, path.with_suffix(".json")) for path in paths)
    found = [_scored(path, beside, reader) for path, beside in both if beside.is_file()]
    if not found:
        raise ReadError(f"{folder}: no NAME.txt or NAME.html with a NAME.json beside it")
    return found


def _scored(path: Path, beside: Path, reader: Reader) -> Scored:
    try:
        gold = tuple(json.loads(beside.read_text(encoding="utf-8"))["events"])
    except (OSError, ValueError, KeyError) as error:
        raise ReadError(f"{beside}: not an annotated article: {error!r}") from error
    article = read(path)
    found = reader.events(article)
    rows = tuple(prediction(e, article, reader.ontology) for e in found.events)
    pairs = _pairs(gold, rows, by_words=path.suffix == ".html")
    reports = tuple(report_iri(article, event.trigger, Names()).value for event in found.events)
    return Scored(path.stem, gold, rows, pairs, reports, contribution(article, found, Names()))


def _pairs(gold: tuple[Row, ...], rows: tuple[Row, ...], *, by_words: bool) -> dict[int, int]:
    options = sorted(
        (not touch, not _right(g, r), i, j)
        for i, g in enumerate(gold)
        for j, r in enumerate(rows)
        if (touch := _same_trigger(g, r, by_words=by_words)) or (_inside(g, r) and _right(g, r))
    )
    taken: dict[int, int] = {}
    for _, _, i, j in options:
        if i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def _same_trigger(gold: Row, row: Row, *, by_words: bool) -> bool:
    a, b = gold["trigger"], row["trigger"]
    if by_words:
        return bool(
            a["text"] in row["evidence"]["text"] and (b["text"] in a["text"] or a["text"] in b["text"])
        )
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _inside(gold: Row, row: Row) -> bool:
    evidence, trigger = gold["evidence"], row["trigger"]
    return bool(evidence["start"] <= trigger["start"] and trigger["end"] <= evidence["end"])


def _right(gold: Row, row: Row) -> bool:
    return gold["plover"] is not None and row["plover"] in {gold["plover"], *gold.get("plover_alt", [])}


def faults(gold: Row, row: Row) -> dict[str, bool]:
    """Return which fields of a matched pair are right."""
    when = row["time"] or {}
    wanted = gold["time"]
    dated = bool(when.get("earliest") or when.get("latest"))
    same_time = not dated if wanted is None else _window(when) == _window(wanted)
    claimants = [head_word(c["text"]) for c in row["claimants"]]
    author = gold["claimant"] == "author"
    claimant = not claimants if author else head_word(gold["claimant"]["text"]) in claimants
    return {
        "type": _right(gold, row),
        "source": _covered(gold["agent"], row, "agent") and not _extra(gold["agent"], row, "agent"),
        "target": _covered(gold["target"], row, "target"),
        "place": _covered(gold["place"], row, "place"),
        "time": same_time,
        "claimant": claimant,
        "factuality": gold["factuality"] == row["factuality"],
        "status": gold["status"] == row["status"],
        "count": _bounds(gold["counts"]) == _bounds(row["counts"]),
    }


def _window(when: Row) -> tuple[Any, Any]:
    return when.get("earliest"), when.get("latest")


def _bounds(counts: Iterable[Row]) -> Counter[tuple[str, Any, Any]]:
    return Counter((str(c["kind"]).lower(), c["least"], c["most"]) for c in counts)


def _of(row: Row, role: str) -> list[Row]:
    also = {"agent": {"agent", "participant"}, "target": {"target", "participant", "beneficiary"}}
    return [f for f in row["roles"] if f["role"] in also.get(role, {role})]


def _covered(names: list[Row], row: Row, role: str) -> bool:
    return all(any(_same(n, f) for f in _of(row, role)) for n in names)


def _extra(names: list[Row], row: Row, role: str) -> list[Row]:
    return [f for f in row["roles"] if f["role"] == role and not any(_same(n, f) for n in names)]


def _same(name: Row, filler: Row) -> bool:
    return head_word(name["text"]) == head_word(filler["text"])


def figures(scored: list[Scored]) -> dict[str, float | int]:
    """Return the figures that the module defines."""
    matched = [(s.gold[i], s.rows[j]) for s in scored for i, j in s.pairs.items()]
    real = [g for s in scored for g in s.gold if g["plover"] is not None]
    wanted = [g for g in real if g["tier"] != "context"]
    good = [(g, r, faults(g, r)) for g, r in matched if g["plover"] is not None]
    right = [item for item in good if item[2]["type"]]
    rows = [r for s in scored for r in s.rows]
    p, r = _ratio(len(right), len(rows)), _ratio(len(right), len(real))
    fields = ("time", "claimant", "factuality", "status", "count")
    return {
        "found_typed": sum(g["tier"] != "context" for g, _, _ in right),
        "events": len(wanted),
        "type_p": p,
        "type_r": r,
        "type_f1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
        **_names(right, "agent", "source"),
        **_names(right, "target", "target"),
        "place_r": _names(right, "place", "place")["place_r"],
        **{f"{name}_right": _ratio(sum(f[name] for _, _, f in right), len(right)) for name in fields},
        **_precision(scored),
        "context_as_actual": sum(_context(s) for s in scored),
        "all_right": _ratio(sum(all(f.values()) for g, _, f in right if g["tier"] != "context"), len(wanted)),
        **merges(scored),
    }


def merges(scored: list[Scored]) -> dict[str, float]:
    """Return precision and recall of the pairs of matched events that a store puts together."""
    names = {s.reports[j]: s.gold[i]["id"] for s in scored for i, j in s.pairs.items() if s.reports}
    events: dict[str, list[str]] = {}
    for report, event in _linked(scored).items():
        events.setdefault(event, []).extend([names[report]] if report in names else [])
    made = {frozenset(pair) for found in events.values() for pair in combinations(found, 2)}
    gold = _same_events(scored)
    both = len(made & gold)
    return {"merge_p": _ratio(both, len(made)), "merge_r": _ratio(both, len(gold))}


def _linked(scored: list[Scored]) -> dict[str, str]:
    """Return the event of each report once all articles are in one store."""
    knowledge = load_knowledge(resources())
    with Store.memory() as store:
        for said in (s.said for s in scored if s.said):
            admit(store, said, knowledge)
        links = store.dataset.quads_for_pattern(None, kg("reportOf"), None, None)
        return {plain(link.subject): plain(link.object) for link in links}


def _same_events(scored: list[Scored]) -> set[frozenset[str]]:
    """Return the pairs of gold events that are one, also through a third."""
    groups: dict[str, frozenset[str]] = {}
    for event in (g for s in scored for g in s.gold):
        for other in (event["id"], *event.get("same_event_as", [])):
            whole = groups.get(event["id"], frozenset({event["id"]})) | groups.get(other, frozenset({other}))
            groups.update(dict.fromkeys(whole, whole))
    return {frozenset(pair) for group in set(groups.values()) for pair in combinations(sorted(group), 2)}


def _names(right: list[tuple[Row, Row, dict[str, bool]]], role: str, name: str) -> dict[str, float]:
    gold = [(n, r) for g, r, _ in right for n in g[role]]
    given = [(f, g) for g, r, _ in right for f in r["roles"] if f["role"] == role]
    hits = sum(any(_same(n, f) for f in _of(r, role)) for n, r in gold)
    good = sum(any(_same(n, f) for n in g[role]) for f, g in given)
    return {f"{name}_p": _ratio(good, len(given)), f"{name}_r": _ratio(hits, len(gold))}


def _precision(scored: list[Scored]) -> dict[str, float]:
    actual = good = fillers = right = 0
    for item in scored:
        back = {j: item.gold[i] for i, j in item.pairs.items()}
        for j, row in enumerate(item.rows):
            if row["status"] != "Actual":
                continue
            gold = back.get(j)
            actual += 1
            good += bool(gold and gold["status"] in {"Actual", "Disputed"} and _right(gold, row))
            fillers += len(row["roles"])
            right += _right_fillers(gold, row) if gold else 0
    return {"asserted_precision": _ratio(good, actual), "filler_precision": _ratio(right, fillers)}


def _right_fillers(gold: Row, row: Row) -> int:
    return sum(
        any(_same(n, f) for role in ("agent", "target", "place") for n in gold[role] if _fits(role, f))
        for f in row["roles"]
    )


def _fits(role: str, filler: Row) -> bool:
    return filler["role"] == role or (role != "place" and filler["role"] in {"participant", "beneficiary"})


def _context(item: Scored) -> int:
    actual = [r for r in item.rows if r["status"] == "Actual"]
    context = [g for g in item.gold if g["tier"] == "context"]
    return sum(any(_same_trigger(g, r, by_words=False) for r in actual) for g in context)


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def table(scored: list[Scored]) -> str:
    """Return the figures, then what was missed, wrong or extra, as plain text."""
    lines = [f"{name:20} {value}" for name, value in figures(scored).items()]
    lines += [line for item in scored for line in _lines(item)]
    return "".join(f"{line}\n" for line in lines)


def _lines(item: Scored) -> Iterator[str]:
    for i, gold in enumerate(item.gold):
        j = item.pairs.get(i)
        row = item.rows[j] if j is not None else None
        if row is None:
            if gold["plover"] and gold["tier"] != "context":
                yield _line(gold["id"], f"missed {gold['plover']}", gold)
            continue
        wrong = [name for name, right in faults(gold, row).items() if not right]
        if wrong:
            yield _line(gold["id"], f"{','.join(wrong)} ({row['plover']})", gold)
    for j, row in enumerate(item.rows):
        if j not in item.pairs.values():
            yield _line(item.name, f"extra {row['plover']} {row['status']}", row)


def _line(name: str, verdict: str, event: Row) -> str:
    return "\t".join((name, verdict, event["trigger"]["text"], event["evidence"]["text"]))
