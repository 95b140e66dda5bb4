"""The shell completes questions, their parameters and fixed values, without opening a store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from kg.cli import cli
from kg.resources import shipped

QUERY = """#+ summary: Harm that was done
#+ params:
#+   harm: {type: one-of, label: Harm, values: [killed, injured], many: true}
#+   sure: {type: boolean, label: Sure}
#+ columns: {harm: Harm}
SELECT ?harm WHERE {
  VALUES ?harm { UNDEF }
  VALUES ?sure { UNDEF }
}
ORDER BY ?harm
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "kg.yaml").write_text("store: store\n", encoding="utf-8")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "harmed.rq").write_text(QUERY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def completed(*words: str) -> list[str]:
    """Return what is offered for the last of the words after `kg query`."""
    shell = ShellComplete(cli, {}, "kg", "_KG_COMPLETE")
    return [item.value for item in shell.get_completions(["query", *words[:-1]], words[-1])]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("timel",), ["timeline", "timelinejs"]),
        (("harm",), ["harm", "harmed"]),
        (("nothing",), []),
        (("harmed", ""), ["harm=", "sure="]),
        (("harmed", "s"), ["sure="]),
        (("harmed", "sure=true", ""), ["harm="]),
        (("harmed", "harm=killed", ""), ["harm=", "sure="]),
        (("harmed", "harm="), ["harm=killed", "harm=injured"]),
        (("harmed", "harm=k"), ["harm=killed"]),
        (("harmed", "sure=t"), ["sure=true"]),
        (("harmed", "colour="), []),
        (("harmed", "harm", "="), ["killed", "injured"]),
        (("harmed", "harm", "=", "i"), ["injured"]),
        (("timeline", "actor="), []),
        (("nothing", ""), []),
    ],
)
def test_what_the_shell_offers(project: Path, words: tuple[str, ...], offered: list[str]) -> None:
    assert completed(*words) == offered


def test_every_shipped_question_is_offered(project: Path) -> None:
    assert set(completed("")) >= {path.stem for path in (shipped() / "queries").glob("*.rq")}


def test_a_malformed_question_of_a_project_is_no_end_of_the_shell(project: Path) -> None:
    (project / "queries" / "bad.rq").write_text("SELEKT", encoding="utf-8")

    assert "timeline" in completed("")


def test_names_come_with_their_summaries(project: Path) -> None:
    shell = ShellComplete(cli, {}, "kg", "_KG_COMPLETE")
    (found,) = shell.get_completions(["query"], "harmed")

    assert found.help == "Harm that was done"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_command_prints_what_a_shell_has_to_run(shell: str) -> None:
    code = "import sys; sys.argv = ['kg']; from kg.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"_KG_COMPLETE": f"{shell}_source"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "_KG_COMPLETE=" + shell + "_complete" in done.stdout
