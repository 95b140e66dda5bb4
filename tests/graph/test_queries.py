"""The saved queries: rows written by hand, and the same rows from two engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.binding import bind, terms
from kg.edge import to_rdflib
from kg.query import Term, ask, run
from kg.resources import shipped
from kg.saved import load_query
from kg.store import Store

FILES = sorted((shipped() / "queries").glob("*.rq"))
VALUES: dict[str, list[dict[str, str]]] = {
    "timeline": [
        {},
        {"actor": "Norland"},
        {"from": "2031-05-04"},
        {"to": "2031-05-04"},
        {"type": "kg:Coerce"},
        {"type": "assault"},
    ],
    "actor": [{"actor": "Norland"}, {"actor": "Southland"}],
    "claims": [{}, {"claimant": "Southland"}],
    "place": [{"place": "Norland (land)"}],
    "around": [{"pivot": "police raid the harbour office"}],
    "casualties": [{}, {"kind": "detained"}, {"kind": "killed"}],
    "evidence": [{"event": "burning of a ferry"}],
    "witnesses": [{}, {"independent": "true"}],
}
CASES = [(path, values) for path in FILES for values in VALUES.get(path.stem, [{}])]

RAID = "police raid the harbour office"
CLOSING = "Norland closes the office"
DEMAND = "Southland demands that Norland leave"
GOLDEN: list[tuple[str, dict[str, str], tuple[str, ...], list[tuple[str, ...]]]] = [
    (
        "timeline", {}, ("earliest", "label", "kind", "status"),
        [
            ("2031-05-03", RAID, "coerce", "actual"),
            ("2031-05-03", DEMAND, "request", "actual"),
            ("2031-05-09", CLOSING, "coerce", "actual"),
        ],
    ),
    ("timeline", {"from": "2031-05-04"}, ("label",), [(DEMAND,), (CLOSING,)]),
    ("timeline", {"to": "2031-05-03"}, ("label",), [(RAID,), (DEMAND,)]),
    ("timeline", {"actor": "police of Norland"}, ("label",), [(RAID,)]),
    ("timeline", {"type": "consult"}, ("label",), []),
    (
        "actor", {"actor": "Norland"}, ("label", "role", "through"),
        [
            ("Southland accuses Norland", "target", "Norland"),
            (RAID, "agent", "police of Norland"),
            (CLOSING, "agent", "Norland"),
        ],
    ),
    (
        "who-did-what-to-whom", {}, ("agent", "kind", "target"),
        [
            ("Norland", "coerce", ""),
            ("Southland", "accuse", "Norland"),
            ("Southland", "request", ""),
            ("police of Norland", "coerce", "the harbour office"),
        ],
    ),
    (
        "claims", {"claimant": "Southland"}, ("contested", "what", "aspect", "value", "how"),
        [
            ("true", "burning of a ferry", "status", "actual", "alleged"),
            ("false", "Norland leaves Ostia", "agent", "Norland", "demanded"),
            ("false", "Norland leaves Ostia", "status", "actual", "demanded"),
            ("false", "Norland leaves Ostia", "type", "retreat", "demanded"),
            ("false", "burning of a ferry", "agent", "Norland", "alleged"),
            ("false", "burning of a ferry", "target", "a ferry", "alleged"),
            ("false", "burning of a ferry", "type", "assault", "alleged"),
        ],
    ),
    (
        "citizenship-revocations", {}, ("agent", "status", "quote"),
        [("", "unconfirmed", "It allegedly stripped Ada Quill of citizenship.")],
    ),
    ("place", {"place": "Norland (land)"}, ("label", "where"), [(RAID, "Port Vell")]),
    (
        "witnesses", {"type": "coerce"}, ("witnesses", "label"),
        [("1", "Quill's passport"), ("1", RAID), ("1", CLOSING)],
    ),
    (
        "around", {"pivot": RAID}, ("relation", "label"),
        [
            ("4 after, by date", CLOSING),
            ("5 after, as stated", "Southland demands that Norland leave"),
        ],
    ),
    (
        "around", {"pivot": CLOSING}, ("relation", "label"),
        [("2 before, by date", RAID), ("3 around", DEMAND)],
    ),
    (
        "casualties", {}, ("what", "kindLabel", "least", "most", "claimant"),
        [
            (RAID, "detained", "2", "2", "Ada Quill"),
            (CLOSING, "detained", "0", "0", "author of second.txt"),
        ],
    ),
    (
        "evidence", {"event": "burning of a ferry"}, ("aspect", "how", "claimant", "confidence"),
        [
            ("agent", "alleged", "Southland", "1"),
            ("status", "alleged", "Southland", "0.88"),
            ("target", "alleged", "Southland", "1"),
            ("type", "alleged", "Southland", "0.9"),
            ("status", "denied", "Norland", "1"),
        ],
    ),
]  # fmt: skip


def written(term: Term | None) -> str:
    return "" if term is None else getattr(term, "value", str(term))


@pytest.mark.parametrize(("name", "values", "columns", "rows"), GOLDEN)
def test_a_question_gets_the_rows_written_by_hand(
    filled: Store,
    name: str,
    values: dict[str, str],
    columns: tuple[str, ...],
    rows: list[tuple[str, ...]],
) -> None:
    answer = run(filled, load_query(shipped() / "queries" / f"{name}.rq"), values)
    places = [answer.columns.index(column) for column in columns]

    assert [tuple(written(row[place]) for place in places) for row in answer.rows] == rows


@pytest.mark.parametrize(("path", "values"), CASES)
def test_two_engines_give_the_same_rows_in_the_same_order(
    filled: Store, path: Path, values: dict[str, str]
) -> None:
    saved = load_query(path)
    text = bind(saved, terms(filled, saved, values))
    ours = [tuple(map(written, row)) for row in ask(filled, text).rows]
    found = to_rdflib(filled.oxigraph).query(text)
    theirs = [tuple("" if term is None else str(term) for term in row) for row in found]

    assert ours == theirs


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_saved_query_runs_as_it_stands(filled: Store, path: Path) -> None:
    assert run(filled, load_query(path)) if not _required(path) else load_query(path)


def _required(path: Path) -> bool:
    return any(param.required for param in load_query(path).params)


def test_every_saved_query_has_golden_rows() -> None:
    assert {path.stem for path in FILES} == {name for name, *_ in GOLDEN}
