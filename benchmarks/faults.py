"""Nothing is lost: kills, power cuts, damage, many writers, a full disk.

    python benchmarks/faults.py [--json] [--trials N] [--seed S] [--only kills power damage ...]

Every command that writes to a store is done again and again on copies of a small one, and stopped; then
the store must open, hold what was acknowledged, hold nothing by half, and take the command again. N is
the number of kills (2,000 where it is left out); there are N/6 power cuts and damages, N/12 failing calls.
Needs Linux and a C compiler; a full disk needs the right to mount one.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import fault_calls
from fault_damage import damage
from fault_disk import full
from fault_kills import Bench, failing, kills, power
from fault_work import knowledge
from fault_writers import writers
from measured import options, tell

Trials = Callable[[Bench, int], Iterator[str]]
PARTS: dict[str, Trials] = {"kills": kills, "power": power, "failing": failing}
SHARES = {"kills": 1, "power": 6, "failing": 12, "damage": 6, "full": 50}  # of the trials


def main() -> None:
    """Make the trials and print how they ended."""
    parser = options(__doc__)
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[*PARTS, "damage", "writers", "full"])
    parser.add_argument("--increments", type=int, default=200)
    parser.add_argument("--reads", type=int, default=50_000)
    parser.add_argument("--place", type=Path, help="Folder to try in. [default: in memory where that is]")
    given = parser.parse_args()
    memory = Path("/dev/shm")  # noqa: S108  # where there is one
    with tempfile.TemporaryDirectory(dir=given.place or (memory if memory.is_dir() else None)) as folder:
        bench = Bench(Path(folder).resolve(), knowledge(), random.Random(given.seed))  # noqa: S311  # no secret
        bench.prepare()
        if PARTS.keys() & set(given.only):
            bench.learn()
        found: dict[str, object] = {}
        for name, trials in PARTS.items():
            if name in given.only:
                found |= _counted(name, trials(bench, max(given.trials // SHARES[name], 1)))
        if "damage" in given.only:
            found |= damage(bench, max(given.trials // SHARES["damage"], 1))
        if "writers" in given.only:
            found |= writers(bench, given.increments, given.reads)
        if "full" in given.only:
            found |= full(bench, max(given.trials // SHARES["full"], 2))
        for words in bench.wrong:
            print(words, file=sys.stderr)
        more = {"seed": given.seed, "trials": given.trials, "wrong": bench.wrong}
        tell(found, as_json=given.as_json, **more)
        raise SystemExit(1 if bench.wrong else 0)


def _counted(name: str, trials: Iterator[str]) -> dict[str, object]:
    """Count how trials ended."""
    start, ends = time.monotonic(), Counter[str]()
    for number, wrong in enumerate(trials, 1):
        ends[wrong] += 1
        if sys.stderr.isatty():
            print(f"\r{name} {number}, {sum(ends.values()) - ends['']} wrong ", end="", file=sys.stderr)
    known = ("lost", "half-written", "not the same when it is done again")
    found = {f"{name}_{each.split()[0].replace('-', '_')}": ends[each] for each in known}
    others = {each: n for each, n in ends.items() if each not in ("", *known)}
    return {
        f"{name}_trials": sum(ends.values()),
        **found,
        f"{name}_other": json.dumps(others) if others else 0,
        f"{name}_seconds": round(time.monotonic() - start),
    }


if __name__ == "__main__":
    fault_calls.preload()
    main()
