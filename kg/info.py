"""Tells what a store holds and who wrote it, in lines of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from kg.folder import FORMAT
from kg.store import Store
from kg.terms import TYPE, kg, plain


def info_text(store: Store, folder: Path) -> str:
    """Return the description of a store, one `name<tab>value` line each."""
    return "".join(f"{name}\t{value}\n" for name, value in _facts(store, folder))


def _facts(store: Store, folder: Path) -> Iterator[tuple[str, str]]:
    kinds = {"article": "Article", "event": "Event", "report": "EventReport", "claim": "Claim"}
    yield "store", str(folder)
    yield "format", str(FORMAT)
    yield "kg", version("kgnews")
    yield "ontology", store.rules or "none yet"
    yield "base", store.names.base
    yield "quads", str(len(store))
    for name, kind in kinds.items():
        found = store.dataset.quads_for_pattern(None, TYPE, kg(kind), None)
        yield f"{name}s", str(len({plain(quad.subject) for quad in found}))
    sizes = Counter(plain(quad.graph_name) for quad in store.dataset)
    for graph, number in sorted(sizes.items()):
        yield f"graph {graph.removeprefix(store.names.base)}", str(number)
    kinds_of = Counter(type(record).__name__.lower() for record in store.records())
    for name, number in sorted(kinds_of.items()):
        yield f"log {name}", str(number)
    times = [record.at for record in store.records()]
    if times:
        yield "first change", min(times)
        yield "last change", max(times)
    yield from _sizes(folder)


def _sizes(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the bytes of each part of a store; only the log cannot be computed anew."""
    files = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    for part in ("log", "oxigraph", "index.sqlite"):
        sizes = (n for path, n in files.items() if path.relative_to(folder).parts[0].startswith(part))
        yield f"bytes of {part}", str(sum(sizes))
    yield "bytes on disk", str(sum(files.values()))
