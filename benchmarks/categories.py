"""Learns from labelled sentences which words tell which PLOVER category; tells how well it knows other texts.

    python benchmarks/categories.py [--write ontology/categories.tsv] [--json] [--labelled DIR] [--marked DIR]

The sentences are those of `labelled` (a category, a tab, a sentence with its triggers between
asterisks), the marked articles and coded sentences of `marked`, and the examples of the event types. Of
what names no trigger the word is taken that kg finds with that very category. Multinomial logistic
regression with a penalty on the squares of the weights, by AdaGrad from zero: no seed. The accuracy is
that on marked articles which were left out, a fifth at a time.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy
from measured import options, tell

from kg.annotate import annotate
from kg.categories import ALWAYS, NONE, Categories
from kg.examples import sentence_article
from kg.extract.likely import features
from kg.extract.rules import RuleExtractor
from kg.extraction import Reader
from kg.model import Article, Span
from kg.pipeline import load_kit
from kg.read import read
from kg.resources import resources

ROOT = Path(__file__).resolve().parents[1]
CODED = ("wire-dev", "wire-test", "syntax-dev", "idioms-dev", "idioms-test")
EXHAUSTIVE = frozenset(f"dev-{number}" for number in range(22, 46))  # all that happens in them is marked
LATER = frozenset(f"dev-{number}" for number in range(46, 76))  # nothing was gained from them (0017)
PENALTY, ROUNDS, RATE, LEAST, FOLDS = 0.5, 200, 0.5, 0.1, 5
MARK = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class Example:
    """A trigger's features and category, and the text it comes from."""

    text: str
    seen: frozenset[str]
    category: str


def believing(reader: Reader) -> Reader:
    """Return a reader that refuses nothing as unlikely: what is learnt must not rest on what was."""
    ontology = replace(reader.ontology, categories=Categories())
    return Reader.of(ontology, reader.parser, RuleExtractor.of(ontology))


def examples(labelled: Path, marked: Path, reader: Reader) -> Iterator[Example]:
    """Yield all triggers with their categories."""
    yield from _labelled(labelled, reader)
    yield from _marked(marked, reader)
    yield from _coded(marked / "sentences", reader)
    yield from _own(reader)


def _labelled(folder: Path, reader: Reader) -> Iterator[Example]:
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            category, _, sentence = line.partition("\t")
            plain, spans = unmarked(sentence)
            yield from seen(path.stem, sentence_article(plain), [(span, category) for span in spans], reader)


def _marked(folder: Path, reader: Reader) -> Iterator[Example]:
    for path in sorted(folder.glob("*.txt")):
        if (beside := path.with_suffix(".json")).exists() and path.stem not in LATER:
            events = json.loads(beside.read_text(encoding="utf-8"))["events"]
            marks = [
                (Span(e["trigger"]["start"], e["trigger"]["end"]), _category(e["plover"])) for e in events
            ]
            yield from seen(path.name, read(path), marks, reader, every=path.stem in EXHAUSTIVE)


def _coded(folder: Path, reader: Reader) -> Iterator[Example]:
    for path in (path for name in CODED if (path := folder / f"{name}.json").exists()):
        for row in json.loads(path.read_text(encoding="utf-8")):
            yield from _found(path.stem, row["text"], _category(row["plover"]), reader)


def _own(reader: Reader) -> Iterator[Example]:
    """Yield the examples that the event types bring along."""
    for kind in (kind for _, kind in sorted(reader.ontology.types.items())):
        if category := reader.ontology.plover_of(kind.name):
            for example in (example for example in kind.examples if not example.counter):
                yield from _found(kind.name, example.text, category, reader)


def _found(name: str, text: str, wanted: str, reader: Reader) -> Iterator[Example]:
    """Yield the first word that kg finds with the wanted category in a text."""
    article = sentence_article(text)
    found = reader.events(article).events
    known = [e.trigger for e in found if _category(reader.ontology.plover_of(e.type)) == wanted]
    yield from seen(name, article, [(span, wanted) for span in known[:1]], reader)


def _category(code: str | None) -> str:
    return (code or NONE).partition("-")[0]


def unmarked(sentence: str) -> tuple[str, list[Span]]:
    """Return a sentence without its asterisks, and what stood between them."""
    parts = MARK.split(sentence)
    starts = [sum(map(len, parts[:number])) for number in range(len(parts))]
    spans = [Span(starts[n], starts[n] + len(parts[n])) for n in range(1, len(parts), 2)]
    return "".join(parts), spans


def seen(
    name: str, article: Article, marks: Sequence[tuple[Span, str]], reader: Reader, *, every: bool = False
) -> Iterator[Example]:
    """Yield the examples of an article: the head of the words that each mark covers.

    With `every` its other verbs and nouns are examples, too: of no event.
    """
    if not marks:
        return
    assert isinstance(reader.extractor, RuleExtractor)
    for tree in reader.extractor.trees(annotate(article, reader.parser)):
        for span, category in marks:
            inside = [t for t in tree.sentence.tokens if span.covers(t.span)]
            heads = [t.index for t in inside if t.head not in {o.index for o in inside} - {t.index}]
            if heads:
                yield Example(name, features(tree, heads[0]), category)
        for token in tree.sentence.tokens if every else ():
            if token.pos in {"VERB", "NOUN"} and not any(span.covers(token.span) for span, _ in marks):
                yield Example(name, features(tree, token.index), NONE)


def learn(given: Sequence[Example]) -> Categories:
    """Return the weights that tell the categories of these apart."""
    names = tuple(sorted({each.category for each in given}))
    counted = Counter(feature for each in given for feature in each.seen)
    kept = sorted(feature for feature, number in counted.items() if number > 1)
    column = {feature: number for number, feature in enumerate([ALWAYS, *kept])}
    rows = [
        (n, column[f]) for n, each in enumerate(given) for f in (ALWAYS, *sorted(each.seen)) if f in column
    ]
    row, col = (numpy.array(side) for side in zip(*rows, strict=True))
    right = numpy.zeros((len(given), len(names)))
    right[range(len(given)), [names.index(each.category) for each in given]] = 1
    weights, slope = numpy.zeros((2, len(column), len(names)))
    for _ in range(ROUNDS):
        gradient = (
            _summed(col, (_chances(weights, row, col, len(given)) - right)[row], len(column))
            + PENALTY * weights
        )
        slope += gradient**2
        weights -= RATE * gradient / numpy.sqrt(slope + 1e-9)
    found = {f: _kept(numpy.round(weights[n], 2).tolist()) for f, n in column.items()}
    return Categories(names, {feature: row for feature, row in found.items() if row})


def _kept(row: Sequence[float]) -> tuple[tuple[int, float], ...]:
    return tuple((place, weight) for place, weight in enumerate(row) if abs(weight) >= LEAST)


def _chances(weights: numpy.ndarray, row: numpy.ndarray, col: numpy.ndarray, number: int) -> numpy.ndarray:
    sums = _summed(row, weights[col], number)
    powers = numpy.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _summed(places: numpy.ndarray, values: numpy.ndarray, number: int) -> numpy.ndarray:
    """Add up rows of values by the place that each belongs to."""
    return numpy.stack([numpy.bincount(places, column, number) for column in values.T], axis=1)


def unseen(given: Sequence[Example]) -> dict[str, float]:
    """Return how often the likeliest category is right, on articles that were left out of what was learnt."""
    articles = sorted({each.text for each in given if each.text.endswith(".txt")})
    hits, number = 0, 0
    for fold in range(FOLDS):
        held = set(articles[fold::FOLDS])
        known = learn([each for each in given if each.text not in held])
        for each in (e for e in given if e.text in held and e.category != NONE):
            chances = known.chances(each.seen)
            hits += max((c for c in chances if c != NONE), key=chances.__getitem__) == each.category
            number += 1
    return {"examples": len(given), "marks": number, "accuracy": round(hits / max(1, number), 3)}


def table(known: Categories, note: str) -> str:
    """Return the weights as lines: a feature, and its weight for each category."""
    lines = [f"# Written by benchmarks/categories.py: {note}", "\t".join(("feature", *known.names))]
    for feature, row in sorted(known.weights.items()):
        lines.append("\t".join((feature, *(f"{known.names[place]}={weight:g}" for place, weight in row))))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the figures; write the weights where that is asked for."""
    asked = options(__doc__)
    asked.add_argument("--write", type=Path)
    asked.add_argument("--labelled", type=Path, default=ROOT / "benchmarks" / "labelled")
    asked.add_argument("--marked", type=Path, default=ROOT / "tests" / "held_out")
    given = asked.parse_args()
    found = list(examples(given.labelled, given.marked, believing(load_kit(resources()).reader)))
    if given.write:
        given.write.write_text(table(learn(found), f"{len(found)} examples"), encoding="utf-8")
    tell(unseen(found), as_json=given.as_json)


if __name__ == "__main__":
    main()
