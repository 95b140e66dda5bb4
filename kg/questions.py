"""The saved questions of an installation and a project, and what can be done with one by its name.

Where a function takes `found`, that is where the files are taken from: `find_project(folder).resources`;
the shipped ones when it is left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.binding import Values, bind, choices, terms
from kg.errors import UsageError
from kg.helping import help_text
from kg.query import Answer, run
from kg.resources import Resources, resources
from kg.saved import SavedQuery, load_query

if TYPE_CHECKING:
    from kg.store import Store


def saved_queries(found: Resources | None = None) -> tuple[SavedQuery, ...]:
    """Return all saved questions, by name. Raises QueryError, with file and line, for a bad one."""
    return tuple(load_query(path) for path in query_files(found).values())


def saved_query(name: str, found: Resources | None = None) -> SavedQuery:
    """Return the saved question of this name, or the one in this .rq file.

    Raises UsageError for an unknown name, QueryError for a malformed file.
    """
    files = query_files(found)
    if name not in files and not name.endswith(".rq"):
        raise UsageError(f"no saved question {name!r}; there are {', '.join(files)}")
    return load_query(files.get(name) or Path(name))


def ask(store: Store, name: str, values: Values | None = None, *, found: Resources | None = None) -> Answer:
    """Ask a saved question, with the values of its parameters as people write them.

    Raises UsageError for an unknown question, QueryError for a value that does not fit.
    """
    return run(store, saved_query(name, found), values)


def query_text(
    store: Store, name: str, values: Values | None = None, *, found: Resources | None = None
) -> str:
    """Return the SPARQL of a saved question with its values bound. Raises what `ask` raises."""
    saved = saved_query(name, found)
    return bind(saved, terms(store, saved, values or {}))


def query_help(name: str, store: Store | None = None, *, found: Resources | None = None) -> str:
    """Return what a saved question is for and how to ask it; with a store, which values it offers."""
    saved = saved_query(name, found)
    if store is None:
        return help_text(saved)
    offered = {p.name: choices(store, p) for p in saved.params if p.type == "iri"}
    return help_text(saved, offered, base=store.names.base)


def query_files(found: Resources | None) -> dict[str, Path]:
    """Return the files of the saved questions by their names."""
    files = (found or resources()).files("queries", ".rq")
    return {Path(name).stem: path for name, path in files.items()}
