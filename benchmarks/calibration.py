"""Fits how sure events are to coded sentences and marked articles; tells how well it fits unseen ones.

    python benchmarks/calibration.py CODED.json|MARKED_FOLDER ... [--write FILE.ttl] [--json] [--seed N]

The files hold coded sentences (docs/bench.md). Of each sentence the main event is compared, as
`kg bench sentences` does; one in a sentence that is coded as no event is wrong. The folders hold
articles, of which every event is compared, as `kg bench articles` does. A logistic regression with a
penalty gives each feature a weight; figures are told for what it was fitted to, and for five folds
that it was not, in five shuffles. All scores are lowered a little (CAUTION).
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from measured import commit, options

from kg.bench.articles import faults, score_articles
from kg.bench.sentences import Scored, load_coded, score_sentences
from kg.confidence import Confidence
from kg.extract.rules import RuleExtractor
from kg.extraction import Reader
from kg.pipeline import load_kit
from kg.resources import resources

CAUTION = 0.2  # taken off every score: kg's phrases were written with such sentences in view
PENALTY, ROUNDS, FOLDS, SHUFFLES, BINS, SCALE = 1.0, 200, 5, 5, 10, 1_000_000
Row = tuple[tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Recorder(Confidence):
    """Remembers the features of each event; the number of the event stands for its confidence."""

    seen: list[tuple[str, ...]] = field(default_factory=list)

    def event(self, features: Iterable[str]) -> float:
        """Return the number of the event, small enough for a probability."""
        self.seen.append(tuple(features))
        return (len(self.seen) - 1) / SCALE

    def filler(self, role: str, basis: str, otherwise: float) -> float:
        """Return 1: only events are counted here."""
        return 1.0


def collect(files: Sequence[Path], reader: Reader) -> tuple[list[Row], dict[str, float]]:
    """Return each event that is compared with whether it is right, and the rates of fillers."""
    recorder = Recorder()
    knowing = replace(reader.ontology, confidence=recorder)
    told = Reader.of(knowing, reader.parser, RuleExtractor.of(knowing))
    rows: list[Row] = []
    right, met = Counter[str](), Counter[str]()
    for path in files:
        if path.is_dir():
            rows += _of_articles(path, told, recorder)
            continue
        for scored in score_sentences(load_coded(path), told):
            if scored.row is None:
                continue
            number = round(scored.row["confidence"] * SCALE)
            rows.append((recorder.seen[number], scored.type_right))
            for name, hits, all_of_them in _fillers(scored) if scored.type_right else ():
                met[name] += all_of_them
                right[name] += hits
    return rows, {name: round((right[name] + 1) / (met[name] + 2), 3) for name in sorted(met)}


def _of_articles(folder: Path, reader: Reader, recorder: Recorder) -> Iterator[Row]:
    """Yield every event found in marked articles, with whether one of its category is marked there."""
    for article in score_articles(folder, reader):
        marked = {found: article.gold[gold] for gold, found in article.pairs.items()}
        for number, row in enumerate(article.rows):
            features = recorder.seen[round(row["confidence"] * SCALE)]
            yield features, number in marked and faults(marked[number], row)["type"]


def _fillers(scored: Scored) -> Iterator[tuple[str, int, int]]:
    """Yield how many fillers of a role and basis are right, where the sentence has but one basis."""
    assert scored.row is not None
    for roles, tally in ((("agent", "participant"), scored.source), (("target",), scored.target)):
        side = [f for f in scored.row["roles"] if f["role"] in roles]
        names = {f"{f['role']} {f['basis']}" for f in side}
        if len(names) == 1 and tally[2] and tally[3] == len(side):
            yield names.pop(), tally[1], len(side)


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weights of a logistic regression with a penalty on their squares."""
    weights = dict.fromkeys(sorted({"always"}.union(*(features for features, _ in rows))), 0.0)
    slope = dict.fromkeys(weights, 1e-6)
    for _ in range(ROUNDS):
        gradient = {name: PENALTY * value if name != "always" else 0.0 for name, value in weights.items()}
        for features, right in rows:
            error = 1 / (1 + math.exp(-sum(weights[f] for f in ("always", *features)))) - right
            for each in ("always", *features):
                gradient[each] += error
        for name, value in gradient.items():
            slope[name] += value * value
            weights[name] -= 0.5 * value / math.sqrt(slope[name])
    weights["always"] -= CAUTION
    return {name: round(value, 3) for name, value in weights.items()}


def judged(pairs: Sequence[tuple[float, bool]], turns: int = 1) -> dict[str, float]:
    """Return precision and share of what is at .9 or above, and the expected calibration error."""
    sure = [right for chance, right in pairs if chance >= 0.9]
    error = 0.0
    for number in range(BINS):
        inside = [(c, r) for c, r in pairs if min(int(c * BINS), BINS - 1) == number]
        error += abs(sum(c for c, _ in inside) - sum(r for _, r in inside)) / len(pairs)
    return {
        "events": len(pairs) // turns,
        "right": round(sum(r for _, r in pairs) / len(pairs), 3),
        "precision_at_90": round(sum(sure) / len(sure), 3) if sure else 0.0,
        "share_at_90": round(len(sure) / len(pairs), 3),
        "ece": round(error, 3),
    }


def told(rows: Sequence[Row], weights: Mapping[str, float]) -> list[tuple[float, bool]]:
    """Return for each row the probability that the weights give it, and whether it is right."""
    known = Confidence(weights)
    return [(known.event(features), right) for features, right in rows]


def unseen(rows: Sequence[Row], seed: int) -> list[tuple[float, bool]]:
    """Return the same, each fifth of the rows judged by weights fitted to the others, five times."""
    found = []
    for turn in range(SHUFFLES):
        mixed = list(rows)
        random.Random(seed + turn).shuffle(mixed)  # noqa: S311  # an order, no secret
        for fold in range(FOLDS):
            rest = [row for n, row in enumerate(mixed) if n % FOLDS != fold]
            found += told(mixed[fold::FOLDS], fit(rest))
    return found


def turtle(weights: Mapping[str, float], rates: Mapping[str, float], note: str) -> str:
    """Return the table as Turtle; `note` says what it was fitted to."""
    lines = [
        "@prefix lex: <https://w3id.org/kgnews/lexicon#> .",
        "",
        f"# Written by benchmarks/calibration.py: {note}",
        "",
    ]
    for kind, table in (("Weight", weights), ("FillerRate", rates)):
        for number, (name, value) in enumerate(sorted(table.items())):
            lines.append(f'lex:{kind.lower()}-{number} a lex:{kind} ; lex:of "{name}" ; lex:value {value} .')
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the figures; write the table where that is asked for."""
    asked = options(__doc__)
    asked.add_argument("coded", type=Path, nargs="+")
    asked.add_argument("--write", type=Path)
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    rows, rates = collect(given.coded, load_kit(resources()).reader)
    if not rows:
        asked.error("no event was found in these sentences")
    weights = fit(rows)
    found = {"fitted": judged(told(rows, weights)), "unseen": judged(unseen(rows, given.seed), SHUFFLES)}
    if given.write:
        note = f"{len(rows)} events, commit {commit()[:12]}, seed {given.seed}"
        given.write.write_text(turtle(weights, rates, note), encoding="utf-8")
    if given.as_json:
        print(json.dumps({**found, "commit": commit(), "seed": given.seed}))
    else:
        for name, figures in found.items():
            print(name, *(f"{key}={value}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
