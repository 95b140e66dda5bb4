"""What an extractor of events is: all that a plug-in needs to import.

`docs/extractors.md` shows how to write one. Whatever it proposes, `kg.gate` decides.
"""

from __future__ import annotations

from typing import Protocol

from kg.model import (
    Article,
    Attribution,
    Basis,
    Claim,
    Count,
    Document,
    Entity,
    Event,
    Extraction,
    Factuality,
    Filler,
    Mention,
    Refusal,
    Sentence,
    Span,
    Token,
    When,
    Window,
)
from kg.ontology import Ontology

__all__ = [
    "Article", "Attribution", "Basis", "Claim", "Count", "Document", "Entity", "Event", "Extraction",
    "Extractor", "Factuality", "Filler", "Mention", "Ontology", "Refusal", "Sentence", "Span", "Token",
    "When", "Window",
]  # fmt: skip


class Extractor(Protocol):
    """Proposes events for a document."""

    @property
    def name(self) -> str:
        """What identifies the extractor and its version."""

    def extract(self, document: Document) -> Extraction:
        """Return the proposed events and the candidates that were refused."""
