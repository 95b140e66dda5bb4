"""Hostile inputs as articles, values of parameters, files of a project, and requests."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Iterator
from typing import Final

from hostile_cases import EITHER, FINE, REFUSED, Case, Traps

from kg.terms import PREFIXES

SECRET: Final = "the harbour master was bribed by nobody at all"  # noqa: S105  # words that no reader sees
_STORY: Final = (
    "Police in Oslo raided the offices of a shipping firm on 2 May 2024, and detained two clerks there."
)


def texts(traps: Traps) -> Iterator[Case]:
    """Yield articles."""
    for name, data in _plain().items():
        yield Case("text", name, data, EITHER, "a.txt")
    for pack, ending in ((gzip.compress, "gz"), (bz2.compress, "bz2"), (lzma.compress, "xz")):
        yield Case("text", f"a bomb, .txt.{ending}", pack(bytes(60_000_000)), REFUSED, f"a.txt.{ending}")
        yield Case("text", f"a bomb, .html.{ending}", pack(b"<p>a" * 15_000_000), REFUSED, f"a.html.{ending}")
        yield Case("text", f"a bomb, .jsonl.{ending}", pack(b"x" * 120_000_000), REFUSED, f"a.jsonl.{ending}")
        yield Case(
            "text", f"cut off, .txt.{ending}", pack(_STORY.encode() * 99)[:-9], REFUSED, f"a.txt.{ending}"
        )
        yield Case("text", f"not packed, .txt.{ending}", _STORY.encode(), REFUSED, f"a.txt.{ending}")
        yield Case(
            "text", f"packed twice, .txt.{ending}", pack(pack(_STORY.encode())), REFUSED, f"a.txt.{ending}"
        )
        yield Case("text", f"an article, .txt.{ending}", pack(_STORY.encode()), FINE, f"a.txt.{ending}")
    for name, page in _pages(traps).items():
        yield Case("text", name, page.encode("utf-8", "surrogatepass"), EITHER, "a.html")
    for hidden in _HIDING:
        unseen = hidden % f"<p>{SECRET}</p>"
        page = f"<html><body><article><h1>Raid</h1><p>{_STORY}</p>{unseen}</article></body></html>"
        yield Case("text", f"hidden {hidden[:40]}", page.encode(), FINE, "a.html")
    for number, sidecar in enumerate(_SIDECARS, 1):
        yield Case("sidecar", f"beside an article {number}", sidecar.encode(), EITHER)


def _plain() -> dict[str, bytes]:
    return {
        "empty": b"", "NUL": b"\x00" * 5000, "random bytes": bytes(range(256)) * 40,
        "not UTF-8": b"Caf\xe9 " * 50,
        "UTF-16 without a mark": _STORY.encode("utf-16-le"), "UTF-16 cut off": _STORY.encode("utf-16")[:-1],
        "a mark alone": b"\xef\xbb\xbf", "one long word": b"a" * 3_000_000,
        "one long line": _STORY.encode() * 20_000,
        "too large": b"a " * 15_000_000, "escapes": b"\x1b]0;pwned\x07\x1b[2J" + _STORY.encode(),
        "bidi": f"\u202e{_STORY}\u2066\u2067\u061c".encode(),
        "joined marks": ("a" + "\u0301" * 50_000).encode(),
        "spaces": b" " * 2_000_000, "line feeds": b"\n" * 2_000_000, "quotes": b'"' * 500_000,
        "brackets": b"(" * 500_000, "dates": b"2 May 2024, " * 60_000, "dots": b"." * 500_000,
        "hyphens": b"a-" * 500_000, "tags": b"@" * 200_000,
        "line separators": "\u2028\u2029\x85\x0b\x0c".encode() * 5000,
    }  # fmt: skip


def _pages(traps: Traps) -> dict[str, str]:
    begin, end = "<html><body><article><h1>Raid in Oslo</h1>", "</article></body></html>"
    story = f"<p>{_STORY}</p>"
    return {
        "100,000 divs": "<div>" * 100_000 + story, "100,000 lists": "<ul><li>" * 100_000 + story,
        "no end of a tag": begin + "<" * 1_000_000,
        "a long attribute": f'{begin}<p class="{"x" * 5_000_000}">{_STORY}{end}',
        "many attributes": f"{begin}<p {' '.join(f'a{n}=1' for n in range(100_000))}>{_STORY}{end}",
        "entities": f'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "{"&a;" * 999}">]>'
        f"{begin}<p>{'&b;' * 999}</p>{end}",
        "a file as an entity": f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{traps.file}">]>{begin}<p>&x;</p>{story}{end}',
        "a DTD from elsewhere": f'<!DOCTYPE html SYSTEM "{traps.url}">{begin}{story}{end}',
        "pictures and styles": f'{begin}<link rel=stylesheet href="{traps.url}"><img src="{traps.url}">'
        f"{story}{end}",
        "a frame": f'{begin}<iframe src="file://{traps.file}"></iframe><embed src="{traps.url}">{story}{end}',
        "a base and a refresh": f'<base href="{traps.url}">'
        f'<meta http-equiv=refresh content="0;url={traps.url}">{begin}{story}{end}',
        "XInclude": f'{begin}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{traps.file}"/>{story}{end}',
        "scripts": f'{begin}<script>fetch("{traps.url}")</script><svg onload=alert(1)>{story}{end}',
        "half a letter": f"{begin}<p>&#xD800;&#55357; {_STORY}</p>{end}",
        "control letters": f"{begin}<p>&#0;&#27;[2J {_STORY}</p>{end}",
        "a title that is a path": f"<title>../../../etc/x</title>{begin}{story}{end}",
        "another encoding": f"<meta charset=utf-7>{begin}{story}{end}",
        "an unknown encoding": f"<meta charset=no-such>{begin}{story}{end}",
        "JSON-LD without end": f'<script type="application/ld+json">{"[" * 100_000}</script>'
        f"{begin}{story}{end}",
        "JSON-LD from elsewhere": f'<script type="application/ld+json">{{"@context":"{traps.url}",'
        f'"datePublished":"2025-02-30"}}</script>{begin}{story}{end}',
        "comments": begin + "<!--" * 200_000 + story + end,
        "a million letters as numbers": begin + "&#97;" * 1_000_000 + end,
    }  # fmt: skip


_HIDING: Final = (
    "<template>%s</template>", "<div hidden>%s</div>", '<div style="display:none">%s</div>',
    "<noscript>%s</noscript>",
    '<div style="DISPLAY : NONE">%s</div>', '<div style="visibility: hidden">%s</div>',
    '<div aria-hidden="true">%s</div>',
    "<dialog>%s</dialog>", "<script>%s</script>", "<style>%s</style>", "<!-- %s -->",
    '<div HIDDEN="">%s</div>',
)  # fmt: skip
_SIDECARS: Final = (
    "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: [*c,*c]\n",
    "!!python/object/apply:os.system ['true']\n",
    "title: !!python/name:os.system\n", "title: *a\n", "? [\n", "title: " + "x" * 1_000_000, "- " * 5000,
    "[" * 5000,
    "published: 99999-01-01\n", "title: \"\\ud800\"\n", "title: '\\x1b[2J'\nurl: javascript:alert(1)\n",
    "url: file:///dev/null\n", "language: fr\n", "published: [2024]\n", "title:\n  a: b\n",
    "a0: &a0 x\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(12)),
)  # fmt: skip


def values(traps: Traps) -> Iterator[Case]:
    """Yield values of the parameter `actor` and `from` of a saved question."""
    for number, text in enumerate((
        '" } SERVICE <http://x/> {} #', "> . ?s ?p ?o", "<urn:a>", "kg:Event", "a\x1b[2J", "\u202egnp.exe",
        "x" * 60_000,
        "../../../etc/x", "%2e%2e/%00", "' OR 1=1 --", "{{ 7 * 7 }}", "${jndi:x}", "=cmd|' /C calc'!A0",
        "\ud800",
        f"file://{traps.file}", traps.url, "javascript:alert(1)", "http://[", "http://a b", "_:b0", "?x",
        "$this",
        "}" * 5000, "UNDEF", "\n\n", "\ufeffNorway", "Nоrway", "NORWAY\u200b", "<>", "a:", "\\u0053ERVICE",
        "(((((",
    ), 1):  # fmt: skip
        yield Case("value", f"actor {number}", text.encode("utf-8", "surrogatepass"), EITHER, "actor")
    for number, text in enumerate((
        "2025-02-30", "0000-00-00", "99999999-01-01", "-1", "１９９９", "2025-01-01T00:00:00Z", "[..]", "now",
        "1e9",
        "2025-W99", "2025-13", "٢٠٢٥",
    ), 1):  # fmt: skip
        yield Case("value", f"from {number}", text.encode(), REFUSED, "from")


def projects(traps: Traps) -> Iterator[Case]:
    """Yield files of a project: what its owner took over from others."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    for name, text in {
        "the same": "kg:Raid owl:sameAs kg:Aid .",
        "below a word of RDF": "kg:p rdfs:subPropertyOf rdf:type .",
        "a circle": "kg:A1 rdfs:subClassOf kg:B1 . kg:B1 rdfs:subClassOf kg:A1 .", "no Turtle": "kg:A1 a",
        "blank nodes in each other": "kg:A1 rdfs:seeAlso " + "[ kg:p " * 20_000 + "1" + "]" * 20_000 + " .",
        "a chain in itself": "kg:p owl:propertyChainAxiom _:l . _:l rdf:first kg:p ; rdf:rest _:l .",
        "3,000 classes": "".join(f"kg:C{n} rdfs:subClassOf kg:C{n + 1} .\n" for n in range(3000)),
        "imports": f"<urn:o> owl:imports <{traps.url}> , <file://{traps.file}> .", "NUL": "\x00",
        "a long word": "#" + "x" * 9_000_000,
        "not of this form": "kg:Raid kg:pattern '" + "{agent} " * 5000 + "' .",
        "half a letter": "kg:A1 rdfs:label '\\uD800' .",
    }.items():  # fmt: skip
        yield Case(
            "project",
            f"ontology: {name}",
            (head + text).encode(),
            EITHER,
            "ontology/a.ttl",
            costly="," in name,
        )
    for number, text in enumerate(
        (*_SIDECARS[:9], "base: javascript:x\n", "base: ''\n", f"store: {traps.file}\n"), 1
    ):
        yield Case("project", f"kg.yaml {number}", text.encode(), EITHER, "kg.yaml")


_LINE: Final = b"GET / HTTP/1.1\r\n"
_HOST: Final = b"Host: HOST\r\n"


def requests(traps: Traps) -> Iterator[Case]:
    """Yield requests, byte by byte; HOST stands for the server's."""
    yield from _addresses(traps)
    yield from _heads()
    yield from _bodies()


def _addresses(traps: Traps) -> Iterator[Case]:
    host = _HOST
    for number, name in enumerate(
        (b"TRACE", b"CONNECT", b"PUT", b"DELETE", b"PATCH", b"PROPFIND", b"get", b"G\x00T", b""), 1
    ):
        yield Case(
            "http", f"method {number}", name + b" / HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n"
        )
    for number, path in enumerate((
        b"/../../../../etc/passwd", b"/%2e%2e/%2e%2e/x", b"/..%2f..%2fx", b"/static/../../x", b"/\\..\\x",
        b"/%00", b"/%ff",
        b"//evil.example/x", b"/id/event/%0d%0aSet-Cookie:x", b"/event/" + b"a" * 5000,
        b"/q/" + b"%2e" * 500, b"/q/nonsense",
        b"/timeline.exe", b"/event/a%3Cscript%3E", b"/?" + b"a=1&" * 20_000, b"/?x=" + b"y" * 150_000,
        b"/timeline?from=yesterday",
        b"/sparql?query=ASK%20%7B%7D&update=CLEAR%20ALL", b"/sparql?query=a&query=b",
        b"/sparql?update=CLEAR%20ALL", b"/%", b"/\xff",
        b"/sparql?query=%ff%fe",
        b"/sparql?query=ASK%20%7B%7D&default-graph-uri=" + traps.url.encode() + b"%20",
        b"/timeline?page=99999999999999999999", b"/timeline?page=-1&page=x", b"/quality/../x", b"*",
        b"http://evil.example/",
    ), 1):  # fmt: skip
        yield Case(
            "http",
            f"address {number}",
            b"GET " + path + b" HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n",
            EITHER,
        )


def _heads() -> Iterator[Case]:
    line, host = _LINE, _HOST
    for name, head in {
        "no host": b"", "two hosts": host + b"Host: evil.example\r\n",
        "another host": b"Host: evil.example\r\n",
        "a host with a path": b"Host: localhost/../x\r\n", "an empty host": b"Host: \r\n",
        "a page of another site": host + b"Origin: http://evil.example\r\n",
        "no origin": host + b"Origin: null\r\n", "a long header": host + b"X: " + b"x" * 500_000 + b"\r\n",
        "many headers": host + b"".join(b"X%d: y\r\n" % n for n in range(50_000)),
        "a header over lines": host + b"X: a\r\n b\r\n",
        "a space in a name": host + b"X : y\r\n", "NUL in a header": host + b"X: \x00\r\n",
        "a bare line feed": host + b"X: a\nY: b\r\n",
        "nothing acceptable": host + b"Accept: image/png\r\n",
        "an endless list": host + b"Accept: " + b"a/b;q=0.1," * 5000 + b"\r\n",
        "bad weights": host + b"Accept: text/html;q=NaN, */*;q=-1\r\n",
        "another protocol": host + b"Upgrade: websocket\r\nConnection: Upgrade\r\n",
        "ranges": host + b"Range: bytes=0-0," + b"1-1," * 5000 + b"\r\n",
        "a cookie": host + b"Cookie: " + b"a=b;" * 9000 + b"\r\n",
        "another client": host + b"X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n",
    }.items():  # fmt: skip
        yield Case("http", name, line + head + b"Connection: close\r\n\r\n", EITHER)


def _bodies() -> Iterator[Case]:
    line, host = _LINE, _HOST
    post = b"POST /sparql HTTP/1.1\r\n" + host + b"Connection: close\r\nContent-Type: "
    form, query = b"application/x-www-form-urlencoded\r\n", b"application/sparql-query\r\n"
    for name, rest in {
        "a body of 5 MB": query + b"Content-Length: 5000000\r\n\r\n" + b"x" * 5_000_000,
        "a length below nothing": query + b"Content-Length: -1\r\n\r\n",
        "two lengths": query + b"Content-Length: 6\r\nContent-Length: 60\r\n\r\nASK {}",
        "a length and pieces": query + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "broken pieces": query + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK\r\n0\r\n\r\n",
        "endless pieces": query + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 300_000,
        "10,000 pairs": form + b"Content-Length: 60000\r\n\r\n" + b"a=b&c" * 12_000,
        "an update": b"application/sparql-update\r\nContent-Length: 9\r\n\r\nCLEAR ALL",
        "an update in a form": form + b"Content-Length: 16\r\n\r\nupdate=CLEAR+ALL",
        "no query": form + b"Content-Length: 0\r\n\r\n",
        "another type": b"text/xml\r\nContent-Length: 4\r\n\r\n<a/>",
        "packed": query + b"Content-Encoding: gzip\r\nContent-Length: 30\r\n\r\n" + b"\x1f\x8b" * 15,
        "not UTF-8": query + b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc",
        "an expectation": query + b"Expect: 200-ok\r\nContent-Length: 6\r\n\r\nASK {}",
    }.items():  # fmt: skip
        yield Case("http", f"post {name}", post + rest, EITHER)
    for name, data in {
        "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00", "an old HTTP": b"GET /\r\n\r\n",
        "a new HTTP": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "only line feeds": b"\n" * 5000, "a version that is none": b"GET / HTTP/9.9\r\n" + host + b"\r\n",
        "half a request": b"GET / HT",
    }.items():  # fmt: skip
        yield Case("http", name, data, EITHER)
    yield Case("http", "a page", line + host + b"Connection: close\r\n\r\n", FINE)
    yield Case("http", "a query", post + query + b"Content-Length: 6\r\n\r\nASK {}", FINE)
