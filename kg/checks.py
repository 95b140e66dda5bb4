"""Runs a project's own tests: SPARQL queries in its `tests/` whose rows are failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import QueryError
from kg.query import ask
from kg.report import Result
from kg.resources import Resources
from kg.store import Store
from kg.terms import plain, short


def own_tests(found: Resources) -> tuple[Path, ...]:
    """Return the tests that a project brings; what is shipped has none to run on a store."""
    roots = found.roots[1:]
    return tuple(path for root in roots for path in sorted((root / "tests").rglob("*.rq")))


def failures(store: Store, tests: Iterable[Path]) -> Iterator[Result]:
    """Yield one violation for each row; its words begin with what the test's first comment says.

    Raises QueryError, with the file, where a test cannot be read or run.
    """
    for path in tests:
        try:
            text = path.read_text(encoding="utf-8")
            answer = ask(store, text)
        except (OSError, UnicodeDecodeError, QueryError) as error:
            raise QueryError(f"{path}: {error}") from error
        first = text.partition("\n")[0]
        said = first.lstrip("# ") if first.startswith("#") else "A row that should not be there."
        for row in answer.rows:
            cells = [short(plain(term), store.names.base) for term in row if term is not None]
            words = f"{path.name}: {said} Found: {', '.join(cells)}."
            focus = plain(row[0]) if row and row[0] is not None else ""
            yield Result(focus, "", "", "Violation", said, str(path), "", words)
