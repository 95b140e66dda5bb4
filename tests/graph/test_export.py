from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.axioms import vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit, retract
from kg.errors import UsageError
from kg.export import FORMATS, ExportChoice, export
from kg.iri import BASE, Names
from kg.store import Store
from kg.terms import prefixes

ALL = sorted(FORMATS)
QUADS = sorted(set(FORMATS) - {"turtle"})


@pytest.mark.parametrize("how", QUADS)
def test_an_export_reads_back_as_the_same_quads(filled: Store, how: str) -> None:
    assert set(parse(export(filled, how), format=FORMATS[how])) == set(filled.quads())


def test_turtle_reads_back_as_the_same_triples(filled: Store) -> None:
    found = {quad.triple for quad in parse(export(filled, "turtle"), format=RdfFormat.TURTLE)}

    assert found == {quad.triple for quad in filled.quads()}


@pytest.mark.parametrize("how", ALL)
def test_equal_stores_export_equal_bytes(
    how: str,
    filled: Store,
    first: Contribution,
    second: Contribution,
    knowledge: Knowledge,
) -> None:
    backwards = Store.memory()
    for build in (second, first, second):
        admit(backwards, build, knowledge)
    backwards.learn(reversed(list(vocabulary(knowledge.axioms, Names()))))

    assert export(backwards, how) == export(filled, how)


@pytest.mark.parametrize("how", ALL)
def test_the_hash_seed_does_not_change_a_byte(how: str, tmp_path: Path, filled: Store) -> None:
    (tmp_path / "all.nq").write_bytes(export(filled, "nquads"))
    code = (
        "import sys; from hashlib import sha256; from pyoxigraph import parse, RdfFormat\n"
        "from kg.export import write; from kg.iri import Names\n"
        "quads = set(parse(path=sys.argv[1], format=RdfFormat.N_QUADS))\n"
        "print(sha256(write(quads, sys.argv[2], Names())).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "all.nq"), how],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("0", "1", "42")
    }

    assert hashes == {sha256(export(filled, how)).hexdigest()}


def test_asserted_leaves_out_what_was_computed_and_inferred(filled: Store) -> None:
    graphs = {
        str(quad.graph_name).rsplit("/", 1)[1]
        for quad in parse(export(filled, "nquads", ExportChoice(asserted=True)), format=RdfFormat.N_QUADS)
    }

    assert not graphs & {"events>", "inferred>"}
    assert "links>" in graphs


def test_one_article_is_without_the_others(filled: Store) -> None:
    article = next(iri for iri in filled.articles() if "second" in iri)
    written = export(filled, "turtle", ExportChoice(article))

    assert b"Norland closes the office" in written
    assert b"Port Vell" not in written


def test_without_quotes_no_words_of_an_article_are_written(filled: Store) -> None:
    written = export(filled, "turtle", ExportChoice(quotes=False))

    assert b"raided the harbour office" in export(filled, "turtle")
    assert b"raided the harbour office" not in written
    assert b"on 3 May 2031" not in written


def test_provenance_tells_when_articles_came_and_went(filled: Store, knowledge: Knowledge) -> None:
    article = filled.articles()[0]
    before = export(filled, "turtle")
    retract(filled, article, knowledge, because="withdrawn")
    written = export(filled, "turtle", ExportChoice(provenance=True)).decode()

    assert b"generatedAtTime" not in before
    assert f"{article.rsplit('/', 1)[-1]} prov:generatedAtTime" in written.replace("article:", "")
    assert "prov:invalidatedAtTime" in written and "withdrawn" in written


def test_the_prefixes_are_fixed(filled: Store) -> None:
    lines = export(filled, "turtle").decode().splitlines()
    given = {line.split()[1] for line in lines if line.startswith("@prefix")}

    assert given == {f"{prefix}:" for prefix in prefixes(BASE)}


def test_an_unknown_format_or_article_is_refused(filled: Store) -> None:
    with pytest.raises(UsageError, match="hdt"):
        export(filled, "hdt")
    with pytest.raises(UsageError, match="no such article"):
        export(filled, "turtle", ExportChoice("urn:x"))
