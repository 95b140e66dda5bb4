"""`docs/reasoning.md` is true: its example runs as printed, and its constructs and limit are the code's."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from kg.axioms import read_axioms
from kg.facts import SOME
from kg.rules import compile_rules

PATH = Path(__file__).resolve().parents[2] / "docs" / "reasoning.md"
DOCS = PATH.read_text(encoding="utf-8")


def test_the_example_runs() -> None:
    done = doctest.testfile(str(PATH), module_relative=False)

    assert done.attempted > 12
    assert done.failed == 0


def test_every_construct_of_the_table_is_compiled(tmp_path: Path) -> None:
    table = DOCS[DOCS.index("| construct") : DOCS.index("Every other")]
    named = set(re.findall(r"`((?:owl|rdfs):\w+)`", table))
    lines = [
        f"kg:p a {name} ." if name.endswith("Property") and name[4].isupper() else
        f"kg:p {name} {'( kg:q kg:r )' if 'Chain' in name else 'kg:q'} ."
        for name in sorted(named)
    ]  # fmt: skip
    path = tmp_path / "all.ttl"
    prefixes = "@prefix kg: <https://w3id.org/kgnews/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> ."
    rdfs = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    path.write_text("\n".join([prefixes, rdfs, *lines]), encoding="utf-8")

    assert len(named) == 11
    assert compile_rules(read_axioms([path])).chains


def test_the_limit_is_the_one_in_the_code() -> None:
    assert f"only the first {SOME} are read" in DOCS
