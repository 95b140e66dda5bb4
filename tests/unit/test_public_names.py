"""`kg` offers a small, lazily imported set of names."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kg

FOLDER = Path(kg.__file__).parent


def typed_names() -> set[str]:
    """Return the names that a type checker sees."""
    tree = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    return {a.asname or a.name for node in block.body if isinstance(node, ast.ImportFrom) for a in node.names}


@pytest.mark.parametrize("name", kg.__all__)
def test_a_public_name_can_be_had_and_has_a_docstring(name: str) -> None:
    assert getattr(kg, name).__doc__


def test_the_type_checker_sees_the_same_names() -> None:
    assert typed_names() == set(kg.__all__) == set(kg._PUBLIC)


def test_no_public_name_is_that_of_a_module() -> None:
    modules = {path.stem for path in FOLDER.iterdir()}

    assert modules & set(kg.__all__) == set()


def test_every_public_name_is_documented() -> None:
    text = (FOLDER.parent / "docs" / "api.md").read_text(encoding="utf-8")

    assert [name for name in kg.__all__ if f"`{name}" not in text] == []


def test_an_unknown_name_is_refused_with_where_to_look() -> None:
    with pytest.raises(AttributeError, match=r"docs/api\.md"):
        kg.nothing  # noqa: B018 - the access is what is tested


def loaded_by(code: str) -> set[str]:
    """Return the top-level packages that are loaded after running code in a fresh Python."""
    shown = f"{code}\nimport sys; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, check=True, text=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_kg_imports_nothing_else() -> None:
    assert loaded_by("import kg") - loaded_by("pass") <= {"kg", "__future__"}


def test_help_loads_click_and_none_of_the_libraries() -> None:
    code = "from click.testing import CliRunner\nfrom kg.cli import cli\nCliRunner().invoke(cli, ['--help'])"
    heavy = {"spacy", "numpy", "rdflib", "pyshacl", "owlrl", "rich", "pyoxigraph", "yaml", "trafilatura"}

    loaded = loaded_by(code)

    assert "click" in loaded
    assert loaded & heavy == set()
