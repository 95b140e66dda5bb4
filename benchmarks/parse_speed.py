"""How fast kg reads, against a loop that does nothing but run its parser: articles a second.

    python benchmarks/parse_speed.py FOLDER [--json] [--seed N]

FOLDER holds .txt or .html articles, or annotated XML (docs/bench.md). Reading is annotate, extract
and gate; the bare loop runs the same spaCy pipeline, as spaCy loads it and without its search for
names, over every sentence, one call an article. `own_` figures are of the same loop over the
pipeline as kg runs it, names and all (`kg.components`). All take the articles in the same shuffled
order, in turns of one article, on one core, and have read them once before the clock runs.
"""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import spacy
from measured import options, tell

from kg.annotate import MODEL, SpacyParser, annotate
from kg.bench.texts import texts
from kg.extraction import Reader
from kg.model import Article, Document
from kg.pipeline import load_kit
from kg.resources import resources

Pipe = Callable[[Iterable[str]], Iterable[Any]]


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare(pipe: Pipe, document: Document) -> None:
    """Run a pipeline over the sentences of an article."""
    for _ in pipe(s.span.of(document.article.text) for s in document.sentences):
        pass


def measure(articles: list[Article], reader: Reader) -> dict[str, float]:
    """Return the figures."""
    parser = reader.parser
    assert isinstance(parser, SpacyParser)
    whole = [annotate(article, parser) for article in articles]
    read = [annotate(article, parser, reader.wanted) for article in articles]
    stock = partial(spacy.load(MODEL).pipe, disable=["ner"])
    for document in whole:
        bare(stock, document)
    own = loop = parsing = 0.0
    for article, document in zip(articles, whole, strict=True):
        own += timed(lambda article=article: reader.events(article))
        loop += timed(lambda document=document: bare(stock, document))
        parsing += timed(lambda document=document: bare(parser.components.pipe, document))
    sentences = sum(len(d.sentences) for d in read)
    return {
        "articles": len(articles),
        "sentences": sentences,
        "parsed": sum(bool(s.tokens) for d in read for s in d.sentences),
        "reading_per_second": round(len(articles) / own, 2),
        "bare_per_second": round(len(articles) / loop, 2),
        "ratio": round(loop / own, 3),
        "own_bare_per_second": round(len(articles) / parsing, 2),
        "own_ratio": round(parsing / own, 3),
    }


def main() -> None:
    """Print a table, or one JSON object."""
    asked = options(__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    articles = [article for _, article in texts([given.folder])]
    if not articles:
        asked.error(f"{given.folder}: no article in it")
    random.Random(given.seed).shuffle(articles)  # noqa: S311  # an order, no secret
    reader = load_kit(resources()).reader
    gc.freeze()  # as kg build does
    found = measure(articles, reader)
    tell(found, as_json=given.as_json, seed=given.seed)


if __name__ == "__main__":
    main()
