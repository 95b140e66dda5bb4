"""`kg fsck`: what is wrong with the files of a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project, store_option

if TYPE_CHECKING:
    from kg.address import Place


@click.command()
@click.argument("place", required=False, type=click.Path(path_type=Path, file_okay=False))
@store_option
@click.option("--repair", is_flag=True, help="Put right what the log, in its two files, tells.")
def fsck(place: Path | None, store: Place | None, repair: bool) -> None:
    """Look through the log, quads and index of the store (or the one in PLACE), and name what is wrong.

    Everything is computed anew from the log and compared, which takes as long as `kg rebuild`. Exits
    with 1 where something is wrong, repaired or not: run it again to see that all is well. Exits with
    3 where there is no store, it is in use, or --repair cannot bring all back.
    """
    from kg.api import load_knowledge
    from kg.scanning import fsck
    from kg.words import clean, counted

    given = project(place or store)
    found = fsck(given.store, load_knowledge(given.resources), repair=repair)
    for each in found:
        click.echo(clean(str(each)))
    if not found:
        click.echo("nothing is wrong", err=True)
        return
    lost = any(each.lost for each in found)
    done = "" if not repair else ", not repaired" if lost else ", repaired"
    click.echo(f"{counted(len(found), 'finding')}{done}", err=True)
    raise click.exceptions.Exit(3 if repair and lost else 1)
