"""Hostile inputs as values, and those in SPARQL: what reaches out, what is too deep, what costs too much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

REFUSED: Final = "refused"  # what may become of an input
FINE: Final = "fine"  # it only looks hostile, and goes through
EITHER: Final = "either"  # an answer or a refusal


@dataclass(frozen=True, slots=True)
class Case:
    """One input: of which kind, its content, what its file is called, what must become of it.

    A costly one is stopped by limits: it is given to fronts that have some, not to the library.
    """

    kind: str
    name: str
    data: bytes
    end: str = REFUSED
    file: str = ""
    costly: bool = False


@dataclass(frozen=True, slots=True)
class Traps:
    """What no input may reach: an address where somebody listens, and a file that tells who opens it."""

    url: str
    file: str


def sparql(traps: Traps) -> Iterator[Case]:
    """Yield queries."""
    named = {
        **{f"reaches out {n}": (text, REFUSED) for n, text in enumerate(_reaching(traps), 1)},
        **{f"nested {name}": (text, REFUSED) for name, text in _nested()},
        **{f"update {n}": (text, REFUSED) for n, text in enumerate(_UPDATES, 1)},
        **{f"malformed {n}": (text, REFUSED) for n, text in enumerate(_MALFORMED, 1)},
        **{f"looks like it {n}": (text, FINE) for n, text in enumerate(_HARMLESS, 1)},
    }
    for name, (text, end) in named.items():
        yield Case("sparql", name, text.encode("utf-8", "surrogatepass"), end)
    for name, text in _costly():
        yield Case("sparql", f"costs {name}", text.encode(), EITHER, costly=True)
    for name, data in _BYTES.items():
        yield Case("sparql", f"bytes {name}", data, EITHER)


def _reaching(traps: Traps) -> Iterator[str]:
    for target in (traps.url, f"file://{traps.file}"):
        for word in (
            "SERVICE", "service", "SeRvIcE SILENT", "SERVIC\\u0045", "\\u0053ERVICE", "\\U00000053ERVICE",
            "#\nSERVICE", "SERVICE#\n", "FILTER(1<2)SERVICE", "OPTIONAL{?x ?y ?z}SERVICE",
        ):  # fmt: skip
            yield f"SELECT * {{ {word} <{target}> {{ ?a ?b ?c }} }}"
        for before, behind in (
            ("?s x:it\\'s ?o .", "FILTER(?a != 'x')"),
            ("?s ?p '\\u0027' . ?s <http://e/\\u0062'> ?o .", "OPTIONAL { ?s ?p '\\u0027' }"),
            ("FILTER(?s<?o&&'>'=?p)", "FILTER(?a>'x')"),
            ("FILTER(?s<?o#>'''\n&&?p>?o)", "#'''\n"),
            ("# \r", ""),
        ):
            hidden = f"{{ {before} }} UNION {{ SERVICE <{target}> {{ ?a ?b ?c }} {behind} }}"
            yield f"PREFIX x: <http://x/> SELECT * {{ {hidden}\n}}"
        for clause in (
            "FROM", "from", "FROM NAMED", "FRO\\u004D", "FROM#\n", "FROM\tNAMED", "\\u0046ROM",
            "\\u0046ROM NAMED",
        ):  # fmt: skip
            yield f"SELECT * {clause} <{target}> {{ ?a ?b ?c }}"
        yield f"LOAD <{target}>"
        yield f"LOAD SILENT <{target}> INTO GRAPH <urn:g>"
        yield f"PREFIX x: <{target}> SELECT * {{ SERVICE x: {{ ?a ?b ?c }} }}"
        yield f"PREFIX x: <{target}> SELECT * FROM x: {{ ?a ?b ?c }}"  # noqa: S608  # no SQL
        yield f"BASE <{target}> SELECT * {{ SERVICE <> {{ ?a ?b ?c }} }}"
        yield f"SELECT * {{ {{ SELECT * {{ SERVICE <{target}> {{ ?a ?b ?c }} }} }} }}"
        yield f"SELECT * {{ ?a ?b ?c FILTER EXISTS {{ SERVICE <{target}> {{ ?a ?b ?c }} }} }}"
        yield f"SELECT * {{ VALUES ?u {{ <{target}> }} SERVICE ?u {{ ?a ?b ?c }} }}"
        yield f'ASK {{ FILTER(\'z\' != """a\\"""") SERVICE <{target}> {{}} FILTER(\'z\' != "") }}'


def _nested() -> Iterator[tuple[str, str]]:
    opening = {
        "groups": ("SELECT * {", "{", "}", "}"),
        "brackets": ("SELECT * { FILTER(", "(", ")", "true) }"),
        "negated": ("SELECT * { FILTER(", "!(", ")", "true) }"),
        "minus": ("SELECT * { FILTER(", "-(", ")", "1) }"),
        "functions": ("SELECT * { FILTER(", "STR(", ")", "1) }"),
        "blank nodes": ("SELECT * { ?a ?b ", "[<a:a> ", "]", " }"),
        "lists": ("SELECT * { ?a ?b ", "(", ")", " }"),
        "paths": ("SELECT * { ?a ", "^(", ")", "<a:a> ?b }"),
        "optional": ("SELECT * { ", "OPTIONAL {", "}", " }"),
        "subqueries": ("SELECT * { ", "{ SELECT * {", "}}", " }"),
        "exists": ("SELECT * { ", "FILTER EXISTS {", "}", " }"),
        "if": ("SELECT * { FILTER(", "IF(true,1,", ")", "1) }"),
    }
    for name, (begin, one, close, end) in opening.items():
        yield f"{name}, 70 deep", begin + one * 70 + close * 70 + end
        yield f"{name}, 3,000 deep", begin + one * 3000 + close * 3000 + end
        yield f"{name}, 66 left open", begin + one * 66
    yield "groups behind comments", "SELECT * " + "{#}\n" * 3000 + "}" * 3000
    yield "negated, 22 in 71 bytes", "SELECT * {?s ?p ?o FILTER(" + "!(" * 22
    yield "negated behind quotes", "SELECT * {?s ?p ?o FILTER(1<" + "!(')'=" * 30 + ">0"


def _costly() -> Iterator[tuple[str, str]]:
    many = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(400))
    yield "400 patterns", f"SELECT * {{ {many} }}"
    yield "400 patterns that hang together", "SELECT * { " + "".join(
        f"?a{n} ?p{n} ?a{n + 1} . " for n in range(400)
    ) + "}"  # fmt: skip
    product = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
    for name, head in {
        "all": "SELECT *", "a count": "SELECT (COUNT(*) AS ?n)", "a graph": "CONSTRUCT { ?a ?b ?l }",
        "distinct": "SELECT DISTINCT ?a ?l", "a description": "DESCRIBE ?a ?l",
    }.items():  # fmt: skip
        yield f"a product, {name}", f"{head} WHERE {{ {product} }}"
    yield "a product, sorted", f"SELECT * {{ {product} }} ORDER BY ?l ?a"
    yield "a product, joined as text", f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x) {{ {product} }}"
    yield "a product, asked", f"ASK {{ {product} FILTER(?a = ?k && ?b = ?l && ?c = 7) }}"
    steps = "".join(
        f"BIND (CONCAT({','.join([f'?x{n}'] * 10)}) AS ?x{n + 1}) " for n in range(12)
    )  # fmt: skip
    yield "a text that grows", f"SELECT ?x12 {{ BIND ('aaaaaaaaaa' AS ?x0) {steps} }}"
    yield "paths", "SELECT * { ?a (!<a:a>|^!<a:a>)* ?b . ?b (!<a:a>|^!<a:a>)* ?c . ?c (!<a:a>)+ ?a }"
    yield "2,000 alternatives", "SELECT * { " + " UNION ".join(
        f"{{ ?a ?b {n} . ?c ?d ?e }}" for n in range(2000)
    ) + " }"  # fmt: skip
    yield "optional products", "SELECT * { ?a ?b ?c " + "OPTIONAL { ?d ?e ?f } " * 40 + "}"
    yield "a pattern of texts", f'SELECT * {{ ?a ?b ?c FILTER REGEX("{"a" * 5000}", "(a*)*{{999}}b") }}'
    yield "numbers", "SELECT (" + "*".join(["9999999999"] * 2000) + " AS ?n) {}"
    yield "quotes", "SELECT * { ?a ?b " + '"""' * 20_000
    yield "minus products", f"SELECT * {{ {product} MINUS {{ {product} }} }}"


_UPDATES: Final = (
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DELETE WHERE { ?a ?b ?c }", "CLEAR ALL", "DROP ALL",
    "CLEAR DEFAULT", "DROP SILENT GRAPH <urn:g>", "CREATE GRAPH <urn:g>", "COPY DEFAULT TO <urn:g>",
    "MOVE <urn:g> TO DEFAULT", "ADD <urn:g> TO DEFAULT",
    "DELETE { ?a ?b ?c } INSERT { ?a ?b 1 } WHERE { ?a ?b ?c }",
    "WITH <urn:g> DELETE { ?a ?b ?c } WHERE { ?a ?b ?c }", "SELECT * {} ; CLEAR ALL",
)  # fmt: skip
_MALFORMED: Final = (
    "", " ", "#", "SELECT", "SELECT * {", "SELECT * }", "}{", "SELECT * { ?a ?b }", "'", '"""', "<",
    "\\u0000",
    "SELECT * { ?a ?b '\\uD800' }", "SELECT * { <a b> ?b ?c }", "SELECT * { ?a ?b 'x'@ }",
    "\u202eSELECT * {}",
    "SELECT ?a { } GROUP BY ?b", "SELECT * { BIND(1 AS ?a) BIND(2 AS ?a) }", "SELECT * { x:a ?b ?c }",
    "\x1b[2J",
)  # fmt: skip
_BYTES: Final = {
    "NUL": b"SELECT * { ?a ?b ?c }\x00", "not UTF-8": b"SELECT * { ?a ?b '\xff\xfe' }",
    "UTF-16": "ASK {}".encode("utf-16"), "a mark": b"\xef\xbb\xbfASK {}",
    "a long comment": b"ASK {} #" + b"x" * 60_000,
    "too long": b"ASK {} #" + b"x" * 2_000_000, "a lone half": b"ASK { ?a ?b '\xed\xa0\x80' }",
}  # fmt: skip
_HARMLESS: Final = (
    "SELECT ?from { VALUES ?from { 1 } }", "SELECT * { ?s <http://x/from> 'LOAD' } # SERVICE <http://x/>",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { }' } LIMIT 1", "ASK { FILTER(!(1 = 2) && !(2 = 3)) }",
    "PREFIX x: <http://x/> SELECT * { ?s x:service ?o } LIMIT 1", "SELECT ('DROP ALL' AS ?x) {}",
    "SELECT * { ?s ?p ?o FILTER(((((((1 = 1))))))) } LIMIT 1", "ASK { ?s ?p '{{{{{{{{{' }",
    "SELECT (1 AS ?load) {}",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT ('\\u202e' AS ?x) {}",
)  # fmt: skip
