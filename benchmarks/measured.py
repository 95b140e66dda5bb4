"""What the benchmarks share: their options, how they print, and the commit that every result names."""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path


def options(about: str | None, *, growing: bool = False) -> argparse.ArgumentParser:
    """Return the options that benchmarks share; `growing` ones take sizes of stores, and turns."""
    made = argparse.ArgumentParser(description=(about or "").split("\n", maxsplit=1)[0])
    made.add_argument("--json", action="store_true", dest="as_json")
    if growing:
        made.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
        made.add_argument("--turns", type=int, default=21)
    return made


def tell(found: Mapping[str, object], *, as_json: bool, **more: object) -> None:
    """Print figures as a table, or as one JSON object with the commit and more."""
    if as_json:
        print(json.dumps({**found, "commit": commit(), **more}))
    else:
        print("".join(f"{name}\t{value}\n" for name, value in found.items()), end="")


def commit() -> str:
    """Return the commit that is measured, or nothing outside a clone."""
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607  # whatever git is installed
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip()
