"""`kg bench`: figures against annotated files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from kg.cli.options import project, write_out

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def bench() -> None:
    """Measure kg against annotated files; each bench prints a table, or one JSON object."""


@bench.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--predictions", type=_FILE, help="Write what was scored.")
def article(folder: Path, as_json: bool, predictions: Path | None) -> None:
    """Compare a build of FOLDER/article.txt with its gold.json and mapping.json."""
    from kg.bench.article import score, table
    from kg.pipeline import load_kit
    from kg.read import read

    kit = load_kit(project(None).resources)
    found, rows = score(read(folder / "article.txt"), folder, kit.reader)
    if predictions:
        _write_rows(rows, predictions)
    click.echo(json.dumps(found.figures) if as_json else table(found), nl=as_json)


@bench.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def articles(folder: Path, as_json: bool) -> None:
    """Score whole articles: each NAME.txt or NAME.html of FOLDER with its NAME.json."""
    from kg.bench.articles import figures, score_articles, table
    from kg.pipeline import load_kit

    found = score_articles(folder, load_kit(project(None).resources).reader)
    click.echo(json.dumps(figures(found)) if as_json else table(found), nl=as_json)


def _sentences(command: Callable[..., None]) -> Callable[..., None]:
    """Add what the two benches of coded sentences share."""
    options = (
        click.argument("path", type=click.Path(path_type=Path, exists=True)),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        click.option(
            "--predictions", type=click.Path(path_type=Path, dir_okay=False), help="Write what was scored."
        ),
        click.option("--every", type=click.IntRange(1), default=1, help="Score only every Nth sentence ..."),
        click.option("--start", type=click.IntRange(0), default=0, help="... from this one on (for halves)."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@bench.command()
@_sentences
def sentences(path: Path, as_json: bool, predictions: Path | None, every: int, start: int) -> None:
    """Score coded sentences: kg's own format, or PLOVER's GSR."""
    _score_sentences(path, slice(start, None, every), "", as_json=as_json, predictions=predictions)


@bench.command("plover-gsr")
@_sentences
def plover_gsr(path: Path, as_json: bool, predictions: Path | None, every: int, start: int) -> None:
    """Score PLOVER's coded sentences: a file, or a folder of .json files."""
    _score_sentences(path, slice(start, None, every), "plover-gsr", as_json=as_json, predictions=predictions)


def _score_sentences(path: Path, part: slice, name: str, *, as_json: bool, predictions: Path | None) -> None:
    from kg.bench.sentences import figures, load_coded, score_sentences, table
    from kg.pipeline import load_kit

    found = score_sentences(load_coded(path)[part], load_kit(project(None).resources).reader.nearby())
    if predictions:
        rows = ({"text": item.coded.text, "event": item.row} for item in found)
        _write_rows(rows, predictions)
    click.echo(json.dumps(figures(found)) if as_json else table(found, name), nl=as_json)


def _write_rows(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    write_out("".join(lines).encode("utf-8"), path)


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


@bench.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def narrative(file: Path, as_json: bool) -> None:
    """Score times that a story itself anchors: rows of text, published, phrase and edtf."""
    from kg.annotate import load_parser
    from kg.bench.narrative import figures, score_narrative, table
    from kg.extract.rules import RuleExtractor
    from kg.ontology import load_ontology

    ontology = load_ontology(project(None).resources)
    found = score_narrative(file, load_parser(), RuleExtractor.of(ontology))
    click.echo(json.dumps(figures(found)) if as_json else table(found), nl=as_json)


@bench.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--every", type=click.IntRange(1), default=1, help="Score only every Nth article ...")
@click.option("--start", type=click.IntRange(0), default=0, help="... from this one on (for halves).")
def meantime(folder: Path, as_json: bool, every: int, start: int) -> None:
    """Score times, roles, factuality and linking against MEANTIME: FOLDER holds intra-doc_annotation."""
    from kg.bench import linking
    from kg.bench.meantime import figures, score_meantime, table
    from kg.pipeline import load_kit

    reader = load_kit(project(None).resources).reader
    part = slice(start, None, every)
    found = score_meantime(folder, reader, part)
    linked = linking.score_corpora(folder, reader, part)
    if as_json:
        click.echo(json.dumps(figures(found) | (linking.figures(linked) if linked else {})))
    else:
        click.echo((linking.table(linked) if linked else "") + table(found), nl=False)


@bench.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def ecb(folder: Path, as_json: bool) -> None:
    """Score linking against ECB+: FOLDER holds a folder of CAT XML files for each topic."""
    from kg.bench.linking import figures, score_ecb, table
    from kg.pipeline import load_kit

    found = score_ecb(folder, load_kit(project(None).resources).reader)
    click.echo(json.dumps(figures(found)) if as_json else table(found), nl=as_json)


@bench.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--codes", type=click.Choice(("weis", "cameo")), default="weis", help="What the codes are.")
def petrarch2(folder: Path, as_json: bool, codes: str) -> None:
    """Score the records of PETRARCH's unit tests in FOLDER, with their dictionaries."""
    from kg.annotate import load_parser
    from kg.bench.petrarch import figures, score_petrarch, table

    found = score_petrarch(folder, project(None).resources, load_parser(), scheme=codes)
    click.echo(json.dumps(figures(found)) if as_json else table(found), nl=as_json)


@bench.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def timeline(folder: Path, as_json: bool) -> None:
    """Draw timelines from raw text: FOLDER holds a corpus of SemEval-2015 task 4, or several."""
    from kg.bench.timeline import figures, score_timelines, table
    from kg.pipeline import load_kit

    found = score_timelines(folder, load_kit(project(None).resources).reader)
    click.echo(json.dumps(figures(found)) if as_json else table(found), nl=as_json)
