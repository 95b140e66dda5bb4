"""`kg bench coverage FOLDER...`: what fires on one text alone, and so may be fitted to it.

The texts are those below the folders and the examples in the event-type files. A pattern
fires where it matches, a word of the lexicon where its lemma stands, a curated actor where
one of its names is resolved. What fires on two texts is no longer suspect; what fires on
none is only unproven.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kg.annotate import annotate
from kg.bench.texts import texts
from kg.examples import sentence_article
from kg.extract.drafts import Phrases
from kg.extract.match import Matcher
from kg.extract.people import learn_people
from kg.extract.resolve import Resolver
from kg.extract.tree import Tree
from kg.extraction import Reader
from kg.model import Article
from kg.ontology import Ontology

Item = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Figures, and the items that fire on exactly one text: (kind, item, text)."""

    figures: dict[str, int]
    alone: tuple[tuple[str, str, str], ...]

    def on(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return the items that fire on this text alone."""
        return tuple((kind, item) for kind, item, name in self.alone if name == text)


def coverage(folders: Iterable[Path], reader: Reader) -> Coverage:
    """Run everything over every text below the folders."""
    fired: dict[Item, set[str]] = defaultdict(set)
    count = 0
    for name, article in chain(texts(folders), _examples(reader.ontology)):
        count += 1
        for item in _fired(article, reader):
            if len(fired[item]) < 2:
                fired[item].add(name)
    alone = sorted(
        (kind, item, next(iter(names))) for (kind, item), names in fired.items() if len(names) == 1
    )
    kinds = {kind: sum(1 for k, _ in fired if k == kind) for kind in ("pattern", "word", "name")}
    figures = {"texts": count, **{f"{kind}s_fired": n for kind, n in kinds.items()}, "alone": len(alone)}
    return Coverage(figures, tuple(alone))


def _examples(ontology: Ontology) -> Iterator[tuple[str, Article]]:
    for kind in ontology.types.values():
        for number, example in enumerate(kind.examples):
            yield f"{kind.name}-{number}", sentence_article(example.text)


def _fired(article: Article, reader: Reader) -> Iterator[Item]:
    ontology = reader.ontology
    trees = [Tree.of(sentence) for sentence in annotate(article, reader.parser).sentences]
    people = learn_people(trees, ontology, article.sha256)
    resolver = Resolver(ontology, article.text, article.sha256, people, {})
    phrases = Phrases.of(ontology)
    lemmas = _lemmas(ontology)
    for tree in trees:
        for table in (phrases.plain, phrases.refused):
            for match in Matcher(table, ontology.lexicon.light, resolver.fits).matches(tree):
                yield "pattern", match.pattern.phrase
        for token in tree.sentence.tokens:
            if token.lemma.lower() in lemmas:
                yield "word", token.lemma.lower()
            if token.pos == "PROPN":
                for reading in resolver.readings(tree, token.index):
                    if not reading.entity.described and ontology.is_a(reading.entity.kind, ("Actor",)):
                        yield "name", reading.entity.label


def _lemmas(ontology: Ontology) -> frozenset[str]:
    words = ontology.lexicon
    groups = (words.speech, words.implicatives, words.hedges, words.adjectives, words.irrealis)
    return frozenset(lemma for group in (*groups, words.casualties) for lemma in group)


def table(found: Coverage) -> str:
    """Return the figures and the suspects as plain text."""
    lines = [f"{name:16} {number}" for name, number in found.figures.items()]
    lines += [f"{kind}\t{item}\t{text}" for kind, item, text in found.alone]
    return "".join(f"{line}\n" for line in lines)
