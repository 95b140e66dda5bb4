"""Validates a graph, or what a change can make right or wrong, and says the results in words.

Validation comes before reasoning. The ontology lends the data its hierarchy; the data lends
nothing to the shapes or to the ontology.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.axioms import Axioms, read_axioms, read_triples
from kg.changes import neighbourhood
from kg.engines import AUTO, FAST, PYSHACL, Engine, Finding, PySHACL, chosen, fast_or_not
from kg.errors import OntologyError, QueryError, ReadError
from kg.iri import NS, Names
from kg.outside import refuse_deep, refuse_outside
from kg.reach import UNDER, Field, Reach, Term
from kg.report import Report, Result
from kg.resources import shipped
from kg.shape_paths import Reads, read_shapes
from kg.shape_targets import only_queries, targeted, without_targets
from kg.speaker import Speaker
from kg.terms import SH, TYPE
from kg.view import View

_QUERIES = frozenset(f"{SH}{name}" for name in ("select", "ask", "construct", "update"))
NO_AXIOMS = Axioms(frozenset(), frozenset(), {})


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the shapes with the engine that checks them; `opaque` ones see more than is known.

    `compared` holds the datatypes of what their queries compare; other values go to pySHACL.
    """

    shapes: tuple[Triple, ...]
    engine: Engine
    opaque: bool
    compared: Mapping[str, frozenset[str]]

    def findings(self, data: Collection[Triple]) -> tuple[list[Finding], list[str]]:
        """Return the results; where another engine is not to be trusted pySHACL does it, and that is said."""
        if isinstance(self.engine, PySHACL):
            return self.engine.findings(data), []
        try:
            found = self.engine.findings(data)
        except OntologyError as error:
            return PySHACL(self.shapes).findings(data), [f"pySHACL checked a part: {error}"]
        if not any(self._is_odd(triple) for triple in data):
            return found, []
        others = PySHACL(only_queries(self.shapes)).findings(data)
        kept = [f for f in found if not f.by_query] + [f for f in others if f.by_query]
        return kept, [
            "pySHACL ran the queries over a part, for a value of another datatype than it should have"
        ]

    def _is_odd(self, triple: Triple) -> bool:
        kinds = self.compared.get(triple.predicate.value)
        value = triple.object
        return kinds is not None and not (isinstance(value, Literal) and value.datatype.value in kinds)


@dataclass(frozen=True, slots=True)
class Checker:
    """Shapes and an ontology made ready to check graphs of any number.

    `notes` tell which shapes are not checked in the fast way.
    """

    axioms: Axioms
    parts: tuple[Part, ...]
    field: Field
    lent: tuple[Triple, ...]
    notes: tuple[str, ...]
    files: tuple[Path, ...]
    engine: str

    @classmethod
    def of(cls, files: Iterable[Path], axioms: Axioms = NO_AXIOMS, *, engine: str = AUTO) -> Checker:
        """Read shapes. Raises OntologyError where they are malformed, UsageError for the engine."""
        paths = tuple(sorted(files))
        triples = [triple for path in paths for triple in read_triples(path)]
        return cls.made(triples, engine, axioms, paths)

    @classmethod
    def made(
        cls, shapes: Sequence[Triple], engine: str, axioms: Axioms = NO_AXIOMS, files: tuple[Path, ...] = ()
    ) -> Checker:
        """Make shapes ready, each for the engine that can check it; raises what `of` raises."""
        name = chosen(engine)
        _refuse_reaching(shapes)
        reads = read_shapes(shapes)
        parts, notes = _parts(shapes, name, reads)
        lent = tuple(sorted((t for t in axioms.triples if _is_lent(t)), key=str))
        return cls(axioms, parts, Field.of(reads, axioms), lent, notes, files, name)

    def findings(
        self, data: Iterable[Quad], *, opaque: bool | None = None
    ) -> tuple[list[Finding], list[str]]:
        """Check quads with what the ontology lends them; return results, and what to say of the engines."""
        triples = {quad.triple for quad in data if quad.predicate.value not in UNDER or not self.lent}
        triples.update(self.lent)
        found: list[Finding] = []
        notes: list[str] = []
        for part in self.parts:
            if opaque is None or part.opaque == opaque:
                results, said = part.findings(triples)
                found += results
                notes += said
        return found, notes

    def report(self, found: Iterable[Finding], view: View, notes: Iterable[str] = ()) -> Report:
        """Say results in words, sorted."""
        speaker = Speaker(view, self.axioms)
        results = (_result(finding, speaker) for finding in found)
        return Report(tuple(sorted(results, key=order)), (*self.notes, *counted_notes(notes)))


def _refuse_reaching(shapes: Iterable[Triple]) -> None:
    """Raise OntologyError where the SPARQL of a shape would leave the data that is checked."""
    for triple in shapes:
        if triple.predicate.value in _QUERIES and isinstance(triple.object, Literal):
            try:
                refuse_deep(triple.object.value)
                refuse_outside(triple.object.value)
            except QueryError as error:
                raise OntologyError(f"shapes: {_value(triple.predicate)}: {error}") from error


def _parts(shapes: Sequence[Triple], name: str, reads: Reads) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Share out shapes: those that can be checked as asked, those that pySHACL checks, the opaque ones."""
    every = set(targeted(shapes))
    slow = reads.delicate - reads.opaque if name == FAST else frozenset()
    parts, notes = [], []
    for members, engine, note in (
        (every - slow - reads.opaque, name, ""),
        (slow, PYSHACL, "compares values that the fast engine may not: pySHACL checks it"),
        (reads.opaque, PYSHACL, "may see anything: pySHACL checks it with an article's whole neighbourhood"),
    ):
        if members or not (every or note):
            kept = tuple(without_targets(shapes, every - members))
            made, said = fast_or_not(kept, engine)
            opaque = bool(members) and members == reads.opaque
            parts.append(Part(kept, made, opaque, reads.compared))
            notes += [said] if said else []
            notes += [f"{_short(shape)} {note}" for shape in sorted(members, key=str) if note]
    return tuple(parts), tuple(notes)


def validate(quads: Iterable[Quad], shapes: Iterable[Path], ontology: Axioms, engine: str = AUTO) -> Report:
    """Validate quads as a whole, such as an article's neighbourhood.

    The roles of events that did not take place are checked as claimed. Raises OntologyError
    for a shapes file that cannot be used.
    """
    return check(quads, Checker.of(shapes, ontology, engine=engine))


def check(quads: Iterable[Quad], checker: Checker) -> Report:
    """Validate quads as a whole. Raises ReadError for terms of RDF 1.2."""
    known = list(quads)
    if any(isinstance(quad.object, Triple) or isinstance(quad.subject, Triple) for quad in known):
        raise ReadError("kg reads no triple terms (RDF 1.2); write them as claims")
    view = View(_in_memory(known))
    reach = Reach.into(view, checker.field, Names())
    events = {q.subject for q in known if q.predicate == TYPE and _value(q.object) in checker.field.events}
    claimed = [quad for event in events for quad in reach.claimed(event)] if checker.lent else []
    found, notes = checker.findings([*known, *claimed])
    return checker.report(found, view, notes)


def validate_change(
    view: View, changed: Iterable[Quad], checker: Checker, names: Names, *, graph: str = ""
) -> Report:
    """Validate what quads that came or went can make right or wrong, whatever else a store holds.

    Shapes of which it is not known what they see are checked with the neighbourhood of `graph`.
    """
    reach = Reach.into(view, checker.field, names)
    found, notes = see(reach, reach.affected(changed), checker)
    if graph and any(part.opaque for part in checker.parts):
        more, said = checker.findings(neighbourhood(view, graph, names), opaque=True)
        found += more
        notes += said
    return checker.report(found, view, notes)


def see(reach: Reach, nodes: Collection[Term], checker: Checker) -> tuple[list[Finding], list[str]]:
    """Check nodes with all that their shapes can see; return what is wrong with them alone."""
    if not nodes:
        return [], []
    found, notes = checker.findings(reach.visible(nodes), opaque=False)
    meant = {_value(node) for node in nodes}
    if reach.crowded:
        notes.append("very many nodes lead to what has changed; kg validate looks at all of them")
    return [finding for finding in found if about(finding, checker) in meant], notes


def about(finding: Finding, checker: Checker) -> str:
    """Return the node that a result says something of."""
    free = finding.by_query and finding.focus in checker.field.reads.free
    return finding.value if free else finding.focus


def counted_notes(notes: Iterable[str]) -> tuple[str, ...]:
    """Return notes sorted, each once, with how often it was made."""
    return tuple(f"{note} ({number}x)" for note, number in sorted(Counter(notes).items()))


def house_rules(files: Iterable[Path]) -> Report:
    """Check ontology files against the house rules (`shapes/house.ttl`)."""
    ontology = read_axioms(files)
    rules = Checker.of([shipped() / "shapes" / "house.ttl"], engine=PYSHACL)
    quads = [Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in ontology.triples]
    found, notes = rules.findings(quads)
    speaker = Speaker(View(_in_memory(quads)), ontology)
    return Report(tuple(sorted((_result(each, speaker) for each in found), key=order)), tuple(notes))


def order(result: Result) -> tuple[str, ...]:
    """Return what results are sorted by: violations first."""
    severity = {"Violation": "0", "Warning": "1"}.get(result.severity, "2")
    return severity, result.words, result.focus, result.path, result.value, result.shape


def _in_memory(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def _short(shape: object) -> str:
    return _value(shape).rpartition("#")[2] or "a shape"


def _is_lent(triple: Triple) -> bool:
    """Tell whether the data needs this triple of the ontology: hierarchy and individuals."""
    individual = triple.predicate == TYPE and isinstance(triple.object, NamedNode)
    return triple.predicate.value in UNDER or (individual and str(triple.object).startswith(f"<{NS}"))


def _result(found: Finding, speaker: Speaker) -> Result:
    focus, value = (found.value or found.focus, "") if found.by_query else (found.focus, found.value)
    return Result(
        focus, found.path, value, found.severity, found.message, found.shape,
        speaker.sentence(focus), speaker.say(focus, found.path, value, found.message),
    )  # fmt: skip
