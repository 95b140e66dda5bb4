"""`kg validate`, `kg load`, `kg info`, `kg diff`: the graph as a whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import limit_options, opened, project, store_option, writing
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.address import Place
    from kg.project import Project
    from kg.report import Report, Result
    from kg.store import Store


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@store_option
@click.option("--warnings", is_flag=True, help="Print warnings too, such as undated events.")
@click.option("--shapes", multiple=True, type=click.Path(path_type=Path), help="Check FILES against these.")
@click.option("--engine", default="auto", help="pyshacl, shacl, or auto: the fastest that is installed.")
@click.option("--processes", type=click.IntRange(1), help="How many at a time. [default: all cores]")
@limit_options
def validate(
    files: tuple[Path, ...],
    store: Place | None,
    warnings: bool,
    shapes: tuple[Path, ...],
    engine: str,
    processes: int | None,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Check the store, or RDF FILES, against the shapes; print what is wrong as sentences.

    On a store a project's own tests (`tests/*.rq`: rows are failures) run too. Exits with 1 when
    there is a violation. The limits are for FILES.
    """
    from kg.words import clean, counted

    tell = partial(_tell, warnings=warnings)
    if shapes and not files:
        raise UsageError("--shapes goes with FILES: kg validate data.ttl --shapes shapes.ttl")
    given = project(store)
    if files:
        report = _files(given, [*files], [*shapes], engine, timeout, memory)
        for result in report.results:
            tell(result)
    else:
        report = _whole(given, engine, processes or os.cpu_count() or 1, tell)
    others = len(report.results) - len(report.violations)
    for note in report.notes:
        click.echo(clean(f"note: {note}"), err=True)
    click.echo(f"{counted(len(report.violations), 'violation')}, {counted(others, 'warning')}", err=True)
    if not report:
        raise click.exceptions.Exit(1)


def _files(
    given: Project,
    files: list[Path],
    shapes: list[Path],
    engine: str,
    timeout: float | None,
    memory: int | None,
) -> Report:
    """Check files of others, within limits."""
    from kg.api import validate_files
    from kg.limited import limits_for, within

    within(limits_for([*files, *shapes], seconds=60, memory=100).chosen(timeout, memory))
    return validate_files(files, given.resources, shapes=shapes, engine=engine)


def _whole(given: Project, engine: str, processes: int, tell: Callable[..., None]) -> Report:
    """Check the store, and tell results as they are found."""
    from kg.api import validate_store

    with opened(given) as reading:
        return validate_store(
            reading,
            given.resources,
            engine=engine,
            processes=processes,
            on_result=partial(tell, store=reading),
        )


def _tell(result: Result, store: Store | None = None, *, warnings: bool) -> None:
    """Print a result, and what to do about it where a store is known."""
    from kg.mending import proposal
    from kg.words import clean

    if warnings or result.severity == "Violation":
        click.echo(clean(str(result)))
        if store is not None and (hint := proposal(store, result)):
            click.echo(clean(f"  to mend it: {hint}"))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@limit_options
def load(files: tuple[Path, ...], store: Place | None, timeout: float | None, memory: int | None) -> None:
    """Load RDF FILES (.ttl, .trig, .nq, .jsonld) into the store.

    Triples without a graph go to a graph of the file's own, where they replace what the file
    brought before; quads that name a graph are added to it. What would change the meaning of words,
    or write the store's own graphs, is refused, as are values that are none.
    """
    from kg.axioms import vocabulary
    from kg.limited import limits_for, within
    from kg.load import load_file
    from kg.words import clean, counted

    given = project(store)
    limits = limits_for(files, seconds=10, memory=50).chosen(timeout, memory)
    within(limits, network=bool(given.server))
    with writing(given, create=True) as (target, knowledge):
        for path in files:
            number = load_file(path, target, knowledge)
            click.echo(clean(f"{path}: {counted(number, 'new quad')}"), err=True)
        target.learn(vocabulary(knowledge.axioms, target.names))


@click.command()
@store_option
def info(store: Place | None) -> None:
    """Tell what the store holds: articles, events, graphs, sizes, versions."""
    from kg.info import info_text

    given = project(store)
    with opened(given) as reading:
        click.echo(info_text(reading, given.store), nl=False)


@click.command()
@click.argument("one", type=click.Path(path_type=Path, exists=True))
@click.argument("other", type=click.Path(path_type=Path, exists=True))
def diff(one: Path, other: Path) -> None:
    """Tell in words how two stores or exports differ; exits with 1 where they do.

    ONE and OTHER are folders of stores or RDF files. Names of events do not count.
    """
    from kg.api import compare
    from kg.diff import diff_text

    found = compare(one, other, project(None).resources)
    click.echo(diff_text(found), nl=False)
    if found:
        raise click.exceptions.Exit(1)
