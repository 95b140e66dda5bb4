"""Reads CAT XML: tokens, and what people marked on them (events, times, participants).

The file is parsed without document types and without entities, and every complaint names the
file and the line. Markables without tokens, which stand for what no words say, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from kg.errors import ReadError

MAX_BYTES = 20_000_000
MENTIONS = frozenset({"ENTITY_MENTION", "VALUE"})


@dataclass(frozen=True, slots=True)
class CatToken:
    """A token as it stands in the file, with the number of its sentence."""

    text: str
    sentence: int


@dataclass(frozen=True, slots=True)
class CatTime:
    """A time expression: the numbers of its tokens, its TIMEX3 type and value."""

    tokens: tuple[int, ...]
    type: str
    value: str
    creation: bool = False


@dataclass(frozen=True, slots=True)
class CatEvent:
    """A mention of an event, with the factuality that its annotator saw."""

    id: str
    tokens: tuple[int, ...]
    certainty: str = ""
    polarity: str = ""
    time: str = ""
    special: str = ""


@dataclass(frozen=True, slots=True)
class CatRole:
    """A participant of an event: a PropBank role, and the tokens that fill it."""

    event: str
    role: str
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CatDocument:
    """An annotated document; numbers of tokens count from 0 in the order of the file."""

    name: str
    tokens: tuple[CatToken, ...]
    times: tuple[CatTime, ...]
    events: tuple[CatEvent, ...]
    roles: tuple[CatRole, ...]
    last: int

    @property
    def created(self) -> CatTime | None:
        """The time at which the document says it was made."""
        return next((time for time in self.times if time.creation), None)


@dataclass(slots=True)
class Node:
    """An element of an XML file, with the line it starts on."""

    tag: str
    given: dict[str, str]
    line: int
    text: str = ""
    inner: list[Node] = field(default_factory=list)


def read_cat(path: Path) -> CatDocument:
    """Read one file; raises ReadError with its line where it is not CAT XML."""
    return _Reader(path, parsed(path)).document()


def parsed(path: Path) -> Node:
    """Return the root of an XML file; raises ReadError where it cannot be read or is none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"{path}: larger than {MAX_BYTES} bytes, no annotated article is")
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    top = Node("", {}, 0)
    parser = _parser(path, top)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ReadError(f"{path}: not valid XML: {error}") from error
    return top.inner[0]


def _parser(path: Path, top: Node) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    opened = [top]

    def start(tag: str, given: dict[str, str]) -> None:
        node = Node(tag, given, parser.CurrentLineNumber)
        opened[-1].inner.append(node)
        opened.append(node)

    def end(_: str) -> None:
        opened.pop()

    def text(words: str) -> None:
        opened[-1].text += words

    def refuse(*_: object) -> None:
        raise ReadError(f"{path}: line {parser.CurrentLineNumber}: document types are refused")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    return parser


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path
    root: Node

    def document(self) -> CatDocument:
        if self.root.tag != "Document":
            raise self.fault(self.root, f"the root is <{self.root.tag}>, not <Document>")
        nodes = [node for node in self.root.inner if node.tag == "token"]
        if not nodes:
            raise self.fault(self.root, "there is no <token>")
        tokens = tuple(CatToken(node.text.strip(), self.number(node, "sentence")) for node in nodes)
        known = {self.named(node, "t_id"): n for n, node in enumerate(nodes)}
        marks = [node for part in self.root.inner if part.tag == "Markables" for node in part.inner]
        links = [node for part in self.root.inner if part.tag == "Relations" for node in part.inner]
        held = {self.named(node, "m_id"): self.tokens(node, known) for node in marks}
        return CatDocument(
            name=self.root.given.get("doc_name") or self.path.stem,
            tokens=tokens,
            times=tuple(self.times(marks, held)),
            events=tuple(_events(marks, held)),
            roles=tuple(self.roles(marks, links, held)),
            last=max((n for numbers in held.values() for n in numbers), default=-1),
        )

    def fault(self, node: Node, why: str) -> ReadError:
        return ReadError(f"{self.path}: line {node.line}: {why}")

    def named(self, node: Node, name: str) -> str:
        if name not in node.given:
            raise self.fault(node, f"<{node.tag}> has no {name}")
        return node.given[name]

    def number(self, node: Node, name: str) -> int:
        word = self.named(node, name)
        if not word.isdecimal():
            raise self.fault(node, f"{name} is {word!r}, not a number")
        return int(word)

    def tokens(self, node: Node, known: dict[str, int]) -> tuple[int, ...]:
        anchors = [inner for inner in node.inner if inner.tag == "token_anchor"]
        for anchor in anchors:
            if self.named(anchor, "t_id") not in known:
                raise self.fault(anchor, f"there is no token {anchor.given['t_id']}")
        return tuple(sorted({known[anchor.given["t_id"]] for anchor in anchors}))

    def times(self, marks: Iterable[Node], held: dict[str, tuple[int, ...]]) -> Iterator[CatTime]:
        for node in marks:
            numbers = held[node.given["m_id"]]
            creation = node.given.get("functionInDocument") == "CREATION_TIME"
            if node.tag == "TIMEX3" and (numbers or creation):
                yield CatTime(numbers, self.named(node, "type"), self.named(node, "value"), creation)

    def roles(
        self, marks: Iterable[Node], links: Iterable[Node], held: dict[str, tuple[int, ...]]
    ) -> Iterator[CatRole]:
        events = {node.given["m_id"] for node in marks if node.tag == "EVENT_MENTION"}
        fillers = {node.given["m_id"] for node in marks if node.tag in MENTIONS}
        for link in links:
            if link.tag != "HAS_PARTICIPANT":
                continue
            source, target = self.end(link, "source", held), self.end(link, "target", held)
            if source in events and target in fillers and held[target]:
                yield CatRole(source, self.named(link, "sem_role"), held[target])

    def end(self, link: Node, tag: str, held: dict[str, tuple[int, ...]]) -> str:
        node = next((inner for inner in link.inner if inner.tag == tag), None)
        if node is None:
            raise self.fault(link, f"<{link.tag}> has no <{tag}>")
        name = self.named(node, "m_id")
        if name not in held:
            raise self.fault(node, f"there is no markable {name}")
        return name


def _events(marks: Iterable[Node], held: dict[str, tuple[int, ...]]) -> Iterator[CatEvent]:
    for node in marks:
        given = node.given
        if node.tag == "EVENT_MENTION" and held[given["m_id"]]:
            certainty, polarity, time, special = (
                given.get(name, "").upper() for name in ("certainty", "polarity", "time", "special_cases")
            )
            yield CatEvent(given["m_id"], held[given["m_id"]], certainty, polarity, time, special)
