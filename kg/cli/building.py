"""`kg build`: articles in, a validated graph and a summary in words out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project, store_option
from kg.cli.running import Call, loaded, shown, taking, tell

if TYPE_CHECKING:
    from kg.address import Place
    from kg.project import Project
    from kg.sidecar import Metadata
    from kg.workers import Plan

_FOLDER = (click.Choice(["nquads"]), click.Path(file_okay=False))


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
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
@click.option("--strict", is_flag=True, help="Stop at the first article that cannot be read.")
@click.option("--shard", help="Build only this part, such as 3/10; all/10: all of them. Goes with --to.")
@click.option(
    "--to", nargs=2, type=_FOLDER, metavar="nquads DIR", help="Write shards here, not into a store."
)
@click.option("--from", "source", nargs=2, type=_FOLDER, metavar="nquads DIR", help="Take shards, not PATHS.")
@click.option("--engine", type=click.Choice(["processes", "spark"]), default="processes", show_default=True)
def build(
    paths: tuple[Path, ...],
    store: Place | None,
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
    strict: bool,
    shard: str | None,
    to: tuple[str, str] | None,
    source: tuple[str, str] | None,
    engine: str,
) -> None:
    """Read articles (text, HTML, JSON Lines, CSV, WARC; folders are searched) into the store.

    A YAML file beside a text gives its title, byline, publisher, url, language and published day;
    options go before it. The same build again changes nothing, and goes on where one was stopped.
    docs/reading.md tells of files, docs/distributed.md of shards and of Spark.
    """
    from kg.cli.sharding import fill, parts_of, run
    from kg.sidecar import Metadata

    overrides = Metadata(title=title, publisher=publisher, url=url, published=published)
    plan = partial(_plan, model, _named(extractor, untyped=untyped), min_confidence, overrides)
    given, parts = project(store), parts_of(shard, to, source, engine, paths)
    if parts.source:
        return fill(given, parts.source, strict=strict)
    kept = None if no_cache else cache or given.cache
    call = Call(given, _files(paths), plan(given, kept), jobs, strict, explain)
    return run(call, parts) if parts.to else into_store(call)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """Return the files that hold articles; raises as `find_files`."""
    from kg.finding import find_files

    return find_files(paths)


def _plan(
    model: str | None,
    extractor: str | None,
    least: float,
    given: Metadata,
    where: Project,
    cache: Path | None,
) -> Plan:
    from kg.annotate import MODEL
    from kg.plugins import RULES
    from kg.workers import Plan

    return Plan(where.resources, model or MODEL, extractor or RULES, cache, least, given)


def into_store(call: Call) -> None:
    """Build articles into the store of the project, show how far it is, and tell what became of them."""
    from kg.pipeline import build
    from kg.store import Store

    kit = loaded(call)
    with Store.open(call.project.store, create=True, about=call.project.about) as opened:
        done = build(call.files, opened, kit, taken=partial(taking, call, kit))
        told = shown(
            ((each, None) for each in done), strict=call.strict, explain=call.explain, total=call.total
        )
        tell(told, kit.reader.ontology)


def _named(extractor: str | None, *, untyped: bool) -> str | None:
    """Return the extractor to load; raises UsageError for another one than the rules with --untyped."""
    from kg.errors import UsageError
    from kg.plugins import RULES, UNTYPED

    if untyped and extractor not in {None, RULES, UNTYPED}:
        raise UsageError(f"--untyped goes with the rules, not with the extractor {extractor!r}")
    return UNTYPED if untyped else extractor
