"""Loads the ontology: classes, event types with their compiled phrases, role ranges.

An event type is one Turtle file; everything the extractor needs to know of it stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from kg.categories import Categories, load_categories
from kg.confidence import Confidence, load_confidence
from kg.errors import OntologyError, PatternError
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.iri import NS
from kg.lexicon import Lexicon, load_lexicon, local, word_sets
from kg.patterns import Pattern, Slot
from kg.phrases import compile_pattern
from kg.resources import Resources, shipped
from kg.turtle import RDFS, Facts, read_turtle

_OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"
_HARM = frozenset({"ASSAULT", "COERCE"})
PLAIN = "Event"  # the class of events that fit no type
ROLES = ("agent", "target", "participant", "instrument", "beneficiary", "place")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of an event-type file with the words that fill each role; none if a counter-example."""

    text: str
    roles: tuple[tuple[str, str], ...] = ()
    counter: bool = False


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event: its class, where it stands, and the phrases that evoke or refuse it."""

    name: str
    label: str
    plover: str | None
    patterns: tuple[Pattern, ...]
    refusals: tuple[Pattern, ...]
    examples: tuple[Example, ...]
    source: Path

    @property
    def shipped(self) -> bool:
        """Whether it comes with kg, rather than from a user's project."""
        return self.source.is_relative_to(shipped())


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that kg knows before it reads: classes, event types, words and names.

    `at_target` are the types that happen where their target is, `own` those of a user's project;
    `accidental` gives what to call a type that befell people without anybody's doing.
    """

    types: Mapping[str, EventType]
    supers: Mapping[str, frozenset[str]]
    ranges: Mapping[str, frozenset[str]]
    plover: Mapping[str, str]
    at_target: frozenset[str]
    accidental: Mapping[str, str]
    own: frozenset[str]
    lexicon: Lexicon
    gazetteer: Gazetteer
    confidence: Confidence = field(default_factory=Confidence)
    categories: Categories = field(default_factory=Categories)

    def is_a(self, kind: str, wanted: Iterable[str]) -> bool:
        """Tell whether a class is one of the wanted ones or below one of them."""
        return not self.supers.get(kind, frozenset({kind})).isdisjoint(wanted)

    def knows(self, name: str) -> bool:
        """Tell whether an event may be of this type: one of ours, or none in particular."""
        return name in self.types or name == PLAIN

    def label(self, name: str) -> str:
        """Return the label of an event type."""
        return self.types[name].label if name in self.types else name.lower()

    def plover_of(self, name: str) -> str | None:
        """Return the PLOVER 2021 category of an event type, its own or that of a class above."""
        own = self.plover.get(name)
        above = (self.plover[s] for s in sorted(self.supers.get(name, ())) if s in self.plover)
        code = own or next(above, None)
        return code.split("-")[0] if code else None

    def harms(self, name: str) -> bool:
        """Tell whether an event of this type is a harm done to somebody, as PLOVER sorts them."""
        return self.plover_of(name) in _HARM


def load_ontology(resources: Resources) -> Ontology:
    """Load all of `ontology/`; raises OntologyError naming the file and what to mend."""
    built = build_ontology(list(resources.files("ontology", ".ttl").values()))
    table = resources.files("ontology", ".tsv").get("categories.tsv")
    return built if table is None else replace(built, categories=load_categories(table))


def build_ontology(paths: list[Path]) -> Ontology:
    """Build the ontology from the given Turtle files."""
    facts = read_turtle(paths)
    _check_supers(facts)
    supers = _supers(facts)
    ranges = {
        local(iri): frozenset(local(c) for c in facts.texts(iri, RDFS + "range"))
        for iri in facts.of
        if iri.startswith(NS) and facts.texts(iri, RDFS + "range")
    }
    plover = {local(i): code for i in facts.of if (code := facts.text(i, NS + "plover"))}
    names = [i for i in facts.subjects(_OWL_CLASS) if "Event" in supers.get(local(i), ())]
    sets = word_sets(facts)
    types = {local(i): _event_type(facts, i, supers, sets) for i in names}
    at_target = frozenset(local(i) for i in facts.of if facts.text(i, NS + "atTarget") == "true")
    accidental = {local(i): local(c) for i in facts.of if (c := facts.text(i, NS + "ifAccident"))}
    own = frozenset(name for name, kind in types.items() if not kind.shipped)
    knowledge = load_lexicon(facts), load_gazetteer(facts), load_confidence(facts)
    return Ontology(types, supers, ranges, plover, at_target, accidental, own, *knowledge)


def _check_supers(facts: Facts) -> None:
    """Raise OntologyError where a class stands below one of ours that nobody defines."""
    classes = facts.subjects(_OWL_CLASS)
    for iri in classes:
        for above in facts.texts(iri, RDFS + "subClassOf"):
            if above.startswith(NS) and above not in classes:
                near = get_close_matches(local(above), map(local, classes), 1) or ["Event"]
                raise OntologyError(
                    f"{facts.source[iri]}: {local(iri)} is below kg:{local(above)}, which is no class of the "
                    f"ontology; did you mean kg:{near[0]}?"
                )


def _supers(facts: Facts) -> dict[str, frozenset[str]]:
    direct = {
        local(i): {local(c) for c in facts.texts(i, RDFS + "subClassOf") if c.startswith(NS)}
        for i in facts.subjects(_OWL_CLASS)
        if i.startswith(NS) or facts.texts(i, RDFS + "subClassOf")
    }

    def above(name: str, seen: frozenset[str]) -> frozenset[str]:
        fresh = direct.get(name, set()) - seen
        return seen.union(*(above(up, seen | {up}) for up in sorted(fresh))) if fresh else seen

    return {name: above(name, frozenset({name})) for name in direct}


def _event_type(
    facts: Facts, iri: str, supers: Mapping[str, frozenset[str]], sets: Mapping[str, frozenset[str]]
) -> EventType:
    path = facts.source[iri]
    known = set(supers) | {"Event"}
    phrases = [_compiled(facts.texts(iri, NS + name), path, sets) for name in ("pattern", "refuse")]
    for pattern in phrases[0] + phrases[1]:
        _check_slots(pattern, known, path)
    return EventType(
        name=local(iri),
        label=facts.text(iri, RDFS + "label") or local(iri),
        plover=facts.text(iri, NS + "plover"),
        patterns=phrases[0],
        refusals=phrases[1],
        examples=_examples(facts, iri),
        source=path,
    )


def _compiled(
    phrases: tuple[str, ...], path: Path, sets: Mapping[str, frozenset[str]]
) -> tuple[Pattern, ...]:
    try:
        return tuple(compile_pattern(phrase, sets) for phrase in phrases)
    except PatternError as error:
        raise PatternError(f"{path}: {error}") from error


def _check_slots(pattern: Pattern, known: set[str], path: Path) -> None:
    contents = [argument.content for argument in pattern.arguments]
    slots = [item for item in [pattern.subject, *contents] if isinstance(item, Slot)]
    for slot in slots:
        if unknown := sorted(slot.classes - known):
            raise PatternError(f'{path}: pattern "{pattern.phrase}": no class {unknown[0]} in the ontology')
        if wrong := [r for r in slot.roles if r not in (*ROLES, "content")]:
            raise PatternError(
                f'{path}: pattern "{pattern.phrase}": no role {wrong[0]}; '
                f"roles are {', '.join(ROLES)}, content"
            )


def _examples(facts: Facts, iri: str) -> tuple[Example, ...]:
    found = []
    for node in facts.texts(iri, NS + "example"):
        key = node if node in facts.of else _scoped(facts, node)
        text = facts.text(key, NS + "text")
        if text is None:
            raise OntologyError(f"{facts.source[iri]}: {local(iri)}: an example needs kg:text")
        roles = tuple((role, words) for role in ROLES for words in facts.texts(key, NS + role))
        found.append(Example(text, roles))
    counters = (Example(text, counter=True) for text in facts.texts(iri, NS + "counterExample"))
    return (*found, *counters)


def _scoped(facts: Facts, node: str) -> str:
    return next((key for key in facts.of if key.endswith(node)), node)
