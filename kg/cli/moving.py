"""`kg validate`, `kg export`, `kg load`, `kg info`: the graph as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import project, store_option, write_out
from kg.errors import UsageError

_ENDINGS = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld"}


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@store_option
@click.option("--warnings", is_flag=True, help="Print warnings too, such as undated events.")
def validate(files: tuple[Path, ...], store: Path | None, warnings: bool) -> None:
    """Check the store, or RDF FILES, against the shapes; print what is wrong as sentences.

    On a store a project's own tests (`tests/*.rq`: rows are failures) run too. Exits with 1 when
    there is a violation.
    """
    from kg.api import validate_files, validate_store
    from kg.report import Report
    from kg.store import Store
    from kg.words import clean, counted

    given = project(store)
    if files:
        report: Report = validate_files(files, given.resources)
    else:
        with Store.open(given.store, read_only=True) as opened:
            report = validate_store(opened, given.resources)
    shown = report.results if warnings else report.violations
    for result in shown:
        click.echo(clean(str(result)))
    others = len(report.results) - len(report.violations)
    click.echo(f"{counted(len(report.violations), 'violation')}, {counted(others, 'warning')}", err=True)
    if not report:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@store_option
@click.option(
    "--format", "how", type=click.Choice(sorted(_ENDINGS.values())), help="[default: by file ending]"
)
@click.option("--article", help="Only this article: its title, CURIE or IRI.")
@click.option("--asserted", is_flag=True, help="Leave out what was computed or inferred.")
def export(output: Path, store: Path | None, how: str | None, article: str | None, asserted: bool) -> None:
    """Write the graph to OUTPUT (.ttl, .trig, .nq, .jsonld; - is standard output, in Turtle).

    Two exports of the same store are the same bytes.
    """
    from kg.api import export_store
    from kg.store import Store

    chosen = how or _ENDINGS.get(output.suffix) or ("turtle" if str(output) == "-" else None)
    if chosen is None:
        raise UsageError(f"{output}: tell the format by ending ({', '.join(_ENDINGS)}) or --format")
    with Store.open(project(store).store, read_only=True) as opened:
        data = export_store(opened, chosen, article=article, asserted=asserted)
    write_out(data, output)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
def load(files: tuple[Path, ...], store: Path | None) -> None:
    """Load RDF FILES (.ttl, .trig, .nq, .jsonld) into the store.

    Triples without a graph go to a graph of the file's own, where they replace what the file
    brought before; quads that name a graph are added to it.
    """
    from kg.load import load_file
    from kg.store import Store
    from kg.words import clean, counted

    given = project(store)
    with Store.open(given.store, create=True, base=given.base) as opened:
        for path in files:
            number = load_file(path, opened)
            click.echo(clean(f"{path}: {counted(number, 'new quad')}"), err=True)


@click.command()
@store_option
def info(store: Path | None) -> None:
    """Tell what the store holds: articles, events, graphs, sizes, versions."""
    from kg.info import info_text
    from kg.store import Store

    given = project(store)
    with Store.open(given.store, read_only=True) as opened:
        click.echo(info_text(opened, given.store), nl=False)
