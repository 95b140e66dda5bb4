"""What validation found: results, and the report that they make up."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import KgError


class InvalidError(KgError):
    """A graph breaks a shape at least once."""


@dataclass(frozen=True, slots=True)
class Result:
    """One place where a graph does not fit a shape.

    `focus`, `path`, `value` and `shape` are IRIs (or literals) as text, empty where there is
    none; `severity` is Violation, Warning or Info; `sentence` is the text it concerns;
    `words` says the whole in words.
    """

    focus: str
    path: str
    value: str
    severity: str
    message: str
    shape: str
    sentence: str
    words: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.words}"


@dataclass(frozen=True, slots=True)
class Report:
    """All results of one validation, sorted. False where one of them is a violation.

    `notes` tell what was not checked in the usual way: which shapes, and why.
    """

    results: tuple[Result, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.violations

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that make the graph invalid; warnings do not."""
        return tuple(result for result in self.results if result.severity == "Violation")

    def raise_for_violations(self) -> None:
        """Raise InvalidError with the violations in words, if there are any."""
        if self.violations:
            raise InvalidError("; ".join(result.words for result in self.violations))
