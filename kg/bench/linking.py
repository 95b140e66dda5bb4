"""Which gold mentions are of one event: `kg bench ecb PATH`, and a part of `kg bench meantime`.

docs/bench.md defines the figures; mentions are clustered within their topic.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.bench.coreference import Clusters, b_cubed, ceaf_e, conll, f1, muc, pairs
from kg.bench.mention_accounts import Told, told
from kg.bench.mentions import Annotated, read_mentions
from kg.errors import ReadError
from kg.extraction import Reader
from kg.link.cluster import Link, cluster
from kg.link.kin import Kin

VALIDATED = "ECBplus_coreference_sentences.csv"


@dataclass(frozen=True, slots=True)
class Linked:
    """The mentions of a corpus, and the clusters and links made of them."""

    mentions: tuple[Told, ...]
    clusters: tuple[frozenset[str], ...]
    links: tuple[Link, ...]


def score_ecb(folder: Path, reader: Reader) -> Linked:
    """Link the mentions of each topic of ECB+, a folder with its files; raises ReadError."""
    paths = sorted(folder.rglob("*.xml"))
    if not paths:
        raise ReadError(f"{folder}: no topic folders with .xml files in it")
    held = _validated(folder)
    files = [_kept(read_mentions(path, path.parent.name), path, held) for path in paths]
    return link_mentions(files, reader)


def _validated(folder: Path) -> frozenset[tuple[str, str]] | None:
    """Return the (file, sentence) pairs of the list of validated sentences, None where there is none."""
    path = next((p / VALIDATED for p in (folder, folder.parent) if (p / VALIDATED).is_file()), None)
    if path is None:
        return None
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines)]
    return frozenset((f"{row[0]}_{row[1]}", row[2]) for row in rows if len(row) >= 3)


def _kept(file: Annotated, path: Path, held: Collection[tuple[str, str]] | None) -> Annotated:
    if held is None:
        return file
    tokens = file.document.tokens
    kept = [m for m in file.mentions if (path.stem, str(tokens[m.tokens[0]].sentence)) in held]
    return replace(file, mentions=tuple(kept))


def score_corpora(folder: Path, reader: Reader, part: slice = slice(None)) -> Linked | None:
    """Link the mentions of MEANTIME's corpora, each alone; None where no file has marks across files.

    `part` says which of the files, in the order of corpus and name.
    """
    name = "intra_cross-doc_annotation"
    found = {path for path in (folder, *folder.rglob(name)) if path.name == name}
    paths = [(path.parent.name, p) for path in sorted(found) for p in sorted(path.rglob("*.xml"))]
    files = [read_mentions(path, corpus) for corpus, path in paths[part]]
    return link_mentions(files, reader) if files else None


def link_mentions(files: Sequence[Annotated], reader: Reader) -> Linked:
    """Cluster the mentions of each topic."""
    mentions = told(files, reader.parser, Kin.of(reader.ontology))
    topics = dict.fromkeys(one.topic for one in mentions)
    found = [c for topic in topics for c in cluster(m.account for m in mentions if m.topic == topic)]
    links = (link for c in found for link in c.links)
    return Linked(tuple(mentions), tuple(frozenset(c.reports) for c in found), tuple(links))


def figures(linked: Linked) -> dict[str, float | int]:
    """Return the figures that docs/bench.md defines, with two simple baselines beside them."""
    mentions, found = linked.mentions, linked.clusters
    gold = grouped(mentions, lambda m: m.instance)
    recall, precision = pairs(gold, found)
    return {
        "coref_conll_f1": round(conll(gold, found), 3),
        "coref_muc_f1": round(f1(*muc(gold, found)), 3),
        "coref_b_cubed_f1": round(f1(*b_cubed(gold, found)), 3),
        "coref_ceaf_e_f1": round(f1(*ceaf_e(gold, found)), 3),
        "merge_precision": round(precision, 3),
        "merge_recall": round(recall, 3),
        "lemma_conll_f1": round(conll(gold, grouped(mentions, lambda m: m.lemma)), 3),
        "singleton_conll_f1": round(conll(gold, grouped(mentions, lambda m: m.account.report)), 3),
        "coref_mentions": len(mentions),
        "coref_events": len(gold),
    }


def grouped(mentions: Iterable[Told], by: Callable[[Told], str]) -> Clusters:
    """Return the mentions of each topic that have a property in common, as clusters."""
    found: dict[tuple[str, str], set[str]] = {}
    for mention in mentions:
        found.setdefault((mention.topic, by(mention)), set()).add(mention.account.report)
    return [frozenset(group) for group in found.values()]


def table(linked: Linked) -> str:
    """Return the figures, then each wrong link with its reasons, as plain text."""
    lines = [f"{name:30} {value}" for name, value in figures(linked).items()]
    return "".join(f"{line}\n" for line in (*lines, *_wrong(linked)))


def _wrong(linked: Linked) -> Iterator[str]:
    by = {m.account.report: m for m in linked.mentions}
    for link in linked.links:
        one, other = by[link.one], by[link.other]
        if one.instance != other.instance:
            why = f"{link.rule} {link.score}: {', '.join(link.reasons)}"
            yield "\t".join(("wrong", one.lemma, other.lemma, why, link.one, link.other))
