"""The second opinion: how likely a category is, and what becomes of an event that is most unlikely."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.categories import Categories, load_categories
from kg.errors import OntologyError
from kg.examples import sentence_article
from kg.extract.rules import RuleExtractor
from kg.extraction import Reader
from kg.ontology import Ontology

ROOT = Path(__file__).resolve().parents[2]
RAID = sentence_article("Police raided the offices of the newspaper in Oslo.")
AGAINST = Categories(("AID", "COERCE"), {"word=raid": ((0, 9.0), (1, -9.0))})
FOR = Categories(("AID", "COERCE"), {"word=raid": ((1, 9.0),)})


def reading(reader: Reader, known: Categories, *, own: frozenset[str] = frozenset()) -> Reader:
    ontology = replace(reader.ontology, categories=known, own=own)
    return Reader.of(ontology, reader.parser, RuleExtractor.of(ontology))


def table(folder: Path, *lines: str) -> Path:
    path = folder / "categories.tsv"
    path.write_text("\n".join(("# by hand", *lines)) + "\n", encoding="utf-8")
    return path


def test_weights_are_read_from_a_table(tmp_path: Path) -> None:
    found = load_categories(table(tmp_path, "feature\tAID\tCOERCE", "word=raid\tCOERCE=2.5"))

    assert found == Categories(("AID", "COERCE"), {"word=raid": ((1, 2.5),)})


@pytest.mark.parametrize("line", ["word=raid\tCOERCE", "word=raid\tCOERCE=much", "word=raid\tWAR=1"])
def test_a_table_that_is_none_is_refused_by_name(line: str, tmp_path: Path) -> None:
    with pytest.raises(
        OntologyError, match=r"categories.tsv: no weights of categories: .*benchmarks/categories.py"
    ):
        load_categories(table(tmp_path, "feature\tAID\tCOERCE", line))


def test_a_table_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "categories.tsv"
    path.write_bytes(b"feature\xff")

    with pytest.raises(OntologyError, match=r"categories.tsv: no weights of categories: 'utf-8' codec"):
        load_categories(path)


def test_names_alone_believe_all(reader: Reader, tmp_path: Path) -> None:
    nothing = load_categories(table(tmp_path, "feature"))

    assert [event.type for event in reading(reader, nothing).events(RAID).events] == ["Raid"]


@given(st.dictionaries(st.sampled_from("abc"), st.floats(-900, 900), min_size=1))
def test_chances_are_probabilities_whatever_the_weights(weights: dict[str, float]) -> None:
    known = Categories(("AID", "COERCE"), {name: ((1, weight),) for name, weight in weights.items()})

    assert sum(known.chances("abc").values()) == pytest.approx(1)


def test_features_that_nobody_has_seen_change_nothing() -> None:
    assert FOR.chances(["word=unheard"]) == FOR.chances([]) == {"AID": 0.5, "COERCE": 0.5}


def test_an_event_of_a_most_unlikely_category_is_refused_with_the_likelier_one(reader: Reader) -> None:
    found = reading(reader, AGAINST).events(RAID)

    assert found.events == ()
    assert [(r.code, r.detail) for r in found.refusals] == [("unlikely", "COERCE 0.000, AID 1.000")]


def test_an_event_of_a_likely_category_stays(reader: Reader) -> None:
    assert [event.type for event in reading(reader, FOR).events(RAID).events] == ["Raid"]


def test_a_type_of_a_users_own_is_believed(reader: Reader) -> None:
    found = reading(reader, AGAINST, own=frozenset({"Raid"})).events(RAID)

    assert [event.type for event in found.events] == ["Raid"]


def test_categories_that_nothing_was_learnt_of_are_believed(reader: Reader) -> None:
    unlearnt = Categories(("AID", "CONSULT"), {"word=raid": ((0, 9.0),)})

    assert [event.type for event in reading(reader, unlearnt).events(RAID).events] == ["Raid"]


def test_the_shipped_weights_know_all_categories(knowledge: Ontology) -> None:
    codes = {code.split("-")[0] for code in knowledge.plover.values()}
    chances = knowledge.categories.chances(["word=arrest"])

    assert {*knowledge.categories.names} == codes | {"NONE"}
    assert max(chances, key=chances.__getitem__) == "COERCE"


def test_weights_are_learnt_and_written(tmp_path: Path) -> None:
    sentences = [
        line
        for who in ("Norway", "Sweden", "Poland")
        for line in (
            f"AID\t{who} *sent* blankets to the camp.",
            f"COERCE\tPolice in {who} *jailed* a *poet*.",
        )
    ]
    (tmp_path / "few.tsv").write_text("\n".join(sentences), encoding="utf-8")
    made = tmp_path / "made.tsv"

    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "categories.py"), "--json", "--write", str(made),
         "--labelled", str(tmp_path), "--marked", str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip

    assert done.stderr == ""
    assert json.loads(done.stdout)["examples"] >= 9
    chances = load_categories(made).chances(["word=jail", "object=poet"])
    assert chances["COERCE"] > chances["AID"]
