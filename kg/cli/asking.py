"""`kg query`, `kg show`, `kg why`: questions to the store."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from kg.cli.options import opened, output_option, project, store_option, write_out
from kg.errors import UsageError
from kg.resources import Resources

_FORMATS = ("table", "tsv", "csv", "json", "markdown", "turtle")
_FALSE = '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'
_ENDINGS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".md": "markdown", ".ttl": "turtle"}


@click.command()
@click.argument("name", required=False)
@click.argument("values", nargs=-1)
@store_option
@output_option
@click.option("--format", "how", type=click.Choice(_FORMATS), help="[default: by file ending or terminal]")
@click.option("--sparql", help="SPARQL text instead of a saved question; - reads standard input.")
@click.option("--show", "shown", is_flag=True, help="Print the query with its values; do not run it.")
@click.option("--independent", is_flag=True, help="Count a reprint and its original once (witnesses).")
@click.option("-e", "--exit-status", is_flag=True, help="Exit with 1 when nothing is found.")
def query(
    name: str | None,
    values: tuple[str, ...],
    store: Path | None,
    output: Path | None,
    how: str | None,
    sparql: str | None,
    shown: bool,
    independent: bool,
    exit_status: bool,
) -> None:
    """Ask a saved question by NAME, with its parameters as KEY=VALUE; without NAME list them.

    `kg query timeline actor=Azerbaijan from=2025-01-01` is an example. A value that names a
    thing may be its label, a CURIE or an IRI. NAME may also be the path of an .rq file.
    """
    from kg.api import saved_query
    from kg.query import ask, bind, run, terms
    from kg.render import render

    given = project(store)
    if name is None and sparql is None:
        click.echo(_listing(given.resources), nl=False)
        return
    saved = None if sparql is not None else saved_query(str(name), given.resources)
    bindings = {**_bindings(values), **({"independent": "true"} if independent else {})}
    with opened(given) as reading:
        if saved is None:
            answer = ask(reading, sys.stdin.read() if sparql == "-" else str(sparql))
        elif shown:
            click.echo(bind(saved, terms(reading, saved, bindings)), nl=False)
            return
        else:
            answer = run(reading, saved, bindings)
    width = shutil.get_terminal_size().columns
    chosen = how or _by_ending(output) or ("turtle" if answer.is_graph else _by_terminal(output))
    write_out(render(answer, chosen, base=given.base, width=width).encode("utf-8"), output)
    no = answer.columns == ("answer",) and [str(row[0]) for row in answer.rows] == [_FALSE]
    if exit_status and (no or not answer):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("thing")
@store_option
def show(thing: str, store: Path | None) -> None:
    """Show all that is known of a THING: its label, a CURIE or an IRI."""
    from kg.show import show, show_text

    with opened(project(store)) as reading:
        click.echo(show_text(show(reading, thing)), nl=False)


@click.command()
@click.argument("thing")
@click.argument("fact", nargs=-1, metavar="[PROPERTY VALUE]")
@store_option
def why(thing: str, fact: tuple[str, ...], store: Path | None) -> None:
    """Print every claim about a THING: who says so, how sure, the exact words and their place.

    Of an event also why its reports were taken to be of one. With a PROPERTY and a VALUE, why
    that one fact holds: the rule and its premises, down to the words.
    """
    from kg.api import findings_text, load_rules
    from kg.grounds import links_text, why_fact, why_fact_text
    from kg.show import why, why_text

    if fact and len(fact) != 2:
        raise UsageError("give a THING alone, or a THING, a PROPERTY and a VALUE")
    given = project(store)
    with opened(given) as reading:
        if fact:
            found = why_fact(reading, load_rules(given.resources), thing, *fact)
            click.echo(why_fact_text(found), nl=False)
            return
        click.echo(why_text(why(reading, thing)), nl=False)
        click.echo(links_text(reading, thing), nl=False)
        click.echo(findings_text(reading, thing, given.resources), nl=False)


def _listing(found: Resources) -> str:
    from kg.api import saved_queries
    from kg.words import clean

    saved = saved_queries(found)
    width = max((len(item.name) for item in saved), default=0)
    lines = []
    for item in saved:
        params = " ".join(f"{p.name}=…" for p in item.params)
        lines.append(f"{item.name:{width}}  {item.summary}" + (f"  ({params})" if params else ""))
    return "".join(f"{clean(line)}\n" for line in lines)


def _bindings(values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        key, sign, words = value.partition("=")
        if not sign:
            raise UsageError(f"{value!r} is no KEY=VALUE")
        found[key] = words
    return found


def _by_ending(output: Path | None) -> str | None:
    """Return the format of a file's ending. Raises UsageError for one that is none."""
    if output is None or str(output) == "-":
        return None
    if output.suffix not in _ENDINGS:
        raise UsageError(f"{output}: unknown ending; use {', '.join(_ENDINGS)}, or --format")
    return _ENDINGS[output.suffix]


def _by_terminal(output: Path | None) -> str:
    return "table" if output is None and sys.stdout.isatty() else "tsv"
