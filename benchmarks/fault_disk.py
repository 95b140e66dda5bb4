"""A disk that is full, then is not: nothing is lost, reading goes on, and so does writing, in one process."""

from __future__ import annotations

import errno
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from articles import made_up
from fault_kills import Bench, looked_through
from fault_work import copy
from forked import DiedError, child

from kg.commit import admit, catch_up
from kg.errors import StoreError
from kg.store import Store

ROOM = 48  # megabytes
PATIENCE = 5.0  # seconds until writing goes on


def full(bench: Bench, trials: int) -> dict[str, object]:
    """Fill a small disk again and again while articles come in."""
    place = bench.place / "small"
    place.mkdir(exist_ok=True)
    found = {"full_trials": 0, "full_lost": 0, "full_slowest_seconds": 0.0, "full_acknowledged": 0}
    try:
        with _mounted(place):
            for _ in range(trials):
                _tried(bench, place, found)
    except (OSError, subprocess.CalledProcessError):
        return {"full": "not measured: no disk can be mounted here"}
    return dict(found)


def _tried(bench: Bench, place: Path, found: dict[str, float]) -> None:
    (place / "filler").unlink(missing_ok=True)
    copy(bench.template, place / "trial")
    found["full_trials"] += 1
    try:
        taken, seconds, reading = child(lambda: _filled(bench, place, bench.luck.randrange(4_000_000)))
    except DiedError as error:
        bench.wrong.append(f"full disk: {error}")
        return
    finally:
        (place / "filler").unlink(missing_ok=True)
    missing = child(lambda: _missing(bench, place / "trial", taken))
    found["full_acknowledged"] += len(taken)
    found["full_lost"] += len(missing)
    found["full_slowest_seconds"] = max(found["full_slowest_seconds"], seconds)
    if missing or not reading or seconds > PATIENCE:
        bench.wrong.append(f"full disk: {missing} lost, read: {reading}, {seconds:.1f} s until written again")


def _filled(bench: Bench, place: Path, room: int) -> tuple[list[int], float, bool]:
    """Take in articles until the disk is full, read, make room, and take in more."""
    taken: list[int] = []
    with Store.open(place / "trial" / "store") as store:
        catch_up(store, bench.known)
        _fill(place / "filler", room)
        number, refused = 3, 0
        while refused < 3:
            try:
                admit(store, made_up(number), bench.known)
                taken.append(number)
                number += 1
            except StoreError:
                refused += 1
        reading = sum(1 for _ in store.quads(made_up(0).graph)) > 100
        (place / "filler").unlink()
        start = time.monotonic()
        while time.monotonic() - start < 2 * PATIENCE:
            try:
                admit(store, made_up(number), bench.known)
                taken.append(number)
                break
            except StoreError:
                time.sleep(0.05)
        seconds = time.monotonic() - start
    return taken, seconds, reading


def _fill(file: Path, room: int) -> None:
    """Write a file until the disk has no more than so many bytes left."""
    with file.open("wb", buffering=0) as writing:
        try:
            while writing.write(bytes(4096)):
                pass
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
        writing.truncate(max(writing.tell() - room, 0))


def _missing(bench: Bench, folder: Path, taken: list[int]) -> list[object]:
    """Return the articles that were acknowledged and are not there, and all that fsck finds."""
    with Store.open(folder / "store") as store:
        catch_up(store, bench.known)
        graphs = {
            held
            for number in (0, 1, 2, *taken)
            if not store.index.held(graph=(held := made_up(number).graph))
        }
    return [*sorted(graphs), *looked_through(folder, bench.known)]


@contextmanager
def _mounted(place: Path) -> Iterator[None]:
    """Mount a small disk in memory. Raises CalledProcessError where that is not allowed."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "none", str(place)]
    subprocess.run(mount, check=True, capture_output=True)  # noqa: S603  # words of our own
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=False)  # noqa: S603, S607
