"""Bent inputs by the million: SPARQL, RDF, pages, dates; each ends in an answer or a refusal.

    python benchmarks/fuzz.py [--json] [--sparql N] [--rdf N] [--html N] [--dates N] [--seed S]

What is bent are the shipped questions, an export of the examples in each syntax, the example pages, and
phrases of time. One process after the other reads them as kg does, with the memory of a worker of `kg serve`;
one that is stuck for SECONDS is killed, as a worker is. A process that ends by itself is wrong: its
traceback is on standard error.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from fault_work import knowledge
from measured import options, tell

from kg.errors import KgError
from kg.export import export
from kg.load import load_file, read_rdf
from kg.pipeline import build, load_kit
from kg.query import ask
from kg.read_html import read_page
from kg.resources import resources, shipped
from kg.spawned import begin
from kg.store import Store
from kg.timex import edtf_text
from kg.timex.timex3 import annotate

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 10.0  # without a sign of life
MEMORY = 2**30  # bytes, as a worker of kg serve has
NUMBERS = {"sparql": 2_000_000, "rdf": 1_000_000, "html": 100_000, "dates": 100_000}
SYNTAXES = ("ttl", "trig", "nq", "jsonld")
ODD = (
    *rb"""\0 \xff \u0041 \ " ' < > { } ( ) [ ] <!-- ]]> &#x41; & ; . # 999999999999999999 -1 1e400""".split(),
    *b"!( UNION OPTIONAL{ FILTER SERVICE @prefix @context <<( _:b 2025-13-45 0000 the_day_before NaN".split(),
    *(bytes([number]) for number in (0, 10, 13, 255)),
    *(chr(number).encode() for number in (0x202E, 0x661, 0x1D7D9, 0x301)),
    b'"""', b"A" * 500,
)  # fmt: skip
PHRASES = tuple(
    phrase.encode()
    for phrase in """late December last year, the very next day, earlier this week, 3 May 2024, 31/12/1999,
    2024-02-30, over the past five years, in the 1990s, the second quarter of 2023, two and a half years ago,
    Monday, 2024-05?, 1985-04/2004-01~, [2024-01-01..2024-02-02], 156X, Y-170000002""".split(", ")
)

Read = Callable[[bytes], object]


@dataclass(slots=True)
class Front:
    """What is bent, and what reads it."""

    texts: Sequence[bytes]
    read: Read


def bent(texts: Sequence[bytes], luck: random.Random) -> bytes:
    """Return one of some texts with a few things moved, doubled, lost, nested or put in."""
    text = luck.choice(texts)
    if len(text) > 1500:  # a piece of it, so that what is bent is read
        start = text.rfind(b"\n", 0, luck.randrange(len(text) - 1000)) + 1 if luck.random() < 0.5 else 0
        text = text[start : text.find(b"\n", start + luck.randint(200, 1500)) + 1]
    for _ in range(luck.randint(0, 4)):
        one, other = sorted(luck.randrange(len(text) + 1) for _ in range(2))
        other = min(other, one + 60)
        match luck.randrange(6):
            case 0:
                text = text[:one] + text[other:]
            case 1:
                text = text[:other] + text[one:other] * luck.choice((1, 2, 40)) + text[other:]
            case 2:
                text = text[:one] + luck.choice(ODD) + text[one:]
            case 3:
                text = text[:one] + luck.choice(ODD) * luck.choice((1, 3, 200)) + text[other:]
            case 4:
                piece = luck.choice(texts)
                at = luck.randrange(len(piece) + 1)
                text = text[:one] + piece[at : at + 80] + text[other:]
            case _:
                text = (
                    bytes(reversed(text[one:other])) + text[other:] if luck.random() < 0.1 else text[:other]
                )
    return text


def front(name: str, folder: Path) -> Front:
    """Return a front; `folder` holds an export of the examples in each syntax."""
    if name == "sparql":
        store = Store.memory()
        load_file(folder / "small.nq", store, knowledge())
        questions = sorted((shipped() / "queries").glob("*.rq"))
        return Front([path.read_bytes() for path in questions], lambda data: ask(store, words(data)))
    if name == "rdf":
        files = [folder / f"all.{syntax}" for syntax in SYNTAXES]
        return Front([path.read_bytes() for path in files], Files(folder / "bent").read)
    if name == "html":
        pages = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.html"))]
        return Front(pages, lambda data: read_page(Path("page.html"), words(data)))
    return Front(PHRASES, date)


def words(data: bytes) -> str:
    """Return bytes as text, whatever they are."""
    return data.decode("utf-8", "replace")


def date(data: bytes) -> None:
    """Read a phrase as one of time, and as EDTF."""
    annotate(words(data), None)
    try:
        edtf_text.parse(words(data))
    except ValueError as error:
        raise KgError(str(error)) from error


class Files:
    """Reads RDF from a file, in each syntax in turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = 0

    def read(self, data: bytes) -> None:
        """Read a file of these bytes."""
        self._turn += 1
        path = self._path.with_suffix(f".{SYNTAXES[self._turn % len(SYNTAXES)]}")
        path.write_bytes(data)
        read_rdf(path)


def work(
    name: str, folder: Path, seed: int, last: int, at: Synchronized[int], refused: Synchronized[int]
) -> None:
    """Read inputs from where the last process stopped."""
    begin()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    made = front(name, folder)
    while at.value < last:
        at.value += 1
        try:
            made.read(bent(made.texts, random.Random(f"{seed} {name} {at.value}")))  # noqa: S311  # no secret
        except KgError:
            refused.value += 1


def tried(name: str, folder: Path, seed: int, number: int) -> Iterator[tuple[str, object]]:
    """Yield the figures of so many inputs of a kind."""
    spawn = get_context("spawn")
    at, refused = spawn.Value("q", 0), spawn.Value("q", 0)
    stuck, died = list[int](), list[int]()
    start = time.monotonic()
    while at.value < number:
        begun = at.value
        process = spawn.Process(target=work, args=(name, folder, seed, number, at, refused))
        process.start()
        seen, since = -1, time.monotonic()
        while process.is_alive() and time.monotonic() - since < (SECONDS if seen > 0 else 60):
            process.join(0.5)
            if at.value != seen:
                seen, since = at.value, time.monotonic()
        if process.is_alive():
            process.kill()
            stuck.append(at.value)
        elif process.exitcode:
            if at.value == begun:
                raise RuntimeError(f"{name}: a process did not begin")
            died.append(at.value)
        process.join()
    yield f"{name}", number
    yield f"{name}_refused", refused.value
    yield f"{name}_stopped", len(stuck)
    yield f"{name}_wrong", died
    yield f"{name}_seconds", round(time.monotonic() - start)


def prepare(folder: Path) -> None:
    """Write the examples in each syntax into a folder."""
    kit = load_kit(resources())
    with Store.memory() as store:
        list(build([ROOT / "examples" / "ural-post-raid.txt"], store, kit))
        for syntax, form in zip(SYNTAXES, ("turtle", "trig", "nquads", "jsonld"), strict=True):
            (folder / f"all.{syntax}").write_bytes(export(store, form))
    lines = "".join(
        f"<http://example.org/{n}> <http://example.org/p> <http://example.org/{n + 1}> .\n" for n in range(20)
    )
    (folder / "small.nq").write_text(lines, encoding="utf-8")


def main() -> None:
    """Read bent inputs and print what became of them."""
    parser = options(__doc__)
    for name, number in NUMBERS.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as place:
        prepare(Path(place))
        for name in NUMBERS:
            for key, value in tried(name, Path(place), given.seed, getattr(given, name)):
                found[key] = value
                print(key, value, file=sys.stderr)
    tell(found, as_json=given.as_json, seed=given.seed)
    raise SystemExit(1 if any(found[f"{name}_wrong"] for name in NUMBERS) else 0)


if __name__ == "__main__":
    main()
