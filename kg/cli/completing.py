"""What the shell offers for `kg query`: names of questions, their parameters, and a few values.

The store is never opened for it: names of things are not offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.params import Param
    from kg.saved import SavedQuery


def complete_names(context: click.Context, argument: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the saved questions whose names begin so, each with its summary."""
    return [
        CompletionItem(saved.name, help=saved.summary)
        for saved in _saved_queries()
        if saved.name.startswith(begun)
    ]


def complete_values(context: click.Context, argument: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return what may follow: `name=` of each parameter that is free, or the values of one.

    bash takes `=` for the end of a word, so that the name before it is a word of its own there.
    """
    name = str(context.params.get("name") or "")
    given = [word for word in context.params.get("values") or () if word != "="]
    saved = next((each for each in _saved_queries() if each.name == name), None)
    params = {param.name: param for param in saved.params} if saved else {}
    if given and given[-1] in params:
        found = list(_fixed(params[given[-1]], "", begun))
    elif "=" in begun:
        key, _, value = begun.partition("=")
        found = list(_fixed(params[key], f"{key}=", value)) if key in params else []
    else:
        found = list(_free(params.values(), given, begun))
    return found


def _free(params: Iterable[Param], given: Sequence[str], begun: str) -> Iterator[CompletionItem]:
    taken = {word.partition("=")[0] for word in given}
    for param in params:
        if param.name.startswith(begun) and (param.many or param.name not in taken):
            yield CompletionItem(f"{param.name}=", help=param.label)


def _fixed(param: Param, before: str, begun: str) -> Iterator[CompletionItem]:
    from kg.params import BOOLEANS

    known = param.options or (BOOLEANS if param.type == "boolean" else ())
    for option in known:
        if option.startswith(begun):
            yield CompletionItem(f"{before}{option}")


def _saved_queries() -> Iterator[SavedQuery]:
    """Yield the questions of the project around the working folder; none that is malformed."""
    from kg.cli.options import project
    from kg.questions import query_files
    from kg.saved import load_query

    try:
        files = query_files(project(None).resources)
    except KgError:
        return
    for path in files.values():
        with suppress(KgError):
            yield load_query(path)
