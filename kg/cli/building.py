"""`kg build`: articles in, a validated graph and a summary in words out."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project, store_option

if TYPE_CHECKING:
    from kg.pipeline import Built, Failed, Kit


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@click.option("--published", help="Day or EDTF window of publication, for all the files given.")
@click.option("--url", help="Address of the article.")
@click.option("--publisher", help="Who published it.")
@click.option("--title", help="Its title.")
@click.option("--model", help="An installed spaCy English pipeline.", envvar="KG_MODEL")
@click.option("--extractor", help="An installed extractor. [default: rules]", envvar="KG_EXTRACTOR")
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="KG_CACHE",
    help="Folder of what was extracted before. [default: cache, beside the store]",
)
@click.option("--no-cache", is_flag=True, help="Extract everything anew, and keep nothing.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    envvar="KG_MIN_CONFIDENCE",
    help="Refuse events, and leave out claims, that are less sure.",
)
@click.option("--untyped", is_flag=True, help="Also keep what somebody named did that fits no event type.")
@click.option("--explain", is_flag=True, help="List every refused candidate with its reason.")
def build(
    paths: tuple[Path, ...],
    store: Path | None,
    published: str | None,
    url: str | None,
    publisher: str | None,
    title: str | None,
    model: str | None,
    extractor: str | None,
    cache: Path | None,
    no_cache: bool,
    min_confidence: float,
    untyped: bool,
    explain: bool,
) -> None:
    """Read articles (.txt, .html; folders are searched) and put what they say into the store.

    A YAML file of the same name beside a text gives its title, byline, publisher, url,
    language and published day; options go before it. The same build again changes nothing.
    """
    from kg.api import load_kit
    from kg.pipeline import build
    from kg.read import find_articles
    from kg.sidecar import Metadata
    from kg.store import Store

    found = find_articles(paths)
    given = project(store)
    kept = None if no_cache else cache or given.store.parent / "cache"
    chosen = _named(extractor, untyped=untyped)
    kit = load_kit(given.resources, model=model, extractor=chosen, cache=kept, min_confidence=min_confidence)
    gc.freeze()  # what is loaded stays: to look through it for garbage takes a sixth of the time
    _note(kit)
    overrides = Metadata(title=title, publisher=publisher, url=url, published=published)
    with Store.open(given.store, create=True, base=given.base) as opened:
        try:
            done = list(build(found, opened, kit, overrides=overrides, on_article=_progress(len(found))))
        finally:
            _clear_progress()
    _tell(done, kit, explain=explain)


def _note(kit: Kit) -> None:
    """Say so where the model is not the one that kg was tested with."""
    if notice := getattr(kit.reader.parser, "notice", None):
        click.echo(f"note: {notice}", err=True)


def _named(extractor: str | None, *, untyped: bool) -> str | None:
    """Return the extractor to load; raises UsageError for another one than the rules with --untyped."""
    from kg.errors import UsageError
    from kg.plugins import OURS, UNTYPED

    if untyped and extractor not in {None, *OURS}:
        raise UsageError(f"--untyped goes with the rules, not with the extractor {extractor!r}")
    return UNTYPED if untyped else extractor


def _tell(done: list[Built | Failed], kit: Kit, *, explain: bool) -> None:
    """Print the summary; exit with 3 where a file was not read, 1 where a shape is broken."""
    from kg.ontology import PLAIN
    from kg.pipeline import Built
    from kg.summary import refusals, summary

    ontology = kit.reader.ontology
    labels = {name: ontology.label(name) for name in (*ontology.types, PLAIN)}
    built = [item for item in done if isinstance(item, Built)]
    if explain:
        click.echo(refusals(built), nl=False)
    click.echo(summary(done, labels), nl=False, err=True)
    if len(built) < len(done):
        raise click.exceptions.Exit(3)
    if any(not item.report for item in built):
        raise click.exceptions.Exit(1)


def _progress(total: int) -> Callable[[Path], None]:
    """Return what shows the number of the article, on a terminal only."""
    from kg.words import clean

    count = Counter[str]()

    def show(path: Path) -> None:
        count["done"] += 1
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{count['done']} of {total}: {clean(path.name)}", nl=False, err=True)

    return show


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
