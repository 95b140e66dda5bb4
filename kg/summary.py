"""Says in words what a build did: events by type, what is undated, refused or invalid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.model import Event, Extraction
from kg.pipeline import Built, Failed, Placed, Taken
from kg.words import clean, counted


@dataclass(frozen=True, slots=True)
class Figures:
    """How many events of which type an article tells, how many without a day, and what was refused."""

    events: Mapping[str, int] = field(default_factory=dict)
    undated: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, extraction: Extraction) -> Figures:
        """Count what was taken from an article."""
        events = _told_once(extraction.events)
        undated = sum(event.when is None or event.when.window is None for event in events)
        refused = Counter(refusal.code for refusal in extraction.refusals)
        return cls(dict(Counter(event.type for event in events)), undated, dict(refused))


class Tally:
    """Adds up what became of articles, without keeping them."""

    def __init__(self) -> None:
        self.read = 0
        self.valid = True
        self.failures: list[str] = []
        self._changed: int | None = None
        self._events = Counter[str]()
        self._refused = Counter[str]()
        self._undated = 0
        self._shared: set[str] = set()
        self._contested: set[str] = set()
        self._violations: list[str] = []

    def add(self, item: Built | Placed | Taken | Failed, figures: Figures | None = None) -> None:
        """Count an article; the figures of one that is only placed are given."""
        if isinstance(item, Failed):
            self.failures.append(item.reason)
            return
        self.read += 1
        if isinstance(item, Built | Placed):
            self._changed = (self._changed or 0) + item.changed
            self._shared |= item.shared
            self._contested |= item.contested
            self.valid = self.valid and bool(item.report)
            self._violations += (f"{item.path}: {result.words}" for result in item.report.violations)
        known = figures or (Figures() if isinstance(item, Placed) else Figures.of(item.extraction))
        self._events.update(known.events)
        self._refused.update(known.refused)
        self._undated += known.undated

    def text(self, labels: Mapping[str, str]) -> str:
        """Return the summary, one line each; `labels` name the event types."""
        return "".join(f"{clean(line)}\n" for line in self._lines(labels))

    def _lines(self, labels: Mapping[str, str]) -> Iterator[str]:
        if self.read:
            new = "" if self._changed is None else f", {self._changed} new or changed"
            yield f"{counted(self.read, 'article')} read{new}: {counted(self._events.total(), 'event')}"
        for name, number in sorted(self._events.items(), key=lambda row: (-row[1], row[0])):
            yield f"  {number:4} {labels.get(name, name)}"
        if self._undated:
            yield f"{self._undated} undated: the text gives no time that can be anchored"
        if self._refused:
            reasons = ", ".join(f"{number} {code}" for code, number in sorted(self._refused.items()))
            total = counted(self._refused.total(), "candidate")
            yield f"{total} refused: {reasons} (kg build --explain lists them)"
        if self._shared:
            yield f"{counted(len(self._shared), 'event')} told by several articles (kg query witnesses)"
        if self._contested:
            total = counted(len(self._contested), "event")
            yield f"{total} with claims that contradict each other (kg query claims)"
        yield from self._violations
        yield from (f"not read: {reason}" for reason in self.failures)


def summary(done: Iterable[Built | Failed], labels: Mapping[str, str]) -> str:
    """Return the summary of a build, one line each; `labels` name the event types."""
    tally = Tally()
    for item in done:
        tally.add(item)
    return tally.text(labels)


def refusals(done: Iterable[Built | Taken]) -> str:
    """Return one tab-separated line for each refused candidate: file, type, words, reason."""
    rows = []
    for item in done:
        for each in item.extraction.refusals:
            words = each.trigger.of(item.article.text)
            place = f"{each.trigger.start}..{each.trigger.end}"
            cells = (str(item.path), each.type, words, place, each.code, each.detail)
            rows.append("\t".join(clean(cell) for cell in cells) + "\n")
    return "".join(rows)


def _told_once(events: tuple[Event, ...]) -> list[Event]:
    """Return the events without the reports that repeat another one that was kept."""
    triggers = {event.trigger for event in events}
    return [event for event in events if event.repeats not in triggers]
