"""`kg build`: articles in, a validated graph and a summary in words out."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project, store_option

if TYPE_CHECKING:
    from kg.pipeline import Built, Failed, Kit, Taken
    from kg.project import Project
    from kg.resources import Resources
    from kg.sidecar import Metadata


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
@click.option("--jobs", type=click.IntRange(1), help="Processes that read articles. [default: one a core]")
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
    jobs: int | None,
    untyped: bool,
    explain: bool,
) -> None:
    """Read articles (.txt, .html; folders are searched) and put what they say into the store.

    A YAML file of the same name beside a text gives its title, byline, publisher, url,
    language and published day; options go before it. Each line of a .jsonl file is an article
    with its text and such keys. The same build again changes nothing, and goes on where one
    was stopped.
    """
    from kg.api import load_kit
    from kg.read import find_articles
    from kg.sidecar import Metadata

    found = find_articles(paths)
    given = project(store)
    kept = None if no_cache else cache or given.cache
    chosen = _named(extractor, untyped=untyped)
    kit = load_kit(given.resources, model=model, extractor=chosen, cache=kept, min_confidence=min_confidence)
    gc.freeze()  # what is loaded stays: to look through it for garbage takes a sixth of the time
    _note(kit)
    overrides = Metadata(title=title, publisher=publisher, url=url, published=published)
    taken = _taken(kit, overrides, _jobs(jobs, len(found)), (given.resources, model, chosen, kept))
    _tell(_put(found, given, kit, taken), kit, explain=explain)


def _put(
    found: list[Path], given: Project, kit: Kit, taken: Callable[[list[Path]], Iterator[Taken | Failed]]
) -> list[Built | Failed]:
    """Put articles into the store, and show how far it is."""
    from kg.pipeline import build
    from kg.store import Store

    with Store.open(given.store, create=True, base=given.base) as opened:
        try:
            return list(build(found, opened, kit, taken=taken, on_article=_progress(len(found))))
        finally:
            _clear_progress()


def _jobs(jobs: int | None, articles: int) -> int:
    """Return how many processes are to read: one for each core, where that is worth it."""
    from kg.workers import WORTH

    most = jobs or ((os.cpu_count() or 1) if articles >= WORTH else 1)
    return min(most, max(articles // 2, 1))


def _taken(
    kit: Kit,
    overrides: Metadata,
    jobs: int,
    loaded: tuple[Resources, str | None, str | None, Path | None],
) -> Callable[[list[Path]], Iterator[Taken | Failed]]:
    """Return what reads articles: this process, or workers that load the same kit."""
    from kg.annotate import MODEL
    from kg.pipeline import each_taken
    from kg.plugins import RULES
    from kg.workers import Plan, taken_by

    if jobs < 2:
        return partial(each_taken, kit=kit, overrides=overrides)
    found, model, extractor, cache = loaded
    plan = Plan(found, model or MODEL, extractor or RULES, cache, kit.reader.min_confidence, overrides)
    return lambda paths: taken_by(jobs, paths, plan)


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
    """Return what shows the number of the article, the rate and the time left, on a terminal only."""
    from kg.words import clean

    count = Counter[str]()
    began = time.monotonic()

    def show(path: Path) -> None:
        count["done"] += 1
        if sys.stderr.isatty():
            rate = count["done"] / max(time.monotonic() - began, 0.001)
            left = f"{(total - count['done']) / rate:.0f} s left" if count["done"] < total else "done"
            place = f"{count['done']} of {total}, {rate:.1f} a second, {left}"
            click.echo(f"\r\x1b[K{place}: {clean(path.name)}", nl=False, err=True)

    return show


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
