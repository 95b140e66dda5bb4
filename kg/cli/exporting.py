"""`kg export`: the graph as RDF, for other tools, as pictures, as a site of files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import opened, output_option, project, store_option, write_out
from kg.cli.options import umask as current_umask
from kg.errors import KgError, UsageError
from kg.project import Project

if TYPE_CHECKING:
    from kg.address import Place
    from kg.export import ExportChoice
    from kg.store import Store
    from kg.web.site import Site

_ENDINGS: Final = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld"}
_TOOLS: Final = ("geojson", "plover", "schema-org", "sem", "timelinejs", "web-annotation")
_PICTURES: Final = ("timeline.svg", "timeline.html", "network.svg", "map.svg")
_FORMATS: Final = (*sorted(_ENDINGS.values()), *_TOOLS)
_SITE: Final = "site"
_MOST: Final = 2**31


@click.command()
@click.argument("what", required=False)
@click.argument("place", required=False, type=click.Path(path_type=Path))
@store_option
@output_option
@click.option("--format", "how", type=click.Choice(_FORMATS), help="[default: by name]")
@click.option("--article", help="Only this article: its title, CURIE or IRI.")
@click.option("--asserted", is_flag=True, help="Leave out what was computed or inferred.")
@click.option("--no-quotes", is_flag=True, help="Leave out the words of articles.")
@click.option("--provenance", is_flag=True, help="Add when articles came and went.")
def export(
    what: str | None,
    place: Path | None,
    store: Place | None,
    output: Path | None,
    how: str | None,
    article: str | None,
    asserted: bool,
    no_quotes: bool,
    provenance: bool,
) -> None:
    """Write the graph to a file WHAT (.ttl, .trig, .nq, .jsonld), or as --format for other tools.

    `kg export timeline.svg`, timeline.html, network.svg and map.svg are pictures, `kg export site
    DIR` is a site of files for a new or empty folder. A second name or -o tells where to write; - is
    standard output, for RDF in Turtle. Two exports of the same store are the same bytes.
    """
    from kg.export import ExportChoice

    choice = ExportChoice(article, asserted=asserted, quotes=not no_quotes, provenance=provenance)
    target = _target(what, place, output, how)
    given = project(store)
    chosen = _chosen(what, target, how)
    if chosen not in _ENDINGS.values() and choice != ExportChoice():
        options = "--article, --asserted, --no-quotes and --provenance"
        raise UsageError(f"{options} go with {', '.join(_ENDINGS)}, not with {chosen}")
    if chosen == _SITE:
        _write_site(given, target)
        return
    with opened(given) as reading:
        data = _data(given, reading, chosen, choice)
    write_out(data, target)


def _target(what: str | None, place: Path | None, output: Path | None, how: str | None) -> Path:
    """Return where to write: the second name, -o, else the first name; standard output with --format."""
    named = what is not None and (what == _SITE or what in _PICTURES)
    if place and (output or not named):
        raise UsageError(f"{place}: there is one place to write to; take out the other")
    if what and output and not named:
        raise UsageError(f"{what}: -o tells already where to write; take out one of the two")
    found = place or output
    if what == _SITE and how is None:
        if found is None or str(found) == "-":
            raise UsageError("kg export site needs a folder: kg export site DIR")
        return found
    if found is None and what is None and how is None:
        raise UsageError("tell what to write: kg export graph.ttl, timeline.svg, site DIR, or --format")
    return found or Path(what or "-")


def _chosen(what: str | None, target: Path, how: str | None) -> str:
    """Return the format, the picture or the site that is meant."""
    name = what if what in (_SITE, *_PICTURES) else target.name
    if how:
        return how
    if name == _SITE or name in _PICTURES:
        return name
    found = _ENDINGS.get(target.suffix) or ("turtle" if str(target) == "-" else None)
    if found is None:
        known = ", ".join((*_ENDINGS, *_PICTURES))
        raise UsageError(f"{target}: tell what it is by its name ({known}) or --format")
    return found


def _data(given: Project, store: Store, chosen: str, choice: ExportChoice) -> bytes:
    if chosen in _PICTURES:
        from kg.web.drawings import drawing

        return drawing(_site(given, store), chosen)
    if chosen in _TOOLS:
        from kg.exchange import exchange

        return exchange(store, chosen, given.resources)
    from kg.api import export_store

    return export_store(store, chosen, choice)


def _site(given: Project, store: Store) -> Site:
    from kg.web.site import Site

    return Site.of(store, given.resources, _MOST)


def _write_site(given: Project, folder: Path) -> None:
    from kg.web.static import site_files

    target = folder.resolve()
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise UsageError(f"{folder}: is there already and not empty; name a new folder")
    with opened(given) as reading:
        _write_folder(site_files(_site(given, reading)), target)


def _write_folder(files: Iterable[tuple[str, bytes]], target: Path) -> None:
    """Write files beside their folder, then give it its name: it is there as a whole or not at all."""
    draft: Path | None = None
    try:
        draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        for name, data in files:
            file = draft / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data)
        draft.chmod(0o777 & ~current_umask())
        draft.rename(target)
        draft = None
    except OSError as error:
        raise KgError(f"{target}: cannot be written: {error.strerror}") from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
