"""`kg bench petrarch2 PATH`: the unit tests of an event coder, from raw text to coded dyads.

PATH holds records (`*.xml`: `<Sentence date="19950101"><EventCoding sourcecode= targetcode=
eventcode=/><Text>`), `*.actors.txt` and `*.agents.txt`. kg reads each sentence, as published on its
date, with the actors of the dictionaries laid over its own; the words of its fillers are coded
by the dictionaries (`kg.bench.coding`).

gold        WEIS (or CAMEO) codes by their root, as PLOVER 2021 categories; CAMEO 084, 086, 087 are RETREAT or
            CONCEDE. Left out: root 01 and roots above 20, a source or target without a code
            that the dictionaries can give, records marked as errors, sentences with nothing left
predicted   events that are not only what another one is about (its content, its target): agent
            by target, participants with each other and with both; a dyad needs both codes
both        CONSULT and COOPERATE are mutual and count in both directions, gold and predicted

exact_*     tuples (source, target, category) over all sentences
type_*, source_*, target_*   the categories, sources and targets of a sentence, each once
all_right   sentences whose tuples are all found, and none too many
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations, product
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, parse

from kg.actor_lists import Known, read_list
from kg.actor_turtle import to_turtle
from kg.annotate import Parser
from kg.bench.coding import Coder
from kg.bench.peers import card
from kg.dictionaries import read_actors, read_agents
from kg.errors import ReadError
from kg.examples import sentence_article
from kg.extraction import Reader
from kg.model import Article, Event, Mention, Window
from kg.ontology import load_ontology
from kg.resources import Resources

_ROOTS = {
    "cameo": "REQUEST AGREE CONSULT SUPPORT COOPERATE AID CONCEDE ACCUSE REQUEST ACCUSE REJECT THREATEN "
    "PROTEST MOBILIZE SANCTION COERCE ASSAULT ASSAULT ASSAULT - -",
    "weis": "- CONSULT SUPPORT AGREE CONCEDE AID AGREE REQUEST REQUEST REJECT ACCUSE ACCUSE - REQUEST "
    "THREATEN THREATEN PROTEST SANCTION SANCTION COERCE ASSAULT",
}
_NARROWER = {
    "cameo": dict.fromkeys(("084", "086", "087"), "RETREAT CONCEDE"),
    "weis": {
        **{"063": "AID", "064": "SUPPORT", "066": "RETREAT", "081": "AGREE SUPPORT", "085": "AGREE SUPPORT"},
        **{"182": "MOBILIZE", "191": "SANCTION REJECT"},
    },
}
SCHEMES = tuple(_ROOTS)
_ROLES = ("agent", "target", "participant")
_MUTUAL = frozenset({"CONSULT", "COOPERATE"})
Dyad = tuple[str, str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Record:
    """A sentence with its day and its gold dyads; each has the categories that are right for it."""

    name: str
    day: date | None
    text: str
    gold: frozenset[Dyad]


@dataclass(frozen=True, slots=True)
class Scored:
    """A record with what kg made of it: dyads of one category each."""

    record: Record
    found: frozenset[Dyad]


def score_petrarch(
    folder: Path, resources: Resources, parser: Parser, *, scheme: str = "weis"
) -> list[Scored]:
    """Run kg over all records of a folder; raises ReadError where a file is missing or faulty."""
    actor_files, agent_files = (_files(folder, f"*.{kind}.txt") for kind in ("actors", "agents"))
    actors = [entry for path in actor_files for entry in read_actors(path)]
    coder = Coder.of(actors, [entry for path in agent_files for entry in read_agents(path)])
    reader = Reader.of(load_ontology(resources), parser).nearby()
    known = Known.of(reader.ontology.gazetteer)
    with tempfile.TemporaryDirectory() as overlay:
        for number, path in enumerate(actor_files):
            target = Path(overlay) / "ontology" / "entities" / f"dictionary-{number}.ttl"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(to_turtle(read_list(path, "petrarch-actors", known)), encoding="utf-8")
        reader = Reader.of(load_ontology(Resources((*resources.roots, Path(overlay)))), parser).nearby()
    records = [r for path in _files(folder, "*.xml") for r in load_records(path, coder, scheme)]
    if not records:
        raise ReadError(f"{folder}: no record with a coded event in its *.xml")
    return [Scored(record, frozenset(_dyads(record, reader, coder))) for record in records]


def _files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(folder.glob(pattern))
    if not found:
        raise ReadError(f"{folder}: no {pattern} in it; put the records and both dictionaries there")
    return found


def load_records(path: Path, coder: Coder, scheme: str) -> Iterator[Record]:
    """Yield the records that have a gold dyad; raises ReadError where the file is no such XML."""
    try:
        root = parse(path).getroot()  # noqa: S314  # a file named on the command line, by its user
    except ParseError as error:
        raise ReadError(f"{path}:{error.position[0]}: not valid XML: {error}") from error
    for node in root.iter("Sentence"):
        text = " ".join(" ".join(t for part in node.findall("Text") for t in part.itertext()).split())
        codings = node.findall("EventCoding")
        gold = frozenset(_mutual(d for coding in codings for d in _gold(coding, coder, scheme)))
        if text and gold and not any(coding.get("error") for coding in codings):
            yield Record(node.get("id", ""), _day(node, path), text, gold)


def _day(node: Element, path: Path) -> date | None:
    given = node.get("date")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise ReadError(f"{path}: {node.get('id')}: date {given!r} is no day; write YYYYMMDD") from error


def _gold(coding: Element, coder: Coder, scheme: str) -> Iterator[Dyad]:
    event = coding.get("eventcode", "")
    accepted = categories(event, scheme)
    source, target = (coding.get(f"{role}code", "").upper() for role in ("source", "target"))
    if accepted and coder.can_give(source) and coder.can_give(target):
        yield source, target, accepted


def categories(event: str, scheme: str) -> frozenset[str]:
    """Return the PLOVER 2021 categories that are right for a code of CAMEO or WEIS; none if left out.

    >>> sorted(categories("084", "cameo")), sorted(categories("122", "weis")), categories("911", "cameo")
    (['CONCEDE', 'RETREAT'], ['ACCUSE'], frozenset())
    """
    roots = dict(zip((f"{root:02}" for root in range(2, 23)), _ROOTS[scheme].split(), strict=True))
    if scheme == "weis" and len(event) > 3:
        return frozenset()
    given = _NARROWER[scheme].get(event[:3]) or roots.get(event[:2], "-")
    return frozenset(given.replace("-", "").split())


def _mutual(dyads: Iterable[Dyad]) -> Iterator[Dyad]:
    for source, target, categories in dyads:
        yield source, target, categories
        if categories <= _MUTUAL:
            yield target, source, categories


def _dyads(record: Record, reader: Reader, coder: Coder) -> Iterator[Dyad]:
    article = sentence_article(record.text)
    if record.day:
        article = replace(article, published=Window(record.day.isoformat(), record.day, record.day))
    events = reader.events(article).events
    for event in events:
        category = reader.ontology.plover_of(event.type)
        if category and not any(_holds(other, event) for other in events):
            pairs = _pairs(event, article, coder, record.day)
            yield from _mutual((s, t, frozenset({category})) for s, t in pairs)


def _holds(other: Event, event: Event) -> bool:
    """Tell whether an event is only what another one is about: its content, or in the words of its target."""
    mentioned = any(m.trigger == event.trigger for m in other.values("content") if isinstance(m, Mention))
    targets = {filler.span for filler in other.fillers("target")}
    inside = any(span.covers(event.trigger) for span in targets)
    own = {filler.span for role in _ROLES for filler in event.fillers(role)}
    return mentioned or (other.trigger != event.trigger and (inside or own <= targets))


def _pairs(event: Event, article: Article, coder: Coder, day: date | None) -> set[tuple[str, str]]:
    def codes(role: str) -> set[str]:
        spans = sorted(filler.antecedent or filler.span for filler in event.fillers(role))
        found: set[str] = set()
        reached = 0
        for span in spans:
            if span.start >= reached:  # else the phrase before took its words along
                reached = coder.reach(article.text, span.start, span.end, day)
                found.update(coder.codes(article.text[span.start : reached], day))
        return found

    agents, targets, joint = codes("agent"), codes("target"), codes("participant")
    return {*product(agents, targets), *product(agents, joint), *product(joint, targets),
            *permutations(sorted(joint), 2)}  # fmt: skip


def _same(gold: Dyad, found: Dyad) -> bool:
    return gold[:2] == found[:2] and found[2] <= gold[2]


def figures(scored: list[Scored]) -> dict[str, float | int]:
    """Return the figures that the module defines."""
    exact, source, target, category = (_rates(scored, part) for part in (None, 0, 1, 2))
    rows = (("type", category), ("source", source), ("target", target), ("exact", exact))
    rates = {
        f"{name}_{key}": rate
        for name, found in rows
        for key, rate in zip(("p", "r", "f1"), found, strict=True)
    }
    right = sum(_hits(s, None)[0] == len(s.record.gold) and _hits(s, None)[1] == len(s.found) for s in scored)
    return {
        **{name: rate for name, rate in rates.items() if name not in {"source_f1", "target_f1"}},
        "all_right": _ratio(right, len(scored)),
        "n": len(scored),
    }


def _hits(item: Scored, part: int | None) -> tuple[int, int, int, int]:
    """Return gold found, found right, gold, found: of whole dyads, or of one part of them."""
    gold, found = ({_part(dyad, part) for dyad in dyads} for dyads in (item.record.gold, item.found))
    hit = sum(any(_same(g, f) for f in found) for g in gold)
    right = sum(any(_same(g, f) for g in gold) for f in found)
    return hit, right, len(gold), len(found)


def _part(dyad: Dyad, part: int | None) -> Dyad:
    if part is None:
        return dyad
    return ("", "", dyad[2]) if part == 2 else (str(dyad[part]), "", frozenset())


def _rates(scored: list[Scored], part: int | None) -> tuple[float, float, float]:
    """Return precision, recall and their mean over all sentences."""
    rows = [_hits(item, part) for item in scored] or [(0, 0, 0, 0)]
    hit, right, gold, found = (sum(column) for column in zip(*rows, strict=True))
    p, r = right / found if found else 0.0, hit / gold if gold else 0.0
    return round(p, 3), round(r, 3), round(2 * p * r / (p + r), 3) if p + r else 0.0


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def table(scored: list[Scored]) -> str:
    """Return the figures, then each sentence with what it lacks (-) and what is wrong in it (+)."""
    lines = list(card(figures(scored), "petrarch2"))
    for item in scored:
        missing = [g for g in item.record.gold if not any(_same(g, f) for f in item.found)]
        wrong = [f for f in item.found if not any(_same(g, f) for g in item.record.gold)]
        shown = [*(f"-{_shown(d)}" for d in sorted(missing, key=_shown)),
                 *(f"+{_shown(d)}" for d in sorted(wrong, key=_shown))]  # fmt: skip
        if shown:
            lines.append(f"{item.record.name}\t{' '.join(shown)}\t{item.record.text}")
    return "".join(f"{line}\n" for line in lines)


def _shown(dyad: Dyad) -> str:
    return f"{dyad[0]}>{dyad[1]}:{'|'.join(sorted(dyad[2]))}"
