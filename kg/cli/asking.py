"""`kg query`, `kg show`, `kg why`: questions to the store."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.completing import complete_names, complete_values
from kg.cli.options import limit_options, opened, output_option, project, store_option, write_out
from kg.errors import UsageError
from kg.project import Project
from kg.resources import Resources

if TYPE_CHECKING:
    from kg.address import Place
    from kg.query import Answer
    from kg.store import Store

_FORMATS = ("table", "tsv", "csv", "json", "markdown", "turtle")
_FALSE = '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'
_ENDINGS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".md": "markdown", ".ttl": "turtle"}


@click.command(add_help_option=False)
@click.argument("name", required=False, shell_complete=complete_names)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...", shell_complete=complete_values)
@store_option
@output_option
@click.option("--format", "how", type=click.Choice(_FORMATS), help="[default: by file ending or terminal]")
@click.option("--sparql", help="SPARQL text instead of a saved question; - reads standard input.")
@click.option("--show", "shown", is_flag=True, help="Print the query with its values; do not run it.")
@click.option("--explain", "explained", is_flag=True, help="Print the query's algebra; do not run it.")
@click.option("--independent", is_flag=True, help="Count a reprint and its original once (witnesses).")
@click.option("--limit", type=click.IntRange(1), help="Only so many rows; of events, so many events.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Leave out the first so many of them.")
@click.option("-e", "--exit-status", is_flag=True, help="Exit with 1 when nothing is found.")
@limit_options
@click.option("-h", "--help", "helped", is_flag=True, help="Show this, or how to ask NAME.")
@click.pass_context
def query(
    context: click.Context,
    name: str | None,
    values: tuple[str, ...],
    store: Place | None,
    output: Path | None,
    how: str | None,
    sparql: str | None,
    shown: bool,
    explained: bool,
    independent: bool,
    limit: int | None,
    offset: int,
    exit_status: bool,
    timeout: float | None,
    memory: int | None,
    helped: bool,
) -> None:
    """Ask a saved question by NAME, with its parameters as KEY=VALUE; without NAME list them.

    `kg query timeline actor=Azerbaijan from=2025-01-01` is an example, `kg query timeline --help`
    explains it. A value that names a thing may be its label, a CURIE or an IRI; what takes several is given
    several times. NAME may also be an .rq file; the limits are for such files and for --sparql.
    """
    from kg.query import ask

    given = project(store)
    if helped or (name is None and sparql is None):
        _tell(context, given, name, helped=helped)
        return
    _refuse_both(sparql, name or values or limit or offset)
    _limit(given, name, timeout, memory)
    values = (*values, "independent=true") if independent else values
    with opened(given) as reading:
        text = _text(given, reading, name, values) if name else _sparql(str(sparql))
        if not (shown or explained):
            part = _part(given, reading, name, values, limit, offset)
            _answer(given, ask(reading, text) if part is None else part, output, how, exit_status)
            return
    click.echo(_plan(text, given.base) if explained else text, nl=False)


def _tell(context: click.Context, given: Project, name: str | None, *, helped: bool) -> None:
    """Say what can be asked, or how."""
    shows = context.get_help() if name is None else _help(given, name)
    click.echo(shows if helped else _listing(given.resources).rstrip())


def _refuse_both(sparql: str | None, others: object) -> None:
    if sparql is not None and others:
        raise UsageError("--sparql stands alone: give a saved question or SPARQL, not both")


def _limit(given: Project, name: str | None, timeout: float | None, memory: int | None) -> None:
    """Limit what others may have written."""
    from kg.limited import Limits, within

    if name is None or name.endswith(".rq"):
        within(Limits().chosen(timeout, memory), network=bool(given.server))


def _sparql(given: str) -> str:
    return sys.stdin.read() if given == "-" else given


def _text(given: Project, store: Store, name: str, values: tuple[str, ...]) -> str:
    from kg.questions import query_text

    return query_text(store, name, _bindings(values), found=given.resources)


def _plan(text: str, base: str) -> str:
    from kg.plan import plan
    from kg.words import without_controls

    return without_controls(plan(text, base=base))


def _part(
    given: Project, store: Store, name: str | None, values: tuple[str, ...], limit: int | None, offset: int
) -> Answer | None:
    """Return some rows of the answer to a saved question, or None where all are wanted."""
    from kg.query import run_part
    from kg.questions import saved_query

    if name is None or not (limit or offset):
        return None
    saved = saved_query(name, given.resources)
    return run_part(store, saved, _bindings(values), most=limit or sys.maxsize, first=offset).answer


def _answer(given: Project, answer: Answer, output: Path | None, how: str | None, exit_status: bool) -> None:
    """Write an answer, and exit with 1 if that is wanted where nothing is found."""
    from kg.render import render

    width = shutil.get_terminal_size().columns
    chosen = how or _by_ending(output) or ("turtle" if answer.is_graph else _by_terminal(output))
    write_out(render(answer, chosen, base=given.base, width=width).encode("utf-8"), output)
    no = answer.columns == ("answer",) and [str(row[0]) for row in answer.rows] == [_FALSE]
    if exit_status and (no or not answer):
        raise click.exceptions.Exit(1)


def _help(given: Project, name: str) -> str:
    """Return how to ask a question, with the names that the store offers, if there is one."""
    from kg.questions import query_help

    if not (given.store / "kg.json").is_file():
        return query_help(name, found=given.resources).rstrip()
    with opened(given) as reading:
        return query_help(name, reading, found=given.resources).rstrip()


@click.command()
@click.argument("thing")
@store_option
def show(thing: str, store: Place | None) -> None:
    """Show all that is known of a THING: its label, a CURIE or an IRI."""
    from kg.show import show, show_text

    with opened(project(store)) as reading:
        click.echo(show_text(show(reading, thing)), nl=False)


@click.command()
@click.argument("thing")
@click.argument("fact", nargs=-1, metavar="[PROPERTY VALUE]")
@store_option
def why(thing: str, fact: tuple[str, ...], store: Place | None) -> None:
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
    from kg.helping import listing
    from kg.questions import saved_queries

    return listing(saved_queries(found))


def _bindings(values: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for value in values:
        key, sign, words = value.partition("=")
        if not sign:
            raise UsageError(f"{value!r} is no KEY=VALUE")
        found.setdefault(key, []).append(words)
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
