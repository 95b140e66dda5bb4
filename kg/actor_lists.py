"""Reads lists of actors: Wikidata exports (CSV, JSON) and dictionaries of PETRARCH."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from kg.dictionaries import ActorEntry, AgentEntry, read_actors, read_agents
from kg.errors import ReadError
from kg.gazetteer import Gazetteer, fold
from kg.iri import digest, slug

Format = Literal["csv", "json", "petrarch-actors", "petrarch-agents"]
FORMATS: tuple[str, ...] = get_args(Format)
KINDS = ("Actor", "Person", "Organisation", "State", "SecurityForce", "MediaOutlet", "Group")
_WIKIDATA = "http://www.wikidata.org/entity/"
_KIND_WORDS = (
    ("Person", ("human", "q5", "person")),
    ("State", ("sovereign state", "country", "q3624078", "q6256")),
    ("MediaOutlet", ("newspaper", "news agency", "broadcaster", "media", "television", "news website")),
    ("SecurityForce", ("police", "intelligence agency", "military unit", "armed forces", "army")),
    ("Organisation", ("organisation", "organization", "party", "company", "armed group", "alliance")),
)
_ROLES = {"MIL": "SecurityForce", "COP": "SecurityForce", "SPY": "SecurityForce", "MED": "MediaOutlet",
          "REB": "Organisation", "UAF": "Organisation", "OPP": "Organisation"}  # fmt: skip
_ALIASES = {
    "item": ("item", "id", "qid"),
    "label": ("itemLabel", "label", "name"),
    "alt": ("itemAltLabel", "altLabel", "aliases"),
    "kind": ("class", "classLabel", "type", "typeLabel", "instanceLabel"),
    "body": ("country", "organisation", "for"),
    "body_label": ("countryLabel", "organisationLabel"),
    "start": ("start", "startDate", "since"),
    "end": ("end", "endDate", "until"),
}


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time: for whom (a key or None), under which code, from when to when (XSD lexical)."""

    body: str | None = None
    code: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One actor of a list; `key` ends its IRI, `match` is its Wikidata number or empty.

    `kind` is the local name of its class. An actor that kg has keeps its class and its label:
    here they are empty.
    """

    key: str
    label: str
    names: tuple[str, ...]
    kind: str
    match: str = ""
    codes: tuple[str, ...] = ()
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Actors that kg has: keys by Wikidata number and by folded name, and all names it can read."""

    numbers: Mapping[str, str]
    names: Mapping[str, str]
    read: frozenset[str]

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Known:
        """Collect them from the names that kg knows."""
        numbers = {
            match.removeprefix(_WIKIDATA): entity.key
            for entity in gazetteer.actors.values()
            for match in entity.matches
        }
        names = {name: entity.key for name, entity in gazetteer.actors.items()}
        names |= {name: entity.key for name, entity in gazetteer.nations.items()}
        return cls(numbers, names, frozenset({*names, *gazetteer.stands_for}))

    def fresh(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names that kg does not read as an actor's yet."""
        return tuple(name for name in names if fold(name) not in self.read)


def detect(path: Path) -> Format:
    """Return the format of a file by its ending and its first words; raises ReadError where it is none."""
    text = _text(path)
    start = text.lstrip()[:1]
    if path.suffix.lower() == ".csv":
        return "csv"
    if path.suffix.lower() in {".json", ".srj"} or start in {"{", "["}:
        return "json"
    if re.search(r"\[\s*\w*~\w*\s*\]", text):
        return "petrarch-agents"
    if re.search(r"^[^#<,\[]+\s*\[[^\]]+\]", text, re.MULTILINE) or re.search(r"^\s+\[", text, re.MULTILINE):
        return "petrarch-actors"
    header = text.lstrip().splitlines()[:1]
    if header and any(name in header[0].split(",") for name in _ALIASES["label"]):
        return "csv"
    raise ReadError(f"{path}: no list of actors that kg knows; name its form: --format {'|'.join(FORMATS)}")


def read_list(path: Path, form: Format, known: Known, kind: str | None = None) -> tuple[Listed, ...]:
    """Read a list of actors, all of one kind where it is given; raises ReadError with file, line and fix."""
    merged: dict[str, Listed] = {}
    for actor in _listed(path, form, known, kind):
        before = merged.get(actor.key)
        merged[actor.key] = _join(before, actor) if before else actor
    if not merged:
        raise ReadError(f"{path}:1: no actor in it; is it {form}? Else give --format")
    return tuple(merged.values())


def _listed(path: Path, form: Format, known: Known, kind: str | None) -> Iterator[Listed]:
    if form == "petrarch-agents":
        yield from (_agent(entry) for entry in read_agents(path))
    elif form == "petrarch-actors":
        yield from (_coded(entry, known, kind) for entry in read_actors(path))
    else:
        rows = _csv_rows(path) if form == "csv" else _json_rows(path)
        yield from (_wikidata(row, place, known, kind) for place, row in rows)


def _join(one: Listed, two: Listed) -> Listed:
    """Put two rows of one actor together."""
    names, codes, spells = (
        tuple(dict.fromkeys((*getattr(one, part), *getattr(two, part))))
        for part in ("names", "codes", "spells")
    )
    return replace(one, names=names, codes=codes, spells=spells)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def _csv_rows(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    reader = csv.DictReader(io.StringIO(_text(path)), strict=True)
    try:
        if not set(reader.fieldnames or ()) & set(_ALIASES["label"]):
            raise ReadError(f"{path}:1: no column itemLabel; columns are item, itemLabel, itemAltLabel, ...")
        for row in reader:
            if None in row or None in row.values():
                raise ReadError(
                    f"{path}:{reader.line_num}: as many fields as columns are needed; quote commas"
                )
            yield f"{path}:{reader.line_num}", row
    except csv.Error as error:
        raise ReadError(f"{path}:{reader.line_num}: not valid CSV: {error}; close the quotes") from error


def _json_rows(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    try:
        given = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise ReadError(f"{path}:{error.lineno}: not valid JSON: {error.msg}") from error
    except RecursionError as error:
        raise ReadError(f"{path}: nested too deeply; give a list of objects") from error
    if isinstance(given, dict):
        results = given.get("results")
        given = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(given, list):
        raise ReadError(f'{path}:1: neither SPARQL results nor a list; give [{{"itemLabel": ...}}]')
    for number, row in enumerate(given, 1):
        place = f"{path}: object {number}"
        if not isinstance(row, dict):
            raise ReadError(f'{place}: not an object; give {{"itemLabel": ...}}')
        yield place, {name: _plain(value, place) for name, value in row.items()}


def _plain(value: Any, place: str) -> str:
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    if value is None or isinstance(value, str | int):
        return "" if value is None else str(value)
    raise ReadError(f"{place}: a value is neither text nor a list of texts; mend it")


def _wikidata(row: Mapping[str, str], place: str, known: Known, kind: str | None) -> Listed:
    given = {name: next((row[a].strip() for a in aliases if row.get(a)), "")
             for name, aliases in _ALIASES.items()}  # fmt: skip
    label, number = given["label"], _number(given["item"])
    if not label:
        raise ReadError(f"{place}: no itemLabel; give the actor a name")
    minted = f"{slug(label)}-{number.lower() if number else 'x' + digest('actor', label)}"
    key = known.numbers.get(number)
    names = tuple(n for n in re.split(r"\s*[|,]\s*", given["alt"]) if n and n != label)
    spell = _spell(given, place, known)
    spells = (spell,) if spell else ()
    if key:
        return Listed(key, "", known.fresh((label, *names)), "", number, spells=spells)
    return Listed(minted, label, names, kind or _kind(given["kind"]), number, spells=spells)


def _number(item: str) -> str:
    match = re.search(r"(?:^|/)(Q[1-9][0-9]*)$", item)
    return match[1] if match else ""


def _spell(given: Mapping[str, str], place: str, known: Known) -> Spell | None:
    if not given["start"] or not (given["body"] or given["body_label"]):
        return None  # a country without a date is where somebody is from, not for whom they act
    body = known.numbers.get(_number(given["body"]))
    body = body or known.names.get(fold(given["body_label"] or given["body"]))
    if body is None:
        named = given["body_label"] or given["body"]
        raise ReadError(f"{place}: kg knows no actor {named!r}; give its Wikidata item or its English name")
    since, until = (_moment(given[name], place) for name in ("start", "end"))
    return Spell(body, None, since, until)


def _moment(given: str, place: str) -> str | None:
    """Return a day or a year as XSD writes it. Wikidata writes a year as its first of January."""
    if not given:
        return None
    match = re.match(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$", given)
    try:
        if match is None:
            raise ValueError(given)
        day = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise ReadError(f"{place}: {given!r} is no day; write YYYY-MM-DD or YYYY") from error
    whole = match[3] is not None and (day.month, day.day) != (1, 1)
    return day.isoformat() if whole else match[1]


def _kind(given: str) -> str:
    low = given.lower().rsplit("/", 1)[-1]
    fitting = (name for name, words in _KIND_WORDS if any(word in low for word in words))
    return next((k for k in KINDS if k.lower() == low), None) or next(fitting, "Actor")


def _coded(entry: ActorEntry, known: Known, kind: str | None) -> Listed:
    """Take a dictionary's actor for the one that kg has under one of its names, else for a new one."""
    label, *names = (_readable(name) for name in entry.names)
    always = tuple(c.code for c in entry.codes if not c.dated)
    spells = tuple(
        Spell(None, c.code, c.first.isoformat() if c.first else None, c.last.isoformat() if c.last else None)
        for c in entry.codes
        if c.dated
    )
    keys = {key for name in entry.names if (key := known.names.get(fold(name)))}
    if len(keys) == 1:
        return Listed(keys.pop(), "", known.fresh((label, *names)), "", codes=always, spells=spells)
    roles = {_ROLES.get(c.code[at : at + 3]) for c in entry.codes for at in range(3, len(c.code), 3)} - {None}
    guess = roles.pop() if len(roles) == 1 and not spells else None
    key = f"{slug(label)}-x{digest('petrarch', *entry.names)}"
    return Listed(key, label, tuple(names), kind or guess or "Actor", codes=always, spells=spells)


def _agent(entry: AgentEntry) -> Listed:
    label, *names = (name.lower() for name in entry.names)
    return Listed(slug(f"{label} {entry.code}"), label, tuple(names), "AgentWord", codes=(entry.code,))


def _readable(name: str) -> str:
    """Return a name of a dictionary, all in capitals there, as it is written elsewhere.

    >>> _readable("PRINCE OF DOL AMROTH"), _readable("UAE"), _readable("U.S.")
    ('Prince of Dol Amroth', 'UAE', 'U.S.')
    """
    words = name.split()
    if len(words) == 1 and len(name) <= 3:
        return name
    small = {"of", "the", "and", "for"}
    return " ".join(
        w.lower() if i and w.lower() in small else w if "." in w else w.capitalize()
        for i, w in enumerate(words)
    )
