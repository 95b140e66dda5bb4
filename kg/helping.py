"""Explains saved queries to people: the list of all of them, and how to ask one."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.iri import BASE
from kg.params import BOOLEANS, Param
from kg.saved import SavedQuery
from kg.terms import short
from kg.words import clean

Choices = Mapping[str, tuple[tuple[str, str], ...]]

_SHOWN: Final = 12
_FORMS: Final = {
    "string": "words",
    "date": "a day, as 2025, 2025-10 or 2025-10-03",
    "integer": "a whole number",
    "decimal": "a number, as 0.75",
    "boolean": " or ".join(BOOLEANS),
}
_EXAMPLES: Final = {
    "iri": "NAME", "string": "WORDS", "date": "2025-10", "integer": "3", "decimal": "0.75", "boolean": "true",
}  # fmt: skip


def listing(saved: Iterable[SavedQuery]) -> str:
    """Return all queries below their first tag, each with its parameters and what it is for."""
    groups: dict[str, list[SavedQuery]] = {}
    for each in saved:
        groups.setdefault(each.tags[0] if each.tags else "other", []).append(each)
    width = max((len(each.name) for group in groups.values() for each in group), default=0)
    lines = []
    for tag, group in sorted(groups.items()):
        lines.append(f"{tag}:")
        for each in group:
            params = " ".join(f"{param.name}=…" for param in each.params)
            said = f"{each.summary}  ({params})" if params else each.summary
            lines.append(f"  {each.name:{width}}  {said}")
    return "".join(f"{clean(line)}\n" for line in lines)


def help_text(saved: SavedQuery, choices: Choices | None = None, *, base: str = BASE) -> str:
    """Return what a query is for, its parameters, its columns and an example of asking it.

    `choices` are the values that a store offers for a parameter, with their labels; a dozen of
    them is shown.
    """
    offered = choices or {}
    lines = [f"{saved.name}: {saved.summary}"]
    lines += ["", saved.description] if saved.description else []
    if saved.params:
        lines += ["", "Parameters, as KEY=VALUE:"]
        for param in saved.params:
            lines.append(f"  {param.name}  {param.label}: {_form(param, base)}")
            lines += [f"      {words}" for words in _offered(offered.get(param.name, ()))]
    if saved.columns:
        width = max(len(name) for name, _ in saved.columns)
        lines += ["", f"Columns (shown as a {saved.view}):" if saved.view != "table" else "Columns:"]
        lines += [f"  {name:{width}}  {label}" for name, label in saved.columns]
    lines += ["", "Example:", f"  {_example(saved, offered)}"]
    return "".join(f"{clean(line)}\n" for line in lines)


def _form(param: Param, base: str) -> str:
    """Say in words what a parameter takes."""
    words = _FORMS.get(param.type, "")
    if param.type == "iri":
        of = f" of a {short(param.kind, base)}" if param.kind else ""
        of = f" of {short(param.below, base)} or of a class under it" if param.below else of
        words = f"the name, CURIE or IRI{of}"
    elif param.type == "one-of":
        words = f"one of {', '.join(param.options)}"
    elif param.type == "date" and param.end:
        words += " (the last day of it)"
    return "; ".join((words, *_conditions(param)))


def _conditions(param: Param) -> Iterator[str]:
    if param.required:
        yield "required"
    if param.many:
        yield "may be given several times"
    if param.default:
        yield f"default: {', '.join(param.default)}"


def _offered(found: tuple[tuple[str, str], ...]) -> Iterator[str]:
    labels = list(dict.fromkeys(label for _, label in found))
    if labels:
        more = f" … and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
        yield f"here: {', '.join(labels[:_SHOWN])}{more}"


def _example(saved: SavedQuery, choices: Choices) -> str:
    needed = [param for param in saved.params if param.required] or list(saved.params[:1])
    values = (f"{param.name}={_value(param, choices.get(param.name, ()))}" for param in needed)
    return " ".join(shlex.quote(clean(word)) for word in ("kg", "query", saved.name, *values))


def _value(param: Param, found: tuple[tuple[str, str], ...]) -> str:
    """Return a value that may be given: a name that only one thing here has, if there is one."""
    labels = [label for _, label in found]
    names = [label for label in labels if labels.count(label) == 1]
    capital = [name for name in names if name[:1].isupper()]
    known = [*capital, *names, *param.options]
    return known[0] if known else _EXAMPLES.get(param.type, "VALUE")
