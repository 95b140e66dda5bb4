"""What every way of building shares: the call, the kit, who reads, how far it is, the summary."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.items import Item
    from kg.ontology import Ontology
    from kg.pipeline import Built, Failed, Kit, Placed, Taken
    from kg.project import Project
    from kg.summary import Figures
    from kg.workers import Plan


@dataclass(frozen=True, slots=True)
class Call:
    """What a build was asked to do: where, of which files, with what, and how it is told."""

    project: Project
    files: list[Path]
    plan: Plan
    jobs: int | None = None
    strict: bool = False
    explain: bool = False

    @property
    def total(self) -> int | None:
        """How many articles there are; None where that is known only once they are read."""
        from kg.finding import holds_many

        return None if any(map(holds_many, self.files)) else len(self.files)


def loaded(call: Call) -> Kit:
    """Load the kit of a build, and say so where the model is not the one that kg was tested with."""
    kit = call.plan.kit()
    if notice := getattr(kit.reader.parser, "notice", None):
        click.echo(f"note: {notice}", err=True)
    return kit


def taking(call: Call, kit: Kit, found: Iterable[Item]) -> Iterator[Taken | Failed]:
    """Read articles: in this process, or by workers that load the same kit, where that is worth it."""
    from kg.pipeline import each_taken
    from kg.workers import WORTH, taken_by

    rest = iter(found)
    first = list(islice(rest, WORTH))
    most = call.jobs or ((os.cpu_count() or 1) if len(first) >= WORTH else 1)
    jobs = min(most, max(len(first) // 2, 1))
    if jobs < 2:
        return each_taken(chain(first, rest), kit, call.plan.overrides)
    return taken_by(jobs, chain(first, rest), call.plan)


def shown(
    done: Iterable[tuple[Built | Placed | Taken | Failed, Figures | None]],
    *,
    strict: bool,
    explain: bool = False,
    total: int | None = None,
) -> Iterator[tuple[Built | Placed | Taken | Failed, Figures | None]]:
    """Pass on what became of articles, and show how far it is.

    Raises ReadError at the first that was not read, where the build is strict.
    """
    from kg.errors import ReadError
    from kg.pipeline import Failed, Placed
    from kg.summary import refusals

    progress = _progress(total)
    try:
        for each, figures in done:
            progress(each.path)
            if isinstance(each, Failed) and strict:
                raise ReadError(each.reason)
            if explain and not isinstance(each, Failed | Placed):
                click.echo(refusals([each]), nl=False)
            yield each, figures
    finally:
        _clear_progress()


def tell(done: Iterable[tuple[Built | Placed | Taken | Failed, Figures | None]], ontology: Ontology) -> None:
    """Print the summary; exit with 3 where an article was not read, 1 where a shape is broken."""
    from kg.ontology import PLAIN
    from kg.summary import Tally

    tally = Tally()
    for each, figures in done:
        tally.add(each, figures)
    labels = {name: ontology.label(name) for name in (*ontology.types, PLAIN)}
    click.echo(tally.text(labels), nl=False, err=True)
    if tally.failures:
        raise click.exceptions.Exit(3)
    if not tally.valid:
        raise click.exceptions.Exit(1)


def _progress(total: int | None) -> Callable[[Path], None]:
    """Return what shows the number of the article, the rate and the time left, on a terminal only."""
    from kg.words import clean

    count = Counter[str]()
    began = time.monotonic()

    def show(path: Path) -> None:
        count["done"] += 1
        if sys.stderr.isatty():
            rate = count["done"] / max(time.monotonic() - began, 0.001)
            place = f"{count['done']}, {rate:.1f} a second"
            if total is not None:
                left = f"{(total - count['done']) / rate:.0f} s left" if count["done"] < total else "done"
                place = f"{count['done']} of {total}, {rate:.1f} a second, {left}"
            click.echo(f"\r\x1b[K{place}: {clean(path.name)}", nl=False, err=True)

    return show


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
