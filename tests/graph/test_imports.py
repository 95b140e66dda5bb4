from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("rdflib", "pyshacl", "owlrl", "oxrdflib", "rich", "yaml", "spacy")
MODULES = [
    "mapping",
    "projection",
    "infer",
    "validate",
    "store",
    "query",
    "render",
    "export",
    "show",
]


@pytest.mark.parametrize("module", MODULES)
def test_importing_a_module_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, kg.{module}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert done.stdout.strip() == ""
