"""Gold mentions of events with the event that each is of: MEANTIME's and ECB+'s CAT XML.

MEANTIME marks `EVENT_MENTION` and says by `REFERS_TO` what each refers to; ECB+ marks `ACTION_...` and
`NEG_ACTION_...`, and says it by `CROSS_DOC_COREF` and `INTRA_DOC_COREF`. In both a target with an
`instance_id` is the same event in every file, one without only in its own. A mention that no
relation names is an event of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.bench.cat import CatDocument, CatTime, CatToken, Node, parsed
from kg.errors import ReadError

RELATIONS = ("CROSS_DOC_COREF", "REFERS_TO", "INTRA_DOC_COREF")  # those that hold across files first


@dataclass(frozen=True, slots=True)
class GoldMention:
    """The words of an event: numbers of its tokens, and the event that they are of."""

    id: str
    tokens: tuple[int, ...]
    instance: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A file with its mentions; only mentions of the same topic can be of one event."""

    topic: str
    document: CatDocument
    mentions: tuple[GoldMention, ...]

    @property
    def name(self) -> str:
        """The file's name in its topic: unique."""
        return f"{self.topic}/{self.document.name}"

    @property
    def headline(self) -> int:
        """The number of the first sentence that is no address of a page."""
        texts: dict[int, str] = {}
        for token in self.document.tokens:
            texts[token.sentence] = texts.get(token.sentence, "") + token.text
        return next((n for n, text in texts.items() if not text.startswith(("http", "www."))), 0)


def read_mentions(path: Path, topic: str = "") -> Annotated:
    """Read one file; raises ReadError where it is not CAT XML."""
    root = parsed(path)
    nodes = [node for node in root.inner if node.tag == "token"]
    if root.tag != "Document" or not nodes:
        raise ReadError(f"{path}: no CAT XML: a <Document> with <token>s is wanted")
    known = {node.given.get("t_id", ""): n for n, node in enumerate(nodes)}
    marks = [node for part in root.inner if part.tag == "Markables" for node in part.inner]
    links = [node for part in root.inner if part.tag == "Relations" for node in part.inner]
    instances = _instances(path, marks, links)
    found = []
    for node in marks:
        name, numbers = node.given.get("m_id", ""), _tokens(node, known)
        if is_event(node.tag) and numbers:
            own = f"{topic}/{path.stem}/{name}"
            found.append(GoldMention(own, numbers, instances.get(name, own)))
    return Annotated(topic, _document(path, nodes, marks, known), tuple(found))


def is_event(tag: str) -> bool:
    """Tell whether a tag marks a mention of an event.

    >>> [is_event(tag) for tag in ("EVENT_MENTION", "NEG_ACTION_STATE", "LOC_GEO")]
    [True, True, False]
    """
    return tag == "EVENT_MENTION" or tag.startswith(("ACTION_", "NEG_ACTION_"))


def _document(path: Path, nodes: list[Node], marks: list[Node], known: dict[str, int]) -> CatDocument:
    tokens = tuple(CatToken(node.text.strip(), _number(node.given.get("sentence", ""))) for node in nodes)
    times = (
        CatTime(_tokens(node, known), "DATE", node.given.get("value", ""), True)
        for node in marks
        if node.given.get("functionInDocument") == "CREATION_TIME"
    )
    return CatDocument(path.stem, tokens, tuple(times), (), (), len(tokens) - 1)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else 0


def _tokens(node: Node, known: dict[str, int]) -> tuple[int, ...]:
    anchors = (inner.given.get("t_id", "") for inner in node.inner if inner.tag == "token_anchor")
    return tuple(sorted({known[name] for name in anchors if name in known}))


def _instances(path: Path, marks: Iterable[Node], links: Iterable[Node]) -> dict[str, str]:
    """Return, by mention, the event that a relation says it is of."""
    shared = {n.given.get("m_id", ""): n.given.get("instance_id", "") for n in marks}
    found: dict[str, str] = {}
    for link in sorted((n for n in links if n.tag in RELATIONS), key=lambda n: RELATIONS.index(n.tag)):
        ends = [(n.tag, n.given.get("m_id", "")) for n in link.inner]
        target = next((name for tag, name in ends if tag == "target"), "")
        own = f"{path.stem}/{target or link.given.get('r_id', '')}"
        event = shared.get(target) or link.given.get("note") or own
        for tag, name in ends:
            if tag == "source":
                found.setdefault(name, event)
    return found
