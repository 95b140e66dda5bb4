"""`kg merge`, `split`, `reject`, `correct`, `retract`, `purge`, `rebuild`: decisions by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import project, store_option, writing

if TYPE_CHECKING:
    from kg.address import Place
    from kg.store import Store

_BECAUSE = click.option("--because", default="", help="The reason, kept with the decision.")
_WHY = click.option("--because", required=True, help="The reason, kept with the decision.")


@click.command()
@click.argument("one")
@click.argument("other")
@store_option
@_BECAUSE
def merge(one: str, other: str, store: Place | None, because: str) -> None:
    """Make events ONE and OTHER (labels, CURIEs or IRIs) one event; the older name stays.

    `kg split` takes it back.
    """
    from kg.decisions import merge

    with writing(project(store)) as (opened, knowledge):
        event = merge(opened, one, other, knowledge, because=because)
        _say(f"one event: {_called(opened, event)}")


@click.command()
@click.argument("event")
@click.argument("out", nargs=-1)
@store_option
@_BECAUSE
def split(event: str, out: tuple[str, ...], store: Place | None, because: str) -> None:
    """Take an EVENT apart: the last merge by hand, else every article's report stands alone.

    With OUT (reports, or articles by title) only these leave. `kg merge` takes it back.
    """
    from kg.decisions import split

    with writing(project(store)) as (opened, knowledge):
        for iri in split(opened, event, knowledge, out=out, because=because):
            _say(f"event: {_called(opened, iri)}")


@click.command()
@click.argument("claim")
@store_option
@_BECAUSE
@click.option("--undo", is_flag=True, help="Take back what was decided of CLAIM.")
def reject(claim: str, store: Place | None, because: str, undo: bool) -> None:
    """Compute nothing from CLAIM any more (`kg why` lists claims); it is kept, with the reason."""
    from kg.decisions import reject

    with writing(project(store)) as (opened, knowledge):
        iri = reject(opened, claim, knowledge, because=because, undo=undo)
        _say(f"{'taken back' if undo else 'rejected'}: {_called(opened, iri)}")


@click.command()
@click.argument("claim")
@click.argument("value")
@store_option
@_WHY
def correct(claim: str, value: str, store: Place | None, because: str) -> None:
    """Give CLAIM another VALUE: a name, an EDTF date (2031-05), a count (3, 3..5, 3..).

    The claim stays as the article makes it, with the correction and its reason beside it.
    `kg reject CLAIM --undo` takes it back.
    """
    from kg.decisions import correct

    with writing(project(store)) as (opened, knowledge):
        _say(f"corrected: {_called(opened, correct(opened, claim, value, knowledge, because=because))}")


@click.command()
@click.argument("article")
@store_option
@_BECAUSE
def retract(article: str, store: Place | None, because: str) -> None:
    """Take ARTICLE (title, CURIE or IRI) out, with exactly what only it supports.

    The log keeps it; building it again brings it back.
    """
    from kg.commit import retract
    from kg.errors import UsageError
    from kg.iri import NS
    from kg.lookup import find

    with writing(project(store)) as (opened, knowledge):
        iri = find(opened, article, f"{NS}Article").value
        name = _called(opened, iri)
        if not retract(opened, iri, knowledge, because=because):
            raise UsageError(f"{article}: no such article in the store")
        _say(f"retracted: {name}")


@click.command()
@click.argument("article")
@store_option
@_BECAUSE
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(article: str, store: Place | None, because: str, yes: bool) -> None:
    """Wipe ARTICLE, with all versions of its address, from log, store and cache, for good.

    A tombstone without title, text, names or quotes stays. The file it was built from is yours
    to remove.
    """
    from kg.decisions import purge
    from kg.errors import QueryError
    from kg.iri import NS
    from kg.lookup import find

    given = project(store)
    if not yes:
        click.confirm(f"Wipe {article} for good?", abort=True, err=True)
    with writing(given) as (opened, knowledge):
        try:
            iri = find(opened, article, f"{NS}Article").value
        except QueryError:
            iri = article  # retracted before: known to the log alone, by its IRI
        number = purge(opened, iri, knowledge, because=because)
    _empty(given.cache)
    _say(f"wiped: {number} version{'' if number == 1 else 's'}")


@click.command()
@store_option
def rebuild(store: Place | None) -> None:
    """Compute the quads and the index anew from the log: after damage, or with a newer kg."""
    from kg.api import load_knowledge
    from kg.commit import rebuild
    from kg.store import Store

    given = project(store)
    with Store.open(given.store, anew=True) as opened:
        _say(f"{rebuild(opened, load_knowledge(given.resources))} records")


def _empty(folder: Path) -> None:
    """Remove what was extracted before, of all articles: it can be extracted again."""
    from kg.errors import KgError

    try:
        for file in sorted(folder.glob("??/*.json")):
            file.unlink()
    except OSError as error:
        raise KgError(f"{folder}: cannot be emptied: {error.strerror}; remove it by hand") from error


def _called(opened: Store, iri: str) -> str:
    from kg.show import called

    return called(opened, iri)


def _say(words: str) -> None:
    from kg.words import clean

    click.echo(clean(words), err=True)
