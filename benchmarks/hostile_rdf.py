"""Hostile inputs in RDF, and shapes: what would change meanings, is no value, is a bomb, or reaches out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox
from hostile_cases import EITHER, FINE, Case, Traps

from kg.iri import BASE, EDTF, NS
from kg.terms import OWL, PREFIXES, RDF, RDFS, SH, XSD

_FORMS: Final = {
    ".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES, ".jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
_EX: Final = "https://example.org/"
_ACTOR: Final = f"{BASE}id/actor/"
_MEANING: Final = (
    (f"{RDF}type", f"{RDFS}subPropertyOf", f"{_EX}killed"), (f"{NS}Raid", f"{RDFS}subClassOf", f"{NS}Aid"),
    (f"{NS}agent", f"{RDFS}domain", f"{_EX}Murderer"), (f"{NS}agent", f"{RDFS}range", f"{_EX}Murderer"),
    (f"{_EX}killed", f"{RDFS}subPropertyOf", f"{RDF}type"), (f"{_EX}p", f"{OWL}equivalentProperty",
    f"{NS}agent"),
    (f"{_EX}p", f"{OWL}inverseOf", f"{NS}agent"), (f"{_ACTOR}a", f"{OWL}sameAs", f"{_ACTOR}b"),
    (f"{_EX}a", f"{OWL}sameAs", f"{_ACTOR}b"), (f"{_ACTOR}a", f"{RDFS}subClassOf", f"{NS}Aid"),
    (f"{_EX}s", f"{RDF}type", f"{SH}NodeShape"), (f"{_EX}s", f"{SH}targetClass", f"{NS}Event"),
    (f"{NS}ClaimShape", f"{SH}deactivated", f"{_EX}true"), (f"{_EX}C", f"{OWL}disjointWith", f"{NS}Actor"),
    (f"{OWL}sameAs", f"{RDF}type", f"{OWL}SymmetricProperty"),
    (f"{NS}Raid", f"{RDF}type", f"{OWL}ObjectProperty"),
)  # fmt: skip
_OWN: Final = (
    "log",
    "ontology",
    "entities",
    "links",
    "events",
    "inferred",
    "decisions",
    "article-abc",
    "any",
)
_ILL: Final = {
    "date": ("2025-02-30", "2023-02-29", "2025-1-1", "１９９９-01-01", "2025-01-01T00:00:00", ""),
    "gYearMonth": ("2025-13", "2025-00", "202５-01"), "gYear": ("25", "٢٠٢٥"), "time": ("25:00:00",
    "12:60:00"),
    "dateTime": ("2025-02-29T00:00:00Z", "2025-01-01 00:00:00", "2025-01-01T00:00:00+15:00"),
    "integer": ("４２", "1.0", " 1", "0x10", "١٢", "1_000", "9" * 2000), "byte": ("128",),
    "unsignedInt": ("-1",),
    "decimal": ("1,5", "1e3", "NaN", "."), "double": ("NaN", "nan", "Infinity", "1e999"), "float": ("１.0",),
    "boolean": ("TRUE", "yes", "2"), "duration": ("P", "1Y", "P1S"), "language": ("1",), "hexBinary": ("0",),
}  # fmt: skip


def rdf(traps: Traps) -> Iterator[Case]:
    """Yield files to be loaded."""
    for number, words in enumerate(_MEANING, 1):
        triple = ox.Triple(*map(ox.NamedNode, words))
        for ending, form in _FORMS.items():
            yield _file(f"redefines {number}", _written(triple, form), ending)
    for name in _OWN:
        quad = ox.Quad(*(ox.NamedNode(_EX + x) for x in "abc"), ox.NamedNode(f"{BASE}graph/{name}"))  # type: ignore[misc]
        for ending in (".nq", ".trig", ".jsonld"):
            yield _file(f"writes graph/{name}", _written(quad, _FORMS[ending]), ending)
    ill = [(text, XSD + kind) for kind, texts in _ILL.items() for text in texts]
    ill += [
        (text, EDTF) for text in ("soon", "2025-02-30", "2025-13", "[2025-01-09..2025-01-01]", "２０２５")
    ]
    for number, (text, kind) in enumerate(ill, 1):
        value = ox.Literal(text, datatype=ox.NamedNode(kind))
        triple = ox.Triple(ox.NamedNode(f"{_EX}a"), ox.NamedNode(f"{_EX}p"), value)
        yield _file(f"ill-typed {number}", _written(triple, _FORMS[".nt"]), ".nt")
    yield from (_file(name, data, ending) for name, ending, data in _bombs())
    yield from (_file(name, data, ending, EITHER) for name, ending, data in _heavy())
    for number, text in enumerate(_remote(traps), 1):
        yield _file(f"reaches out {number}", json.dumps(text).encode(), ".jsonld")
    for ending in (".rdf", ".owl", ".xml", ".n3", ".html", ".gz", ""):
        yield _file(f"entities as {ending or 'nothing'}", _entities(traps), ending)
    yield from (_file(name, data.encode(), ending, FINE) for name, ending, data in _HARMLESS)


def _file(name: str, data: bytes, ending: str, end: str = "refused") -> Case:
    return Case("rdf", f"{name}{ending}", data, end, f"a{ending}", costly=end == EITHER)


def _written(what: ox.Triple | ox.Quad, form: ox.RdfFormat) -> bytes:
    return ox.serialize([what], format=form) or b""


def _bombs() -> Iterator[tuple[str, str, bytes]]:
    """Yield what must be refused: nested terms, broken bytes, words without end."""
    for ending in (".nt", ".nq", ".ttl", ".trig"):
        terms = "<a:a> <a:p> " + "<<( <a:a> <a:p> " * 100_000 + "<a:b>" + " )>>" * 100_000 + " ."
        yield "100,000 terms in each other", ending, terms.encode()
        yield "a word of 20 MB", ending, b'<a:a> <a:p> "' + b"x" * 20_000_000
        yield "not UTF-8", ending, b'<a:a> <a:p> "\xff\xfe" .'
        yield "UTF-16", ending, "<a:a> <a:p> <a:b> .".encode("utf-16")
        yield "NUL", ending, b"<a:a> <a:p> <a:b> .\x00"
        yield "a space in an IRI", ending, b"<a:a b> <a:p> <a:b> ."
        yield "a line in an IRI", ending, b"<a:a> <a:p> <a:b\n> ."
        yield "a bracket in an IRI", ending, b"<a:a> <a:p> <a:b<c> ."
        yield "an escape in an IRI", ending, b"<a:a> <a:p> <a:\\u0020> ."
        yield "half a letter", ending, b'<a:a> <a:p> "\\uD800" .'
        yield "a relative IRI", ending, b"<../../x> <a:p> <a:b> ."
        yield "a literal that says something", ending, b"<a:a> 'p' <a:b> ."
        yield "a number out of Unicode", ending, b'<a:a> <a:p> "\\UFFFFFFFF" .'
    for name, data in {
        "objects in each other": b'{"a:p":' * 100_000 + b"1" + b"}" * 100_000,
        "lists in each other": b'{"@id":"a:a","a:p":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "a circle of terms": b'{"@context":{"a":"b:x","b":"a:x"},"@id":"a:a","a:p":1}',
        "half a file": b'{"@id":"a:a","a:p":', "no JSON": b"<a:a> <a:b> <a:c> .",
        "half a letter": b'{"a:p":"\\ud800"',
        "an IRI that is none": b'{"@id":"a:a","a:p":{"@value":"x","@type":5}}',
    }.items():  # fmt: skip
        yield name, ".jsonld", data


def _heavy() -> Iterator[tuple[str, str, bytes]]:
    """Yield what is right and heavy."""
    yield (
        "blank nodes in each other",
        ".ttl",
        b"<a:a> <a:p> " + b"[ <a:p> " * 50_000 + b"1" + b"]" * 50_000 + b" .",
    )
    yield "lists in each other", ".ttl", b"<a:a> <a:p> " + b"(" * 50_000 + b"1" + b")" * 50_000 + b" ."
    yield "50,000 prefixes", ".ttl", b"".join(b"@prefix p%d: <a:%d> .\n" % (n, n) for n in range(50_000))
    yield "a base for each", ".ttl", b"".join(b"@base <a:%d/> . <b> <a:p> <c> .\n" % n for n in range(5000))
    chain = b"".join(b"<urn:%d> <urn:p> <urn:%d> .\n" % (n, n + 1) for n in range(300_000))
    yield "a chain of 300,000", ".nt", chain
    same = "".join(f"<urn:{n}> <{OWL}sameAs> <urn:{n + 1}> .\n" for n in range(2000))
    yield "2,000 that are the same", ".nt", same.encode()
    below = "".join(f"<urn:{n}> <{RDFS}subClassOf> <urn:{n + 1}> .\n" for n in range(5000))
    yield "5,000 classes below each other", ".nt", below.encode()
    acts = "".join(f"<urn:{n}> <{NS}partOf> <urn:{n + 1}> .\n" for n in range(3000))
    yield "3,000 parts of each other", ".nt", acts.encode()
    everything = "".join(f"<urn:{a}> <{NS}agent> <urn:{b}> .\n" for a in range(60) for b in range(60))
    yield "everybody did everything", ".nt", everything.encode()
    yield "a long IRI", ".nt", b"<a:" + b"x" * 5_000_000 + b"> <a:p> <a:b> ."
    yield (
        "context in context",
        ".jsonld",
        (b'{"@context":{"p":{"@id":"a:p","@context":' * 2000 + b"{}" + b"}}" * 2000 + b',"@id":"a:a","p":1}'),
    )


def _remote(traps: Traps) -> Iterator[object]:
    for url in (traps.url, f"file://{traps.file}", traps.file, f"{traps.url}?x=1#y"):
        yield {"@context": url, "@id": "a:a", "a:p": 1}
        yield {"@context": [{}, url], "@id": "a:a", "a:p": 1}
        yield {"@context": {"@version": 1.1, "@import": url}, "@id": "a:a", "a:p": 1}
        yield {"@context": {"p": {"@id": "a:p", "@context": url}}, "@id": "a:a", "p": {"p": 1}}
        yield {"@id": "a:a", "a:p": {"@context": url, "a:q": 1}}


def _entities(traps: Traps) -> bytes:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rdf:RDF SYSTEM "{traps.url}" [<!ENTITY e0 "aaaaaaaaaa">{entities}'
        f'<!ENTITY x SYSTEM "file://{traps.file}">]><rdf:RDF xmlns:rdf="{RDF}" xmlns:a="urn:a">'
        '<rdf:Description rdf:about="urn:a"><a:p>&e9;&x;</a:p></rdf:Description></rdf:RDF>'
    ).encode()


_HARMLESS: Final = (
    ("says what is known", ".nt", f"<{NS}Raid> <{RDF}type> <{OWL}Class> ."),
    ("looks like a meaning", ".nt", f'<{_EX}a> <{RDFS}comment> "kg:Raid rdfs:subClassOf kg:Aid" .'),
    ("own classes", ".nt", f"<{_EX}Mine> <{RDFS}subClassOf> <{NS}Raid> ."),
    ("a leap day", ".nt", f'<{_EX}a> <{_EX}p> "2024-02-29"^^<{XSD}date> .'),
    ("zeros", ".nt", f'<{_EX}a> <{_EX}p> "007"^^<{XSD}integer> .'),
    ("angles", ".nt", f'<{_EX}a> <{_EX}p> "cout <<(1) <<(2) << x" .'),
    (
        "a context of its own",
        ".jsonld",
        '{"@context":{"p":"https://example.org/p"},"@id":"a:a","p":"http://x/"}',
    ),
    ("200 blank nodes in each other", ".ttl", "<a:a> <a:p> " + "[ <a:p> " * 200 + "1" + "]" * 200 + " ."),
    ("a terminal's escapes", ".nt", f'<{_EX}a> <{RDFS}label> "\\u001b[2J\\u202egnp.exe" .'),
    ("a script", ".nt", f'<{_EX}a> <{RDFS}label> "<script>alert(1)</script>" .'),
)


def shapes(traps: Traps) -> Iterator[Case]:
    """Yield shapes, to check a triple or two with."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    node = "<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; "
    query = node + "sh:sparql [ a sh:SPARQLConstraint ; sh:select '''%s''' ] ."
    for target in (traps.url, f"file://{traps.file}"):
        for n, text in enumerate((
            f"SELECT $this {{ SERVICE <{target}> {{ $this ?p ?o }} }}",
            f"SELECT $this {{ SERVIC\\\\u0045 <{target}> {{ $this ?p ?o }} }}",
            f"SELECT $this FROM <{target}> {{ $this ?p ?o }}",  # noqa: S608  # no SQL
            f"SELECT $this FRO\\\\u004D NAMED <{target}> {{ GRAPH ?g {{ $this ?p ?o }} }}",
        ), 1):  # fmt: skip
            yield Case("shapes", f"reaches out {n} to {target[:4]}", (prefixes + query % text).encode())
        imported = f"{prefixes}<urn:o> owl:imports <{target}> . {node} sh:class <urn:c> ."
        yield Case("shapes", f"imports from {target[:4]}", imported.encode(), EITHER)
        library = f"sh:jsLibrary [ sh:jsLibraryURL <{target}> ]"
        script = f"{prefixes}{node} sh:js [ {library} ; sh:jsFunctionName 'f' ] ."
        yield Case("shapes", f"scripts from {target[:4]}", script.encode(), EITHER)
    for name, text in {
        "a pattern without end": node + 'sh:property [ sh:path <urn:p> ; sh:pattern "^(a|a)*$" ] .',
        "a pattern of patterns": node + 'sh:property [ sh:path <urn:p> ; sh:pattern "^((a+)+)+$" ] .',
        "a shape in itself": node + "sh:node <urn:s> .",
        "a path in itself": node + "sh:property [ sh:path _:p ] . _:p sh:inversePath _:p .",
        "a list in itself": node + "sh:or _:l . _:l rdf:first <urn:s> ; rdf:rest _:l .",
        "3,000 in each other": node + "sh:not [ " * 3000 + "sh:class <urn:c>" + " ]" * 3000 + " .",
        "a long path": node + "sh:property [ sh:path ( " + "<urn:p> " * 20_000 + ") ; sh:minCount 1 ] .",
        "a number that is none": node
        + 'sh:property [ sh:path <urn:p> ; sh:minInclusive "NaN"^^xsd:double ] .',
        "a pattern that is none": node + 'sh:property [ sh:path <urn:p> ; sh:pattern "(" ] .',
        "a heavy query": query % "SELECT $this { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }",
        "a nested query": query % ("SELECT $this { FILTER(" + "!(" * 22 + ") }"),
        "no Turtle": "<urn:s> a",
        "a pattern with a look behind": node + 'sh:property [ sh:path <urn:p> ; sh:pattern "(?<=a+)b" ] .',
    }.items():  # fmt: skip
        yield Case("shapes", name, (prefixes + text).encode(), EITHER, costly=True)
    plain = prefixes + node + "sh:property [ sh:path <urn:p> ; sh:minCount 1 ] ."
    yield Case("shapes", "a plain one", plain.encode(), FINE)
