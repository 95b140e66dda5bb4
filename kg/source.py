"""A text as it was found: its blocks, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Block, Window
from kg.sidecar import Metadata


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its blocks, and what the text or page itself says about them."""

    text: str
    blocks: tuple[Block, ...]
    found: Metadata
    clock: Window | None = None
    basis: str = ""
