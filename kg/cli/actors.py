"""`kg actors import`: lists of actors become a file for a project's `ontology/entities/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.actor_lists import FORMATS, KINDS
from kg.cli.options import output_option, write_out

if TYPE_CHECKING:
    from kg.actor_lists import Format


@click.group()
def actors() -> None:
    """Bring actors of your own: leaders, groups, a dictionary with its codes."""


@actors.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@output_option
@click.option("--format", "form", type=click.Choice(FORMATS), help="What FILE is. [default: by its content]")
@click.option("--class", "kind", type=click.Choice(KINDS), help="The class of all actors in FILE.")
def import_(file: Path, output: Path | None, form: Format | None, kind: str | None) -> None:
    """Write the actors of FILE (Wikidata CSV or JSON, PETRARCH dictionary) as Turtle.

    Put the result into a project's ontology/entities/, and `kg build` there knows them.
    """
    from kg.api import import_actors

    turtle = import_actors(file, form=form, kind=kind)
    write_out(turtle.encode("utf-8"), output)
    click.echo(f"{turtle.count(chr(10) + chr(10))} actors", err=True)
