"""`docs/exports.md` is true: its commands run, write what they name and print what it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from kg.cli.exporting import _PICTURES, _TOOLS
from kg.exchange import EXCHANGES
from kg.web.drawings import FILES

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
Run = Callable[..., CompletedProcess[str]]
REFUSED = {"kg export site pages": [0, 2]}


@pytest.fixture(scope="module")
def ran(follow: Callable[..., list[str]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Run all commands of the page in one folder; tell which did not do what is shown."""
    folder = tmp_path_factory.mktemp("exports")
    return folder, follow("docs/exports.md", folder, REFUSED)


def test_the_commands_of_the_page_do_what_it_shows(ran: tuple[Path, list[str]]) -> None:
    assert ran[1] == []


def test_each_command_writes_the_file_that_it_names(ran: tuple[Path, list[str]]) -> None:
    named = re.findall(r"^\$ kg export (?:.*-o )?(\S+\.\w+)", DOCS, re.MULTILINE)
    there = {path.name for path in ran[0].iterdir()}
    replaced = {"network.svg"} if "who-on-whom.svg" in there else set()

    assert {*named} | {"who-on-whom.svg"} - replaced <= there
    assert json.loads((ran[0] / "events.geojson").read_text())["type"] == "FeatureCollection"


def test_the_command_line_knows_all_that_the_library_can_write() -> None:
    assert set(_TOOLS) == set(EXCHANGES)
    assert set(_PICTURES) == set(FILES)
    assert all(f"`{name}`" in DOCS or name in DOCS for name in (*_TOOLS, *_PICTURES))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "tell what to write"),
        (("graph.kml",), "graph.kml: tell what it is by its name"),
        (("site",), "needs a folder"),
        (("a.ttl", "b.ttl"), "take out the other"),
        (("a.ttl", "-o", "b.ttl"), "take out one of the two"),
        (("timeline.svg", "--asserted"), "go with"),
        (("--format", "sem", "--article", "x"), "go with"),
        (("--format", "kml"), "is not one of"),
    ],
)
def test_what_does_not_go_together_is_refused_in_one_line(
    kg: Run, built: Path, args: tuple[str, ...], message: str
) -> None:
    done = kg("export", *args, cwd=built)

    assert done.returncode == 2
    assert message in done.stderr and done.stderr.count("\n") == 1


def test_standard_output_takes_any_format(kg: Run, built: Path) -> None:
    done = kg("export", "timeline.svg", "-", cwd=built)

    assert done.returncode == 0 and done.stdout.startswith("<svg ")
    assert kg("export", "--format", "plover", cwd=built).stdout.startswith("event,start,end,")
