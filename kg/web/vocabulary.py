"""The page of the vocabulary: classes, types of events, properties and values, by their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, Quad

from kg.iri import NS
from kg.query import Answer
from kg.resources import Resources
from kg.terms import OWL, RDF, RDFS
from kg.turtle import Facts, parse_turtle, read_turtle
from kg.web.asked import Asked
from kg.web.page import Page
from kg.web.site import Site

_EXAMPLES: Final = 2  # sentences that are shown of a type
_PROPERTIES: Final = tuple(f"{OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation"))
_GROUPS: Final = ("Types of events", "Classes", "Properties", "Values")


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its local name, label and comment, its code in PLOVER, what it is under, and examples.

    `links` are other terms by the words that lead to them: under, of, to.
    """

    name: str
    label: str
    comment: str
    code: str
    links: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]


def listing(site: Site, _: Asked, __: Mapping[str, str]) -> Page:
    """Return the page of all terms; its RDF is the ontology itself."""
    groups, quads = site.keep("vocabulary", lambda: (_groups(site.found), tuple(_quads(site.found))))
    columns = ("name", "label", "comment", "plover")
    rows = tuple(
        tuple(map(Literal, (term.name, term.label, term.comment, term.code)))
        for terms in groups.values()
        for term in terms
    )
    return Page(
        "vocabulary.html", "Vocabulary", {"groups": groups}, lambda: Answer(columns, rows), quads=quads
    )


def _files(found: Resources) -> list[Path]:
    """Return the files of terms: names of actors and places, and words of the language, are no terms."""
    files = found.files("ontology", ".ttl")
    return [path for name, path in files.items() if not name.startswith(("entities/", "lexicon"))]


def _groups(found: Resources) -> dict[str, tuple[Term, ...]]:
    facts = read_turtle(_files(found))
    groups: dict[str, list[Term]] = {name: [] for name in _GROUPS}
    for iri in facts.of:
        if iri.startswith(NS) and facts.text(iri, f"{RDFS}label"):
            groups[_group(facts, iri)].append(_term(facts, iri))
    return {
        name: tuple(sorted(terms, key=lambda each: each.label)) for name, terms in groups.items() if terms
    }


def _group(facts: Facts, iri: str) -> str:
    kinds = facts.texts(iri, f"{RDF}type")
    if f"{OWL}Class" in kinds:
        return _GROUPS[0] if _is_event(facts, iri, frozenset()) else _GROUPS[1]
    return _GROUPS[2] if not set(_PROPERTIES).isdisjoint(kinds) else _GROUPS[3]


def _is_event(facts: Facts, iri: str, seen: frozenset[str]) -> bool:
    above = set(facts.texts(iri, f"{RDFS}subClassOf")) - seen
    return f"{NS}Event" in above or any(_is_event(facts, each, seen | {iri}) for each in above)


def _term(facts: Facts, iri: str) -> Term:
    found = [("under", each) for each in facts.texts(iri, f"{RDFS}subClassOf")]
    found += [("under", each) for each in facts.texts(iri, f"{RDFS}subPropertyOf")]
    found += [("of", each) for each in facts.texts(iri, f"{RDFS}domain")]
    found += [("to", each) for each in facts.texts(iri, f"{RDFS}range")]
    found += [("a", each) for each in facts.texts(iri, f"{RDF}type")]
    examples = (facts.text(each, f"{NS}text") for each in facts.texts(iri, f"{NS}example"))
    return Term(
        iri.removeprefix(NS),
        facts.text(iri, f"{RDFS}label") or "",
        facts.text(iri, f"{RDFS}comment") or "",
        facts.text(iri, f"{NS}plover") or "",
        tuple((how, each.removeprefix(NS)) for how, each in found if each.startswith(NS)),
        tuple(text for text in examples if text)[:_EXAMPLES],
    )


def _quads(found: Resources) -> list[Quad]:
    """Return what the files say; what has no name there is numbered, the same in every run."""
    quads = [quad for path in _files(found) for quad in parse_turtle(path)]
    nodes = (node for quad in quads for node in (quad.subject, quad.object) if isinstance(node, BlankNode))
    numbered = {node: BlankNode(f"b{place}") for place, node in enumerate(dict.fromkeys(nodes))}
    return [_renamed(quad, numbered) for quad in quads]


def _renamed(quad: Quad, names: Mapping[BlankNode, BlankNode]) -> Quad:
    subject, value = quad.subject, quad.object
    return Quad(
        names[subject] if isinstance(subject, BlankNode) else subject,
        quad.predicate,
        names[value] if isinstance(value, BlankNode) else value,
    )
