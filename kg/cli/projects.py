"""`kg init` and `kg test-event`: a project of one's own, and its event types."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import project


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make FOLDER a project: its ontology, shapes, queries and tests overlay the shipped ones."""
    from kg.project import init_project

    written = init_project(folder)
    for path in written:
        click.echo(str(path))
    click.echo(f"{folder}: put articles into {folder / 'articles'} and run: kg build articles", err=True)


@click.command("test-event")
@click.argument("file", type=click.Path(path_type=Path))
def test_event(file: Path) -> None:
    """Run the examples and counter-examples in an event-type FILE; say what is wrong in words."""
    from kg.api import check_event_file
    from kg.words import clean

    problems = tuple(check_event_file(file, project(None).resources))
    for problem in problems:
        click.echo(clean(problem))
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(f"{file}: all examples pass", err=True)
