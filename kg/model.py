"""The values that flow through kg: frozen, typed, and without any way to do I/O.

Offsets are half-open and counted in Unicode code points of one immutable source text,
so `text[span.start:span.end]` is always the quote.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, as half-open character offsets.

    >>> Span(0, 6).of("Police raided the warehouse.")
    'Police'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether the other span lies wholly in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Window:
    """A possibly fuzzy date (EDTF, ISO 8601-2) and the first and last day it allows."""

    edtf: str
    earliest: date | None
    latest: date | None


class BlockKind(StrEnum):
    """What a block of an article's text is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BYLINE = "byline"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of the source text, with its kind."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One fixed version of a text, and what is known of where and when it was published.

    `published` is exact where stated, else bounded by page clock and what is past, or None.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    published: Window | None = None
    published_basis: str = ""
    page_clock: Window | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text as UTF-8, in hex: the identity of this version."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parsed sentence. `head` and `index` count tokens of that sentence."""

    index: int
    span: Span
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens, none where it was not parsed; `block` counts the article's blocks."""

    span: Span
    block: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its parsed sentences."""

    article: Article
    sentences: tuple[Sentence, ...]


Family = Literal["actor", "place", "object", "metonym"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody, something or somewhere that words refer to.

    `kind` is the local name of a class of the ontology (State, Person, City, Object ...).
    `key` makes the IRI: `slug` + `-` + authority suffix for known ones; one minted from article
    and span for those that it alone describes (`described`), from the name for others (`learnt`).
    `family` is the branch that its IRI lies in, where the kind alone does not tell.
    `links` are (property local name, entity) pairs such as actsFor, territory, within.
    """

    kind: str
    key: str
    label: str
    described: bool = False
    learnt: bool = False
    family: Family | None = None
    matches: tuple[str, ...] = ()
    links: tuple[tuple[str, Entity], ...] = ()


class Basis(StrEnum):
    """How the text gives a filler (docs/model.md)."""

    EXPLICIT = "explicit"
    PASSIVE = "passive"
    CONTROL = "control"
    COREFERENCE = "coreference"
    METONYM = "metonym"
    INFERRED = "inferred"


class Factuality(StrEnum):
    """How the text presents a claim. Laying blame on somebody is Alleged, whatever the verb."""

    ASSERTED = "Asserted"
    REPORTED = "Reported"
    ALLEGED = "Alleged"
    DENIED = "Denied"
    DEMANDED = "Demanded"
    HYPOTHETICAL = "Hypothetical"
    PREDICTED = "Predicted"


class Status(StrEnum):
    """Whether an event took place, computed from all claims about it."""

    ACTUAL = "Actual"
    DISPUTED = "Disputed"
    UNCONFIRMED = "Unconfirmed"
    UNREALISED = "Unrealised"


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: its words, the entity they mean, the basis; what a pronoun stands for."""

    span: Span
    entity: Entity
    basis: Basis = Basis.EXPLICIT
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A time: its window (None where nothing anchors it), its words, the chain of anchors."""

    window: Window | None
    span: Span | None
    anchors: tuple[str, ...] = ()


CountKind = Literal["Killed", "Injured", "Missing", "Detained", "Displaced"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many people something befell, as bounds; `of` is the span of the people counted."""

    kind: CountKind
    least: int | None
    most: int | None
    span: Span
    of: Span | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Another event of the same article, named by its trigger (for content and after)."""

    trigger: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so and how. No claimant means the article's own voice.

    `claimants` go from the nearest source outwards; `cue` is the word that shows it
    (claimed, according to, not, if, may).
    """

    factuality: Factuality = Factuality.ASSERTED
    claimants: tuple[Filler, ...] = ()
    cue: Span | None = None


ClaimValue = Filler | When | Count | Mention | str


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one aspect of one event, as somebody says it.

    `aspect` is the local name of a property of events (agent, target, place, when,
    casualties, content, after ...), or "type" (value: local name of an event class) or
    "status" (value: "Actual"; the factuality says the rest). `evidence` is the exact words.
    """

    aspect: str
    value: ClaimValue
    evidence: Span
    attribution: Attribution = field(default_factory=Attribution)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one article reports it; `repeats`: its other report; `known_by`: "it", "the clashes"."""

    type: str
    trigger: Span
    sentence: Span
    claims: tuple[Claim, ...]
    label: str = ""
    repeats: Span | None = None
    known_by: Span | None = None

    def values(self, aspect: str) -> tuple[ClaimValue, ...]:
        """Return the values claimed for an aspect, in the order of the text."""
        return tuple(claim.value for claim in self.claims if claim.aspect == aspect)

    def fillers(self, role: str) -> tuple[Filler, ...]:
        """Return the fillers of a role."""
        return tuple(value for value in self.values(role) if isinstance(value, Filler))

    @property
    def existence(self) -> Claim:
        """The claim that it happened at all."""
        return next(claim for claim in self.claims if claim.aspect == "status")

    @property
    def when(self) -> When | None:
        """When it happened, or None where the text says nothing."""
        return next((v for v in self.values("when") if isinstance(v, When)), None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that the gate or a rule refused: kept with its reason, shown by --explain."""

    type: str
    trigger: Span
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor found in a document: events, and the candidates that were refused."""

    events: tuple[Event, ...]
    refusals: tuple[Refusal, ...] = ()
