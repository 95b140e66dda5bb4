"""Keeps a graph in a folder: the log (`log`), the quads (`oxigraph/`), the index (`index.sqlite`).

The quads may be on a SPARQL server instead, which `kg.json` names then. Only the log cannot be
computed anew. One process writes at a time. The quads and the index each remember how far into
the log they know; whoever opens a store for writing brings them up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from kg.address import About
from kg.backing import Backing
from kg.catalogue import Catalogue
from kg.database import Database
from kg.dataset import Dataset
from kg.digests import digest_of
from kg.embedded import Embedded
from kg.errors import StoreError
from kg.folder import Folder, create_folder
from kg.index import Index
from kg.iri import BASE, Names
from kg.log import Log, draft_log
from kg.records import Admitted, Record, decode
from kg.terms import TYPE, kg, plain
from kg.twofold import open_log, put_in_place
from kg.view import NOTHING, Change, View, replacing

if TYPE_CHECKING:
    import rdflib

DEFAULT: Final = About(BASE)


class Store:
    """A knowledge graph on disk, in memory or on a server. Use it as a context manager, or close it."""

    def __init__(self, backing: Backing, names: Names, log: Log, folder: Folder | None) -> None:
        self.names = names
        self.log = log
        self.backing = backing
        self._folder = folder
        self._index: Index | None = None
        self._beside: Path | None = None
        self._reading: Database | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        anew: bool = False,
        about: About = DEFAULT,
    ) -> Store:
        """Open the store in a folder; `about` counts only where one is created.

        `anew` throws away first what can be computed from the log, even if it is damaged.
        Raises StoreError where there is none, it is in use, damaged, or of another format.
        """
        if create and not (path / "kg.json").exists():
            create_folder(path, about)
        folder = Folder.open(path, read_only=read_only)
        try:
            log = open_log(path, read_only=read_only)
            folder.begin(anew=anew)
            backing = _backing(folder, log, anew=anew)
        except StoreError:
            folder.release()
            raise
        return cls(backing, Names(folder.base), log, folder)

    @classmethod
    def memory(cls, base: str = BASE) -> Store:
        """Return an empty store that lives as long as the value does."""
        return cls(Embedded(), Names(base), Log.memory(), None)

    @classmethod
    def over(cls, quads: pyoxigraph.Store, base: str = BASE, *, folder: Path | None = None) -> Store:
        """Return a store over quads that are kept elsewhere, such as a snapshot of the one in `folder`.

        Its log is empty.
        """
        found = cls(Embedded(quads=quads), Names(base), Log.memory(), None)
        found._beside = folder
        return found

    @classmethod
    def reached(cls, url: str) -> Store:
        """Return the store whose quads are on a server, for reading; its log may be anywhere.

        Raises StoreError where the server does not answer, or has no store.
        """
        from kg.served import reached

        found = reached(url)
        return cls(found, Names(found.base), Log.memory(), None)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        notes = self.dataset.quads_for_pattern(None, None, None, self._log_node)
        return len(self.dataset) - sum(1 for _ in notes)

    @property
    def dataset(self) -> Dataset:
        """The quads, for look-ups. Raises StoreError once closed."""
        return self.backing.dataset

    @property
    def oxigraph(self) -> pyoxigraph.Store:
        """The quads, as pyoxigraph's store. Raises StoreError once closed, and where a server has them."""
        if isinstance(self.backing, Embedded):
            return self.backing.dataset
        raise StoreError("the quads are on a server; ask there")

    @property
    def index(self) -> Index:
        """What is looked up to link articles; opened when first asked for."""
        if self._index is None:
            self._index = Index.open(self._folder.path / "index.sqlite" if self._folder else None)
        return self._index

    @property
    def catalogue(self) -> Catalogue | None:
        """Which events there are, or None where the index does not know what the quads know."""
        folder = self._beside or (self._folder.path if self._folder and self._folder.read_only else None)
        try:
            if folder is None:
                found = self.index.catalogue
            else:
                self._reading = self._reading or Database.read(folder / "index.sqlite")
                found = Catalogue(self._reading)
            return found if found.applied == self.applied != "" else None
        except StoreError:
            return None

    @property
    def applied(self) -> str:
        """The generation of the log and the byte up to which the quads know it; empty in a new store."""
        return self.noted("applied")

    @property
    def rules(self) -> str:
        """The digest of the axioms that the inferred quads follow from, or nothing."""
        return self.noted("rules")

    @property
    def behind(self) -> bool:
        """Whether the log holds what the quads do not know yet."""
        return self.applied != self.log.mark and not (self.log.empty and not self.applied)

    @property
    def _log_node(self) -> NamedNode:
        return NamedNode(self.names.graph("log"))

    @property
    def shared(self) -> Path | None:
        """The folder that other processes may read at the same time; None in memory or while writing."""
        if self._folder is None or self._folder.server:
            return None
        return self._folder.path if self._folder.read_only else None

    def view(self) -> View:
        """Return the quads for look-ups."""
        return View(self.dataset)

    def write(self, change: Change, mark: str) -> None:
        """Make a change, and remember the mark up to which the log is known.

        Without that note the change is made again. Raises StoreError where it cannot be written.
        """
        self.backing.change(change, self._note("applied", mark))

    def publish(self) -> None:
        """Let those who read beside a writer see what was written."""
        self.backing.publish()

    def know(self, rules: str) -> None:
        """Remember the axioms that the inferred quads follow from."""
        self.backing.change(NOTHING, self._note("rules", rules))

    def learn(self, vocabulary: Iterable[Quad]) -> bool:
        """Replace what the store knows of the ontology's terms; returns whether it changed."""
        change = replacing(self.quads(self.names.graph("ontology")), terms := frozenset(vocabulary))
        self.backing.change(change, self._note("terms", str(digest_of(terms))))
        return bool(change)

    def articles(self) -> tuple[str, ...]:
        """Return the IRIs of all articles, sorted."""
        found = self.dataset.quads_for_pattern(None, TYPE, kg("Article"), None)
        return tuple(sorted({plain(quad.subject) for quad in found}))

    def graph_of(self, article: str) -> str:
        """Return the named graph of an article, or nothing."""
        found = self.dataset.quads_for_pattern(NamedNode(article), TYPE, kg("Article"), None)
        return next((plain(quad.graph_name) for quad in found), "")

    def quads(self, graph: str = "") -> Iterator[Quad]:
        """Yield the quads of a graph, or of all but the note of how far the log is known.

        Raises StoreError where the files are damaged.
        """
        wanted = NamedNode(graph) if graph else None
        try:
            for quad in self.dataset.quads_for_pattern(None, None, None, wanted):
                if quad.graph_name != self._log_node:
                    yield quad
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store cannot be read: {error}; kg fsck tells what is damaged") from error

    def records(self) -> Iterator[Record]:
        """Yield all records of the log, the oldest first."""
        return (decode(frame.payload) for frame in self.log.frames())

    def text(self, graph: str) -> str | None:
        """Return the text of the article with this graph, or None."""
        held = self.index.held(graph=graph)
        records = (decode(self.log.frame(each.start).payload) for each in held)
        return next((each.text for each in records if isinstance(each, Admitted)), None)

    def forget(self) -> None:
        """Throw away what can be computed from the log: the quads and the index, with their files.

        Raises StoreError where files cannot be removed.
        """
        if self._index is not None:
            self._index.close()
            self._index = None
        self.backing.clear()

    def replace_log(self, payloads: Iterable[bytes]) -> None:
        """Write the log anew with these records, and throw away what followed from the old one."""
        if self._folder is None:
            self.log = Log.memory()
            for payload in payloads:
                self.log.append(payload)
            self.forget()
            return
        try:
            draft_log(self._folder.path / "log", payloads)
            self.log.close()
            self.forget()
            put_in_place(self._folder.path)
        except OSError as error:
            raise StoreError(f"{self._folder.path}: cannot be written: {error.strerror}") from error
        finally:
            self.log = open_log(self._folder.path, read_only=False)

    def as_rdflib(self) -> rdflib.Dataset:
        """Return the store as an rdflib dataset, whose default graph is the union of all."""
        import oxrdflib
        import rdflib

        return rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self.oxigraph), default_union=True)

    def close(self) -> None:
        """Flush to disk, and let other processes in."""
        if self._index is not None:
            self._index.close()
            self._index = None
        if self._reading is not None:
            self._reading.close()
        self.log.close()
        self.backing.close()
        if self._folder is not None:
            self._folder.release()

    def noted(self, name: str) -> str:
        """Return what the store notes of itself under a name (applied, rules, terms), or nothing."""
        found = self.dataset.quads_for_pattern(self._log_node, kg(name), None, self._log_node)
        return next((plain(quad.object) for quad in found), "")

    def _note(self, name: str, words: str) -> Change:
        node = self._log_node
        old = self.dataset.quads_for_pattern(node, kg(name), None, node)
        return replacing(old, [Quad(node, kg(name), Literal(words), node)])


def _backing(folder: Folder, log: Log, *, anew: bool) -> Backing:
    """Open the quads of a folder, where they are."""
    if not folder.server:
        return Embedded(folder)
    from kg.served import opened

    return opened(folder, log, anew=anew)
