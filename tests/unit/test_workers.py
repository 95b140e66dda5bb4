"""Several processes read what one does: the same, in the same order."""

from __future__ import annotations

from pathlib import Path

from kg.annotate import MODEL
from kg.items import Item
from kg.pipeline import Failed, Kit, each_taken
from kg.plugins import RULES
from kg.resources import resources
from kg.sidecar import Metadata
from kg.workers import Plan, taken_by

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_workers_give_what_one_process_gives_in_the_same_order(kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("", encoding="utf-8")
    paths = [*sorted(EXAMPLES.glob("*.txt"))[:2], tmp_path / "bad.txt", sorted(EXAMPLES.glob("*.txt"))[2]]
    found = [Item(path) for path in paths]
    given = Metadata(publisher="Ours")
    plan = Plan(resources(), MODEL, RULES, overrides=given)

    by_two = list(taken_by(2, found, plan))
    assert by_two == list(each_taken(found, kit, given))
    assert [isinstance(each, Failed) for each in by_two] == [False, False, True, False]
