"""The W3C's SHACL tests, core and SPARQL, through the function behind `kg validate FILES --shapes`.

Each is run as it is, and with data and shapes in files of their own: an engine that takes classes
from the shapes would pass the one and fail the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.api import validate_files
from kg.engines import FAST, PYSHACL
from kg.errors import KgError
from kg.terms import OWL, RDFS, SH

ENGINES = [PYSHACL, *([FAST] if find_spec(FAST) else [])]
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
CASES = 121
# pySHACL fails these two by itself. `shacl` by itself passes over sparql/pre-binding/unsupported-sparql-004
# where it should refuse it; kg hands such queries to pySHACL, and with them $shapesGraph. May only shrink.
FAILING: dict[str, set[str]] = {
    PYSHACL: {"core/property/uniqueLang-002", "sparql/pre-binding/shapesGraph-001"},
    FAST: {"sparql/pre-binding/shapesGraph-001"},
}
# Both engines find nothing in it once it is split; it is not known yet why.
UNSPLIT = {"core/property/qualifiedValueShape-001"}
FAILURE = "failure"
Found = tuple[Counter[tuple[str, ...]], bool] | str


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    data: Path
    shapes: Path
    expected: Found


class Facts:
    """The triples of a file, by subject."""

    def __init__(self, path: Path) -> None:
        quads = parse(path=str(path), format=RdfFormat.TURTLE, base_iri=path.as_uri())
        self.triples = [quad.triple for quad in quads]

    def all(self, node: object, predicate: str) -> list[NamedNode | BlankNode | Literal | Triple]:
        return [t.object for t in self.triples if t.subject == node and t.predicate.value == predicate]

    def text(self, node: object, predicate: str) -> str:
        found = self.all(node, predicate)
        return "" if not found or isinstance(found[0], BlankNode | Triple) else found[0].value


def cases(suite: Path) -> Iterator[Case]:
    for path in sorted(suite.rglob("*.ttl")):
        facts = Facts(path)
        for test in [t.subject for t in facts.triples if t.object == NamedNode(f"{SHT}Validate")]:
            (action,), (result,) = facts.all(test, f"{MF}action"), facts.all(test, f"{MF}result")
            data, shapes = (
                Path(facts.text(action, SHT + name).removeprefix("file://"))
                for name in ("dataGraph", "shapesGraph")
            )
            name = path.relative_to(suite).with_suffix("").as_posix()
            yield Case(name, data, shapes, expected(facts, result))


def expected(facts: Facts, result: object) -> Found:
    if result == NamedNode(f"{SHT}Failure"):
        return FAILURE
    rows: Counter[tuple[str, ...]] = Counter()
    for node in facts.all(result, f"{SH}result"):
        focus, value = (facts.text(node, SH + name) for name in ("focusNode", "value"))
        if facts.text(node, f"{SH}sourceConstraintComponent").endswith("#SPARQLConstraintComponent"):
            focus, value = value or focus, ""
        severity = facts.text(node, f"{SH}resultSeverity").removeprefix(SH)
        rows[focus, facts.text(node, f"{SH}resultPath"), value, severity] += 1
    return rows, not rows


def found(case: Case, data: Path, shapes: Path, engine: str) -> Found:
    try:
        report = validate_files([data], shapes=[shapes], engine=engine)
    except KgError:
        return FAILURE
    rows = Counter((r.focus, r.path, r.value, r.severity) for r in report.results)
    return rows, not report.results


def split(case: Case, folder: Path) -> tuple[Path, Path]:
    """Write what speaks of shapes to one file and all else to another; classes are in both."""
    every = Facts(case.data).triples
    reports = {t.subject for t in every if str(t.object).startswith(f"<{SH}Validation")}
    triples = {t for t in every if t.subject not in reports}
    subjects = {t.subject for t in triples if t.predicate.value.startswith(SH) or SH in str(t.object)}
    while (
        more := {t.object for t in triples if t.subject in subjects and isinstance(t.object, BlankNode)}
        - subjects
    ):
        subjects |= more
    classes = {NamedNode(f"{RDFS}Class"), NamedNode(f"{OWL}Class")}
    shapes = [t for t in triples if t.subject in subjects]
    ours = [t for t in shapes if isinstance(t.subject, NamedNode) and not t.predicate.value.startswith(SH)]
    data = [t for t in triples if t.subject not in subjects] + ours
    known = {NamedNode(f"{RDFS}subClassOf")}
    shapes = [t for t in shapes if t.predicate not in known or t.object in classes or SH in str(t.object)]
    paths = folder / "data.nt", folder / "shapes.nt"
    for path, part in zip(paths, (data, shapes), strict=True):
        path.write_bytes(serialize(part, format=RdfFormat.N_TRIPLES) or b"")
    return paths


@pytest.mark.parametrize("engine", ENGINES)
def test_each_case_gives_what_the_w3c_expects(suite: Path, engine: str) -> None:
    every = list(cases(suite))
    failing = {c.name for c in every if found(c, c.data, c.shapes, engine) != c.expected}

    assert len(every) == CASES
    assert failing == FAILING[engine]


@pytest.mark.parametrize("engine", ENGINES)
def test_each_case_gives_the_same_with_shapes_in_a_file_of_their_own(
    suite: Path, engine: str, tmp_path: Path
) -> None:
    # what is data and shape at once cannot be split
    every = [case for case in cases(suite) if case.data == case.shapes and "shacl-shacl" not in case.name]
    failing = set()
    for number, case in enumerate(every):
        (folder := tmp_path / str(number)).mkdir()
        data, shapes = split(case, folder)
        if found(case, data, shapes, engine) != case.expected:
            failing.add(case.name)

    assert len(every) > 100
    assert failing <= FAILING[engine] | UNSPLIT
