"""`docs/actors.md` is true: its commands run, and a build in the project knows the imported names."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "actors.md").read_text(encoding="utf-8")
CSV = (
    "item,itemLabel,itemAltLabel,class,country,countryLabel,start,end\n"
    "Q900000001,Karl Ek,,human,Q34,Sweden,2019-05-04T00:00:00Z,\n"
    "Q900000002,Ada Quill,,human,Q20,Norway,2020-02-01T00:00:00Z,2021-03-01T00:00:00Z\n"
)
ACTORS = "OAK_LEAGUE [OAK]\n+LEAGUE_OF_THE_OAK\nFJORD_GUARD [XNOMIL]\nNORWAY [NOR]\n"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, kg: Run) -> Path:
    """A folder in which the commands of the page have run."""
    folder = tmp_path_factory.mktemp("actors")
    (folder / "ministers.csv").write_text(CSV, encoding="utf-8")
    (folder / "my.actors.txt").write_text(ACTORS, encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", DOCS, re.DOTALL):
        for command, shown in re.findall(r"^\$ kg (.+)\n(.*)$", block, re.MULTILINE):
            (folder / "mine" / "ontology" / "entities").mkdir(parents=True, exist_ok=True)
            done = kg(*command.split(), cwd=folder)
            assert done.returncode == 0, done.stderr
            assert shown == "…" or done.stderr == f"{shown}\n"
    return folder


def test_a_build_in_the_project_knows_the_imported_names_and_their_days(place: Path, kg: Run) -> None:
    text = "Karl Ek accused the Oak League on Monday. Ada Quill accused the Fjord Guard on Monday.\n"
    mine = place / "mine"
    (mine / "articles" / "news.txt").write_text(text, encoding="utf-8")
    done = kg("build", "articles", "--published", "2024-05-07", cwd=mine)
    graph = kg("export", "-", cwd=mine).stdout

    assert done.returncode == 0, done.stderr
    involved = "".join(line for line in graph.splitlines() if "kg:involves" in line)
    assert "oak-league-x" in involved
    assert "sweden-q34" in involved
    assert "norway-q20" not in involved


def test_the_same_list_again_gives_the_same_bytes_in_the_project_that_has_it(place: Path, kg: Run) -> None:
    had = place / "mine" / "ontology" / "entities" / "ministers.ttl"
    again = kg("actors", "import", "../ministers.csv", cwd=place / "mine")

    assert again.stdout == had.read_text(encoding="utf-8")


def test_the_turtle_of_the_page_is_read_as_it_says(place: Path, kg: Run) -> None:
    (block,) = re.findall(r"```turtle\n(.*?)```", DOCS, re.DOTALL)
    out = kg("actors", "import", "ministers.csv", cwd=place).stdout
    prefixes = "".join(line + "\n" for line in out.splitlines() if line.startswith("@prefix"))
    (place / "page.ttl").write_text(prefixes + block, encoding="utf-8")

    assert kg("validate", "page.ttl", cwd=place).returncode == 0


def test_a_fault_is_one_line_and_exits_with_3(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.actors.txt").write_text("NORWAY [NOR\n", encoding="utf-8")
    done = kg("actors", "import", "bad.actors.txt", "--format", "petrarch-actors", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "kg: bad.actors.txt:1: a bracket without its partner; write NAME [CODE]\n"
