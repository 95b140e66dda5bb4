"""Runs a project's own tests: SPARQL queries in its `tests/` whose rows are failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.header import read_header
from kg.lookup import label_of
from kg.query import Answer, Term, ask
from kg.report import Result
from kg.resources import Resources
from kg.saved import read_text
from kg.store import Store
from kg.terms import plain, short

_UNSAID = "A row that should not be there."


def own_tests(found: Resources) -> tuple[Path, ...]:
    """Return the tests that a project brings; what is shipped has none to run on a store."""
    roots = found.roots[1:]
    return tuple(path for root in roots for path in sorted((root / "tests").rglob("*.rq")))


def failures(store: Store, tests: Iterable[Path]) -> Iterator[Result]:
    """Yield one violation for each row of a test, in an order that does not hang on the engine.

    Its words are the summary of the test's header, or its first comment, and the row's values with
    the labels of the columns where the header has them, else with their names. Raises QueryError,
    with the file, where a test cannot be read or run, and for one that is no SELECT.
    """
    for path in tests:
        said, labels, answer = _asked(store, path)
        for row in sorted(answer.rows, key=lambda row: [str(term) for term in row]):
            cells = [
                f"{labels.get(name, name)}: {_shown(store, term)}"
                for name, term in zip(answer.columns, row, strict=True)
                if term is not None
            ]
            words = f"{path.name}: {said} Found: {', '.join(cells)}."
            focus = plain(row[0]) if row and row[0] is not None else ""
            yield Result(focus, "", "", "Violation", said, str(path), "", words)


def _asked(store: Store, path: Path) -> tuple[str, dict[str, str], Answer]:
    """Return what a test says of its rows, the labels of its columns, and the rows."""
    text = read_text(path)
    first = text.partition("\n")[0]
    said, labels = first.lstrip("# ") if first.startswith("#") else "", dict[str, str]()
    if any(line.startswith("#+") for line in text.split("\n")):
        header = read_header(path, text)
        if header.params:
            line = header.lines[header.params[0].name]
            raise QueryError(f"{path}:{line}: a test has no parameters; put the value into the query")
        said, labels = header.summary, dict(header.columns)
    try:
        answer = ask(store, text)
    except QueryError as error:
        raise QueryError(f"{path}: {error}") from error
    if answer.is_graph or answer.columns == ("answer",):
        raise QueryError(f"{path}: a test is a SELECT, whose rows are failures")
    return (said if said.endswith((".", "!", "?")) else f"{said}.") if said else _UNSAID, labels, answer


def _shown(store: Store, term: Term) -> str:
    if not isinstance(term, NamedNode):
        return plain(term)
    words, name = label_of(store, term), short(term.value, store.names.base)
    return name if words == name else f"{words} ({name})"
