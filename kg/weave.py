"""What is left of a log in its two files: whatever one of them has lost is taken from the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.log import EMPTY, Frame, Log
from kg.twofold import COPY

NAMES: Final = ("log", COPY)
FROM_OTHER: Final = "kg fsck --repair takes it from the other file"
LOST: Final = "nothing here can make it again: put a backup of the log in its place"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a store: the file, the place in it, what it is, the fix.

    `lost` says that the store cannot be repaired from what it holds.
    """

    file: str
    place: str
    what: str
    fix: str
    lost: bool = False

    def __str__(self) -> str:
        return f"{': '.join(part for part in (self.file, self.place, self.what) if part)}; {self.fix}"


@dataclass(frozen=True, slots=True)
class Woven:
    """The records that are left, from one file or the other, and what is wrong with these."""

    logs: tuple[Log, ...]
    generation: str
    end: int
    findings: tuple[Finding, ...]

    def frames(self) -> Iterator[Frame]:
        """Yield the records, the oldest first."""
        return (found for found, _ in _walk(self.logs))


@contextmanager
def weave(store: Path, marks: Collection[str]) -> Iterator[Woven]:
    """Read both files of a store's log; `marks` are what quads and index know of it."""
    with ExitStack() as stack:
        opened, findings = dict[str, Log](), list[Finding]()
        for name in NAMES:
            try:
                opened[name] = Log.open(store / name, read_only=True, whole=False)
                stack.callback(opened[name].close)
            except StoreError as error:
                findings.append(_unreadable(store, name, error))
        generation = _generation([log.generation for log in opened.values()], marks)
        right = {name: log for name, log in opened.items() if log.generation == generation}
        for name in opened.keys() - right.keys():
            findings.append(Finding(name, "", "is of another log", _fix(right)))
        logs = _best(tuple(right.values()), marks)
        end, more = _looked_at(store, right, logs)
        findings += [*more, *_missing(store, right, end, [mark for mark in marks if mark])]
        yield Woven(logs, generation, end, tuple(findings))


def _unreadable(store: Path, name: str, error: StoreError) -> Finding:
    what = "cannot be read: " + str(error).split(": ", 1)[-1].split(";", maxsplit=1)[0]
    if not (store / name).exists():
        what = "is missing"
    other = (store / NAMES[1 - NAMES.index(name)]).exists()
    return Finding(name, "", what, FROM_OTHER if other else LOST, lost=not other)


def _generation(found: list[str], marks: Collection[str]) -> str:
    """Return the generation that most of those who know one tell; nothing where they are at odds."""
    told = Counter([*found, *(mark.split(":")[0] for mark in marks if mark)])
    if not found or not told:
        return ""
    (first, number), *others = told.most_common()
    return first if first in found and all(number > n for _, n in others) else ""


def _fix(right: Collection[str]) -> str:
    return FROM_OTHER if right else LOST


def _walk(logs: Collection[Log]) -> Iterator[tuple[Frame, list[bool]]]:
    """Yield each record with which files have it."""
    place, checksum = EMPTY, 0
    while True:
        found = [log.frame_at(place, checksum) for log in logs]
        frame = next((each for each in found if each), None)
        if frame is None:
            return
        yield frame, [each is not None for each in found]
        place, checksum = frame.end, frame.checksum


def _best(logs: tuple[Log, ...], marks: Collection[str]) -> tuple[Log, ...]:
    """Return the files in the order in which they tell what quads and index were computed from."""
    wanted = {mark for mark in marks if mark}

    def told(order: tuple[Log, ...]) -> int:
        return len(wanted & {order[0].mark_of(frame) for frame, _ in _walk(order)}) if order else 0

    return max((logs, logs[::-1]), key=told)


def _looked_at(store: Path, right: dict[str, Log], logs: tuple[Log, ...]) -> tuple[int, list[Finding]]:
    """Walk through the records; return where they end, and where one of the files is wrong."""
    names = [name for log in logs for name, other in right.items() if other is log]
    first, end = dict[str, int](), EMPTY
    for frame, had in _walk(logs):
        for name, there in zip(names, had, strict=True):
            if not there:
                first.setdefault(name, frame.start)
        end = frame.end
    findings = []
    for name, place in sorted(first.items()):
        size = (store / name).stat().st_size
        if name == COPY and size <= place:
            continue  # it has not followed yet
        what = "records are missing from here on" if size <= place else "a record is damaged"
        findings.append(Finding(name, f"byte {place}", what, FROM_OTHER))
    for name in names:
        if right[name].goes_on(end):
            findings.append(Finding(name, f"byte {end}", "a record is damaged", LOST, lost=True))
    return end, findings


def _missing(store: Path, right: dict[str, Log], end: int, marks: list[str]) -> Iterator[Finding]:
    if not right and all((store / name).exists() for name in NAMES):
        yield Finding("log", "", "neither it nor its copy can be told to be right", LOST, lost=True)
    elif not right:
        yield Finding("log", "", "no file of it can be read", LOST, lost=True)
    known = [int(place) for _, place, *_ in (mark.split(":") for mark in marks) if place.isdigit()]
    if right and max(known, default=0) > end and len({mark.split(":")[0] for mark in marks}) == 1:
        what = f"ends here, but was known up to byte {max(known)}"
        yield Finding("log", f"byte {end}", what, LOST, lost=True)
