"""Prints how long `kg --help` and `import kg` take, as ratios to a bare start of Python.

    python benchmarks/help_time.py

Medians of 15 runs each, taken in turn; the promise is a ratio of at most 6 for `kg --help`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

RUNS = 15
COMMANDS = {
    "bare": [sys.executable, "-c", "pass"],
    "import kg": [sys.executable, "-c", "import kg"],
    "kg --help": [sys.executable, "-c", "from kg.cli import main; main()", "--help"],
}


def seconds(command: list[str]) -> float:
    """Return the wall time of one run of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own commands
    return time.perf_counter() - start


def main() -> None:
    """Time all commands and print one line each."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    bare = median(times["bare"])
    for name, found in times.items():
        print(f"{name}\t{median(found) * 1000:.0f} ms\t{median(found) / bare:.1f}")


if __name__ == "__main__":
    main()
