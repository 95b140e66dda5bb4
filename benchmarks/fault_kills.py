"""Kills and failing calls: after each the store opens, has what was acknowledged, and nothing by half."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import fault_calls
from fault_power import Disk, lay_out
from fault_work import STEPS, State, copy, harmless, run, state, states, template
from forked import Child, DiedError, child

from kg.commit import Knowledge
from kg.errors import KgError
from kg.scanning import fsck


@dataclass(slots=True)
class Bench:
    """Where trials are made, with what; the states of each command, and what was found."""

    place: Path
    known: Knowledge
    luck: random.Random
    states: dict[str, list[State]] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def template(self) -> Path:
        """The folder that each trial begins with."""
        return self.place / "template"

    @property
    def folder(self) -> Path:
        """The folder of a trial."""
        return self.place / "trial"

    def prepare(self) -> None:
        """Make the store that trials begin with."""
        child(lambda: template(self.template, self.known))

    def learn(self) -> None:
        """Do each command once, undisturbed."""
        for name in STEPS:
            self.states[name] = child(partial(states, self.template, self.folder, name, self.known))
            copy(self.template, self.folder)
            self.calls[name], self.seconds[name] = child(partial(self._timed, name))

    def _timed(self, name: str) -> tuple[int, float]:
        fault_calls.arm(self.folder)
        start = time.perf_counter()
        run(self.folder, name, self.known)
        return fault_calls.counted(), time.perf_counter() - start

    def check(self, name: str, acknowledged: int, how: str, *, again: bool = True) -> str:
        """Look at the store after a trial; return what is wrong, or nothing."""
        try:
            wrong = child(lambda: self._checked(name, acknowledged, again=again))
        except DiedError as error:
            wrong = str(error)
        if wrong:
            self.wrong.append(f"{name}, {how}: {wrong}")
        return wrong

    def _checked(self, name: str, acknowledged: int, *, again: bool) -> str:
        wanted = self.states[name]
        found = state(self.folder, self.known)
        right = [number for number, each in enumerate(wanted) if each == found]
        if not right:
            return "half-written"
        if max(right) < acknowledged:
            return "lost"
        if again:
            harmless(self.folder, name, self.known)
            if state(self.folder, self.known) != wanted[-1]:
                return "not the same when it is done again"
        return ""


def killed(bench: Bench, name: str, at: int | None) -> str:
    """Kill a command at a call that changes files (from 1), or at any moment; return what is wrong."""
    copy(bench.template, bench.folder)
    reading, writing = os.pipe()
    begun = Child(partial(_acknowledging, bench, name, at, writing))
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        pipe.read(1)
        if at is None:
            time.sleep(bench.luck.random() * bench.seconds[name] * 1.1)
            begun.kill()
        acknowledged = len(pipe.read())
    begun.status()
    how = f"killed at call {at}" if at else "killed at some moment"
    return bench.check(name, acknowledged, how)


def _acknowledging(bench: Bench, name: str, at: int | None, pipe: int) -> None:
    """Do a command, write a byte for all that it has done, and be killed at one of its calls."""
    if at is not None:
        fault_calls.arm(bench.folder, fault_calls.KILL, at)
    os.write(pipe, b"r")
    run(bench.folder, name, bench.known, lambda: os.write(pipe, b"."))


def kills(bench: Bench, trials: int) -> Iterator[str]:
    """Kill each command at each of its calls in turn, as often as there is room for, else at any moment."""
    names = list(STEPS)
    share = max(trials // (2 * len(names)), 1)
    chosen: list[tuple[str, int | None]] = []
    for name in names:
        every = range(1, bench.calls[name] + 1)
        chosen += [(name, at) for at in (every if len(every) <= share else bench.luck.sample(every, share))]
    while len(chosen) < trials:
        chosen.append((names[len(chosen) % len(names)], None))
    for name, at in chosen[:trials] if trials < len(chosen) else chosen:
        yield killed(bench, name, at)


def failing(bench: Bench, trials: int) -> Iterator[str]:
    """Let one call of a command fail, or all from it on; then the disk works again."""
    names = [name for name in STEPS if bench.calls[name]]
    for number in range(trials):
        name = names[number % len(names)]
        deed = (fault_calls.FAIL_ONCE, fault_calls.FAIL_ON)[number // len(names) % 2]
        at = bench.luck.randint(1, bench.calls[name])
        copy(bench.template, bench.folder)
        words = f"call {at} fails{' and all after it' if deed == fault_calls.FAIL_ON else ''}"
        try:
            done = child(partial(_failed, bench, name, deed, at))
        except DiedError as error:
            bench.wrong.append(f"{name}, {words}: {error}")
            yield "no clean error"
            continue
        yield bench.check(name, done, words)


def _failed(bench: Bench, name: str, deed: int, at: int) -> int:
    """Do a command on a disk that refuses; return how much it acknowledged."""
    done = list[None]()
    fault_calls.arm(bench.folder, deed, at)
    try:
        run(bench.folder, name, bench.known, lambda: done.append(None))
    except KgError:
        pass
    finally:
        fault_calls.arm(bench.folder)
    return len(done)


def power(bench: Bench, trials: int) -> Iterator[str]:
    """Cut the power after calls of each command: what was not synced is lost, or some of it."""
    share = max(trials // len(STEPS), 1)
    for name in STEPS:
        copy(bench.template, bench.folder)
        trace = bench.place / "trace"
        trace.unlink(missing_ok=True)
        disk = Disk(bench.folder)
        child(partial(_traced, bench, name, trace))
        made = list(fault_calls.calls(trace))
        cuts = sorted(bench.luck.sample(range(len(made) + 1), min(share, len(made) + 1)))
        acknowledged = 0
        for number, call in enumerate([*made, None]):
            if number in cuts:
                luck = bench.luck if cuts.index(number) % 2 else None
                _after_cut(bench, disk.left(luck))
                yield bench.check(
                    name, acknowledged, f"power cut after call {number}{' in part' if luck else ''}"
                )
            if call is not None and call.kind == "note":
                acknowledged += 1
            elif call is not None:
                disk.do(call)


def _traced(bench: Bench, name: str, trace: Path) -> None:
    fault_calls.arm(bench.folder, trace=trace)
    run(bench.folder, name, bench.known, lambda: fault_calls.note("done"))
    fault_calls.arm(bench.folder)


def _after_cut(bench: Bench, files: dict[str, bytes | None]) -> None:
    place = bench.place / "cut"
    copy(bench.template, place)  # so that it is there
    for each in sorted(place.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    lay_out(files, bench.folder, place)
    copy(place, bench.folder)


def looked_through(folder: Path, known: Knowledge, *, repair: bool = False) -> list[list[object]]:
    """Return what fsck finds, as plain values."""
    return [[str(each), each.lost] for each in fsck(folder / "store", known, repair=repair)]
