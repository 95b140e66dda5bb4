"""How sure an event is, and what is left out for want of it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.categories import Categories
from kg.confidence import Confidence, load_confidence
from kg.errors import OntologyError
from kg.examples import sentence_article
from kg.extract.rules import RuleExtractor
from kg.extraction import Reader
from kg.ontology import Ontology
from kg.turtle import read_turtle

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = sentence_article("Police arrested two clerks in Oslo on 2 May 2024.")
WEIGHTS = """@prefix lex: <https://w3id.org/kgnews/lexicon#> .
lex:w a lex:Weight ; lex:of "form=verb" ; lex:value %s .
lex:f a lex:FillerRate ; lex:of "agent explicit" ; lex:value 0.5 .
"""


def weights(folder: Path, value: str) -> Confidence:
    path = folder / "weights.ttl"
    path.write_text(WEIGHTS % value, encoding="utf-8")
    return load_confidence(read_turtle([path]))


def test_weights_are_read_from_turtle(tmp_path: Path) -> None:
    found = weights(tmp_path, "3.0")

    assert (found.event(["form=verb"]), found.event(["form=noun"])) == (0.953, 0.5)
    assert (found.filler("agent", "explicit", 0.9), found.filler("target", "explicit", 0.9)) == (0.5, 0.9)


def test_a_weight_that_is_no_number_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"weights.ttl: lex:w: lex:value 'much' is no number"):
        weights(tmp_path, '"much"')


def test_no_weights_give_the_same_to_all() -> None:
    assert Confidence().event(["form=verb"]) == Confidence().event([]) == 0.9


def test_more_weight_never_makes_less_sure() -> None:
    scores = [Confidence({"a": weight}).event(["a"]) for weight in (-900.0, -3.0, 0.5, 2.0, 900.0)]

    assert scores == sorted(scores)
    assert {0 <= score <= 1 for score in scores} == {True}


def test_the_shipped_weights_tell_events_apart(knowledge: Ontology) -> None:
    known = knowledge.confidence

    assert len(known.weights) > 20
    assert all(0 < rate < 1 for rate in known.fillers.values())


def test_a_claim_is_no_surer_than_its_event(reader: Reader) -> None:
    (event,) = reader.events(ARTICLE).events

    assert all(0 < claim.confidence <= event.existence.confidence for claim in event.claims)


def test_an_unsure_event_is_refused_with_its_code(reader: Reader) -> None:
    found = replace(reader, min_confidence=1.0).events(ARTICLE)

    assert (found.events, {r.code for r in found.refusals}) == ((), {"low-confidence"})


def test_an_unsure_claim_is_left_out(reader: Reader) -> None:
    (event,) = reader.events(ARTICLE).events
    lowest = min(event.claims, key=lambda claim: claim.confidence)

    (left,) = replace(reader, min_confidence=lowest.confidence + 0.001).events(ARTICLE).events

    assert set(event.claims) - set(left.claims) == {
        c for c in event.claims if c.confidence == lowest.confidence
    }


def test_nothing_is_left_out_unasked(reader: Reader) -> None:
    assert replace(reader, min_confidence=0.0).events(ARTICLE) == reader.events(ARTICLE)


def test_a_deed_among_others_is_surer_than_one_alone(reader: Reader) -> None:
    others = "Rebels shelled a hospital. Norway expelled two diplomats. Sweden recalled its ambassador."
    alone, among = (
        reader.events(sentence_article(text)).events[0].existence.confidence
        for text in (ARTICLE.text, f"{ARTICLE.text} {others}")
    )

    assert alone < among


def test_what_the_words_around_it_make_unlikely_is_less_sure(reader: Reader) -> None:
    doubting = Categories(("AID", "COERCE"), {"word=arrest": ((0, 3.0),)})
    ontology = replace(reader.ontology, categories=doubting)
    doubtful = replace(reader, ontology=ontology, extractor=RuleExtractor.of(ontology))
    sure, unsure = (one.events(ARTICLE).events[0].existence.confidence for one in (reader, doubtful))

    assert unsure < sure


def test_the_table_is_fitted_and_written(tmp_path: Path) -> None:
    rows = [
        {"text": "Norway imposed sanctions on Sweden.", "plover": "SANCTION", "source": {"text": "Norway"},
         "target": {"text": "Sweden"}},
        {"text": "Police arrested two clerks in Oslo.", "plover": "COERCE", "source": {"text": "Police"}},
        {"text": "Norway condemned Sweden.", "plover": "AID"},
    ]  # fmt: skip
    coded, table = tmp_path / "coded.json", tmp_path / "table.ttl"
    coded.write_text(json.dumps(rows), encoding="utf-8")
    marked = tmp_path / "marked"
    marked.mkdir()
    (marked / "one.txt").write_text("Police arrested two clerks in Oslo.\n", encoding="utf-8")
    (marked / "one.json").write_text('{"events": []}', encoding="utf-8")

    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "calibration.py"), str(coded), str(marked),
         "--write", str(table), "--json"], capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip

    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert {"fitted", "unseen", "commit", "seed"} == found.keys()
    assert (found["fitted"]["events"], found["fitted"]["right"]) == (4, 0.5)
    assert load_confidence(read_turtle([table])).weights["always"] != 0
