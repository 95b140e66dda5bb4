"""Keeps quads and texts in a folder: `oxigraph/`, `texts/<sha256>.txt`, `kg.json`.

One process writes at a time. An article's build replaces its older one in one transaction,
at a cost that does not depend on how much the store holds.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.changes import Change, Contribution, change, neighbourhood
from kg.errors import StoreError
from kg.iri import BASE, Names
from kg.terms import TYPE, kg, plain, schema

if TYPE_CHECKING:
    import rdflib

FORMAT: Final = 1


class Store:
    """A knowledge graph on disk or in memory. Use it as a context manager, or close it."""

    def __init__(self, quads: pyoxigraph.Store, names: Names, folder: _Folder | None) -> None:
        self.names = names
        self._quads: pyoxigraph.Store | None = quads
        self._folder = folder
        self._texts: dict[str, str] = {}

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False, base: str = BASE) -> Store:
        """Open the store in a folder; `base` counts only where one is created.

        Raises StoreError where there is none, it is in use, damaged, or of a newer format.
        """
        if create and not (path / "kg.json").exists():
            _create(path, base)
        folder = _Folder.open(path, read_only=read_only)
        place = str(path / "oxigraph")
        try:
            opened = pyoxigraph.Store.read_only(place) if read_only else pyoxigraph.Store(place)
        except (OSError, ValueError, RuntimeError) as error:
            folder.release()
            fix = "build into another folder with --store, or put a copy in its place"
            raise StoreError(f"{path}: the store does not open: {error}; {fix}") from error
        return cls(opened, Names(folder.base), folder)

    @classmethod
    def memory(cls, base: str = BASE) -> Store:
        """Return an empty store that lives as long as the value does."""
        return cls(pyoxigraph.Store(), Names(base), None)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.oxigraph)

    @property
    def oxigraph(self) -> pyoxigraph.Store:
        """The quads, as pyoxigraph's store. Raises StoreError once closed."""
        if self._quads is None:
            raise StoreError("the store is closed")
        return self._quads

    def replace(self, contribution: Contribution) -> bool:
        """Put in an article's build and take out its older one, in one transaction.

        Returns whether anything changed: the same build again is not written. Raises StoreError
        where the base is another one or the store cannot be written.
        """
        if not contribution.graph.startswith(self.names.graph("")):
            raise StoreError(f"{contribution.graph}: not below this store's base {self.names.base}")
        text_is_new = self._keep_text(contribution.text)
        return self._apply(change(self.oxigraph, contribution, self.names)) or text_is_new

    def remove(self, article: str) -> bool:
        """Take out an article and exactly what only it supported; returns whether it was there."""
        node = NamedNode(article)
        found = list(self.oxigraph.quads_for_pattern(node, TYPE, kg("Article"), None))
        for quad in found:
            empty = Contribution(article, plain(quad.graph_name), (), "")
            hashes = self.oxigraph.quads_for_pattern(node, schema("sha256"), None, None)
            digests = [plain(each.object) for each in hashes]
            self._apply(change(self.oxigraph, empty, self.names))
            for digest in digests:
                self._forget_text(digest)
        return bool(found)

    def learn(self, vocabulary: Iterable[Quad]) -> bool:
        """Replace what the store knows of the ontology's terms; returns whether it changed."""
        given = frozenset(vocabulary)
        graph = NamedNode(self.names.graph("ontology"))
        old = frozenset(self.oxigraph.quads_for_pattern(None, None, None, graph))
        return self._apply(Change(old - given, given - old))

    def put(self, graph: NamedNode, quads: Iterable[Quad]) -> int:
        """Add quads in one transaction, replacing what this graph held; return how many are new."""
        given = frozenset(quads)
        old = frozenset(self.oxigraph.quads_for_pattern(None, None, None, graph))
        new = frozenset(quad for quad in given if quad not in self.oxigraph)
        self._apply(Change(old - given, new))
        return len(new)

    def articles(self) -> tuple[str, ...]:
        """Return the IRIs of all articles, sorted."""
        found = self.oxigraph.quads_for_pattern(None, TYPE, kg("Article"), None)
        return tuple(sorted({plain(quad.subject) for quad in found}))

    def neighbourhood(self, article: str) -> Iterator[Quad]:
        """Yield an article's quads with its links, events and entities, without inferred ones."""
        for quad in self.oxigraph.quads_for_pattern(NamedNode(article), TYPE, kg("Article"), None):
            yield from neighbourhood(self.oxigraph, plain(quad.graph_name), self.names)

    def text(self, digest: str) -> str | None:
        """Return the article text with this SHA-256 (hex), or None."""
        if self._folder is None:
            return self._texts.get(digest)
        path = self._folder.text(digest)
        return path.read_bytes().decode("utf-8") if path.is_file() else None

    def as_rdflib(self) -> rdflib.Dataset:
        """Return the store as an rdflib dataset, whose default graph is the union of all."""
        import oxrdflib
        import rdflib

        return rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self.oxigraph), default_union=True)

    def close(self) -> None:
        """Flush to disk, and let other processes in."""
        if self._quads is not None and self._folder is not None:
            if not self._folder.read_only:
                self._quads.flush()
            self._quads = None
            self._folder.release()
        self._quads = None

    def _apply(self, changes: Change) -> bool:
        if changes:
            try:
                self.oxigraph.update(changes.update())
            except (OSError, RuntimeError) as error:
                raise StoreError(f"the store refuses to write: {error}") from error
        return bool(changes)

    def _keep_text(self, text: str) -> bool:
        digest = sha256(text.encode("utf-8")).hexdigest()
        if self.text(digest) == text:
            return False
        if self._folder is None:
            self._texts[digest] = text
        else:
            self._folder.write(self._folder.text(digest), text)
        return True

    def _forget_text(self, digest: str) -> None:
        self._texts.pop(digest, None)
        if self._folder is not None:
            self._folder.text(digest).unlink(missing_ok=True)


class _Folder:
    """The folder of a store, and the lock on it."""

    def __init__(self, path: Path, base: str, lock: IO[str] | None, *, read_only: bool) -> None:
        self.path = path
        self.base = base
        self.read_only = read_only
        self._lock = lock

    @classmethod
    def open(cls, path: Path, *, read_only: bool) -> _Folder:
        base = _read_base(path)
        return cls(path, base, _lock(path, read_only=read_only), read_only=read_only)

    def text(self, digest: str) -> Path:
        return self.path / "texts" / f"{digest}.txt"

    def write(self, path: Path, text: str) -> None:
        """Write a file whole or not at all."""
        if self.read_only:
            raise StoreError(f"{self.path}: opened for reading only")
        draft = path.with_suffix(".part")
        try:
            draft.write_bytes(text.encode("utf-8"))
            draft.replace(path)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}") from error

    def release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _create(path: Path, base: str) -> None:
    """Make an empty store. Raises StoreError where the folder holds something else."""
    try:
        if path.is_dir() and any(path.iterdir()):
            raise StoreError(f"{path}: not empty and not a store; choose another folder")
        (path / "texts").mkdir(parents=True)
        about = json.dumps({"format": FORMAT, "base": base}, indent=1)
        (path / "kg.json").write_text(about + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path}: cannot make a store: {error.strerror}") from error


def _read_base(path: Path) -> str:
    try:
        about = json.loads((path / "kg.json").read_text(encoding="utf-8"))
        version, base = int(about["format"]), str(about["base"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(f"{path}: no store here (no kg.json); kg build makes one") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot read the store: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise StoreError(f"{path}/kg.json: damaged; it must hold a format and a base") from error
    if version > FORMAT:
        raise StoreError(f"{path}: format {version} is newer than {FORMAT}; upgrade kgnews")
    return base


def _lock(path: Path, *, read_only: bool) -> IO[str] | None:
    """Lock the store: alone for writing, together with others for reading."""
    file = path / "lock"
    try:
        if read_only and not file.exists():
            return None
        lock = file.open("r" if read_only else "a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path}: cannot write here: {error.strerror}") from error
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if read_only else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read().strip() or "another process"
        lock.close()
        raise StoreError(f"{path}: in use by {holder}; wait for it to end") from error
    if not read_only:
        lock.truncate(0)
        lock.write(f"process {os.getpid()} ({Path(sys.argv[0]).name})")
        lock.flush()
    return lock
