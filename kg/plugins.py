"""Finds extractors by name: `rules`, and those that installed packages offer.

A package offers one by an entry point of the group `kgnews.extractors`: a callable that takes
the ontology and returns an Extractor. It is imported only when it is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from types import TracebackType
from typing import Self

from kg.errors import ExtractorError, KgError, UsageError
from kg.extractor import Extractor
from kg.model import Document, Extraction
from kg.ontology import Ontology

GROUP = "kgnews.extractors"
RULES, UNTYPED, NEARBY = "rules", "rules+untyped", "rules+nearby"
OURS = (RULES, UNTYPED, NEARBY)


@dataclass(frozen=True, slots=True)
class Guarded:
    """An extractor that is not ours: whatever it raises becomes one line with its name."""

    name: str
    extractor: Extractor

    def extract(self, document: Document) -> Extraction:
        """Return what it proposes; raises ExtractorError that names it and the article."""
        with _Boundary(f"{document.article.name}: extractor {self.name}"):
            found = self.extractor.extract(document)
        if not isinstance(found, Extraction):
            raise ExtractorError(
                f"{document.article.name}: extractor {self.name} returned "
                f"{type(found).__name__}, not an Extraction"
            )
        return found


def installed() -> dict[str, EntryPoint]:
    """Return the extractors of installed packages by name, none of them imported yet."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda p: p.name)}


def check_name(name: str) -> None:
    """Raise UsageError, with the names that there are, where no extractor has this one."""
    if name not in OURS and name not in (known := installed()):
        raise UsageError(f"no extractor {name!r}; installed are {', '.join([*OURS, *known])}")


def load_extractor(name: str, ontology: Ontology) -> Extractor:
    """Return the extractor of this name; raises UsageError or ExtractorError.

    `rules+untyped` are the rules that also keep named deeds which no phrase tells, `rules+nearby` those
    that also take whom a sentence only names beside a deed for its target.
    """
    from kg.extract.rules import RuleExtractor

    check_name(name)
    if name in OURS:
        return RuleExtractor.of(ontology, untyped=name == UNTYPED, nearby=name == NEARBY)
    with _Boundary(f"extractor {name}"):
        extractor = installed()[name].load()(ontology)
        return Guarded(str(extractor.name), extractor)


@dataclass(frozen=True, slots=True)
class _Boundary:
    """Turns any error of code that is not ours into an ExtractorError."""

    what: str

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, KgError):
            words = " ".join(f"{type(error).__name__}: {error}".split())
            raise ExtractorError(f"{self.what} failed: {words}; see its own documentation") from error
