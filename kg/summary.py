"""Says in words what a build did: events by type, what is undated, refused or invalid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Event
from kg.pipeline import Built, Failed
from kg.words import clean, counted


def summary(done: Iterable[Built | Failed], labels: Mapping[str, str]) -> str:
    """Return the summary of a build, one line each; `labels` name the event types."""
    return "".join(f"{clean(line)}\n" for line in _lines(list(done), labels))


def refusals(done: Iterable[Built]) -> str:
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


def _together(built: list[Built]) -> Iterator[str]:
    """Say how much of it other articles tell too, and where they disagree."""
    shared = {event for item in built for event in item.shared}
    contested = {event for item in built for event in item.contested}
    if shared:
        yield f"{counted(len(shared), 'event')} told by several articles (kg query witnesses)"
    if contested:
        yield f"{counted(len(contested), 'event')} with claims that contradict each other (kg query claims)"


def _lines(done: list[Built | Failed], labels: Mapping[str, str]) -> Iterator[str]:
    built = [item for item in done if isinstance(item, Built)]
    failed = [item for item in done if isinstance(item, Failed)]
    changed = sum(item.changed for item in built)
    events = [event for item in built for event in _told_once(item.extraction.events)]
    if built:
        read = f"{counted(len(built), 'article')} read, {changed} new or changed"
        yield f"{read}: {counted(len(events), 'event')}"
    for name, number in sorted(Counter(e.type for e in events).items(), key=lambda row: (-row[1], row[0])):
        yield f"  {number:4} {labels.get(name, name)}"
    undated = [e for e in events if e.when is None or e.when.window is None]
    if undated:
        yield f"{len(undated)} undated: the text gives no time that can be anchored"
    refused = Counter(r.code for item in built for r in item.extraction.refusals)
    if refused:
        reasons = ", ".join(f"{number} {code}" for code, number in sorted(refused.items()))
        yield f"{counted(refused.total(), 'candidate')} refused: {reasons} (kg build --explain lists them)"
    yield from _together(built)
    for item in built:
        yield from (f"{item.path}: {result.words}" for result in item.report.violations)
    for failure in failed:
        yield f"not read: {failure.reason}"
