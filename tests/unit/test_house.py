"""What must not stand in the tree: hosts of registries, paths of a machine, leftovers, measured texts."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = 8
HOSTS = re.compile(
    "|".join(
        ["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.", r"deb\." + "debian", r"/simple/?(\s|$)"]
    )
)
PATHS = re.compile(r"(?<![\w./<-])/(?:" + "|".join(["work", "root", "home", "Users", "tmp", "opt"]) + r")/\w")
LEFTOVERS = re.compile(
    r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b|^[<>=]{7}( |$)"
)


def tracked() -> list[Path]:
    """Return the files under version control; in a bare copy of the tree, all but hidden and made ones."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        names = [ROOT / name for name in listed.split("\0") if name]
    else:
        names = [path for top in ROOT.iterdir() if not top.name.startswith(".") for path in _below(top)]
    return sorted(path for path in names if path.is_file())


def _below(top: Path) -> Iterable[Path]:
    made = {"build", "dist", "store"}
    return [] if top.name in made else [top, *(p for p in top.rglob("*") if "__pycache__" not in p.parts)]


def lines() -> Iterator[tuple[str, str]]:
    """Yield each line of the tree with its place."""
    for path in tracked():
        for number, line in enumerate(_text(path).split("\n"), 1):
            yield f"{path.relative_to(ROOT)}:{number}", line


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def found(pattern: re.Pattern[str], given: Iterable[tuple[str, str]]) -> list[str]:
    """Return the places of the lines that a pattern is found in."""
    return [place for place, line in given if pattern.search(line)]


def runs(text: str, size: int = RUN) -> set[str]:
    """Return every run of words of a text, without case and punctuation."""
    words = re.findall(r"[^\W_]+", text.lower())
    return {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}


def measured(folder: Path) -> set[str]:
    """Return the runs of words of the texts that kg is measured on."""
    texts = [_text(folder / "article" / "article.txt")]
    texts += _strings(json.loads(_text(folder / "plover-gsr" / "dev.json")))
    for path in [*folder.glob("petrarch2/*.xml"), *folder.glob("meantime-apple/*/*.xml")]:
        texts.append(re.sub(r"<[^>]*>", " ", _text(path)))
    return {run for text in texts for run in runs(text)}


def _strings(node: object) -> list[str]:
    match node:
        case str():
            return [node]
        case list():
            return [text for item in node for text in _strings(item)]
        case dict():
            return [text for item in node.values() for text in _strings(item)]
    return []


def test_no_line_names_the_host_of_a_registry() -> None:
    assert found(HOSTS, lines()) == []


def test_no_line_holds_a_path_of_a_machine() -> None:
    assert found(PATHS, lines()) == []


def test_nothing_is_left_over() -> None:
    assert found(LEFTOVERS, lines()) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (HOSTS, "index-url = https://" + "pypi" + ".org/pypi"),
        (HOSTS, "https://mirror.example/" + "simple"),
        (PATHS, "see /" + "root/kg for more"),
        (PATHS, 'open("/' + 'tmp/x")'),
        (LEFTOVERS, "# TO" + "DO: later"),
        (LEFTOVERS, "<<<" + "<<<< HEAD"),
    ],
)
def test_each_of_these_would_be_found(pattern: re.Pattern[str], line: str) -> None:
    assert found(pattern, [("here:1", line)]) == ["here:1"]


def test_no_run_of_eight_words_of_a_measured_text_stands_in_the_tree(evaluation: Path) -> None:
    forbidden = measured(evaluation)

    assert {str(p.relative_to(ROOT)): both for p in tracked() if (both := runs(_text(p)) & forbidden)} == {}


def test_a_copied_run_would_be_found(evaluation: Path) -> None:
    article = _text(evaluation / "article" / "article.txt").split()
    copied = "He said:\n" + ",  ".join(article[200:210]).upper()

    assert runs(copied) & measured(evaluation)
