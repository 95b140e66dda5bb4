"""The W3C cases of SPARQL 1.1 Query and Update as their manifests list them, and where they are run."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

SHARED = Path(os.environ.get("KG_EVAL") or Path(__file__).resolve().parents[4] / "shared" / "eval").parent
SUITE = SHARED / "w3c" / "rdf-tests" / "sparql" / "sparql11"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KINDS = {".ttl": "text/turtle", ".rdf": "application/rdf+xml", ".nt": "application/n-triples"}
FOLDERS = (
    "aggregates bind bindings cast construct csv-tsv-res exists functions grouping json-res negation "
    "project-expression property-path service subquery syntax-fed syntax-query "
    "add basic-update clear copy delete delete-data delete-insert delete-where drop move syntax-update-1 "
    "syntax-update-2 update-silent"
).split()
CALLS = re.compile(r"\bSERVICE\b|^LOAD (?!SILENT)", re.IGNORECASE | re.MULTILINE)  # refused by design
Term = NamedNode | BlankNode | Literal
Data = list[tuple[Path, str]]  # files with the names of their graphs, "" for the default one


class Facts:
    """The triples of a manifest, by subject and predicate."""

    def __init__(self, path: Path) -> None:
        self.found: dict[tuple[object, str], list[Term]] = defaultdict(list)
        for quad in parse(path=str(path), format=RdfFormat.TURTLE, base_iri=path.as_uri()):
            self.found[quad.subject, quad.predicate.value].append(quad.object)

    def all(self, node: object, name: str) -> list[Term]:
        return self.found.get((node, name), [])

    def one(self, node: object, name: str) -> Term | None:
        return next(iter(self.all(node, name)), None)

    def path(self, node: object, name: str) -> Path | None:
        found = self.one(node, name)
        return here(found) if isinstance(found, NamedNode) else None

    def entries(self) -> Iterator[Term]:
        heads = [v for (_, name), v in self.found.items() if name == f"{MF}entries"]
        at: Term | None = heads[0][0] if heads else None
        while at is not None and (first := self.one(at, f"{RDF}first")) is not None:
            yield first
            at = self.one(at, f"{RDF}rest")

    def data(self, node: object, space: str) -> Data:
        """Return the files of an action or a result, with the names of their graphs."""
        found = [(here(term), "") for term in self.all(node, f"{space}data")]
        for term in self.all(node, f"{space}graphData"):
            if isinstance(term, NamedNode):
                found.append((here(term), term.value))
            elif (path := self.path(term, f"{space}graph")) is not None:
                label = self.one(term, "http://www.w3.org/2000/01/rdf-schema#label")
                found.append((path, str(getattr(label, "value", ""))))
        return found


@dataclass(frozen=True)
class Case:
    """A query or an update, what is there before, and what is expected of it.

    Its group is asking, changing, syntax, or calling for what would call another server.
    """

    name: str
    kind: str
    path: Path
    before: Data
    result: Path | None
    after: Data

    @property
    def text(self) -> str:
        """Its text, with the address of its file as base."""
        return f"BASE <{self.path.as_uri()}>\n{self.path.read_text(encoding='utf-8')}"

    @property
    def group(self) -> str:
        if "Negative" not in self.kind and CALLS.search(self.path.read_text(encoding="utf-8")):
            return "calling"
        if "Syntax" in self.kind:
            return "syntax"
        return "changing" if self.kind == "UpdateEvaluationTest" else "asking"


def here(term: Term | None) -> Path:
    return Path(str(getattr(term, "value", "")).removeprefix("file://"))


def read(folder: str) -> Iterator[Case]:
    """Yield the cases that a manifest lists, nothing where the suite is not here."""
    path = SUITE / folder / "manifest.ttl"
    facts = Facts(path) if path.exists() else None
    for test in facts.entries() if facts else ():
        assert facts is not None
        kind = str(getattr(facts.one(test, f"{RDF}type"), "value", "")).removeprefix(MF)
        action, result = facts.one(test, f"{MF}action"), facts.one(test, f"{MF}result")
        named = facts.path(action, f"{UT}request") or facts.path(action, f"{QT}query")
        yield Case(
            f"{folder}/{str(test).strip('<>').rpartition('#')[2]}",
            kind,
            named or here(action),
            facts.data(action, UT if named and named.suffix == ".ru" else QT),
            here(result) if isinstance(result, NamedNode) else None,
            facts.data(result, UT) if isinstance(result, BlankNode) else [],
        )


CASES = [case for folder in FOLDERS for case in read(folder)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that takes asking, changing, syntax or calling the cases of that group."""
    for group in {"asking", "changing", "syntax", "calling"} & set(metafunc.fixturenames):
        found = [case for case in CASES if case.group == group]
        metafunc.parametrize(group, found, ids=[case.name for case in found])


@dataclass(frozen=True)
class Port:
    """The endpoints of a data set in memory."""

    client: httpx.Client

    def change(self, text: str) -> httpx.Response:
        headers = {"Content-Type": "application/sparql-update"}
        return self.client.post("/sparql", content=text, headers=headers)

    def ask(self, text: str, accept: str = "*/*") -> httpx.Response:
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.client.post("/sparql", content=text, headers=headers)

    def send(self, case: Case) -> httpx.Response:
        return (self.change if "Update" in case.kind or case.path.suffix == ".ru" else self.ask)(case.text)

    def fill(self, data: Data) -> None:
        """Empty the data set, and put files into it, each read with its own address as base."""
        assert self.change("DROP ALL").status_code == 204
        for path, graph in data:
            name = graph or path.as_uri()
            headers = {"Content-Type": KINDS[path.suffix]}
            to = {"graph": name}
            done = self.client.put("/graphs", params=to, content=path.read_bytes(), headers=headers)
            assert done.status_code == 201, done.text
            if not graph:
                assert self.change(f"ADD <{name}> TO DEFAULT; DROP GRAPH <{name}>").status_code == 204


@pytest.fixture(scope="module")
def port(scratch: str) -> Iterator[Port]:
    with httpx.Client(base_url=scratch, timeout=60) as client:
        yield Port(client)


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    """All cases; without them a test is skipped, or fails under KG_REQUIRE_EVAL=1."""
    if not CASES and os.environ.get("KG_REQUIRE_EVAL") == "1":
        pytest.fail(f"{SUITE}: the W3C suite is not here")
    if not CASES:
        pytest.skip(f"{SUITE}: the W3C suite is not here")
    return CASES
