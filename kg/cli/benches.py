"""`kg bench`: figures against annotated files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import project, write_out


@click.group()
def bench() -> None:
    """Measure kg against annotated files; each bench prints a table, or one JSON object."""


@bench.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--predictions", type=click.Path(path_type=Path, dir_okay=False), help="Write what was scored.")
def article(folder: Path, as_json: bool, predictions: Path | None) -> None:
    """Compare a build of FOLDER/article.txt with its gold.json and mapping.json."""
    from kg.bench.article import score, table
    from kg.pipeline import load_kit
    from kg.read import read

    kit = load_kit(project(None).resources)
    found, rows = score(read(folder / "article.txt"), folder, kit.reader)
    if predictions:
        lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
        write_out("".join(lines).encode("utf-8"), predictions)
    click.echo(json.dumps(found.figures) if as_json else table(found), nl=as_json)


@bench.command()
@click.argument(
    "folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def coverage(folders: tuple[Path, ...], as_json: bool) -> None:
    """List patterns, words and actors that fire on one text of FOLDERS alone."""
    from kg.bench.coverage import coverage, table
    from kg.pipeline import load_kit

    kit = load_kit(project(None).resources)
    found = coverage(folders, kit.reader)
    click.echo(json.dumps(found.figures) if as_json else table(found), nl=as_json)
