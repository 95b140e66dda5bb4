"""Crosses to rdflib and back, for the libraries that know nothing else (pySHACL, owlrl)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import ReadError
from kg.terms import XSD

if TYPE_CHECKING:
    import rdflib


def to_rdflib(triples: Iterable[Quad | Triple]) -> rdflib.Graph:
    """Return a new rdflib graph in memory with the triples, whatever graph they were in.

    Lexical forms are kept as they are: rdflib's normalisation is off.
    """
    import rdflib

    def term(value: object) -> rdflib.term.Node:
        match value:
            case NamedNode():
                return rdflib.URIRef(value.value)
            case BlankNode():
                return rdflib.BNode(value.value)
            case Literal(language=str(language)):
                return rdflib.Literal(value.value, lang=language)
            case Literal():
                datatype = value.datatype.value
                known = None if datatype == f"{XSD}string" else rdflib.URIRef(datatype)
                return rdflib.Literal(value.value, datatype=known, normalize=False)
        raise ReadError(f"{value}: not a term of RDF 1.1; kg reads no triple terms")

    graph = rdflib.Graph()
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph
