"""Damages the files of a store, one at a time, and looks who notices, and what comes back."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fault_kills import Bench, looked_through
from fault_work import copy, run, state
from forked import Child, DiedError, child

from kg.commit import catch_up
from kg.errors import KgError, StoreError
from kg.store import Store

KINDS = ("bit", "bytes", "truncated", "deleted", "old", "swapped")
PARTS = {"log": ("log", "log.copy", "kg.json"), "oxigraph": ("oxigraph/*",), "index": ("index.sqlite*",)}
_UNREAD = ("LOG", "LOCK", "OPTIONS", "IDENTITY")  # RocksDB opens without them


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a store: what opening it, looking through it and repairing it did."""

    opening: str  # refused, right, or wrong
    named: bool
    repaired: bool
    right: bool
    refused: str = ""


def damage(bench: Bench, trials: int) -> dict[str, object]:
    """Damage one file after the other; half of the stores were closed, half killed."""
    old, closed, killed = (bench.place / name for name in ("old", "closed", "killed"))
    copy(bench.template, old)
    copy(bench.template, closed)
    child(lambda: run(closed, "build", bench.known))
    copy(closed, killed)
    assert Child(lambda: _unsealed(killed, bench)).status() == -signal.SIGKILL
    wanted = child(lambda: str(state(closed, bench.known)))
    ends = Counter[str]()
    for number in range(trials):
        part = list(PARTS)[number % len(PARTS)]
        kind = KINDS[number // len(PARTS) % len(KINDS)]
        source = (closed, killed)[number // (len(PARTS) * len(KINDS)) % 2]
        copy(source, bench.folder)
        file = _damaged(bench.folder / "store", old / "store", part, kind, bench.luck)
        how = f"{kind} {file} ({source.name})"
        try:
            seen = child(lambda: _outcome(bench, wanted))
        except DiedError as error:
            bench.wrong.append(f"damage, {how}: {error}")
            ends["other"] += 1
            continue
        for end in _ends(seen):
            ends[end] += 1
            if end in ("silent", "not right after the repair"):
                bench.wrong.append(f"damage, {how}: {end}")
            if end == "refused":
                bench.refused.append(f"{how}: {seen.refused}")
    harmed = trials - ends["no effect"]
    names = ("silent", "repaired", "refused", "no effect", "not right after the repair", "other")
    found: dict[str, object] = {"damage_trials": trials, "damage_harmed": harmed}
    found |= {f"damage_{name.replace(' ', '_')}": ends[name] for name in names}
    found["damage_repaired_share"] = round(ends["repaired"] / harmed, 3) if harmed else 1.0
    found |= {f"damage_{name.replace(' ', '_')}": ends[name] for name in _OPENING}
    return found | {"damage_refused_which": "; ".join(bench.refused)}


_OPENING = ("told by opening or reading", "told by fsck alone", "read wrongly before fsck")


def _ends(seen: Outcome) -> list[str]:
    """Return what to count of a trial."""
    if not seen.named:
        return ["no effect" if seen.opening == "right" else "silent"]
    found = [_OPENING[0] if seen.opening == "refused" else _OPENING[1]]
    if seen.opening == "wrong":
        found.append(_OPENING[2])
    if not seen.repaired:
        return [*found, "refused"]
    return [*found, "repaired" if seen.right else "not right after the repair"]


def _outcome(bench: Bench, wanted: str) -> Outcome:
    """Look through a damaged store and repair it, and look through it again; a copy of it is opened."""
    opening, beside = "right", bench.place / "beside"
    copy(bench.folder, beside)
    try:
        if str(state(beside, bench.known)) != wanted:
            opening = "wrong"
    except (KgError, OSError):
        opening = "refused"
    try:
        found = looked_through(bench.folder, bench.known, repair=True)
        if not found:
            return Outcome(opening, False, False, False, "")
        words = "; ".join(str(each) for each, _ in found)
        if any(lost for _, lost in found):
            return Outcome(opening, True, False, False, words)
    except StoreError as error:
        return Outcome(opening, True, False, False, str(error))
    right = not looked_through(bench.folder, bench.known) and str(state(bench.folder, bench.known)) == wanted
    return Outcome(opening, True, True, right, "")


def _unsealed(folder: Path, bench: Bench) -> None:
    """Leave a store as a kill leaves it."""
    store = Store.open(folder / "store")
    catch_up(store, bench.known)
    os.kill(os.getpid(), signal.SIGKILL)


def _damaged(store: Path, old: Path, part: str, kind: str, luck: random.Random) -> str:
    """Damage one file of a part of a store; return which."""
    files = [file for pattern in PARTS[part] for file in sorted(store.glob(pattern)) if file.stat().st_size]
    files = [each for each in files if not each.name.startswith(_UNREAD) and not each.name.endswith("-shm")]
    file = luck.choice(files)
    data = bytearray(file.read_bytes())
    place = luck.randrange(len(data))
    match kind:
        case "bit":
            data[place] ^= 1 << luck.randrange(8)
            file.write_bytes(data)
        case "bytes":
            length = luck.randint(2, 64)
            data[place : place + length] = luck.randbytes(length)
            file.write_bytes(data)
        case "truncated":
            file.write_bytes(data[:place])
        case "deleted":
            file.unlink()
        case "old":
            _replaced(store, old, file)
        case "swapped":
            others = [each for each in files if each != file and each.suffix == file.suffix] or [file]
            other = luck.choice(others)
            one, two = file.read_bytes(), other.read_bytes()
            file.write_bytes(two)
            other.write_bytes(one)
    return file.relative_to(store).as_posix()


def _replaced(store: Path, old: Path, file: Path) -> None:
    """Put an older version in the place of a file; of quads, where there is none, of all of them."""
    before = old / file.relative_to(store)
    if before.exists() and before.read_bytes() != file.read_bytes():
        shutil.copy(before, file)
    elif file.parent != store:
        copy(old / "oxigraph", store / "oxigraph")
