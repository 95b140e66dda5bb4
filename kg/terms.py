"""RDF terms: shorthands for the vocabularies used, and literals that survive the store.

Only datatypes that the store keeps as they are get written (string, integer, decimal, date,
EDTF); words of a text are always plain strings.
"""

from __future__ import annotations

from datetime import date
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.iri import EDTF, NS

Node: TypeAlias = NamedNode | Literal

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
OA: Final = "http://www.w3.org/ns/oa#"
SCHEMA: Final = "https://schema.org/"
PROV: Final = "http://www.w3.org/ns/prov#"
SH: Final = "http://www.w3.org/ns/shacl#"

PREFIXES: Final = {
    "kg": NS,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}

KINDS: Final = (
    "actor", "article", "claim", "count", "decision", "description", "event", "link", "metonym", "object",
    "place", "report", "time",
)  # fmt: skip

TYPE: Final = NamedNode(f"{RDF}type")
LABEL: Final = NamedNode(f"{RDFS}label")
SAME_AS: Final = NamedNode(f"{OWL}sameAs")
EXACT_MATCH: Final = NamedNode(f"{SKOS}exactMatch")
EXACT: Final = NamedNode(f"{OA}exact")
START: Final = NamedNode(f"{OA}start")
END: Final = NamedNode(f"{OA}end")

_INTEGER: Final = NamedNode(f"{XSD}integer")
_DECIMAL: Final = NamedNode(f"{XSD}decimal")
_DATE: Final = NamedNode(f"{XSD}date")
_EDTF: Final = NamedNode(EDTF)

LINKABLE: Final = ("http://", "https://", "urn:")


def prefixes(base: str) -> dict[str, str]:
    """Return every prefix in use: the vocabularies, and each kind of thing below a base."""
    ours = {kind: f"{base}id/{kind}/" for kind in KINDS}
    return dict(sorted({**PREFIXES, **ours, "graph": f"{base}graph/"}.items()))


def short(iri: str, base: str) -> str:
    """Return the short form of an IRI for people, or the IRI itself where none is known.

    >>> short("https://w3id.org/kgnews/id/actor/norland-q1", "https://w3id.org/kgnews/")
    'actor:norland-q1'
    """
    for prefix, space in prefixes(base).items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def kg(name: str) -> NamedNode:
    """Return a term of kg's own vocabulary by its local name."""
    return NamedNode(NS + name)


def schema(name: str) -> NamedNode:
    """Return a schema.org term by its local name."""
    return NamedNode(SCHEMA + name)


def typed(lexical: str, datatype: str) -> Literal:
    """Return a literal of an XSD datatype, given by its local name."""
    return Literal(lexical, datatype=NamedNode(XSD + datatype))


def integer(number: int) -> Literal:
    """Return a number as xsd:integer."""
    return Literal(str(number), datatype=_INTEGER)


def decimal(number: float) -> Literal:
    """Return a number as xsd:decimal with at most two digits, as the store writes it.

    >>> decimal(0.5).value, decimal(1.0).value, decimal(0.996).value
    ('0.5', '1', '1')
    """
    return Literal(hundredths(number), datatype=_DECIMAL)


def hundredths(number: float) -> str:
    """Return a number with at most two digits after its point."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def day(value: date) -> Literal:
    """Return a day as xsd:date."""
    return Literal(value.isoformat(), datatype=_DATE)


def edtf(value: str) -> Literal:
    """Return a date as an EDTF literal (ISO 8601-2)."""
    return Literal(value, datatype=_EDTF)


def plain(term: object) -> str:
    """Return an IRI or the words of a literal as a string; nothing for any other term.

    >>> plain(kg("Event")), plain(integer(3))
    ('https://w3id.org/kgnews/ns#Event', '3')
    """
    return term.value if isinstance(term, NamedNode | Literal) else ""


def link(address: str) -> NamedNode | None:
    """Return an address as an IRI, or None where it is not http, https or urn or not valid.

    >>> link("javascript:alert(1)") is link("http://a b") is None
    True
    """
    if not address.lower().startswith(LINKABLE):
        return None
    try:
        return NamedNode(address)
    except ValueError:
        return None
