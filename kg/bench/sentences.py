"""`kg bench sentences FILE.json` and `kg bench plover-gsr FILE.json`: one coded event a sentence.

Reads kg's own format (docs/bench.md: text, plover, source, target) and PLOVER's GSR (event,
source and target as lists of actorText; codes of 2016 are mapped to those of 2021).

Of the events that kg finds in a sentence the one whose trigger stands highest in the tree is
compared, the first of equals; what hangs on a verb of speech stands as high as that verb, and
an event that is only the content of another one comes last. PLOVER codes what somebody says
they will do as AGREE where it is friendly and as THREATEN where it is hostile, and what they
will not do, if friendly, as REJECT: an event told so is compared under that code.

type_p, type_r     right category / sentences with a prediction; / sentences with a code
source, target     a gold name is found when some filler of the role, what its pronoun stands
                   for, or its entity's name shares its head word or holds it whole; a predicted
                   filler is right when it does so for some gold name. agent counts as source;
                   of mutual events (participants, or several sources and no target, in
                   gold or prediction) all fillers are compared with all names. Where no
                   target is told of AID, CONCEDE, RETREAT, SANCTION, COERCE, ASSAULT the place counts as one
all_right          category right, every gold source and target found, as a share of the coded
false_events       sentences coded as no event for which kg predicts one
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.annotate import annotate
from kg.bench.fields import head_word
from kg.bench.peers import card
from kg.bench.predictions import prediction
from kg.errors import ReadError
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.gate import gate
from kg.model import Document, Event, Factuality, Mention, Span

CODES_2016 = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
_SOURCE = ("agent", "participant")
_FRIENDLY = frozenset("CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT".split())
_TO_A_LAND = frozenset("AID CONCEDE RETREAT SANCTION COERCE ASSAULT".split())
_HOSTILE = frozenset("REJECT PROTEST SANCTION MOBILIZE COERCE ASSAULT".split())
Tally = tuple[int, int, int, int]  # gold names found, fillers that are right, gold names, fillers


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence with its code (None: no event) and the names of source and target."""

    text: str
    plover: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with what kg made of it."""

    coded: Coded
    row: dict[str, Any] | None
    type_right: bool
    source: Tally
    target: Tally

    @property
    def all_right(self) -> bool:
        """Whether the category and all names are right."""
        return self.type_right and self.source[0] == self.source[2] and self.target[0] == self.target[2]


def load_coded(path: Path) -> list[Coded]:
    """Read coded sentences of a file, or of all .json files of a folder.

    Raises ReadError where a file is not of a known form.
    """
    if path.is_dir():
        return [coded for file in sorted(path.glob("*.json")) for coded in load_coded(file)]
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [_coded(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(f"{path}: not a list of coded sentences: {error!r}") from error


def _coded(row: dict[str, Any]) -> Coded:
    code = row["plover"] if "plover" in row else row.get("event")
    code = CODES_2016.get(str(code), code) if code else None
    return Coded(row["text"], code, _names(row.get("source")), _names(row.get("target")))


def _names(given: Any) -> tuple[str, ...]:
    if isinstance(given, dict):
        given = [given]
    if not isinstance(given, list):
        return ()
    found = (str(item.get("text", item.get("actorText", ""))).strip() for item in given)
    return tuple(name for name in found if name)


def score_sentences(coded: Iterable[Coded], reader: Reader) -> list[Scored]:
    """Run kg over each sentence and compare."""
    return [_scored(item, _main(item.text, reader)) for item in coded]


def _main(text: str, reader: Reader) -> dict[str, Any] | None:
    """Return the main event of a sentence as a row, or None."""
    article = sentence_article(text)
    document = annotate(article, reader.parser)
    found = gate(document, reader.extractor.extract(document), reader.ontology).events
    events = [e for e in found if reader.ontology.plover_of(e.type)]
    if not events:
        return None
    contents = {m.trigger for e in events for m in e.values("content") if isinstance(m, Mention)}
    speech = frozenset(reader.ontology.lexicon.speech)

    def height(event: Event) -> tuple[bool, int, Span]:
        return event.trigger in contents, depth(document, event.trigger, speech), event.trigger

    row = prediction(min(events, key=height), article, reader.ontology)
    return {**row, "plover": announced(row["plover"], row["factuality"])}


def announced(code: str | None, factuality: str) -> str | None:
    """Return the code that PLOVER gives to a deed that is only announced, or not done."""
    if factuality == Factuality.DENIED.value and code in {*_FRIENDLY, "AGREE"}:
        return "REJECT"
    if factuality != Factuality.PREDICTED.value:
        return code
    return "AGREE" if code in _FRIENDLY else "THREATEN" if code in _HOSTILE else code


def depth(document: Document, trigger: Span, speech: Container[str]) -> int:
    """Return how many steps a trigger stands below its sentence's root; reported speech is free."""
    sentence = next((s for s in document.sentences if s.span.covers(trigger)), None)
    if sentence is None:
        return 0
    at = next((t for t in sentence.tokens if t.span.overlaps(trigger)), sentence.tokens[0])
    steps = 0
    while at.head != at.index and steps < len(sentence.tokens):
        above = sentence.tokens[at.head]
        steps += not (at.dep == "ccomp" and above.lemma.lower() in speech)
        at = above
    return steps


def _scored(coded: Coded, row: dict[str, Any] | None) -> Scored:
    fillers = row["roles"] if row else []
    sources = [f for f in fillers if f["role"] in _SOURCE]
    targets = [f for f in fillers if f["role"] == "target"]
    right = row is not None and row["plover"] == coded.plover
    mutual = (len(coded.source) > 1 and not coded.target) or (len(sources) > 1 and not targets)
    if not targets and not mutual and row is not None and row["plover"] in _TO_A_LAND:
        targets = [f for f in fillers if f["role"] == "place"]
    if mutual or any(f["role"] == "participant" for f in fillers):
        both = _hits(coded.source + coded.target, sources + targets)
        return Scored(coded, row, right, both, (0, 0, 0, 0))
    return Scored(coded, row, right, _hits(coded.source, sources), _hits(coded.target, targets))


def _hits(names: tuple[str, ...], fillers: list[dict[str, Any]]) -> Tally:
    found = sum(any(_same(name, f) for f in fillers) for name in names)
    right = sum(any(_same(name, f) for name in names) for f in fillers)
    return found, right, len(names), len(fillers)


def _same(name: str, filler: dict[str, Any]) -> bool:
    texts = (filler["text"], filler["antecedent"], filler["entity"])
    return any(_alike(name, text) for text in texts if text)


def _alike(name: str, text: str) -> bool:
    return (
        head_word(name) == head_word(text)
        or head_word(name) in text.lower().split()
        or name.lower() in text.lower()
    )


def figures(scored: list[Scored]) -> dict[str, float | int]:
    """Return the figures that the module defines."""
    events = [s for s in scored if s.coded.plover]
    found = [s for s in events if s.row]
    right = sum(s.type_right for s in events)
    p, r = _ratio(right, len(found)), _ratio(right, len(events))
    source, target = _summed(s.source for s in events), _summed(s.target for s in events)
    return {
        "type_p": p,
        "type_r": r,
        "type_f1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
        "source_p": _ratio(source[1], source[3]),
        "source_r": _ratio(source[0], source[2]),
        "target_p": _ratio(target[1], target[3]),
        "target_r": _ratio(target[0], target[2]),
        "all_right": _ratio(sum(s.all_right for s in events), len(events)),
        "false_events": sum(1 for s in scored if not s.coded.plover and s.row),
        "n": len(scored),
    }


def _summed(tallies: Iterable[Tally]) -> list[int]:
    return [sum(column) for column in zip((0, 0, 0, 0), *tallies, strict=True)]


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def table(scored: list[Scored], bench: str = "") -> str:
    """Return the figures, then each sentence that is not all right, as plain text."""
    lines = [*card(figures(scored), bench), *_faults(scored)]
    return "".join(f"{line}\n" for line in lines)


def _faults(scored: list[Scored]) -> Iterator[str]:
    for item in scored:
        if item.all_right and item.row:
            continue
        row = item.row
        got = f"{row['plover']} {row['type']} at “{row['trigger']['text']}”" if row else "nothing"
        yield f"{item.coded.plover}\t{got}\t{item.coded.text}"
