"""`kg build` in parts: shards written, here or on Spark, and a store filled from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.running import Call, loaded, shown, taking, tell
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.project import Project
    from kg.shards import Shard

_SHARDS: Final = 16  # where the engine is Spark and no number is given


@dataclass(frozen=True, slots=True)
class Parts:
    """Which of how many shards are built, where they are written to or taken from, and by what."""

    chosen: tuple[Shard, ...] = ()
    to: str = ""
    source: str = ""
    spark: bool = False


def parts_of(
    shard: str | None,
    to: tuple[str, str] | None,
    source: tuple[str, str] | None,
    engine: str,
    paths: tuple[Path, ...],
) -> Parts:
    """Return what the options ask for. Raises UsageError for those that do not go together."""
    from kg.shards import Shard

    spark = engine == "spark"
    if bool(paths) == bool(source):
        raise UsageError(
            "--from goes without PATHS and --to" if source else "missing PATHS: what is to be read"
        )
    if (shard or spark) and not to:
        raise UsageError("--shard and --engine spark go with --to nquads DIR")
    if source and to:
        raise UsageError("--from goes without PATHS and --to")
    first, _, number = (shard or (f"all/{_SHARDS}" if spark else "1/1")).partition("/")
    whole = Shard.parse(f"1/{number}")
    chosen = (
        [Shard(n, whole.of) for n in range(1, whole.of + 1)]
        if first == "all"
        else [Shard.parse(shard or "1/1")]
    )
    return Parts(tuple(chosen), to[1] if to else "", source[1] if source else "", spark)


def run(call: Call, parts: Parts) -> None:
    """Build shards; on Spark all of them, and then the store from them."""
    from kg.sharding import Corpus, make
    from kg.shards import finished
    from kg.words import counted

    corpus = Corpus(tuple(call.files), call.plan, call.project.base)
    if parts.spark:
        from kg import spark

        with spark.made(corpus, parts.chosen, parts.to) as folder:
            fill(call.project, str(folder), strict=call.strict)
        return
    kit = loaded(call)
    folder = Path(parts.to)
    done = (make(corpus, each, folder, kit, taken=partial(taking, call, kit)) for each in parts.chosen)
    there = sum(finished(folder, each, corpus.head(kit)) for each in parts.chosen)
    if there:
        click.echo(f"{there} of {counted(len(parts.chosen), 'shard')} there already", err=True)
    flat = ((each, None) for each in chain.from_iterable(done))
    tell(shown(flat, strict=call.strict, explain=call.explain), kit.reader.ontology)


def fill(given: Project, folder: str, *, strict: bool = False) -> None:
    """Fill the store of a project from a folder of shards, and tell what became of the articles."""
    from kg.commit import Knowledge
    from kg.link.kin import Kin
    from kg.ontology import load_ontology
    from kg.pipeline import load_axioms, shape_files
    from kg.sharding import fill as filled
    from kg.store import Store
    from kg.validate import Checker

    ontology, axioms = load_ontology(given.resources), load_axioms(given.resources)
    checker = Checker.of(shape_files(given.resources), axioms)
    with Store.open(given.store, create=True, about=given.about) as opened:
        done = filled(Path(folder), opened, Knowledge.of(axioms, Kin.of(ontology)), checker)
        tell(shown(done, strict=strict), ontology)
