"""Builds a part of a corpus into a shard, and fills a store from all of them.

What an article says is a pure function of it, so parts can be built anywhere and in any order;
only linking and the log need one place. Articles come into the store in the order in which one
build would have read them: the same store comes of it.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from kg.axioms import vocabulary
from kg.cache import Cache
from kg.changes import Contribution
from kg.commit import Knowledge, from_nquads
from kg.finding import find_files, items
from kg.iri import Names
from kg.items import Item
from kg.mapping import to_nquads
from kg.naming import article_graph, article_iri
from kg.pipeline import Failed, Kit, Placed, Taken, each_taken, place
from kg.shards import Draft, Head, Line, Shard, drafted, finished, lines
from kg.store import Store
from kg.summary import Figures
from kg.validate import Checker
from kg.workers import Plan

Taking = Callable[[Iterable[Item]], Iterator[Taken | Failed]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is built, and with what: the articles' files, the plan of a kit, the base of IRIs."""

    paths: tuple[Path, ...]
    plan: Plan
    base: str

    def head(self, kit: Kit) -> Head:
        """Return what tells shards of this build from those of others."""
        known = Cache.of(Path(), self.plan.found, kit.reader).base
        files = [(str(path), path.stat().st_size if path.exists() else 0) for path in find_files(self.paths)]
        given = asdict(self.plan.overrides) if self.plan.overrides else {}
        about = json.dumps([known, files, given, self.plan.min_confidence], sort_keys=True)
        return Head(self.base, sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def make(
    corpus: Corpus, shard: Shard, folder: Path, kit: Kit, *, taken: Taking | None = None
) -> Iterator[Taken | Failed]:
    """Build one shard into a folder, and yield its articles; nothing where it is there already.

    It is whole once the last article was asked for. Raises KgError where it cannot be written,
    ReadError where the folder has such a shard of another build.
    """
    head = corpus.head(kit)
    if finished(folder, shard, head):
        return
    names, places = Names(corpus.base), deque[int]()

    def chosen() -> Iterator[Item]:
        for at, item in enumerate(items(find_files(corpus.paths))):
            if shard.holds(item.path):
                places.append(at)
                yield item

    with drafted(folder, shard, head) as draft:
        for each in taken(chosen()) if taken else each_taken(chosen(), kit, corpus.plan.overrides):
            _write(draft, places.popleft(), each, names)
            yield each


def _write(draft: Draft, at: int, each: Taken | Failed, names: Names) -> None:
    if isinstance(each, Failed):
        draft.add(Line(at, str(each.path), problem=each.reason))
        return
    article, events = each.article, each.extraction.events
    said = Line(
        at,
        str(each.path),
        article_iri(article, names).value,
        article_graph(article, names).value,
        article.url or "",
        article.text,
        to_nquads(article, events, names),
        asdict(Figures.of(each.extraction)),
    )
    draft.add(said)


def fill(
    folder: Path, store: Store, knowledge: Knowledge, checker: Checker
) -> Iterator[tuple[Placed | Failed, Figures]]:
    """Put the articles of all shards of a folder into a store, and yield what became of each.

    Stopped and begun again it goes on: what the store has is no new record. Raises ReadError for a
    missing or damaged shard, StoreError for one of another base.
    """
    store.learn(vocabulary(knowledge.axioms, store.names))
    for line in lines(folder):
        path = Path(line.path)
        if line.problem:
            yield Failed(path, line.problem), Figures()
            continue
        given = Contribution(line.article, line.graph, from_nquads(line.quads), line.text, line.url)
        yield place(path, given, store, knowledge, checker), Figures(**line.figures)
