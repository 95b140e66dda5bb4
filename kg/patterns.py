"""What a phrase of an event-type file is compiled to: a head, its subject, its arguments.

`kg.phrases` compiles phrases, `kg.extract.match` finds patterns in dependency trees.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_WIDEST = frozenset({"Actor"})


class Form(StrEnum):
    """What the head of a pattern is."""

    VERB = "verb"
    NOUN = "noun"


class Kind(StrEnum):
    """How an argument hangs on its head."""

    OBJECT = "object"
    PREPOSITION = "preposition"
    COMPLEMENT = "complement"
    CLAUSE = "clause"
    NEARBY = "nearby"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a filler: the roles it fills, and the classes or head lemmas it allows.

    `named` wants a proper name; `several` (of a subject) more than one filler.
    """

    roles: tuple[str, ...]
    classes: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    named: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Fixed words: the lemmas the last one may have, and the modifiers before it."""

    lemmas: frozenset[str]
    modifiers: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: a slot or fixed words, how it is attached, and whether it may be missing.

    `prepositions` holds, for a clause, the helping verbs of which it must have one ("must").
    `after` is the index of the earlier argument whose noun it may also hang on, or -1.
    """

    kind: Kind
    content: Slot | Words
    prepositions: frozenset[str] = frozenset()
    optional: bool = False
    after: int = -1


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled phrase."""

    phrase: str
    form: Form
    head: Words
    particle: frozenset[str]
    subject: Slot | None
    arguments: tuple[Argument, ...]

    @property
    def fixed(self) -> int:
        """How much of it is fixed: 100 for each word or slot with lemmas, 50 for a particle, 20 for
        each word before a noun ("travel ban").
        """
        words = [c for c in self._needed if isinstance(c, Words) and "*" not in c.lemmas]
        named = sum(bool(slot.lemmas) for slot in self._slots)
        before = len(self.head.modifiers) + sum(len(c.modifiers) for c in words)
        return 100 * (len(words) + named) + 50 * bool(self.particle) + 20 * before

    @property
    def limits(self) -> int:
        """How much it asks for: 10 for each required argument, 5 for a slot with classes, 6 with one."""
        classes = (slot.classes - _WIDEST for slot in self._slots)
        return (
            10 * len(self._needed)
            + sum(5 + (len(c) == 1) for c in classes if c)
            + 5 * sum(slot.classes == _WIDEST for slot in self._slots)
        )

    @property
    def _needed(self) -> list[Slot | Words]:
        return [item.content for item in self.arguments if not item.optional]

    @property
    def _slots(self) -> list[Slot]:
        needed = [c for c in self._needed if isinstance(c, Slot)]
        return needed + ([self.subject] if self.subject else [])
